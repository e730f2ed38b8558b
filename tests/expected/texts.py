"""Numbers, names and dates as a text of the dashboard must give them, in the order in which it does.

A text is compared with a list of tokens: every number in it must be the next token, and every token must be there. So
no number stays unexplained, and none changes places with another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.oracle import Oracle
from tests.oracle_records import KNOWS, Chosen, Record

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
SIDES = {"EU": "European Union", "US": "United States", "OTHER": "neither EU nor United States"}
MAX_SCOPE_CHARS = 60  # a longer description of the filters is not repeated in titles
MAX_ROWS = 12  # of a chart that an alternative text lists
SMALLEST_RATE_BASE, DECIMAL_RATE_BASE = 5, 100
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
SEASONS = {3: "spring", 6: "summer", 9: "autumn", 12: "winter"}


@dataclass(frozen=True)
class Token:
    """A number or a name that a text must have next; ``what`` says what it is."""

    what: str
    text: str


def number(what: str, value: int) -> Token:
    """A count with separators of thousands."""
    return Token(what, f"{value:,}")


def said(*texts: str) -> list[Token]:
    """Names and words that must stand in the text; empty ones need not."""
    return [Token(f"the words “{text}”", text) for text in texts if text]


def rate(k: int, n: int) -> list[Token]:
    """The percentage of a share: none below five cases, one decimal from a hundred on."""
    if n < SMALLEST_RATE_BASE:
        return []
    tenths = n >= DECIMAL_RATE_BASE
    steps = (100 * k * (10 if tenths else 1) * 2 + n) // (2 * n)  # halves are rounded up
    return [Token(f"{k} of {n} in per cent", f"{steps // 10}.{steps % 10}" if tenths else str(steps))]


def share(what: str, k: int, of_what: str, n: int, population: str = "") -> list[Token]:
    """'k of n population (p %)'."""
    return [number(what, k), number(of_what, n), *said(population), *rate(k, n)]


def listed(rows: Sequence[tuple[str, Sequence[Token]]]) -> list[Token]:
    """Rows of a chart as an alternative text lists them: name and values of the first twelve, and how many more."""
    tokens = [token for name, values in rows[:MAX_ROWS] for token in (*said(name), *values)]
    rest = len(rows) - MAX_ROWS
    return [*tokens, number("rows not listed", rest)] if rest > 0 else tokens


def problem(text: str, tokens: Iterable[Token]) -> str:
    """What is wrong with a text: the first number that is not the expected one; empty when all agree."""
    position = 0
    for token in tokens:
        following = NUMBER.search(text, position)
        if NUMBER.fullmatch(token.text):
            if following is None or following.group() != token.text:
                found = following.group() if following else "no number"
                return f"expected {token.what}: {token.text}, found {found} in {text[position:]!r}"
            position = following.end()
        else:
            start = text.find(token.text, position)
            if start < 0 or (following and following.start() < start):
                return f"expected {token.what}: {token.text!r}, found {text[position:]!r}"
            position = start + len(token.text)
    left = NUMBER.search(text, position)
    return f"unexplained number {left.group()} in {text!r}" if left else ""


# ---------------------------------------------------------------- filters


def label(oracle: Oracle, chosen: Chosen) -> str:
    """The filters as text: 'Energy or Water; side: European Union; France; 2015 to 2017'."""
    countries, regions = oracle.names("countries", "country_code"), oracle.names("regions", "region_code")
    of_region = oracle.names("regions", "region_code", "country_code")
    parts = [
        _choice([sector_label(oracle, one) for one in chosen.sectors]),
        "side: " + _choice([SIDES[one] for one in chosen.sides]) if chosen.sides else "",
        _choice([countries[one] for one in chosen.countries]),
        _choice([f"{regions[one]}, {countries[of_region[one]]}" for one in chosen.regions]),
        _choice([regions[one] for one in chosen.states]),
        years_label(chosen.year_from, chosen.year_to),
    ]
    return "; ".join(part for part in parts if part)


def sector_label(oracle: Oracle, sector_id: str) -> str:
    """Its name, with the scheme where a theme and a traded cluster have the same name."""
    rows = [row for row in oracle.rows("sectors") if row["scheme"] != "sub_sector"]
    own = next(row for row in rows if row["sector_id"] == sector_id)
    is_shared = sum(row["name"].lower() == own["name"].lower() for row in rows) > 1
    return f"{own['name']} ({own['scheme'].replace('_', ' ')})" if is_shared else own["name"]


def _choice(names: list[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def years_label(first: int | None, last: int | None) -> str:
    """'2015 to 2017', 'since 2015', 'until 2017' or '2016'; empty where the filter is not set."""
    if first is None:
        return "" if last is None else f"until {last}"
    if last is None:
        return f"since {first}"
    return f"{first}" if first == last else f"{first} to {last}"


def scope(oracle: Oracle, chosen: Chosen, table: str) -> str:
    """What follows a denominator: ' for Energy; 2015 to 2017'; nothing without a filter that applies to the table."""
    text = label(oracle, applied(chosen, table))
    if not text:
        return ""
    if len(text) > MAX_SCOPE_CHARS:
        return " for this filter"
    parties = {"cooperations": "party", "success_stories": "party", "projects": "member"}
    if table in parties and "OTHER" in chosen.sides:
        # Those of both sides match by a third party.
        names = {"EU": "of the EU side", "US": "of the US side", "OTHER": "of neither side"}
        party = f" with a {parties[table]} {_choice([names[side] for side in chosen.sides])}"
        return party + scope(oracle, chosen._replace(sides=()), table)
    if table in ("cooperations", "policies") and (chosen.year_from or chosen.year_to):
        # What they agree on may last for years; the date is that of the act.
        others = label(oracle, applied(chosen, table)._replace(year_from=None, year_to=None))
        return f"{f' for {others},' if others else ''} dated {years_label(chosen.year_from, chosen.year_to)}"
    if table == "projects" and (chosen.year_from or chosen.year_to):
        # A project runs for years: "since 2016" would say that it began then, or is known since.
        others = label(oracle, applied(chosen, table)._replace(year_from=None, year_to=None))
        when = years_label(chosen.year_from, chosen.year_to)
        when = re.sub(r"^since (\d+)", r"\1 or later", when)
        when = re.sub(r"^until (\d+)", r"\1 or earlier", when)
        return f"{f' for {others},' if others else ''} that ran in {when}"
    return f" {text}" if text.split()[0] in ("since", "until") else f" for {text}"


def applied(chosen: Chosen, table: str) -> Chosen:
    """The filters that apply to a table."""
    own = chosen if "years" in KNOWS[table] else chosen._replace(year_from=None, year_to=None)
    own = own if "country" in KNOWS[table] else own._replace(sides=(), countries=())
    return own if "region" in KNOWS[table] else own._replace(regions=(), states=())


def might_match(oracle: Oracle, population: str, chosen: Chosen, one: str, many: str) -> list[Token]:
    """'5 more events might match: no recorded date (3), no recorded country (2)'; nothing when there are none."""
    possible = oracle.possible(population, chosen)
    unknown = [record.not_recorded(chosen) for record in possible]
    if not unknown:
        return []
    names = sorted({name for own in unknown for name in own})
    counts = sorted(((sum(name in own for own in unknown), name) for name in names), key=lambda pair: -pair[0])
    tokens = [number("records that might match", len(unknown)), *said(one if len(unknown) == 1 else many)]
    # Organisations are told apart by side, unless the filters leave one side only.
    is_told = len(chosen.sides) != 1
    sides = Counter(record.row["side"] for record in possible if record.table == "organisations" and is_told)
    for side, name in (("EU", "EU"), ("US", "USA"), ("OTHER", "neither side")):
        tokens += said(name) if sides[side] else []
        tokens += [number(f"of side {side}", sides[side])] if len(sides) > 1 and sides[side] else []
    for count, name in counts:
        tokens += [*said(name), *([number(f"of them without a recorded {name}", count)] if len(counts) > 1 else [])]
    return tokens


# ---------------------------------------------------------------- dates


def period(record: Record) -> str:
    """The period of a record at the precision of its source."""
    start = record.start
    assert start is not None, f"{record.id} has no date"
    end = record.end or start
    return {"day": _days, "month": _months, "season": _seasons, "year": _whole_years}[record.row["date_precision"]](
        start, end
    )


def stated_date(text: str) -> str:
    """A year, month or day of figures.as_of in words; two years as a period."""
    if "/" in text:
        return text.replace("/", "–")
    year, *rest = text.split("-")
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    return " ".join([*(str(int(day)) for day in rest[1:]), *([month] if month else []), year])


def _days(first: date, last: date) -> str:
    text = f"{last.day} {MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return text
    if first.year != last.year:
        return f"{first.day} {MONTHS[first.month - 1]} {first.year} – {text}"
    return f"{first.day}–{text}" if first.month == last.month else f"{first.day} {MONTHS[first.month - 1]} – {text}"


def _months(first: date, last: date) -> str:
    names = f"{MONTHS[first.month - 1]}", f"{MONTHS[last.month - 1]} {last.year}"
    if first.year != last.year:
        return f"{names[0]} {first.year} – {names[1]}"
    return names[1] if first.month == last.month else "–".join(names)


def _seasons(first: date, last: date) -> str:
    texts = []
    for day in (first, last):
        begins = max(month for month in (0, *SEASONS) if month <= day.month) or 12
        year = day.year - 1 if day.month < 3 else day.year
        texts.append(f"winter {year}–{(year + 1) % 100:02d}" if begins == 12 else f"{SEASONS[begins]} {year}")
    return texts[0] if texts[0] == texts[1] else " – ".join(texts)


def _whole_years(first: date, last: date) -> str:
    return f"{first.year}" if first.year == last.year else f"{first.year}–{last.year}"
