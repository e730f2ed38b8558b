"""Adding an event: what is asked, and the rows that the answers become."""

from etl.maintain import ids
from etl.maintain.facts import Facts
from etl.maintain.fields import (
    add_sectors,
    cite_point,
    date_cells,
    date_questions,
    read_place,
    read_role,
    sector_question,
)
from etl.maintain.known import different_question, similar_events
from etl.maintain.questions import Answers, Question
from etl.maintain.sources import citation_questions, citations, new_id


def questions() -> list[Question]:
    """Everything about an event."""
    return [
        Question(name="name", text="Name as printed, else a plain description", needed=True),
        Question(name="kind", text="Kind of event", needed=True, column=("events", "kind")),
        Question(
            name="status",
            text="What the source says at its date",
            needed=True,
            column=("events", "status_in_source"),
        ),
        *date_questions("events", lambda _f, _a: "not stated"),
        Question(
            name="place",
            text="Places in order: city and country as in 'Boston, US', or a country alone",
            parts=("place", "country", "latitude", "longitude", "precision"),
            read=read_place,
        ),
        Question(
            name="place_missing",
            text="Why a place or its country is not given",
            needed=True,
            column=("missing_values", "reason"),
            default=lambda _f, _a: "not stated",
            skip=lambda _f, a: (
                "" if not a["place"] or any(_blank(entry) for entry in a["place"]) else "all places are given"
            ),
        ),
        Question(
            name="organisation",
            text="Organisations that organise, host or attend it",
            parts=("organisation", "role"),
            read=read_role("organisations", "event_organisations", "organisation"),
        ),
        Question(
            name="project",
            text="Projects that organise or attend it",
            parts=("project", "role"),
            read=read_role("projects", "event_projects", "project"),
        ),
        Question(
            name="policy",
            text="Policy instruments presented there, agreed there, or under which it took place",
            parts=("policy", "role"),
            read=read_role("policies", "event_policies", "policy"),
        ),
        Question(name="description", text="One sentence in our own words"),
        sector_question(),
        *citation_questions(),
        Question(name="id", text="Id", needed=True, default=_proposed_id, read=new_id("events")),
        different_question(similar_events),
    ]


def add(facts: Facts, answers: Answers) -> str:
    """Add the rows of an event. Returns its id."""
    event_id, dates = str(answers["id"]), date_cells(answers)
    cited = citations(facts, answers, ("event", event_id))
    facts.add_cited(
        "events",
        cited,
        event_id=event_id,
        name=answers["name"],
        kind=answers["kind"],
        status_in_source=answers["status"],
        description=answers["description"],
        **dates,
    )
    if not dates["start_on"]:
        facts.missing("events", event_id, "start_on", answers["date_missing"])
    unknown = {"place": "", "country_code": "", "latitude": "", "longitude": "", "location_precision": "unknown"}
    for number, place in enumerate(answers["place"] or [unknown], start=1):
        record_id = facts.add_cited("event_places", cited, event_id=event_id, sequence=str(number), **place)
        if place["latitude"]:
            cite_point(facts, "event_places", record_id, place["place"], place["country_code"], cited[0])
        for field in _blank(place):
            facts.missing("event_places", record_id, field, answers["place_missing"])
    for table, name, key in (
        ("event_organisations", "organisation", "organisation_id"),
        ("event_projects", "project", "project_id"),
        ("event_policies", "policy", "policy_id"),
    ):
        for entry in answers[name]:
            facts.add_cited(table, cited, event_id=event_id, role=entry["role"], **{key: entry[name]})
    add_sectors(facts, "event_sectors", event_id, answers["sector"], cited)
    return event_id


def _blank(place: dict[str, str]) -> list[str]:
    return [field for field in ("place", "country_code") if not place[field]]


def _proposed_id(facts: Facts, answers: Answers) -> str:
    year = date_cells(answers)["start_on"][:4]
    if answers["kind"] == "signature" and len(answers["organisation"]) > 1:
        parties = [entry["organisation"] for entry in answers["organisation"]]
        return ids.free_id(facts, "events", "signature", *parties[:2], year=year)
    place = answers["place"][0]["place"] if answers["place"] else ""
    return ids.event_id(facts, answers["name"], place, year)
