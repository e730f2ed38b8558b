"""The shared filters that restrict a card or a register: files and citations name only those."""

from collections.abc import Collection

from domain.filters import SECTORS, Filters
from domain.record_types import RECORD_TYPES
from domain.records import Register
from warehouse.query_cache import vocabulary

NO_FILTER_APPLIES_TO_TABLE = "none applies to this table"


def applied_filters(filters: Filters, names: Collection[str], sector_scheme: str = "") -> Filters:
    """The filters among ``names``; with a ``sector_scheme`` ('theme' or 'traded_cluster') only sectors of it."""
    kept = filters.only(names)
    if sector_scheme and SECTORS.is_active(kept):
        clusters = vocabulary().traded_clusters
        dropped = set(kept.sectors) & clusters if sector_scheme == "theme" else set(kept.sectors) - clusters
        return kept.without_sectors(dropped)
    return kept


def register_filters(register: Register) -> tuple[str, ...]:
    """Names of the shared filters that restrict a register."""
    return RECORD_TYPES[register.table].filters if register.filters is None else register.filters


def applied_to_register(register: Register, filters: Filters) -> Filters:
    """The filters that restrict a register."""
    return applied_filters(filters, register_filters(register), register.sector_scheme)


def register_filter_label(register: Register, filters: Filters) -> str:
    """Those filters as text: 'Energy; 2015 to 2017', 'no filter', or 'none applies to this table'."""
    if not register_filters(register):
        return NO_FILTER_APPLIES_TO_TABLE
    return applied_to_register(register, filters).describe(vocabulary())
