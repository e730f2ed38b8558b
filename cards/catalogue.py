"""Every chart by name: what a workshop step, an embedded card or an export can ask for.

The names are those of the column chart of data/workshop_steps.csv; a test keeps the two lists equal.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import pandas as pd

from cards import chart_cards, registers
from cards.card import Card, Register
from cards.headlines import headline_card
from cards.map_card import map_card
from cards.stories import stories
from domain.filters import Filters
from warehouse import queries
from warehouse.query_cache import run_query


@dataclass(frozen=True)
class Entry:
    """How a card is made from filters, the page that has it, and the noun of what is missing when there is none."""

    make: Callable[[Filters], Card | None]
    page: str
    noun: str


def _from(question: Callable, card: Callable[[pd.DataFrame], Card]) -> Callable[[Filters], Card | None]:
    """A card of the rows of one question; None when the filters leave none."""

    def make(filters: Filters) -> Card | None:
        rows = run_query(question, filters)
        return None if rows.empty else card(rows)

    return make


def _dated(question: Callable, card: Callable[[pd.DataFrame], Card]) -> Callable[[Filters], Card | None]:
    """The same for a timeline, which needs a row with a date."""

    def make(filters: Filters) -> Card | None:
        rows = run_query(question, filters)
        return card(rows) if (rows["date_precision"] != "undated").any() else None

    return make


def _map(extent: str) -> Entry:
    return Entry(lambda filters: map_card(filters, extent), "map", "organisations with a known city")


def _sectors(scheme: str) -> Entry:
    def make(filters: Filters) -> Card | None:
        counts = run_query(queries.sector_counts, filters, scheme)
        if counts[["eu_organisations", "us_organisations"]].sum().sum() == 0:
            return None
        return chart_cards.sectors(counts, run_query(queries.organisations, filters), scheme, filters.sectors)

    return Entry(make, "sectors", "cluster organisations")


def _co_targets(filters: Filters) -> Card | None:
    partnerships = run_query(queries.usa_targeting_table1, filters)
    return (
        None
        if partnerships.empty
        else chart_cards.co_targets(run_query(queries.co_targets, partnerships["project_id"].tolist()))
    )


def _generations(_: Filters) -> Card:
    partnerships = run_query(queries.projects, Filters(), escp4i_only=True)
    return chart_cards.generations(run_query(queries.generations), partnerships["project_id"].tolist())


def _eu_us_links(filters: Filters) -> Card | None:
    links = run_query(queries.cooperations, filters, eu_us_only=True)
    return None if links.empty else chart_cards.statuses(links)


CATALOGUE: Mapping[str, Entry] = MappingProxyType(
    {
        "headlines": Entry(headline_card, "overview", "figures"),
        "map_atlantic": _map("Atlantic"),
        "map_europe": _map("Europe"),
        "map_usa": _map("USA"),
        "sectors_theme": _sectors("theme"),
        "sectors_traded_cluster": _sectors("traded_cluster"),
        "usa_share": Entry(lambda _: chart_cards.usa_share(run_query(queries.usa_share)), "projects", "readings"),
        "generations": Entry(_generations, "projects", "partnerships"),
        "co_targets": Entry(_co_targets, "projects", "partnerships of Table 1"),
        "statuses": Entry(_eu_us_links, "cooperations", "EU–US links"),
        "stories": Entry(_from(queries.stories, stories), "cooperations", "success stories"),
        "policy_kinds": Entry(_from(queries.policies, chart_cards.policy_kinds), "policies", "policy instruments"),
        "policy_dates": Entry(
            _dated(queries.policies, chart_cards.policy_dates), "policies", "dated policy instruments"
        ),
        "event_dates": Entry(_dated(queries.events, chart_cards.event_dates), "events", "dated events"),
    }
)

REGISTERS: tuple[tuple[Register, Callable], ...] = (
    (registers.ORGANISATIONS, lambda filters: run_query(queries.organisations, filters, cluster_only=False)),
    (registers.PROJECTS, lambda filters: run_query(queries.projects, filters)),
    (registers.COOPERATIONS, lambda filters: run_query(queries.cooperations, filters)),
    (registers.STORIES, lambda filters: run_query(queries.stories, filters)),
    (registers.POLICIES, lambda filters: run_query(queries.policies, filters)),
    (registers.EVENTS, lambda filters: run_query(queries.events, filters)),
    (registers.OPPORTUNITIES, lambda filters: run_query(queries.opportunities, filters)),
)


def make_card(name: str, filters: Filters) -> Card | None:
    """The card of this name for these filters; None when they leave nothing to show. KeyError for an unknown name."""
    return CATALOGUE[name].make(filters)
