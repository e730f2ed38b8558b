"""What several kinds of record have in common: a stated date, sectors, and places with the point of their city."""

from collections import Counter
from collections.abc import Callable, Iterable

from etl.maintain.facts import Citation, Facts
from etl.maintain.find import AnswerError, find_country, find_record, find_source, same_name
from etl.maintain.periods import read_period
from etl.maintain.questions import Answers, Entry, Question, choices, choose
from etl.maintain.sources import read_day

UNDATED = "undated"
CITY_DEGREES = 0.1  # as the check one-point-per-city
GEONAMES = "geonames"  # the source that gives the points of cities


def date_questions(table: str, reason: Callable[[Facts, Answers], str]) -> list[Question]:
    """The date of a record. ``reason`` proposes why a record without one has none."""

    def bounds_known(_facts: Facts, answers: Answers) -> str:
        if not answers["date"]:
            return "no date is stated"
        return "the date says it" if read_period(answers["date"]) else ""

    def unbounded(facts: Facts, answers: Answers) -> str:
        return bounds_known(facts, answers) or ("the date is undated" if answers["date_precision"] == UNDATED else "")

    def dated(_facts: Facts, answers: Answers) -> str:
        return "it has a date" if date_cells(answers)["start_on"] else ""

    return [
        Question(name="date", text="Date as the source states it, such as 29 June 2023 or autumn 2017"),
        Question(
            name="date_precision",
            text=f"How precise that date is; {UNDATED} when it cannot be placed in a year",
            needed=True,
            column=(table, "date_precision"),
            skip=bounds_known,
        ),
        Question(name="start_on", text="First day that bounds it", needed=True, skip=unbounded, read=read_day),
        Question(name="end_on", text="Last day that bounds it", needed=True, skip=unbounded, read=read_day),
        Question(
            name="date_missing",
            text="Why there is no date",
            needed=True,
            column=("missing_values", "reason"),
            default=reason,
            skip=dated,
        ),
    ]


def date_cells(answers: Answers) -> dict[str, str]:
    """The four cells of the date: date_stated, start_on, end_on, date_precision."""
    period = read_period(answers["date"]) if answers["date"] else None
    if period:
        start, end, precision = period.start.isoformat(), period.end.isoformat(), period.precision
    else:
        start, end, precision = answers["start_on"], answers["end_on"], answers["date_precision"] or UNDATED
    return {"date_stated": answers["date"], "start_on": start, "end_on": end, "date_precision": precision}


def sector_question(
    default: Callable[[Facts, Answers], list[str]] = lambda _f, _a: [],
    needed_when: Callable[[Facts, Answers], bool] = lambda _f, _a: False,
) -> Question:
    """The sectors of a record: which are proposed, and when one is needed."""
    return Question(
        name="sector",
        text="Sectors, by id or name; basis=stated only where the source names the sector; cross-sector for an event "
        "that has none",
        parts=("sector", "basis"),
        default=default,
        needed_when=needed_when,
        read=_read_sector,
    )


def _read_sector(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
    basis = choose(entry.get("basis", "assigned"), choices("organisation_sectors", "basis"))
    return {"sector": find_record(facts, "sectors", entry.get("sector", "")), "basis": basis}


def add_sectors(
    facts: Facts, table: str, record_id: str, entries: Iterable[Entry], citations: Iterable[Citation]
) -> None:
    """Add the rows of a table of sectors, such as event_sectors, with their citations."""
    key = facts.schema.tables[table].key[0]
    for entry in entries:
        cells = {key: record_id, "sector_id": entry["sector"], "basis": entry["basis"]}
        facts.add_cited(table, citations, **cells)


def read_role(target: str, roles: str, part: str) -> Callable[[Entry, Facts, Answers], Entry]:
    """A reader of entries such as 'forum-oceano; role=host': the record, and its role among those of ``roles``."""

    def read(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
        allowed = choices(roles, "role")
        if "role" not in entry:
            raise AnswerError(f"'{entry.get(part, '')}' has no role. Write ; role= and one of {', '.join(allowed)}.")
        return {part: find_record(facts, target, entry.get(part, "")), "role": choose(entry["role"], allowed)}

    return read


def read_place(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
    """A place with country, latitude, longitude and location_precision, each blank where it is not known.

    'Boston, US' is the city of a country; 'US' alone is a country. The point of a city that the data know already is
    taken from there. Raises AnswerError.
    """
    place, country = entry.get("place", ""), entry.get("country", "")
    if not country and place:
        head, comma, tail = place.rpartition(",")
        country = _country_or_blank(facts, tail)
        if country:
            place = head.strip() if comma else ""
    country = find_country(facts, country) if country else ""
    latitude, longitude = entry.get("latitude", ""), entry.get("longitude", "")
    if place and not latitude and not longitude:
        latitude, longitude = known_point(facts, place, country) or ("", "")
    finest = "city" if latitude else "region" if place else "country" if country else "unknown"
    return {
        "place": place,
        "country_code": country,
        "latitude": latitude,
        "longitude": longitude,
        "location_precision": choose(entry.get("precision", finest), choices("event_places", "location_precision")),
    }


def _country_or_blank(facts: Facts, text: str) -> str:
    try:
        return find_country(facts, text.strip()) if text.strip() else ""
    except AnswerError:
        return ""


def known_point(facts: Facts, place: str, country: str, region: str = "") -> tuple[str, str] | None:
    """Latitude and longitude that most rows of the data have for a city; None when they have none.

    None too when the rows are farther apart than one city: then the name is that of several.
    """
    rows = [*facts.rows("organisations"), *facts.rows("event_places")]
    points = Counter(
        (row["latitude"], row["longitude"])
        for row in rows
        if row["latitude"]
        and same_name(row["place"], place)
        and row["country_code"] == country
        and region in ("", row.get("region_code", region))
    )
    if not points:
        return None
    for degrees in zip(*points, strict=True):
        if max(map(float, degrees)) - min(map(float, degrees)) > CITY_DEGREES:
            return None
    return points.most_common(1)[0][0]


def cite_point(facts: Facts, table: str, record_id: str, place: str, country: str, otherwise: Citation) -> None:
    """Cite the point of a city: from GeoNames, as all points of the data are, where that is a known source."""
    known = find_source(facts, GEONAMES)
    citation = Citation(known, f"{place}, {country}") if known else otherwise
    for field in ("latitude", "longitude"):
        facts.cite(table, record_id, [citation], field)
