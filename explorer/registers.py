"""The registers of the Explorer: which records, the query of their rows, their columns and what they are counted by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

import pandas as pd

from domain.filters import Filters
from domain.records import PERIOD, Register
from domain.text import capitalised
from explorer.facets import Facet, facets_of
from warehouse import horizon, provenance, registers
from warehouse.connection import Connection
from warehouse.populations import (
    ALL_COOPERATIONS,
    ALL_ORGANISATIONS,
    ALL_PROJECTS,
    CLUSTER_ORGANISATIONS,
    EVENTS,
    HORIZON_PROJECTS,
    OPPORTUNITIES,
    POLICIES,
    REGIONS,
    SOURCES,
    SUCCESS_STORIES,
    Population,
)


@dataclass(frozen=True)
class ExplorerRegister:
    """Records to explore. ``name`` is its value in the URL, ``counted_by`` the facet of its first chart.

    ``rows`` is the query of all its rows, in reading order; ``title`` names it where the plural of its records does
    not.
    """

    name: str
    population: Population
    counted_by: str
    rows: Callable[[Connection], pd.DataFrame]
    title: str = ""

    @property
    def table(self) -> str:
        """The table of its records."""
        return self.population.table

    @property
    def label(self) -> str:
        """Its name in a menu: 'Cluster organisations'."""
        name = self.title or self.population.name_of_many
        return capitalised(name)

    @property
    def register(self) -> Register:
        """Its columns and method, as on other pages."""
        declared = self.population.record_type.register
        if declared is None:
            raise ValueError(f"{self.table} has no register")
        return declared

    @property
    def facets(self) -> tuple[Facet, ...]:
        """The facets that it has."""
        return facets_of(self.table)

    @property
    def columns(self) -> Mapping[str, str]:
        """All columns that can be shown with their headings: those of the register, then the others of the profile."""
        taken = set(self.register.columns.values())
        others = {
            column: heading
            for column, heading in self.population.record_type.profile.items()
            if column not in self.register.columns and heading not in taken
        }
        return {**self.register.columns, **others}


def columns_in(register: ExplorerRegister, frame: pd.DataFrame) -> dict[str, str]:
    """The columns of a register that its rows have, with their headings."""
    return {
        column: heading for column, heading in register.columns.items() if column == PERIOD or column in frame.columns
    }


def _register(
    population: Population,
    counted_by: str,
    *,
    name: str = "",
    title: str = "",
    rows: Callable[[Connection], pd.DataFrame] | None = None,
) -> ExplorerRegister:
    """A register under the name of its table, with the rows of other pages."""
    query = rows or partial(registers.rows, population=population, filters=Filters())
    return ExplorerRegister(name or population.table, population, counted_by, query, title)


_ALL = (
    _register(CLUSTER_ORGANISATIONS, "country", name="cluster_organisations"),
    _register(ALL_ORGANISATIONS, "kind", title="organisations of every kind"),
    _register(ALL_PROJECTS, "generation", title="projects and programmes"),
    _register(ALL_COOPERATIONS, "status"),
    _register(EVENTS, "year"),
    _register(POLICIES, "kind"),
    _register(SUCCESS_STORIES, "sector"),
    _register(OPPORTUNITIES, "sector"),
    _register(HORIZON_PROJECTS, "year", rows=horizon.projects),
    _register(REGIONS, "country", title="regions with records"),
    _register(SOURCES, "kind", rows=provenance.sources),
)
REGISTERS: Mapping[str, ExplorerRegister] = MappingProxyType({one.name: one for one in _ALL})
DEFAULT_REGISTER = _ALL[0].name
