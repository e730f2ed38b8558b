"""The sets of records that figures, registers and shares count, each defined once.

A population is a register view, narrowed by a condition on its columns; the shared filters narrow it further.
"""

from dataclasses import dataclass, replace

from domain.record_types import RECORD_TYPES, REGISTER_TYPES
from domain.records import RecordType
from domain.text import plural


@dataclass(frozen=True)
class Population:
    """Records of one table that meet a SQL condition; ``noun`` and ``plural`` name them in sentences.

    ``source`` is the FROM clause where that is not the view of the record type. ``counted_by`` is a SQL expression that
    several records share which count as one; by default every record counts.
    """

    table: str
    condition: str = "true"
    noun: str = ""
    plural: str = ""
    source: str = ""
    counted_by: str = ""

    @property
    def from_sql(self) -> str:
        """FROM clause, without the keyword, of a query on the population."""
        return self.source or self.record_type.source_view

    @property
    def record_type(self) -> RecordType:
        """The declaration of its table."""
        return RECORD_TYPES[self.table]

    @property
    def identity(self) -> str:
        """SQL expression of what is counted."""
        return self.counted_by or self.record_type.key

    def name(self, count: int) -> str:
        """'1 EU–US cooperation', '18 EU–US cooperations'."""
        return plural(count, self.singular, self.name_of_many)

    @property
    def singular(self) -> str:
        """Noun for one record."""
        return self.noun or self.record_type.noun

    @property
    def name_of_many(self) -> str:
        """Noun for several records."""
        return self.plural or self.record_type.plural


ALL_ORGANISATIONS = Population("organisations")
# Named organisations that still exist; merged and ended ones are in the register but not in the counts.
CLUSTER_ORGANISATIONS = Population(
    "organisations",
    "counted_as = 'cluster organisation'",
    "cluster organisation",
    "cluster organisations",
)
# What cards compare by side; the others are told apart.
ORGANISATIONS_OF_BOTH_SIDES = replace(
    CLUSTER_ORGANISATIONS, condition=f"{CLUSTER_ORGANISATIONS.condition} AND side IN ('EU', 'US')"
)
# Regional clusters and federal award programmes for which a source names no organisation.
REGIONAL_CLUSTERS = Population(
    "organisations",
    "counted_as = 'regional cluster'",
    "regional cluster without a named organisation",
    "regional clusters without a named organisation",
)
# What the map, the sector pages and the partner finder treat as clusters.
CLUSTERS = Population(
    "organisations",
    "counted_as IS NOT NULL",
    "cluster organisation or regional cluster",
    "cluster organisations and regional clusters",
)
ALL_PROJECTS = Population("projects")
# Programmes, initiatives and support projects have no list of targets.
PROJECTS_WITH_TARGETS = Population(
    "projects",
    "target_list <> 'not applicable'",
    "project of a kind with targets",
    "projects of a kind with targets",
)
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
# A renewal counts with the agreement that it renews.
ALL_COOPERATIONS = Population("cooperations", counted_by="coalesce(renewed_cooperation_id, cooperation_id)")
EU_US_COOPERATIONS = replace(
    ALL_COOPERATIONS, condition="is_eu_us", noun="EU–US cooperation", plural="EU–US cooperations"
)
# What is signed or renewed (table cooperation_statuses).
ALL_AGREEMENTS = replace(
    ALL_COOPERATIONS, condition="commitment = 'agreement'", noun="recorded agreement", plural="recorded agreements"
)
EU_US_AGREEMENTS = replace(
    ALL_AGREEMENTS,
    condition="is_eu_us AND commitment = 'agreement'",
    noun="EU–US agreement",
    plural="EU–US agreements",
)
EVENTS = Population("events")
POLICIES = Population("policies")
# Conclusions with a date are those of the workshop, those without are of the discussion paper.
CONCLUSIONS_2015 = Population(
    "policies",
    "kind = 'conclusion' AND date_precision <> 'undated'",
    "conclusion of the workshop of 2015",
    "conclusions of the workshop of 2015",
)
SUCCESS_STORIES = Population("success_stories")
OPPORTUNITIES = Population("opportunities")
# The filter by years applies to the beginning of a project, the filter by sector to its assigned themes.
HORIZON_PROJECTS = Population(
    "horizon_projects",
    source="(SELECT * REPLACE (start_on AS end_on), theme_ids AS sector_ids, "
    "possible_theme_ids AS possible_sector_ids FROM horizon_project_register)",
)

# States, NUTS 2 regions and countries of which anything is known here.
REGIONS = Population(
    "regions", "organisation_count + cooperation_count + project_count + coalesce(horizon_project_count, 0) > 0"
)

SOURCES = Population("sources")

# The registers that an export holds in full, in reading order.
REGISTER_POPULATIONS = tuple(
    ALL_COOPERATIONS if record_type.table == ALL_COOPERATIONS.table else Population(record_type.table)
    for record_type in REGISTER_TYPES
)
# The registers of a sector: all of them, but of the organisations only what is treated as a cluster.
SECTOR_POPULATIONS = tuple(CLUSTERS if one == ALL_ORGANISATIONS else one for one in REGISTER_POPULATIONS)
