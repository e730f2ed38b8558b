"""How early and how late a record without a date can be, worked out from the CSV files by the rule of decision 5."""

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from tests.oracle_records import Row

if TYPE_CHECKING:
    from tests.oracle import Oracle


DONE = {"cooperations": ("status", ("signed", "renewed", "completed")), "events": ("status_in_source", ("held",))}


def earliest(oracle: "Oracle", table: str, record_id: str) -> date | None:
    """Day before which a record without a date cannot have begun; None where nothing recorded tells."""
    if table == "projects":
        generations = oracle.names("projects", "project_id", "generation")
        own = generations[record_id]
        starts = oracle.names("projects", "project_id", "start_on")
        return min((day for one, day in _days(starts) if own and generations[one] == own), default=None)
    return _of_cooperation(oracle, record_id) if table == "cooperations" else None


def _days(starts: dict[str, str]) -> list[tuple[str, date]]:
    return [(one, date.fromisoformat(day)) for one, day in starts.items() if day]


def latest(oracle: "Oracle", table: str, row: Row) -> date | None:
    """Day after which a record that is told as done cannot have been: its first dated source; None for none."""
    column, done = DONE.get(table, ("", ()))
    if not column or row[column] not in done:
        return None
    sources = {one["source_id"]: one for one in oracle.rows("sources")}
    own = row[f"{table[:-1]}_id"]
    cited = [
        sources[one["source_id"]]
        for one in oracle.rows("citations")
        if (one["table_name"], one["record_id"]) == (table, own)
    ]
    return min((_last_day(one) for one in cited if one["published_on"]), default=None)


def _last_day(source: Row) -> date:
    day = date.fromisoformat(source["published_on"])
    if source["published_precision"] == "day":
        return day
    month = day.month if source["published_precision"] == "month" else 12
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def _of_cooperation(oracle: "Oracle", cooperation_id: str) -> date | None:
    """That of the agreement it renews, or of its parties."""
    starts = oracle.names("cooperations", "cooperation_id", "start_on")
    days = [starts.get(oracle.renewed.get(cooperation_id, ""), "")]
    parties = [row for row in oracle.rows("cooperation_parties") if row["cooperation_id"] == cooperation_id]
    if len(parties) <= 2:
        days += [_begun(oracle, row) for row in parties]
    days += [_begun(oracle, row) for row in parties if row["role"] == "signatory"]
    days += _of_alliances(oracle, parties)
    # Each side has had a party from the beginning; '' is before all days.
    for side in {row["side"] for row in parties}:
        days.append(min(_begun(oracle, row) for row in parties if row["side"] == side))
    return max((date.fromisoformat(day) for day in days if day), default=None)


def _of_alliances(oracle: "Oracle", parties: list[Row]) -> list[str]:
    """First days of the alliances as whose members the parties are named."""
    kinds = oracle.names("cooperations", "cooperation_id", "kind")
    starts = oracle.names("cooperations", "cooperation_id", "start_on")
    members = {(row["organisation_id"], row["role"]) for row in parties if row["role"].endswith("r member")}
    return [
        starts[row["cooperation_id"]]
        for row in oracle.rows("cooperation_parties")
        if (row["organisation_id"], row["role"]) in members and kinds[row["cooperation_id"]] == "alliance"
    ]


def _begun(oracle: "Oracle", party: Row) -> str:
    """First day of a project, but for one that has cooperations before it, or of the year an organisation began."""
    if party["project_id"]:
        start = oracle.names("projects", "project_id", "start_on")[party["project_id"]]
        # One without a date is not earlier than the first of its generation.
        start = start or str(earliest(oracle, "projects", party["project_id"]) or "")
        own = oracle.lists("cooperation_parties", "project_id", "cooperation_id")[party["project_id"]]
        dated = [
            day for row in oracle.rows("cooperations") if row["cooperation_id"] in own and (day := row["start_on"])
        ]
        return "" if min(dated, default=start) < start else start
    founded = oracle.names("organisations", "organisation_id", "founded_year").get(party["organisation_id"], "")
    return f"{founded}-01-01" if founded else ""
