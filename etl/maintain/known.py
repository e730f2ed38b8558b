"""Records that are known already and may be the one that somebody is about to add."""

from collections.abc import Callable, Iterable, Mapping

from rapidfuzz import fuzz

from etl.duplicates import KEPT_APART, MIN_SIMILARITY, Name, normalised, similar_names
from etl.errors import EtlError
from etl.maintain.facts import Facts
from etl.maintain.fields import date_cells
from etl.maintain.find import AnswerError, find_record, same_name
from etl.maintain.questions import Answers, Entry, Question

_NEW = ""  # stands for the id of the new record, which has none yet


def similar_organisations(
    facts: Facts, names: Iterable[str], countries: Iterable[str], own_id: str = _NEW
) -> dict[str, str]:
    """Id -> name of the organisations with a name that equals one of these, or looks alike in the same country.

    The rules are those of the build (etl.duplicates). ``own_id``: the organisation that is to have the names. Pairs
    that somebody has decided to keep apart are left out.
    """
    known = [
        Name(cells["organisation_id"], cells[column], facts.sheets[table].file, 0, column)
        for table, column in (("organisations", "name"), ("organisation_aliases", "alias"))
        for cells in facts.rows(table)
        if cells["organisation_id"] != own_id
    ]
    new = [Name(own_id, name, "", 0, "name") for name in names if name]
    claimed = {normalised(name.text) for name in new}
    found = {name.organisation_id: name.text for name in known if normalised(name.text) in claimed}
    places: dict[str, set[str]] = {own_id: set(countries)}
    for table in ("organisations", "organisation_countries"):
        for cells in facts.rows(table):
            if cells["country_code"]:
                places.setdefault(cells["organisation_id"], set()).add(cells["country_code"])
    for one, other, _ in similar_names([*known, *new], places):
        if own_id in (one.organisation_id, other.organisation_id):
            match = one if other.organisation_id == own_id else other
            found.setdefault(match.organisation_id, match.text)
    return {key: text for key, text in found.items() if frozenset((key, own_id)) not in _decided(facts)}


def _decided(facts: Facts) -> set[frozenset[str]]:
    rows = facts.rows("reconciliation")
    return {frozenset((row["organisation_id"], row["compared_with"])) for row in rows if row["decision"] == KEPT_APART}


def kept_apart_question(similar: Callable[[Facts, Answers], dict[str, str]]) -> Question:
    """Why similar organisations are not the same as the one that is added."""

    def read(entry: Entry, facts: Facts, _answers: Answers) -> Entry:
        if not entry.get("reason"):
            raise AnswerError("The reason is missing: ORGANISATION; reason=WHY IT IS ANOTHER ONE.")
        return entry | {"organisation": find_record(facts, "organisations", entry.get("organisation", ""))}

    return Question(
        name="kept_apart",
        text="Organisations with a similar name are known. Say of each why it is another one; "
        "if one is the same, stop and add an alias to it instead (python -m etl add alias)",
        parts=("organisation", "reason"),
        needed=True,
        skip=lambda facts, a: "" if similar(facts, a) else "no other organisation has a similar name",
        shown=lambda facts, a: [f"{key}: {name}" for key, name in similar(facts, a).items()],
        read=read,
    )


def keep_apart(facts: Facts, organisation_id: str, name: str, similar: Mapping[str, str], entries: list[Entry]) -> None:
    """Add the decisions to keep apart. Raises EtlError when one of the similar organisations is not decided."""
    reasons = {entry["organisation"]: entry["reason"] for entry in entries}
    if undecided := [f"{key} ({text})" for key, text in similar.items() if key not in reasons]:
        raise EtlError(f"--kept-apart: nothing is said of {', '.join(undecided)}, which has a similar name.")
    for other, reason in reasons.items():
        facts.add(
            "reconciliation",
            name_as_found=name,
            origin="comparison of names",
            organisation_id=organisation_id,
            decision=KEPT_APART,
            compared_with=other,
            reason=reason,
        )


def similar_events(facts: Facts, answers: Answers) -> list[str]:
    """Events of the same time with a similar name, or of the same kind and first place: 'id: name, date'."""
    cells = date_cells(answers)
    first = answers["place"][0]["place"] if answers["place"] else ""
    places = {row["event_id"]: row["place"] for row in facts.rows("event_places") if row["sequence"] == "1"}
    return [
        f"{row['event_id']}: {row['name']}, {row['date_stated'] or 'undated'}"
        for row in facts.rows("events")
        if _same_time(row, cells)
        and (
            fuzz.token_set_ratio(normalised(row["name"]), normalised(answers["name"])) >= MIN_SIMILARITY
            or (row["kind"] == answers["kind"] and same_name(places.get(row["event_id"], ""), first))
        )
    ]


def similar_cooperations(facts: Facts, answers: Answers) -> list[str]:
    """Cooperations of the same kind and time that all the named parties have together: 'id: title, date'."""
    cells, parties = date_cells(answers), named_parties(answers["party"])
    known: dict[str, set[str]] = {}
    for row in facts.rows("cooperation_parties"):
        known.setdefault(row["cooperation_id"], set()).add(row["organisation_id"] or row["project_id"])
    return [
        f"{row['cooperation_id']}: {row['title']}, {row['date_stated'] or 'undated'}"
        for row in facts.rows("cooperations")
        if row["kind"] == answers["kind"]
        and len(parties) > 1
        and parties <= known.get(row["cooperation_id"], set())
        and _same_time(row, cells)
    ]


def named_parties(entries: Iterable[Entry]) -> set[str]:
    """Ids of the organisations and projects among the parties."""
    return {entry["organisation_id"] or entry["project_id"] for entry in entries} - {""}


def _same_time(row: Mapping[str, str], cells: Mapping[str, str]) -> bool:
    """Whether two stated periods overlap; one without a date may be any."""
    if not row["start_on"] or not cells["start_on"]:
        return True
    return row["start_on"] <= cells["end_on"] and cells["start_on"] <= row["end_on"]


def different_question(similar: Callable[[Facts, Answers], list[str]]) -> Question:
    """Whether the record is none of the similar ones."""

    def read(text: str, _facts: Facts, _answers: Answers) -> str:
        if text.casefold() in ("n", "no"):
            raise EtlError("The record is known already.")
        if text.casefold() not in ("y", "yes"):
            raise AnswerError(f"'{text}' is neither yes nor no.")
        return "yes"

    return Question(
        name="different",
        text="Similar records are known. Is it none of them? yes or no",
        needed=True,
        skip=lambda facts, a: "" if similar(facts, a) else "no similar record is known",
        shown=similar,
        read=read,
    )
