"""Card of the partner finder: the best-ranked organisations of the other side for an organisation or a place."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from cards.card import Card
from cards.definition import NO_CHOICES, CardChoices, CardRequest, define
from cards.definitions.maps import KINDS
from cards.registers import PARTNERS
from charts.chart import Chart, Marks
from charts.part_bars import Part, part_bars
from charts.theme import ACCENT, GREY
from domain.evidence import Evidence
from domain.filters import Filters
from domain.text import agree, plural
from partners import shortlist
from partners.score import LINK_POINTS, SECTOR_POINTS, TARGET_POINTS
from partners.shortlist import Shortlist
from warehouse.populations import CLUSTERS, Population
from warehouse.query_cache import run_query

CHOICES = ("for", "home", "kinds")
PARTS: Mapping[str, Part] = {
    "sector_points": Part("Sectors", ACCENT),
    "link_points": Part("Link", "#7A3E9D"),
    "target_points": Part("Target", GREY),
}
MAX_DRAWN = 12
KEPT_SHARE = 0.5  # of the points of the best: proposals with less are the weak tail
METHOD = (
    f"Up to {SECTOR_POINTS} points for sectors: shared traded clusters and shared themes have weight three each, "
    f"related traded clusters weight one; the mean is taken over what is known of both. Up to {LINK_POINTS} points for "
    f"the shortest recorded link, up to {TARGET_POINTS} for a project that targets the other's country. Missing "
    "information adds no points and costs none. Most sectors of organisations were assigned by us. "
    "docs/partner-finder.md reports how well the finder ranks known partners."
)


@dataclass(frozen=True)
class Ranking:
    """A shortlist, and the proposals of it that are not its weak tail.

    ``scope`` are the filters that the proposals match, such as ' for Energy', '' for none.
    """

    shortlist: Shortlist
    shown: pd.DataFrame
    scope: str = ""

    @property
    def cut(self) -> int:
        """How many proposals are the weak tail."""
        return len(self.shortlist.proposals) - len(self.shown)

    @property
    def equal_at_top(self) -> int:
        """How many proposals share the highest number of points."""
        return int((self.shown["rank"] == 1).sum())

    @property
    def best(self) -> int:
        """The highest number of points."""
        return int(self.shown["score"].max())


def seeker_of(choices: CardChoices, filters: Filters) -> tuple[str, str] | None:
    """('for', organisation) or ('home', place) of the choices; None for none, and for a place without a sector."""
    organisation, place = ((choices.get(name) or ("",))[-1] for name in ("for", "home"))
    if organisation:
        current = run_query(shortlist.current_id, organisation)
        return ("for", current) if current else None
    known = place and filters.sectors and place in run_query(shortlist.places)
    return ("home", place) if known else None


def shortlist_for(seeker: tuple[str, str], filters: Filters, cluster_only: bool) -> Shortlist:
    """The shortlist for a seeker as returned by ``seeker_of``."""
    query = shortlist.for_organisation if seeker[0] == "for" else shortlist.for_place
    return run_query(query, seeker[1], filters, cluster_only)


def ranking_of(found: Shortlist, filters: Filters) -> Ranking:
    """The shortlist for these filters without its weak tail: less than half of the points of the best, or none."""
    proposals = found.proposals
    least = proposals["score"].max() * KEPT_SHARE if len(proposals) else 0
    scope = CardRequest(filters, "", NO_CHOICES).scope_for(CLUSTERS)
    return Ranking(found, proposals[(proposals["score"] >= least) & (proposals["score"] > 0)], scope)


def _kind(request: CardRequest) -> Population:
    return KINDS[request.chosen("kinds", KINDS)]


@define(
    "partner_proposals",
    page="partners",
    population=CLUSTERS,
    choices=CHOICES,
    noun="organisations to propose",
    counted=lambda request: (_kind(request), request.filters),
)
def partner_proposals(request: CardRequest) -> Card | None:
    """The proposals for the choice ``for`` or ``home`` of the kinds chosen; None without one, or without points."""
    seeker = seeker_of(request.choices, request.filters)
    if seeker is None:
        return None
    ranking = ranking_of(shortlist_for(seeker, request.filters, _kind(request) is CLUSTERS), request.filters)
    if ranking.shown.empty:
        return None
    drawn = f" The first {MAX_DRAWN} are drawn." if len(ranking.shown) > MAX_DRAWN else ""
    return Card(
        title=title_of(ranking),
        subtitle=f"Proposed by shared sectors, recorded links and targets; at most {SECTOR_POINTS}, {LINK_POINTS} and "
        f"{TARGET_POINTS} points. {cut_of(ranking)}.{drawn}",
        chart=points_in_parts(ranking.shown.head(MAX_DRAWN)),
        rows=ranking.shown,
        columns=PARTNERS.columns,
        evidence=Evidence("organisations", tuple(ranking.shown["organisation_id"])),
        method=METHOD,
    )


def points_in_parts(proposals: pd.DataFrame) -> Chart:
    """Chart of the points of each proposal in their parts; two of one name are told apart by their ids."""
    ids, names = proposals["organisation_id"], proposals["name"]
    distinct = names.where(~names.duplicated(keep=False), names + " (" + ids + ")")
    return part_bars(
        proposals.assign(name=distinct),
        label="name",
        parts=PARTS,
        unit="points",
        axis_max=100,
        marks=Marks("organisations", dict(zip(ids, distinct, strict=True))),
        row_id="organisation_id",
    )


def title_of(ranking: Ranking) -> str:
    """'10 equal matches in the USA for Lyonbiopole, 70 points of 100 each', or the one that leads, with the filters."""
    side = {"EU": "on the EU side", "US": "in the USA"}[ranking.shortlist.seeker.other_side]
    among = f", among those{ranking.scope}" if ranking.scope else ""
    end = f"{side} for {ranking.shortlist.seeker.name}{among}"
    if ranking.equal_at_top == 1:
        return f"{ranking.shown['name'].iloc[0]} is the best match {end}: {ranking.best} points of 100"
    return f"{ranking.equal_at_top} equal matches {end}, {ranking.best} points of 100 each, in alphabetical order"


def cut_of(ranking: Ranking) -> str:
    """How many proposals are shown, and how many are left out as the weak tail."""
    number = len(ranking.shown)
    shown = f"{plural(number, 'proposal')} {agree(number, 'is', 'are')} listed"
    if not ranking.cut:
        return shown
    rest = f"{ranking.cut:,} with less than half of the points of the best {agree(ranking.cut, 'is', 'are')} left out"
    return f"{shown}; {rest}"
