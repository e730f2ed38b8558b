"""The map of organisations and links as a card."""

import pandas as pd

from cards import findings, registers
from cards.card import Evidence, MapCard
from domain.filters import Filters
from domain.shares import plural
from maps.cooperation_map import map_alt
from warehouse import queries
from warehouse.query_cache import run_query


def drawn_points(organisations: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Organisations with a point: those filtered, and whoever stands at the other end of a drawn link."""
    placed = organisations[organisations["location_precision"] == "city"]
    ends = set(links["eu_organisation_id"]) | set(links["us_organisation_id"])
    others = run_query(queries.organisations_by_id, sorted(ends - set(placed["organisation_id"])))
    return pd.concat([placed, others], ignore_index=True) if len(others) else placed


def _both(organisations: pd.DataFrame, _: pd.DataFrame) -> str:
    return findings.organisations(organisations)


# One message a view: the links where both sides are seen, else the side that is.
_TITLES = {
    "Atlantic": lambda _, links: findings.links_on_map(links),
    "Europe": lambda organisations, _: findings.one_side(organisations, "EU"),
    "USA": lambda organisations, _: findings.one_side(organisations, "US"),
}


def map_card(filters: Filters, extent: str, cluster_only: bool = True) -> MapCard | None:
    """Organisations and EU–US links; None when no point is left to draw."""
    organisations = run_query(queries.organisations, filters, cluster_only=cluster_only)
    links = run_query(queries.map_links, filters)
    points = drawn_points(organisations, links)
    if points.empty:
        return None
    recorded = len(run_query(queries.cooperations, filters, eu_us_only=True))
    shown = links["cooperation_id"].nunique()
    return MapCard(
        key=f"map_{extent.lower().replace(' ', '_').replace('-', '_')}",
        title=(_TITLES.get(extent, _both) if cluster_only else _both)(organisations, links),
        subtitle=f"{'Cluster organisations' if cluster_only else 'Organisations of every kind'} by city, the EU as in 2017; of {plural(recorded, 'recorded EU–US link')}, {shown} join named organisations of "
        f"a known city, drawn as {plural(len(links), 'arc')} by status. "
        f"{findings.without_point(organisations)}",
        chart=None,
        rows=organisations,
        columns=registers.ORGANISATIONS.columns,
        evidence=Evidence("organisations", tuple(organisations["organisation_id"])),
        more_evidence=(Evidence("cooperations", tuple(dict.fromkeys(links["cooperation_id"]))),),
        method=registers.ORGANISATIONS.method,
        points=points,
        links=links,
        extent=extent,
        alt=map_alt(points, links, extent),
    )
