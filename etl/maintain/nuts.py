"""The NUTS 2 region of a new organisation: asked once for each city, or for each region where no city is known."""

from collections.abc import Mapping

from etl.maintain.facts import Facts
from etl.maintain.find import AnswerError, same_name
from etl.maintain.questions import Answers, Question

LEVEL = "nuts2"
_BASIS = "assigned"


def nuts_questions() -> list[Question]:
    """The region and why it is certain; blank leaves the organisation without one."""
    return [
        Question(
            name="nuts",
            text="NUTS 2 region (classification of 2013) that the city, or else the region, lies in, by code or name; "
            "blank when in doubt",
            skip=_not_asked,
            read=_read_nuts,
        ),
        Question(
            name="nuts_note",
            text="Why that is without doubt",
            needed=True,
            skip=lambda facts, a: _not_asked(facts, a) or ("" if a["nuts"] else "no NUTS 2 region is given"),
        ),
    ]


def add_nuts(facts: Facts, answers: Answers, region: str) -> None:
    """Add the assignment of the city, or of the region with this code, when one is given."""
    if not answers["nuts"]:
        return
    cells = {"nuts_code": answers["nuts"], "basis": _BASIS, "note": answers["nuts_note"]}
    if answers["place"]:
        country = answers["country"][0]["country"]
        facts.add("nuts_of_cities", country_code=country, place=answers["place"], **cells)
    else:
        facts.add("nuts_of_regions", region_code=region, **cells)


def _not_asked(facts: Facts, answers: Answers) -> str:
    if len(answers["country"]) != 1:
        return "a NUTS region lies in one country"
    country = answers["country"][0]["country"]
    if not any(_is_nuts(row, country) for row in facts.rows("regions")):
        return f"no NUTS 2 regions of {country} are known"
    if not answers["place"]:
        if not answers["region"]:
            return "neither a city nor a region is given"
        known = facts.record("nuts_of_regions", answers["region"])
    else:
        known = facts.record("nuts_of_cities", f"{country}|{answers['place']}")
    return f"it is known to lie in {known['nuts_code']}" if known else ""


def _is_nuts(row: Mapping[str, str], country: str) -> bool:
    return row["country_code"] == country and row["level"] == LEVEL


def _read_nuts(text: str, facts: Facts, answers: Answers) -> str:
    country = answers["country"][0]["country"]
    regions = [row for row in facts.rows("regions") if _is_nuts(row, country)]
    known = [row["region_code"] for row in regions if row["region_code"] == text or same_name(row["name"], text)]
    if len(known) != 1:
        named = ", ".join(f"{row['region_code']} {row['name']}" for row in regions)
        raise AnswerError(f"'{text}' is no NUTS 2 region of {country}. Known: {named}.")
    return str(known[0])
