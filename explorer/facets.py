"""The facets of the Explorer, each declared once: name in the URL, label, and where each register has its values.

A facet by a shared filter (``filter``) is that filter: its values are those of the bar, in the same URL parameter and
with the same SQL. To add a facet, declare it here and add it to ``FACETS``: counts, widgets, URL, words, tables and
files follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.filters import COUNTRIES, REGIONS, SECTORS, SIDES, STATES, ListFilter
from domain.record_types import RECORD_TYPES
from domain.vocabulary import UNDATED


@dataclass(frozen=True, kw_only=True)
class FacetColumn:
    """Where a facet has its values in the register of one table.

    ``sql`` is an expression of a list of text over the columns of the register, and over ``cited``, a struct of the
    ids of the sources that the record cites (``sources``) and of their worth for it (``reliabilities``). ``field`` is
    the column that it is about: terms of its vocabulary are the labels of the values, and the reason for a blank is
    that of ``reason_of``, by default of the same column. ``vocabulary`` ('table.column') is given where the labels are
    those of another column. ``reason`` is a SQL expression of a reason that goes before,
    NULL where there is none. ``label`` replaces that of the facet.
    """

    sql: str
    field: str
    reason_of: str = ""
    reason: str = "NULL"
    vocabulary: str = ""
    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A property of records by which they can be chosen and counted.

    ``name`` is its URL parameter; ``columns`` maps the tables that have it to their column. ``is_ordered`` tells that
    its values are listed in their own order and not by number of records; ``is_cited`` that they are ids of sources.
    """

    name: str
    label: str
    columns: Mapping[str, FacetColumn]
    filter: ListFilter | None = None
    is_ordered: bool = False
    is_cited: bool = False

    def label_in(self, table: str) -> str:
        """Its label in the register of a table."""
        return self.columns[table].label or self.label


def _one(column: str, *, field: str = "", reason_of: str = "", label: str = "") -> FacetColumn:
    """A column, or an expression about the column ``field``, with one value for each record."""
    return FacetColumn(
        sql=f"CASE WHEN {column} IS NULL THEN []::VARCHAR[] ELSE [{column}::VARCHAR] END",
        field=field or column,
        reason_of=reason_of,
        label=label,
    )


def _year(column: str, label: str) -> FacetColumn:
    return _one(f"year({column})", field=column, label=label)


def _precision(column: str, day: str, label: str = "") -> FacetColumn:
    """How precisely a day is known; without a day the reason is that of the day."""
    return _one(f"nullif({column}, '{UNDATED}')", field=column, reason_of=day, label=label)


def _shared(definition: ListFilter, field: str, *, among: str = "", reason: str = "NULL") -> Facet:
    """A facet that is a shared filter, in every register that has the filter.

    ``among`` is a query of a list of the values that count, where the column of the filter has others too.
    """
    recorded = f"coalesce({definition.column}, [])"
    column = FacetColumn(
        sql=f"list_intersect({recorded}, ({among}))" if among else recorded,
        field=field,
        reason=f"CASE WHEN list_contains(not_applicable, '{definition.name}') THEN 'not applicable' ELSE {reason} END",
    )
    tables = [table for table, kind in RECORD_TYPES.items() if definition.name in kind.filters]
    return Facet(
        name=definition.parameter,
        label=definition.label,
        columns=dict.fromkeys(tables, column),
        filter=definition,
    )


_REGION_CODES = "SELECT list(region_code) FROM regions JOIN countries USING (country_code) WHERE side = '{}'"
# A record without a place on a side of the Atlantic has no region there; nothing is unknown.
_NO_REGION = (
    "CASE WHEN list_has_any(regions_unknown_in, (SELECT list(country_code) || ['{0}'] FROM countries "
    "WHERE side = '{0}')) THEN NULL ELSE 'not applicable' END"
)

SECTOR_FACET = _shared(
    SECTORS, "sector_ids", among="SELECT list(sector_id) FROM sectors WHERE scheme IN ('theme', 'traded_cluster')"
)
SIDE_FACET = _shared(SIDES, "sides")
COUNTRY_FACET = _shared(COUNTRIES, "countries")
STATE_FACET = _shared(STATES, "region_codes", among=_REGION_CODES.format("US"), reason=_NO_REGION.format("US"))
REGION_FACET = _shared(REGIONS, "region_codes", among=_REGION_CODES.format("EU"), reason=_NO_REGION.format("EU"))
KIND = Facet(
    name="kind",
    label="Kind",
    columns=dict.fromkeys(("organisations", "projects", "cooperations", "events", "policies"), _one("kind"))
    | {
        "sources": _one("document_type"),
        "regions": _one("level"),
        "horizon_projects": _one("funding_scheme", label="Type of action"),
    },
)
PROGRAMME = Facet(
    name="programme",
    label="Programme",
    columns=dict.fromkeys(("projects", "horizon_projects"), _one("programme")),
)
GENERATION = Facet(
    name="generation",
    label="ESCP-4i generation",
    columns={"projects": _one("generation")},
    is_ordered=True,
)
TARGETS_USA = Facet(name="targets_usa", label="Targets the USA", columns={"projects": _one("targets_usa")})
STATUS = Facet(
    name="status",
    label="Status",
    columns={
        "cooperations": _one("status", label="Status in the source"),
        "events": _one("status_in_source", label="Status in the source"),
        "projects": _one("funding_status", label="Funding"),
    },
)
YEAR = Facet(
    name="year",
    label="Year",
    columns={
        "organisations": _one("founded_year", label="Year founded"),
        "projects": _year("start_on", "Year it begins"),
        "cooperations": _year("start_on", "Year"),
        "events": _year("start_on", "Year"),
        "policies": _year("start_on", "Year"),
        "horizon_projects": _year("start_on", "Year it begins"),
        "sources": _year("published_on", "Year published"),
    },
    is_ordered=True,
)
# The tables whose records cite sources themselves.
_CITING = (
    "organisations",
    "projects",
    "cooperations",
    "success_stories",
    "policies",
    "events",
    "opportunities",
)
SOURCE = Facet(
    name="cited",
    label="Source",
    columns=dict.fromkeys(_CITING, FacetColumn(sql="coalesce(cited.sources, [])", field="cited_sources")),
    is_cited=True,
)
RELIABILITY = Facet(
    name="reliability",
    label="Reliability of the sources",
    columns=dict.fromkeys(
        _CITING,
        FacetColumn(sql="coalesce(cited.reliabilities, [])", field="reliability", vocabulary="sources.reliability"),
    )
    | {"sources": _one("reliability", label="Reliability")},
)
PRECISION = Facet(
    name="precision",
    label="Date known to the",
    columns=dict.fromkeys(("cooperations", "events", "policies"), _precision("date_precision", "start_on"))
    | {
        "organisations": _one("location_precision", label="Place known to"),
        "projects": _precision("start_precision", "start_on", "Start known to the"),
        "sources": _precision("published_precision", "published_on", "Publication known to the"),
    },
)

# In the order in which a page lists them.
FACETS: tuple[Facet, ...] = (
    SECTOR_FACET,
    SIDE_FACET,
    COUNTRY_FACET,
    STATE_FACET,
    REGION_FACET,
    KIND,
    TARGETS_USA,
    GENERATION,
    PROGRAMME,
    STATUS,
    YEAR,
    RELIABILITY,
    SOURCE,
    PRECISION,
)
FACET_NAMES: Mapping[str, Facet] = {facet.name: facet for facet in FACETS}


def facets_of(table: str) -> tuple[Facet, ...]:
    """The facets that the register of a table has."""
    return tuple(facet for facet in FACETS if table in facet.columns)
