"""Adding an organisation: what is asked, and the rows that the answers become."""

import re
from functools import cache

from etl.constraint_messages import literals
from etl.maintain import ids
from etl.maintain.facts import Citation, Facts
from etl.maintain.fields import add_sectors, cite_point, known_point, sector_question
from etl.maintain.find import AnswerError, find_country, same_name
from etl.maintain.known import keep_apart, kept_apart_question, similar_organisations
from etl.maintain.nuts import add_nuts, nuts_questions
from etl.maintain.questions import Answers, Entry, Question
from etl.maintain.sources import citation_questions, citations, names_a_seed, new_id
from etl.maintain.themes import proposed_sectors
from etl.schema import declared_schema

# Levels of the regions that sources name for organisations; those of NUTS are for statistics.
_LEVELS = ("state", "region", "metropolitan area")
NO_POINT = "the place is known, its coordinates are not recorded here: no point on the map"


@cache
def cluster_kinds() -> frozenset[str]:
    """The kinds that the schema counts among cluster organisations."""
    checks = declared_schema().tables["organisations"].checks
    return frozenset(literals(next(c.expression for c in checks if c.columns == ("is_cluster_organisation", "kind"))))


def questions() -> list[Question]:
    """Everything about an organisation."""
    return [
        Question(name="name", text="Name in the source's spelling", needed=True),
        Question(name="acronym", text="Acronym as printed"),
        Question(name="alias", text="Other names that the source prints, a former name among them", parts=("alias",)),
        Question(name="kind", text="Kind of organisation", needed=True, column=("organisations", "kind")),
        Question(
            name="country",
            text="Country, by code or name; several for a body of several",
            parts=("country",),
            read=_read_country,
        ),
        Question(
            name="country_missing",
            text="Why no country is given",
            needed=True,
            column=("missing_values", "reason"),
            default=lambda _f, _a: "not stated",
            skip=lambda _f, a: "a country is given" if a["country"] else "",
        ),
        Question(
            name="side",
            text="Side of the Atlantic, by the EU membership of 2017",
            needed=True,
            column=("organisations", "side"),
            default=lambda facts, a: side_of(facts, a["country"]),
        ),
        Question(
            name="region",
            text="Region or state, by code or name; a name that is not known yet becomes a new region",
            skip=lambda _f, a: "" if len(a["country"]) == 1 else "a region lies in one country",
            read=_read_region,
        ),
        Question(name="place", text="City or town, as the source names it"),
        Question(
            name="latitude",
            text="Latitude of the city in degrees north; blank when it is not known",
            default=lambda facts, a: _point(facts, a)[0],
            skip=_no_place,
        ),
        Question(
            name="longitude",
            text="Longitude of the city in degrees east",
            needed=True,
            default=lambda facts, a: _point(facts, a)[1],
            skip=lambda facts, a: _no_place(facts, a) or ("" if a["latitude"] else "no latitude is given"),
        ),
        *nuts_questions(),
        Question(name="location_note", text="What the point stands for, when it is not the seat", skip=_no_place),
        Question(name="website", text="Website"),
        Question(name="founded_year", text="Year of foundation"),
        Question(name="member_count", text="Number of members"),
        Question(
            name="member_count_as_of",
            text="Year, month or day of that number, as YYYY, YYYY-MM or YYYY-MM-DD",
            skip=lambda _f, a: "" if a["member_count"] else "no number of members is given",
        ),
        Question(
            name="member_count_note",
            text="What exactly is counted, where it is not simply members",
            skip=lambda _f, a: "" if a["member_count"] else "no number of members is given",
        ),
        Question(name="description", text="One sentence in our own words"),
        sector_question(_proposed_sectors, lambda _f, a: a["kind"] in cluster_kinds()),
        *citation_questions(),
        Question(
            name="id",
            text="Id",
            needed=True,
            default=lambda facts, a: ids.organisation_id(facts, a["name"]),
            read=new_id("organisations"),
        ),
        kept_apart_question(_similar),
    ]


def add(facts: Facts, answers: Answers) -> str:
    """Add the rows of an organisation. Returns its id."""
    organisation_id = answers["id"]
    cited = citations(facts, answers, ("organisation", organisation_id))
    is_seed = names_a_seed(facts, cited)
    countries = list(dict.fromkeys(entry["country"] for entry in answers["country"]))
    precision, region = _precision(answers, countries), _region(facts, answers, countries)
    add_nuts(facts, answers, region)
    facts.add_cited(
        "organisations",
        cited,
        organisation_id=organisation_id,
        name=answers["name"],
        acronym=answers["acronym"],
        kind=answers["kind"],
        side=answers["side"],
        country_code=countries[0] if len(countries) == 1 else "",
        region_code=region,
        place=answers["place"],
        latitude=answers["latitude"],
        longitude=answers["longitude"],
        location_precision=precision,
        location_basis="" if precision == "unknown" else "stated" if is_seed else "researched",
        location_note=answers["location_note"] or (NO_POINT if answers["place"] and not answers["latitude"] else ""),
        website=answers["website"],
        founded_year=answers["founded_year"],
        member_count=answers["member_count"],
        member_count_as_of=answers["member_count_as_of"],
        member_count_note=answers["member_count_note"],
        is_cluster_organisation="true" if answers["kind"] in cluster_kinds() else "false",
        named_in_seeds="true" if is_seed else "false",
        description=answers["description"],
    )
    _add_details(facts, answers, organisation_id, countries, cited)
    _add_decisions(facts, answers, organisation_id, cited[0])
    return str(organisation_id)


def _add_details(
    facts: Facts, answers: Answers, organisation_id: str, countries: list[str], cited: list[Citation]
) -> None:
    if answers["latitude"]:
        cite_point(facts, "organisations", organisation_id, answers["place"], "/".join(countries), cited[0])
    for country in countries:
        facts.add_cited("organisation_countries", cited, organisation_id=organisation_id, country_code=country)
    for entry in answers["alias"]:
        facts.add_cited("organisation_aliases", cited, organisation_id=organisation_id, alias=entry["alias"])
    add_sectors(facts, "organisation_sectors", organisation_id, answers["sector"], cited)
    if len(countries) != 1:
        reason = "several values" if countries else answers["country_missing"]
        facts.missing("organisations", organisation_id, "country_code", reason)
    if answers["member_count"] and not answers["member_count_as_of"]:
        facts.missing("organisations", organisation_id, "member_count_as_of", "not stated")


def _add_decisions(facts: Facts, answers: Answers, organisation_id: str, cited: Citation) -> None:
    similar = _similar(facts, answers, organisation_id)
    facts.add(
        "reconciliation",
        name_as_found=answers["name"],
        origin=(facts.record("sources", cited.source_id) or {})["title"],
        organisation_id=organisation_id,
        decision="added",
        reason="not in this dataset before",
    )
    keep_apart(facts, organisation_id, answers["name"], similar, answers["kept_apart"])


def side_of(facts: Facts, countries: list[Entry]) -> str:
    """The side that all the countries are on; blank when there is none or they are on several."""
    sides = {(facts.record("countries", entry["country"]) or {})["side"] for entry in countries}
    return sides.pop() if len(sides) == 1 else ""


def _similar(facts: Facts, answers: Answers, own_id: str = "") -> dict[str, str]:
    names = [answers["name"], *(entry["alias"] for entry in answers["alias"])]
    return similar_organisations(facts, names, [entry["country"] for entry in answers["country"]], own_id)


def _proposed_sectors(facts: Facts, answers: Answers) -> list[str]:
    aliases = [entry["alias"] for entry in answers["alias"]]
    return proposed_sectors(facts, [answers["name"], answers["acronym"], *aliases, answers["description"]])


def _read_country(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
    return {"country": find_country(facts, entry["country"])}


def _read_region(text: str, facts: Facts, answers: Answers) -> str:
    """Code of a known region of the country, or the name of a new one."""
    country = answers["country"][0]["country"]
    regions = [row for row in facts.rows("regions") if row["country_code"] == country and row["level"] in _LEVELS]
    known = [row["region_code"] for row in regions if row["region_code"] == text or same_name(row["name"], text)]
    if len(known) == 1:
        return str(known[0])
    if known:
        raise AnswerError(f"'{text}' may be any of {', '.join(known)}. Write the code.")
    # Every state of the United States is known; elsewhere only the regions that a fact needs.
    if country == "US" or re.fullmatch(r"[A-Z]{2}[A-Z0-9]{0,3}|[A-Z]{2}-\w+|[a-z]{2}-[a-z-]+", text):
        raise AnswerError(f"'{text}' is no region of {country} in {facts.sheets['regions'].file}.")
    return text


def _region(facts: Facts, answers: Answers, countries: list[str]) -> str:
    """The code of the region; a new one is added to the regions."""
    region = str(answers["region"])
    if not region or facts.record("regions", region) is not None:
        return region
    code = ids.free_id(facts, "regions", f"{countries[0]} {region}")
    return facts.add("regions", region_code=code, name=region, country_code=countries[0], level="region")


def _precision(answers: Answers, countries: list[str]) -> str:
    if answers["latitude"]:
        return "city"
    return "region" if answers["region"] else "country" if countries else "unknown"


def _no_place(_facts: Facts, answers: Answers) -> str:
    return "" if answers["place"] else "no place is given"


def _point(facts: Facts, answers: Answers) -> tuple[str, str]:
    country = answers["country"][0]["country"] if len(answers["country"]) == 1 else ""
    return known_point(facts, answers["place"], country, answers["region"]) or ("", "")
