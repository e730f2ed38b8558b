"""Cards of the page Links and agreements: cooperations by kind and status, and success stories."""

from cards.card import Card, TextsCard
from cards.definition import CardRequest, define
from cards.status_words import agreement_statuses
from charts.bars import status_bars
from domain.evidence import Evidence
from domain.record_types.success_stories import STORY_PARTS
from domain.shares import Share
from domain.text import agree
from warehouse.populations import ALL_COOPERATIONS, EU_US_COOPERATIONS, SUCCESS_STORIES, Population
from warehouse.query_cache import labels, run_query
from warehouse.registers import counted_rows, rows

SCOPES = {"eu-us": EU_US_COOPERATIONS, "all": ALL_COOPERATIONS}
STORY_METHOD = "Our summary of the section of the discussion paper that is cited."


def _scope(request: CardRequest) -> Population:
    return SCOPES[request.chosen("scope", SCOPES)]


@define(
    "statuses",
    page="cooperations",
    population=EU_US_COOPERATIONS,
    choices=("scope",),
    counted=lambda request: (_scope(request), request.filters),
)
def statuses(request: CardRequest) -> Card | None:
    """Cooperations by kind and status; the choice ``scope`` is eu-us (default) or all."""
    population = _scope(request)
    cooperations = run_query(counted_rows, population, request.filters)
    if cooperations.empty:
        return None
    kinds = cooperations.assign(kind=cooperations["kind"].map(labels("cooperations.kind")))
    counts = kinds.groupby(["kind", "status", "commitment"]).size().reset_index(name="count")
    signed = int((cooperations["commitment"] == "agreement").sum())
    share = Share(signed, len(cooperations), f"recorded {population.name_of_many}{request.scope}")
    return Card(
        title=f"{share} {agree(share.numerator, 'is', 'are')} {agreement_statuses()}",
        subtitle="Cooperations by kind and by status in the source; agreements, activities and intentions are counted "
        "apart, and a renewal counts with the agreement that it renews",
        chart=status_bars(counts, label="kind", unit="cooperations"),
        rows=counts,
        columns={"kind": "Kind", "status": "Status", "count": "Cooperations"},
        evidence=Evidence("cooperations", tuple(cooperations["cooperation_id"])),
        method="Rows of view cooperation_register after filtering, counted by kind and status; one alliance is one row "
        "with all its parties, and a renewal is not counted where the agreement that it renews is. EU–US means at "
        "least one party on each side.",
    )


@define("stories", page="cooperations", population=SUCCESS_STORIES)
def stories(request: CardRequest) -> TextsCard | None:
    """Success stories with partners, themes and parts."""
    matching = run_query(rows, SUCCESS_STORIES, request.filters)
    if matching.empty:
        return None
    return TextsCard(
        title=f"{SUCCESS_STORIES.name(len(matching))} of cluster cooperation{request.scope}",
        subtitle="Section 2 of the discussion paper: partners, context, objective, policy support and results",
        chart=None,
        rows=matching,
        columns={
            "title": "Story",
            "partners": "Partners",
            "parties": "Partners and other parties",
            "themes": "Themes",
        }
        | STORY_PARTS,
        evidence=Evidence("success_stories", tuple(matching["story_id"])),
        method=STORY_METHOD,
        parts=STORY_PARTS,
    )
