"""The sets of records that figures, registers and shares are about, each defined once.

A population is a register view, narrowed by a condition on its columns; the shared filters narrow it further.
"""

from dataclasses import dataclass

from domain.record_types import RECORD_TYPES
from domain.records import RecordType


@dataclass(frozen=True)
class Population:
    """Records of one table that meet a SQL condition; ``noun`` and ``plural`` name them in sentences.

    ``source`` is what follows FROM where that is not the view of the record type.
    """

    table: str
    condition: str = "true"
    noun: str = ""
    plural: str = ""
    source: str = ""

    @property
    def from_sql(self) -> str:
        """What follows FROM in a query on it."""
        return self.source or self.record_type.source_view

    @property
    def record_type(self) -> RecordType:
        """The declaration of its table."""
        return RECORD_TYPES[self.table]

    def name(self, count: int) -> str:
        """'1 EU–US cooperation', '18 EU–US cooperations'."""
        return f"{count:,} {self.singular if count == 1 else self.name_of_many}"

    @property
    def singular(self) -> str:
        """What one of them is called."""
        return self.noun or self.record_type.noun

    @property
    def name_of_many(self) -> str:
        """What several of them are called."""
        return self.plural or self.record_type.plural


ALL_ORGANISATIONS = Population("organisations")
# Named bodies that still exist; merged and ended ones are in the register but not in today's counts.
CLUSTER_ORGANISATIONS = Population(
    "organisations",
    "is_cluster_organisation AND kind <> 'regional_cluster' AND is_current",
    "cluster organisation",
    "cluster organisations",
)
# Regional clusters and federal award programmes that a source names without naming the body behind them.
REGIONAL_CLUSTERS = Population(
    "organisations",
    "is_cluster_organisation AND kind = 'regional_cluster' AND is_current",
    "regional cluster without a named organisation",
    "regional clusters without a named organisation",
)
# Everything that the map, the sectors and the partner finder treat as a cluster.
CLUSTERS = Population(
    "organisations",
    "is_cluster_organisation AND is_current",
    "cluster organisation or regional cluster",
    "cluster organisations and regional clusters",
)
ALL_PROJECTS = Population("projects")
ESCP4I_PARTNERSHIPS = Population(
    "projects",
    "is_escp4i_partnership",
    "ESCP-4i partnership",
    "ESCP-4i partnerships",
)
# The population of Table 1 of the discussion paper.
TABLE_1_PARTNERSHIPS = Population(
    "projects",
    "is_escp4i_partnership AND generation = 1 AND targets_usa = 'listed'",
    "partnership of Table 1",
    "partnerships of Table 1",
)
ALL_COOPERATIONS = Population("cooperations")
EU_US_COOPERATIONS = Population("cooperations", "is_eu_us", "EU–US cooperation", "EU–US cooperations")
EVENTS = Population("events")
POLICIES = Population("policies")
SUCCESS_STORIES = Population("success_stories")
OPPORTUNITIES = Population("opportunities")
# Years mean the beginning here, and sectors the assigned themes.
HORIZON_PROJECTS = Population(
    "horizon_projects",
    source="(SELECT * REPLACE (NULL::DATE AS end_on), theme_ids AS sector_ids FROM horizon_project_register)",
)

# The registers that files hold, whole, in reading order.
REGISTER_POPULATIONS = (
    ALL_ORGANISATIONS,
    ALL_PROJECTS,
    ALL_COOPERATIONS,
    SUCCESS_STORIES,
    POLICIES,
    EVENTS,
    OPPORTUNITIES,
)
