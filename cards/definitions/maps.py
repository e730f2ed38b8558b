"""Maps of organisations and cooperations: that of the page Map, and one for each extent of the workshop mode."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from cards.card import Card, MapCard
from cards.definition import CardRequest, define, might_match
from cards.status_words import activity_statuses, agreement_statuses, intention_statuses
from domain.evidence import Evidence
from domain.filters import FILTER_NAMES
from domain.record_types.organisations import ORGANISATIONS
from domain.text import agree, plural
from maps.cooperation_map import map_alt
from maps.extents import EXTENTS
from warehouse import queries
from warehouse.populations import ALL_ORGANISATIONS, CLUSTERS, EU_US_AGREEMENTS, EU_US_COOPERATIONS, Population
from warehouse.query_cache import run_query
from warehouse.registers import count, rows, rows_by_id

KINDS = {"clusters": CLUSTERS, "all": ALL_ORGANISATIONS}
# A cooperation is drawn where a party of each side is placed; two of one side make no arc.
_KNOWN_CITIES = "organisations of known cities on both sides"
KIND_LABELS = {"clusters": "Cluster organisations and regional clusters", "all": "All organisations"}


def points_on_map(organisations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Organisations located to a city, and those at the ends of arcs that the filters exclude."""
    placed = organisations[organisations["location_precision"] == "city"]
    ends = set(links["eu_organisation_id"]) | set(links["us_organisation_id"])
    others = run_query(rows_by_id, ALL_ORGANISATIONS, sorted(ends - set(placed["organisation_id"])))
    return pd.concat([placed, others], ignore_index=True) if len(others) else placed


def organisation_counts(organisations: pd.DataFrame, scope: str = "") -> str:
    """'672 organisations: 410 EU, 235 USA, 27 of neither side; 308 located to the city'."""
    sides = organisations["side"].value_counts()
    placed = int((organisations["location_precision"] == "city").sum())
    return (
        f"{plural(len(organisations), 'organisation')}{scope}: {sides.get('EU', 0)} EU, {sides.get('US', 0)} USA, "
        f"{sides.get('OTHER', 0)} of neither side; {placed} located to the city"
    )


def _without_point(organisations: pd.DataFrame, population: Population, scope: str) -> str:
    """'Not located to a city, so without a point: 168 of 415 … of all sides for Energy'."""
    if organisations.empty:
        return f"No {population.singular} is recorded{scope}"
    number = int((organisations["location_precision"] != "city").sum())
    # The titles of some maps count those of one side.
    sides = " of all sides" if organisations["side"].nunique() > 1 else ""
    total = population.name(len(organisations))
    return f"Not located to a city, so without a point: {number} of {total}{sides}{scope}"


def _agreements_title(links: pd.DataFrame, scope: str) -> str:
    """'12 EU–US agreements for Energy join organisations of known cities on both sides'."""
    number = links["cooperation_id"].nunique()
    if not number:
        return f"No {EU_US_AGREEMENTS.singular}{scope} joins {_KNOWN_CITIES}"
    return f"{EU_US_AGREEMENTS.name(number)}{scope} {agree(number, 'joins', 'join')} {_KNOWN_CITIES}"


def _links_title(links: pd.DataFrame, scope: str) -> str:
    """'29 EU–US cooperations for Energy join organisations of known cities on both sides'."""
    number = links["cooperation_id"].nunique()
    if not number:
        return f"No {EU_US_COOPERATIONS.singular}{scope} joins {_KNOWN_CITIES}"
    return f"{EU_US_COOPERATIONS.name(number)}{scope} {agree(number, 'joins', 'join')} {_KNOWN_CITIES}"


def _statuses(links: pd.DataFrame) -> str:
    """': 10 signed or renewed, 12 completed or ongoing, 7 planned, possible or an aspiration'; '' without links.

    Intentions are told apart: a number alone would tell them as cooperations under way.
    """
    once = links.drop_duplicates("cooperation_id")["commitment"].value_counts()
    words = {"agreement": agreement_statuses(), "activity": activity_statuses(), "intention": intention_statuses()}
    parts = [f"{once[commitment]} {statuses}" for commitment, statuses in words.items() if commitment in once]
    return f": {', '.join(parts)}" if parts else ""


def _side_title(organisations: pd.DataFrame, side: str, scope: str) -> str:
    """'295 cluster organisations and regional clusters of the EU side; located to the city: 180'."""
    own = organisations[organisations["side"] == side]
    placed = int((own["location_precision"] == "city").sum())
    of_side = {"EU": "of the EU side", "US": "of the USA"}[side]
    return f"{CLUSTERS.name(len(own))} {of_side}{scope}; located to the city: {placed}"


def _drawn(recorded: int, links: pd.DataFrame, scope: str, noun: str = "EU–US cooperation") -> str:
    """'Of 82 recorded EU–US cooperations, 24 join organisations of known cities on both sides and are drawn as …'."""
    if not recorded:
        return f"No {noun} is recorded{scope}"
    drawn = links["cooperation_id"].nunique()
    arcs, pairs = plural(len(links), "arc"), len(links[["eu_organisation_id", "us_organisation_id"]].drop_duplicates())
    if pairs < len(links):
        arcs += f" between {plural(pairs, 'pair')} of organisations"
    if recorded == 1:
        what = f"joins {_KNOWN_CITIES} and is drawn as {arcs}" if drawn else f"does not join {_KNOWN_CITIES}"
        return f"The 1 recorded {noun}{scope} {what}"
    of_all = f"{plural(recorded, f'recorded {noun}')}{scope}"
    if not drawn:
        return f"None of {of_all} joins {_KNOWN_CITIES}"
    return (
        f"Of {of_all}, {drawn} {agree(drawn, 'joins', 'join')} {_KNOWN_CITIES} and {agree(drawn, 'is', 'are')} "
        f"drawn as {arcs}"
    )


def _title(
    request: CardRequest, extent: str, population: Population, organisations: pd.DataFrame, links: pd.DataFrame
) -> str:
    """Title: cooperations for an extent with both sides, else the organisations of the side it shows."""
    scope = request.scope_for(population)
    if population is CLUSTERS and extent == "Atlantic":
        return _links_title(links, request.scope_for(EU_US_COOPERATIONS))
    if population is CLUSTERS and extent in ("Europe", "USA"):
        return _side_title(organisations, {"Europe": "EU", "USA": "US"}[extent], scope)
    return organisation_counts(organisations, scope)


def _map(request: CardRequest, extent: str, population: Population) -> MapCard | None:
    organisations = run_query(rows, population, request.filters)
    links = run_query(queries.map_links, request.filters)
    points = points_on_map(organisations, links)
    if points.empty:
        return None
    recorded = run_query(count, EU_US_COOPERATIONS, request.filters)
    what = "Cluster organisations and regional clusters" if population is CLUSTERS else "Organisations of every kind"
    ends = ", and the organisations at the ends of arcs" if len(links) else ""
    return MapCard(
        title=_title(request, extent, population, organisations, links),
        subtitle=f"{what} by city{ends}, the EU as in 2017. "
        f"{_without_point(organisations, population, request.scope_for(population))}. "
        + _drawn(recorded, links, request.scope_for(EU_US_COOPERATIONS))
        + _statuses(links),
        chart=None,
        rows=organisations,
        columns=ORGANISATIONS.register_columns,
        evidence=Evidence("organisations", tuple(organisations["organisation_id"])),
        more_evidence=(Evidence("cooperations", tuple(dict.fromkeys(links["cooperation_id"]))),),
        method="Rows of view organisation_register after filtering, years excepted, and pairs of view "
        "cooperation_links, without renewals of an agreement that is shown. Only organisations located to a city have "
        "a point; coordinates are those of the city, not of the office.",
        points=points,
        links=links,
        extent=extent,
        alt=map_alt(points, links, extent),
        not_counted=might_match(request.filters, population, EU_US_COOPERATIONS),
    )


@define("map_agreements", page="overview", population=CLUSTERS, filters=FILTER_NAMES)
def map_agreements(request: CardRequest) -> Card | None:
    """Cluster organisations, and of the cooperations only what is signed or renewed, across the Atlantic."""
    card = _map(request, "Atlantic", CLUSTERS)
    if card is None:
        return None
    links = card.links[card.links["commitment"] == "agreement"]
    organisations = card.rows
    points = points_on_map(organisations, links)
    if points.empty:
        return None
    recorded = run_query(count, EU_US_AGREEMENTS, request.filters)
    scope = request.scope_for(EU_US_COOPERATIONS)
    return replace(
        card,
        title=_agreements_title(links, scope),
        subtitle=f"Agreements are cooperations that are {agreement_statuses()}. "
        + _drawn(recorded, links, scope, EU_US_AGREEMENTS.singular),
        points=points,
        links=links,
        more_evidence=(Evidence("cooperations", tuple(dict.fromkeys(links["cooperation_id"]))),),
        alt=map_alt(points, links, "Atlantic"),
        not_counted=might_match(request.filters, CLUSTERS, EU_US_AGREEMENTS),
    )


def _kinds(request: CardRequest) -> Population:
    return KINDS[request.chosen("kinds", KINDS)]


@define(
    "map",
    page="map",
    population=CLUSTERS,
    filters=FILTER_NAMES,
    choices=("extent", "kinds"),
    counted=lambda request: (_kinds(request), request.filters),
)
def map_of_page(request: CardRequest) -> Card | None:
    """The map of the page; choices: ``extent`` (a key of EXTENTS) and ``kinds`` (clusters or all)."""
    return _map(request, request.chosen("extent", EXTENTS), _kinds(request))


def _of_extent(extent: str) -> Callable[[CardRequest], Card | None]:
    return lambda request: _map(request, extent, CLUSTERS)


for _name, _extent in (("map_atlantic", "Atlantic"), ("map_europe", "Europe"), ("map_usa", "USA")):
    define(_name, page="map", population=CLUSTERS, filters=FILTER_NAMES, noun="organisations located to a city")(
        _of_extent(_extent)
    )
