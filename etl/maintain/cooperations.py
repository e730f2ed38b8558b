"""Adding a cooperation: what is asked, and the rows that the answers become."""

from etl.maintain import ids
from etl.maintain.facts import Facts
from etl.maintain.fields import add_sectors, date_cells, date_questions, sector_question
from etl.maintain.find import AnswerError, find_country, find_record
from etl.maintain.known import different_question, similar_cooperations
from etl.maintain.questions import Answers, Entry, Question, choices, choose
from etl.maintain.sources import citation_questions, citations, new_id

# An intention has no date of conclusion.
_INTENTIONS = ("aspiration", "possible")
_AGREEMENTS = ("signed", "renewed")
_BOTH_SIDES = {"EU", "US"}


def questions() -> list[Question]:
    """Everything about a cooperation."""
    return [
        Question(name="kind", text="Kind of cooperation", needed=True, column=("cooperations", "kind")),
        Question(name="status", text="Status in the source", needed=True, column=("cooperations", "status")),
        Question(
            name="party",
            text="Parties in the order of the source: an organisation or project by id or name, or stated=WORDS OF THE "
            "SOURCE; side=…; country=… and region=…, such as US-OH, for one without a name of its own",
            parts=("party", "stated", "side", "role", "country", "region"),
            needed=True,
            read=_read_party,
        ),
        Question(
            name="title", text="Short title in our own words", needed=True, default=lambda f, a: _proposed_title(f, a)
        ),
        Question(name="subject", text="What it is about, in our own words"),
        *date_questions("cooperations", lambda _f, a: "not applicable" if a["status"] in _INTENTIONS else "not stated"),
        Question(
            name="renews",
            text="The cooperation that it renews",
            needed=True,
            skip=lambda _f, a: "" if a["status"] == "renewed" else "its status is not renewed",
            read=lambda text, facts, _a: find_record(facts, "cooperations", text),
        ),
        sector_question(),
        *citation_questions(),
        Question(name="id", text="Id", needed=True, default=_proposed_id, read=new_id("cooperations")),
        different_question(similar_cooperations),
    ]


def add(facts: Facts, answers: Answers) -> str:
    """Add the rows of a cooperation. Returns its id."""
    cooperation_id, dates = str(answers["id"]), date_cells(answers)
    cited = citations(facts, answers)
    sides = {party["side"] for party in answers["party"]}
    facts.add_cited(
        "cooperations",
        cited,
        cooperation_id=cooperation_id,
        kind=answers["kind"],
        status=answers["status"],
        title=answers["title"],
        subject=answers["subject"],
        is_eu_us="true" if sides >= _BOTH_SIDES else "false",
        **dates,
    )
    if not dates["start_on"]:
        facts.missing("cooperations", cooperation_id, "start_on", answers["date_missing"])
    for number, party in enumerate(answers["party"], start=1):
        key = {"cooperation_id": cooperation_id, "party_order": str(number)}
        cells = {name: value for name, value in party.items() if name not in ("countries", "regions")}
        facts.add_cited("cooperation_parties", cited, **key, **cells)
        for country in party["countries"].split():
            facts.add_cited("cooperation_party_countries", cited, **key, country_code=country)
        for region in party["regions"].split():
            facts.add_cited("cooperation_party_regions", cited, **key, region_code=region, basis="stated")
    if answers["renews"]:
        renewed = {"cooperation_id": cooperation_id, "renewed_cooperation_id": answers["renews"]}
        facts.add_cited("cooperation_renewals", cited, **renewed)
    add_sectors(facts, "cooperation_sectors", cooperation_id, answers["sector"], cited)
    return cooperation_id


def next_step(answers: Answers) -> str:
    """That a dated signature is an event too; empty for anything else."""
    if answers["status"] not in _AGREEMENTS or not date_cells(answers)["start_on"]:
        return ""
    parties = [party["organisation_id"] for party in answers["party"] if party["organisation_id"]]
    named = "".join(f" --organisation '{party}; role=participant'" for party in parties)
    return (
        f"A signature with a date is an event too: python -m etl add event --kind signature --status held "
        f"--date '{answers['date']}'{named} --source '{answers['source']}'"
    )


def _read_party(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
    """Cells of cooperation_parties, and the codes of its countries and regions, each joined by blanks."""
    sides = choices("cooperation_parties", "side")
    named, stated = entry.get("party", ""), entry.get("stated", "")
    if bool(named) == bool(stated):
        raise AnswerError("A party is either an organisation or project, or stated=WORDS OF THE SOURCE.")
    party = {"organisation_id": "", "project_id": "", "party_stated": stated, "role": entry.get("role", "")}
    if named:
        party |= _named_party(facts, named)
    if party["organisation_id"] and "country" in entry:
        raise AnswerError(f"The countries of {party['organisation_id']} stand in organisation_countries.")
    if named and "region" in entry:
        raise AnswerError(f"The region of {named} stands in organisations; region= is for a party without a name.")
    own = facts.record("organisations", party["organisation_id"]) if party["organisation_id"] else None
    if own is None and "side" not in entry:
        raise AnswerError(f"The side of '{named or stated}' is missing: ; side= and one of {', '.join(sides)}.")
    party["side"] = choose(entry["side"], sides) if "side" in entry else (own or {})["side"]
    countries = [find_country(facts, text) for text in entry.get("country", "").split(",") if text]
    regions = [find_record(facts, "regions", text) for text in entry.get("region", "").split(",") if text]
    return party | {"countries": " ".join(countries), "regions": " ".join(regions)}


def _named_party(facts: Facts, text: str) -> Entry:
    try:
        return {"organisation_id": find_record(facts, "organisations", text)}
    except AnswerError as error:
        try:
            return {"project_id": find_record(facts, "projects", text)}
        except AnswerError:
            raise error from None


def _proposed_title(facts: Facts, answers: Answers) -> str:
    names = []
    for party in answers["party"]:
        table, key = ("organisations", "organisation_id") if party["organisation_id"] else ("projects", "project_id")
        record = facts.record(table, party[key]) if party[key] else None
        names.append(record["name"] if record else party["party_stated"])
    return f"{' and '.join([', '.join(names[:-1]), names[-1]])} {answers['kind']}" if len(names) > 1 else ""


def _proposed_id(facts: Facts, answers: Answers) -> str:
    parties = [party["organisation_id"] or party["project_id"] for party in answers["party"]]
    named = [party for party in parties if party]
    year = date_cells(answers)["start_on"][:4]
    return ids.free_id(facts, "cooperations", answers["kind"], *named[:2], year=year)
