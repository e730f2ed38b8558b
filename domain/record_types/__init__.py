"""The record types of the dashboard, in the order in which they are listed."""

from collections.abc import Mapping
from types import MappingProxyType

from domain.record_types.activities import ACTIVITIES
from domain.record_types.cooperations import COOPERATIONS
from domain.record_types.events import EVENTS
from domain.record_types.figures import FIGURES
from domain.record_types.horizon_projects import HORIZON_PROJECTS
from domain.record_types.opportunities import OPPORTUNITIES
from domain.record_types.organisations import ORGANISATIONS
from domain.record_types.policies import POLICIES
from domain.record_types.projects import PROJECTS
from domain.record_types.regions import REGIONS
from domain.record_types.sources import SOURCES
from domain.record_types.success_stories import SUCCESS_STORIES
from domain.record_types.usa_share import USA_SHARE
from domain.records import RecordType

# Record types with a register that the shared filters apply to; files hold each of them.
REGISTER_TYPES: tuple[RecordType, ...] = (
    ORGANISATIONS,
    PROJECTS,
    COOPERATIONS,
    SUCCESS_STORIES,
    POLICIES,
    EVENTS,
    OPPORTUNITIES,
)
RECORD_TYPES: Mapping[str, RecordType] = MappingProxyType(
    {
        record_type.table: record_type
        for record_type in (*REGISTER_TYPES, ACTIVITIES, FIGURES, SOURCES, USA_SHARE, HORIZON_PROJECTS, REGIONS)
    }
)
TABLE_OF_PARAMETER: Mapping[str, str] = MappingProxyType(
    {record_type.parameter: record_type.table for record_type in RECORD_TYPES.values()}
)


def key_column(table: str) -> str:
    """The id column of a table whose records can be cited. KeyError for any other table."""
    return RECORD_TYPES[table].key


def source_view(table: str) -> str:
    """The view or table that the records of a table are read from."""
    return RECORD_TYPES[table].source_view if table in RECORD_TYPES else _OTHER_VIEWS.get(table, table)


# Imported tables without profiles of their own: statistics are cited by their import.
_OTHER_VIEWS = {"regional_statistics": "location_quotients"}
