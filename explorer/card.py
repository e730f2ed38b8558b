"""The counts of the Explorer as a card, so that its chart, table, citation and files are those of other cards."""

import pandas as pd

from cards.card import Card
from cards.few import MIN_CHART_RECORDS
from charts.bars import count_bars
from charts.chart import Chart
from charts.stacked_columns import stacked_years
from domain.text import agree, plural
from explorer.facets import YEAR
from explorer.tables import CountTable, chart_rows
from explorer.view import Exploration
from explorer.words import lower_label

KEY = "explorer"
MAX_BARS = 25
MAX_BAR_LABEL_CHARS = 70
ENTRY, RECORDS = "entry", "records"  # first two columns of the rows of the card


def counts_card(exploration: Exploration, table: CountTable) -> Card:
    """The counts of an exploration as a card, without a chart where records or values are too few for one."""
    selection, layout = exploration.selection, exploration.layout
    register = selection.register
    across = layout.across_facet
    title = f"{register.label} by {lower_label(layout.by_facet.label_in(register.table))}"
    if across:
        title += f" and {lower_label(across.label_in(register.table))}"
    fields = [ENTRY, RECORDS, *(f"across_{number + 1}" for number in range(len(table.across)))]
    return Card(
        title=title,
        subtitle=exploration.words,
        chart=_chart(exploration, table),
        rows=table.cells.set_axis(fields, axis="columns"),
        columns=dict(zip(fields, table.cells.columns, strict=True)),
        evidence=exploration.evidence,
        method=f"{register.register.method} A record counts once for each of its values; the first row counts every "
        "record once.",
        key=KEY,
        filters=selection.filters,
        filter_label=exploration.choice,
        not_counted=exploration.might_match(),
    )


def chart_notes(exploration: Exploration, table: CountTable) -> list[str]:
    """What the chart leaves out, as sentences."""
    drawn, missing = chart_rows(table)
    left_out = len(drawn) - MAX_BARS
    notes = [f"{missing}."] if missing else []
    if left_out > 0 and exploration.layout.by != YEAR.name:
        notes.append(f"{plural(left_out, 'more value')} {agree(left_out, 'is', 'are')} in the table.")
    return notes


def _chart(exploration: Exploration, table: CountTable) -> Chart | None:
    rows, _ = chart_rows(table)
    if exploration.number < MIN_CHART_RECORDS or rows.empty:
        return None
    unit = exploration.selection.register.population.name_of_many
    if exploration.layout.by == YEAR.name:
        years = pd.DataFrame({"year": rows["label"].astype(int), "value": rows["value"], "group": unit})
        return stacked_years(years, year="year", group="group", value="value", unit=unit)
    bars = rows.nlargest(MAX_BARS, "value", keep="first")
    named = bars.assign(label=_short(bars["label"].tolist()))
    return count_bars(named, label="label", value="value", unit=unit, row_id="entry")


def _short(labels: list[str]) -> list[str]:
    """The labels cut to the length that a bar has room for; those that are no longer distinct end in a number."""
    made: list[str] = []
    for label in labels:
        cut = label if len(label) <= MAX_BAR_LABEL_CHARS else f"{label[: MAX_BAR_LABEL_CHARS - 1].rstrip()}…"
        made.append(cut if cut not in made else f"{cut} ({len(made) + 1})")
    return made
