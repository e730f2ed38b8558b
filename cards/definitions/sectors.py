"""Cards of the page Sectors: organisations by theme or traded cluster, compared sectors, target countries."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card
from cards.definition import CardRequest, define
from cards.few import small_cards
from charts.bars import count_bars
from charts.dots import MAX_ROWS, measure_dots, side_dots
from domain.evidence import Evidence
from domain.filters import FILTER_NAMES, SECTORS, Filters
from domain.frames import records
from domain.shares import Share, leader
from domain.text import agree, capitalised, format_list, plural
from warehouse import queries
from warehouse.populations import (
    CLUSTER_ORGANISATIONS,
    ORGANISATIONS_OF_BOTH_SIDES,
    PROJECTS_WITH_TARGETS,
    REGIONAL_CLUSTERS,
    SECTOR_POPULATIONS,
)
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import count, rows

MAX_COMPARED = 4
MAX_NAMED = 3  # sectors in a title
_FEW_COLUMNS = {"side": "Side", "countries": "Country", "place": "Place", "themes": "Themes"}
# Sectors are marked, not left out.
_PLACES_AND_YEARS = tuple(name for name in FILTER_NAMES if name != SECTORS.name)
SCHEMES = {"theme": "theme", "traded_cluster": "traded cluster"}
_OTHER_SCHEME = {"theme": "traded cluster", "traded_cluster": "theme"}
# Labels of the counts of queries.register_counts; organisations are counted by side.
COUNT_LABELS = {
    "eu_organisations": "EU cluster organisations",
    "us_organisations": "US cluster organisations",
    "regional_clusters": "Regional clusters without a named organisation",
    **{one.table: one.record_type.title_of_register for one in SECTOR_POPULATIONS if one.table != "organisations"},
    "targets": "Target countries",
}


def _by_sector(request: CardRequest, scheme: str) -> Card | None:
    """Cluster organisations of both sides by sector of a scheme; the sectors of the filter are marked in it."""
    counts = run_query(queries.sector_counts, request.filters, scheme)
    is_marked = counts["sector_id"].isin(request.marked_sectors)
    is_filled = counts["eu_organisations"] + counts["us_organisations"] > 0
    if not is_filled.any():
        return None
    both_sides = run_query(rows, ORGANISATIONS_OF_BOTH_SIDES, request.filters)
    regional = run_query(count, REGIONAL_CLUSTERS, request.filters)
    drawn = counts[is_filled | is_marked]
    without = len(counts) - int(is_filled.sum())
    kind = SCHEMES[scheme]
    few = small_cards(both_sides, "organisations", _FEW_COLUMNS)
    verb = agree(without, "has", "have")
    empty = f"; {without} of {plural(len(counts), kind)} {verb} none recorded" if without else ""
    neither = _of_neither_side(request, len(both_sides))
    left_out = [neither, REGIONAL_CLUSTERS.name(regional) if regional else ""]
    apart = f". Not among them: {format_list([text for text in left_out if text])}" if any(left_out) else ""
    listed = set(counts["sector_id"])
    unlisted = sum(listed.isdisjoint(sectors) for sectors in both_sides["sector_ids"])
    in_none = (
        f"; {plural(unlisted, 'organisation')} {agree(unlisted, 'has', 'have')} no recorded {kind}" if unlisted else ""
    )
    cut = "" if few else _drawn(drawn, request.marked_sectors)
    is_of_other_scheme = not set(request.marked_sectors) <= set(counts["sector_id"])
    whatever = f", whatever the {_OTHER_SCHEME[scheme]}" if is_of_other_scheme else ""
    return Card(
        key=f"sectors_{scheme}",
        title=_sector_title(counts, counts[is_marked], kind, request),
        subtitle=f"{CLUSTER_ORGANISATIONS.name(len(both_sides))}{request.scope_for(CLUSTER_ORGANISATIONS)} by {kind}, "
        f"EU and USA{whatever}; an organisation with several counts once in each{empty}{in_none}{cut}{apart}",
        chart=None
        if few
        else side_dots(
            drawn,
            label="sector",
            eu="eu_organisations",
            us="us_organisations",
            unit="cluster organisations",
            row_id="sector_id",
            chosen=request.marked_sectors,
        ),
        rows=counts,
        columns={"sector": kind.capitalize()} | {name: COUNT_LABELS[name] for name in queries.SECTOR_COUNTS},
        evidence=Evidence("organisations", tuple(both_sides["organisation_id"])),
        method="Rows of each register after filtering whose sectors include the one named (view sector_lists); a theme "
        "includes its sub-sectors and, for records without a theme of their own, the linked traded clusters. Most "
        "sectors of organisations were assigned by us by the rule in docs/theme-assignment.md. The number of "
        "organisations reflects our sources, not the size of the sector.",
        small_cards=few,
    )


def _of_neither_side(request: CardRequest, both_sides: int) -> str:
    """'3 cluster organisations of neither side', or '' for none; ``both_sides``: how many are of one of them."""
    number = run_query(count, CLUSTER_ORGANISATIONS, request.filters) - both_sides
    return f"{CLUSTER_ORGANISATIONS.name(number)} of neither side" if number else ""


def _drawn(rows: pd.DataFrame, chosen: tuple[str, ...]) -> str:
    """'; the first 24 of 32 by number, then by name, are drawn, all are in the table'; nothing where all are drawn.

    The sectors ``chosen`` by the filter are drawn wherever they stand.
    """
    if len(rows) <= MAX_ROWS:
        return ""
    totals = rows["eu_organisations"] + rows["us_organisations"]
    order = rows.assign(total=totals).sort_values(["total", "sector"], ascending=[False, True])
    is_further = order["sector_id"].iloc[MAX_ROWS:].isin(chosen).any()
    further = ", and those of the filter," if is_further else ","
    # Others may have as many as the last of them.
    return f"; the first {MAX_ROWS} of {len(rows)} by number, then by name{further} are drawn, all are in the table"


def _sector_title(counts: pd.DataFrame, marked: pd.DataFrame, kind: str, request: CardRequest) -> str:
    """'Energy: 37 EU and 9 US cluster organisations' for marked sectors, else the sector that leads."""
    scope = request.scope_for(CLUSTER_ORGANISATIONS)
    if 0 < len(marked) <= MAX_NAMED:
        parts = [
            f"{row['sector']}: {row['eu_organisations']:,} EU and {row['us_organisations']:,} US"
            for row in records(marked)
        ]
        return f"{'; '.join(parts)} cluster organisations{scope}"
    both = counts.assign(total=counts["eu_organisations"] + counts["us_organisations"])
    first = leader(both, "sector", "total")
    if not first:
        return f"Cluster organisations{scope} by {kind}"
    return f"{first[0]} has the most EU and US cluster organisations recorded{scope}: {first[1]}"


def _of_scheme(scheme: str) -> Callable[[CardRequest], Card | None]:
    return lambda request: _by_sector(request, scheme)


for _scheme in SCHEMES:
    define(f"sectors_{_scheme}", page="sectors", population=ORGANISATIONS_OF_BOTH_SIDES, filters=_PLACES_AND_YEARS)(
        _of_scheme(_scheme)
    )


@define("sector_comparison", page="sectors", population=ORGANISATIONS_OF_BOTH_SIDES, filters=FILTER_NAMES)
def sector_comparison(request: CardRequest) -> Card | None:
    """Counts of every register for two to four sectors of the filter."""
    sectors = request.filters.sectors
    if not 2 <= len(sectors) <= MAX_COMPARED:
        return None
    names = vocabulary().sectors
    counts = run_query(queries.register_counts_by_sector, request.filters, sectors)
    counts = counts.assign(sector=[names[sector] for sector in sectors])
    both_sides = run_query(rows, ORGANISATIONS_OF_BOTH_SIDES, request.filters)
    both = counts.assign(total=counts["eu_organisations"] + counts["us_organisations"])
    first = leader(both, "sector", "total")
    others = replace(request, filters=replace(request.filters, sectors=()))
    neither = _of_neither_side(request, len(both_sides))
    apart = f". Not among the dots: {neither}" if neither else ""
    return Card(
        title=f"Of the {len(counts)} compared, {first[0]} has the most EU and US cluster organisations recorded: "
        f"{first[1]}"
        if first
        else f"Cluster organisations of {len(counts)} sectors compared",
        subtitle=f"{len(counts)} sectors compared{others.scope}, each register by the filters that apply to it; a "
        f"record with several of these sectors counts once in each{apart}",
        chart=measure_dots(counts, label="sector", measures=COUNT_LABELS, unit="records"),
        rows=counts,
        columns={"sector": "Sector"} | COUNT_LABELS,
        evidence=Evidence("organisations", tuple(both_sides["organisation_id"])),
        method="Rows of each register after filtering by one sector at a time.",
    )


def _narrowed(request: CardRequest) -> Filters:
    """The filters of a request, their sectors narrowed to the one chosen."""
    chosen = request.choice("show")
    return replace(request.filters, sectors=(chosen,)) if chosen in request.filters.sectors else request.filters


@define(
    "target_countries",
    page="sectors",
    population=PROJECTS_WITH_TARGETS,
    choices=("show",),
    counted=lambda request: (PROJECTS_WITH_TARGETS, _narrowed(request)),
)
def target_countries(request: CardRequest) -> Card | None:
    """Target countries of the projects of the chosen sectors; the choice ``show`` restricts them to one sector."""
    filters = _narrowed(request)
    projects = run_query(rows, PROJECTS_WITH_TARGETS, filters)
    pairs = run_query(queries.co_targets, projects["project_id"].tolist())
    if pairs.empty:
        return None
    counts = pairs.groupby("country").size().rename("projects").reset_index()
    listing = tuple(pairs["project_id"].unique())
    scope = replace(request, filters=filters).scope_for(PROJECTS_WITH_TARGETS)
    partial = projects[(projects["target_list"] == "partial") & projects["project_id"].isin(listing)]
    first = leader(counts, "country", "projects")
    without = _without(partial, pairs, first[0]) if first else 0
    return Card(
        title=_target_title(first, len(listing), scope, is_open=without > 0),
        subtitle=f"Target countries are recorded for {len(listing)} of {PROJECTS_WITH_TARGETS.name(len(projects))}"
        f"{scope}{_partial_lists(len(partial), first, without)}; a listed target is not a cooperation",
        chart=count_bars(counts, label="country", value="projects", unit="projects"),
        rows=counts.sort_values(["projects", "country"], ascending=[False, True]),
        columns={"country": "Target country", "projects": "Projects"},
        evidence=Evidence("projects", listing),
        method="Pairs of project and listed target country (table project_targets), counted by country. Programmes, "
        "initiatives and support projects have no list of targets (target_list 'not applicable') and are not counted. "
        "A partial list (target_list 'partial') may lack countries; where it does not name one, the number of that "
        "country is of at least so many.",
    )


def _target_title(first: tuple[str, int] | None, listing: int, scope: str, *, is_open: bool) -> str:
    if not first:
        return f"Target countries of the projects{scope}"
    share = Share(first[1], listing, f"projects with listed targets{scope}")
    return f"{capitalised(with_article(first[0]))} is listed as a target by {'at least ' if is_open else ''}{share}"


def _without(partial: pd.DataFrame, pairs: pd.DataFrame, country: str) -> int:
    """How many partial lists do not name a country."""
    return int((~partial["project_id"].isin(pairs.loc[pairs["country"] == country, "project_id"])).sum())


def _partial_lists(partial: int, first: tuple[str, int] | None, without: int) -> str:
    """'; 11 of these lists are partial, 5 of them without the United States: countries may be missing from them'."""
    if not partial:
        return ""
    named = f", {without} of them without {with_article(first[0])}" if first else ""
    return f"; {partial} of these lists {agree(partial, 'is', 'are')} partial{named}: countries may be missing there"
