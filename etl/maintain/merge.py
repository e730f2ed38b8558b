"""Making one record of two that are the same organisation: what is asked, and what becomes of the rows of both.

Two organisations that became one are another matter: each keeps its record, and `retire` says when one ended and
which continues it.
"""

from collections.abc import Mapping

from etl.duplicates import KEPT_APART
from etl.errors import EtlError
from etl.maintain.duplicate_rows import settle_duplicates
from etl.maintain.facts import Facts
from etl.maintain.fields import CITY_DEGREES
from etl.maintain.find import AnswerError, find_record, normalised_url, same_name
from etl.maintain.links import move_record
from etl.maintain.questions import Answers, Question
from etl.maintain.rename import refuse_ids_of_rules
from etl.maintain.sheets import StoredRow

_TABLE = "organisations"
_PLACE = ("country_code", "region_code", "place", "latitude", "longitude")
_PLACE_NOTES = ("location_precision", "location_basis", "location_note")
_PRECISIONS = ("unknown", "country", "region", "city")
_MEMBERS = ("member_count", "member_count_as_of", "member_count_note")
# A value of the record that goes which differs is a value of another source.
_SOURCED = ("member_count", "website", "founded_year")


def questions() -> list[Question]:
    """The two records, and why they are the same."""

    def organisation(name: str, text: str) -> Question:
        return Question(
            name=name,
            text=text,
            needed=True,
            is_argument=True,
            read=lambda typed, facts, _a: find_record(facts, _TABLE, typed),
        )

    return [
        organisation("old", "Record that goes, by id or name"),
        organisation("into", "Record that stays, by id or name"),
        Question(name="reason", text="How it is known that both are the same organisation", needed=True),
        Question(
            name="overrule",
            text="Somebody decided to keep the two apart. Does your reason overrule this decision? yes or no",
            needed=True,
            skip=lambda facts, a: "" if _decisions_between(facts, a) else "nobody decided to keep the two apart",
            shown=lambda facts, a: [f"kept apart: {row.cells['reason']}" for row in _decisions_between(facts, a)],
            read=_read_overrule,
        ),
    ]


def merge(facts: Facts, answers: Answers) -> str:
    """Move everything of one record to the other. Returns the id that stays. Raises EtlError when they contradict."""
    old, new, reason = answers["old"], answers["into"], answers["reason"]
    _refuse_two_bodies(facts, old, new)
    if earlier := _overrule(facts, answers):
        reason = f"{reason} (kept apart before: {earlier})"
    before, kept = dict(facts.record(_TABLE, old) or {}), dict(facts.record(_TABLE, new) or {})
    taken = _taken_over(before, kept)
    result = kept | taken
    _keep_other_values(facts, before, result)
    _keep_names(facts, before, result)
    facts.change(_TABLE, new, **taken)
    _settle_missing_values(facts, old, new, result)
    _write_decision(facts, before, new, reason)
    facts.drop(_TABLE, old)
    move_record(facts, _TABLE, old, new)
    settle_duplicates(facts, old, new)
    _drop_values_that_are_its_own(facts, new, result)
    return str(new)


def _decisions_between(facts: Facts, answers: Answers) -> list[StoredRow]:
    """The decisions to keep the two records apart."""
    pair = {answers["old"], answers["into"]}
    rows = facts.sheets["reconciliation"].where(decision=KEPT_APART)
    return [row for row in rows if {row.cells["organisation_id"], row.cells["compared_with"]} == pair]


def _read_overrule(text: str, _facts: Facts, _answers: Answers) -> str:
    if text.casefold() in ("n", "no"):
        raise EtlError("Both records stay, as was decided.")
    if text.casefold() not in ("y", "yes"):
        raise AnswerError(f"'{text}' is neither yes nor no.")
    return "yes"


def _overrule(facts: Facts, answers: Answers) -> str:
    """Take back the decisions to keep the two apart; what they said, for the reason of the merger."""
    decisions = _decisions_between(facts, answers)
    for row in decisions:
        facts.sheets["reconciliation"].remove(row)
    return "; ".join(dict.fromkeys(row.cells["reason"] for row in decisions))


def _refuse_two_bodies(facts: Facts, old: str, new: str) -> None:
    if old == new:
        raise EtlError(f"{old} and {new} are the same record already.")
    refuse_ids_of_rules(facts, old)
    one, other = (facts.record(_TABLE, key) or {} for key in (old, new))
    if new == one["successor_id"] or old == other["successor_id"]:
        raise EtlError(f"{old} and {new} are recorded as two bodies, one of which continues the other.")
    if one["side"] != other["side"]:
        raise EtlError(
            f"{old} is on the side {one['side']}, {new} on the side {other['side']}. Mend one of them first."
        )
    countries = [
        {row["country_code"] for row in facts.rows("organisation_countries") if row["organisation_id"] == key}
        for key in (old, new)
    ]
    if all(countries) and countries[0] != countries[1]:
        named = " and ".join(
            f"{key} in {', '.join(sorted(codes))}" for key, codes in zip((old, new), countries, strict=True)
        )
        raise EtlError(f"They are in different countries: {named}. Mend one of them first.")


def _taken_over(before: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Cells of the record that goes which fill blanks of the one that stays."""
    taken: dict[str, str] = {}
    if not kept["member_count"]:
        taken |= {column: before[column] for column in _MEMBERS}
    for column in ("acronym", "website", "founded_year", "description", "successor_id"):
        if not kept[column]:
            taken[column] = before[column]
    if before["successor_id"] and kept["successor_id"] not in ("", before["successor_id"]):
        raise EtlError(f"They have different successors: {before['successor_id']} and {kept['successor_id']}.")
    if "true" in (before["named_in_seeds"], kept["named_in_seeds"]):
        taken["named_in_seeds"] = "true"
    return taken | _place_taken_over(before, kept)


def _place_taken_over(before: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    for column in _PLACE:
        if before[column] and kept[column] and not _same(column, before[column], kept[column]):
            raise EtlError(
                f"They are in different places: {column} is {before[column]} of {before['organisation_id']} and "
                f"{kept[column]} of {kept['organisation_id']}. Mend one of them first."
            )
    if _PRECISIONS.index(before["location_precision"]) <= _PRECISIONS.index(kept["location_precision"]):
        return {column: before[column] for column in _PLACE[:3] if before[column] and not kept[column]}
    return {column: before[column] or kept[column] for column in (*_PLACE, *_PLACE_NOTES)}


def _same(column: str, one: str, other: str) -> bool:
    if not one or not other:
        return one == other
    if column in ("latitude", "longitude"):
        return abs(float(one) - float(other)) <= CITY_DEGREES
    if column == "website":
        return normalised_url(one) == normalised_url(other)
    return one == other or (column == "place" and same_name(one, other))


def _keep_other_values(facts: Facts, before: Mapping[str, str], result: Mapping[str, str]) -> None:
    """Turn sourced values that differ into values of another source; citations of fields that differ go."""
    old, new = before["organisation_id"], result["organisation_id"]
    for column in before:
        if not before[column] or column == "organisation_id" or _same(column, before[column], result[column]):
            continue
        if column in _SOURCED:
            cited = facts.citations_of(_TABLE, old, column) or facts.citations_of(_TABLE, old)
            note = "; ".join(
                filter(None, [f"recorded under the name {before['name']}", *(before[c] for c in _notes_of(column))])
            )
            for source_id in dict.fromkeys(citation.source_id for citation in cited):
                cells = {"table_name": _TABLE, "record_id": new, "field": column, "value": before[column]}
                if facts.record("alternative_values", "|".join([*cells.values(), source_id])) is None:
                    facts.add("alternative_values", **cells, source_id=source_id, note=note)
        facts.drop_citations(_TABLE, old, column)
        if column == "member_count":
            for other in _notes_of(column):
                facts.drop_citations(_TABLE, old, other)


def _notes_of(column: str) -> tuple[str, ...]:
    return _MEMBERS[1:] if column == "member_count" else ()


def _keep_names(facts: Facts, before: Mapping[str, str], result: Mapping[str, str]) -> None:
    old, new = before["organisation_id"], result["organisation_id"]
    known = {"", result["name"], result["acronym"]}
    known |= {row["alias"] for row in facts.rows("organisation_aliases") if row["organisation_id"] == new}
    cited = facts.citations_of(_TABLE, old)
    for name in dict.fromkeys((before["name"], before["acronym"])):
        if name not in known:
            facts.add_cited("organisation_aliases", cited, organisation_id=new, alias=name)
    # A name of the record that goes may be another name of the one that stays, or the other way round.
    if facts.record("organisation_aliases", f"{old}|{result['name']}") is not None:
        facts.drop_citations("organisation_aliases", f"{old}|{result['name']}")
        facts.drop("organisation_aliases", f"{old}|{result['name']}")


def _settle_missing_values(facts: Facts, old: str, new: str, result: Mapping[str, str]) -> None:
    for key in (old, new):
        for row in list(facts.sheets["missing_values"].where(table_name=_TABLE, record_id=key)):
            field = row.cells["field"]
            has_own = key == old and facts.record("missing_values", f"{_TABLE}|{new}|{field}") is not None
            if result[field] or has_own:
                facts.sheets["missing_values"].remove(row)


def _write_decision(facts: Facts, before: Mapping[str, str], new: str, reason: str) -> None:
    """Record that the two are one: the id that goes stands in origin, and nothing of it counts as added."""
    old, sheet = before["organisation_id"], facts.sheets["reconciliation"]
    for row in list(sheet.where(organisation_id=old, decision="added")):
        sheet.change(row, {"decision": "merged", "compared_with": new, "reason": reason})
    facts.add(
        "reconciliation",
        name_as_found=before["name"],
        origin=f"record {old} of this dataset",
        organisation_id=new,
        decision="merged",
        compared_with=new,
        reason=reason,
    )


def _drop_values_that_are_its_own(facts: Facts, new: str, result: Mapping[str, str]) -> None:
    sheet = facts.sheets["alternative_values"]
    for row in list(sheet.where(table_name=_TABLE, record_id=new)):
        if row.cells["value"] == result.get(row.cells["field"]):
            sheet.remove(row)
