"""How early a cooperation without a date can have begun, worked out from the CSV files by the rule of decision 5."""

from datetime import date
from typing import TYPE_CHECKING

from tests.oracle_records import Row

if TYPE_CHECKING:
    from tests.oracle import Oracle


def earliest(oracle: "Oracle", cooperation_id: str) -> date | None:
    """Day before which a cooperation cannot have begun: that of the agreement it renews, or of its parties."""
    starts = oracle.names("cooperations", "cooperation_id", "start_on")
    days = [starts.get(oracle.renewed.get(cooperation_id, ""), "")]
    parties = [row for row in oracle.rows("cooperation_parties") if row["cooperation_id"] == cooperation_id]
    if len(parties) <= 2:
        days += [_begun(oracle, row) for row in parties]
    # Each side has had a party from the beginning; '' is before all days.
    for side in {row["side"] for row in parties}:
        days.append(min(_begun(oracle, row) for row in parties if row["side"] == side))
    return max((date.fromisoformat(day) for day in days if day), default=None)


def _begun(oracle: "Oracle", party: Row) -> str:
    """First day of a project, but for one that has cooperations before it, or of the year an organisation began."""
    if party["project_id"]:
        start = oracle.names("projects", "project_id", "start_on")[party["project_id"]]
        own = oracle.lists("cooperation_parties", "project_id", "cooperation_id")[party["project_id"]]
        dated = [
            day for row in oracle.rows("cooperations") if row["cooperation_id"] in own and (day := row["start_on"])
        ]
        return "" if min(dated, default=start) < start else start
    founded = oracle.names("organisations", "organisation_id", "founded_year").get(party["organisation_id"], "")
    return f"{founded}-01-01" if founded else ""
