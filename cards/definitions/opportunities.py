"""Card of opportunities: what the discussion paper proposes for clusters of both sides, by theme or one by one."""

from cards.card import Card
from cards.definition import CardRequest, define
from cards.few import record_cards
from charts.bars import count_bars
from domain.evidence import Evidence
from domain.text import agree
from warehouse.populations import OPPORTUNITIES
from warehouse.query_cache import run_query
from warehouse.registers import rows

MAX_CARDS = 9  # a sector of the paper has at most as many


@define("opportunities", page="sectors", population=OPPORTUNITIES)
def opportunities(request: CardRequest) -> Card | None:
    """Opportunities of the discussion paper: one by one where they are few, else counted by theme."""
    found = run_query(rows, OPPORTUNITIES, request.filters)
    if found.empty:
        return None
    are_few = len(found) <= MAX_CARDS
    themes = found[["themes"]].explode("themes").rename(columns={"themes": "theme"})
    counts = themes.groupby("theme").size().reset_index(name="count")
    return Card(
        title=f"{OPPORTUNITIES.name(len(found))}{request.scope} summarised from the discussion paper",
        subtitle="Opportunities for clusters of both sides in section 3 of the paper, divided and worded by us"
        + ("; one with several themes counts in each" if counts["count"].sum() > len(found) and not are_few else ""),
        chart=None if are_few else count_bars(counts, label="theme", value="count", unit="opportunities"),
        rows=found,
        columns={"sector": "Sector", "statement": "Opportunity"},
        evidence=Evidence("opportunities", tuple(found["opportunity_id"])),
        method="Rows of view opportunity_register after filtering; the register on the page Sectors "
        f"{agree(len(found), 'has it', 'has them all')}.",
        small_cards=record_cards(found, "opportunities", {"statement": "Opportunity"}, title="sector")
        if are_few
        else (),
    )
