"""The figure of one slide of the workshop mode, by kind of card.

Texts are as large as the figure allows: workshop.js sets the font size of what has the class workshop-fit.
"""

from collections.abc import Sequence
from html import escape
from typing import Literal

import pandas as pd
import streamlit as st

from cards.card import Card, FiguresCard, SmallCard, TextsCard
from cards.sources import NOT_CITED, ordered_source_summary, short_source_line
from cards.tables import readable
from cards.workshop_charts import WorkshopChart, workshop_chart
from charts.chart import PLOTLY_CONFIG
from domain.frames import records
from domain.text import first_sentence, format_list, plural
from ui.parts.plotly_figure import PlotlyFigure
from warehouse import query_cache

MAX_TABLE_ROWS = 10
MAX_TABLE_COLUMNS = 2
MAX_FOOTER_WORDS = 12
MAX_SHORT_CHARS = 24
MAX_CARD_LINES = 3  # of a record, besides its name


def figure(card: Card, step: int, scale: float) -> str:
    """Draw the figure of a card other than a map; returns a few words for the footer on what is left out.

    ``step`` is the number of the step. ``scale`` is the size of the window, as of ``window_scale``; it
    applies to charts.
    """
    match card:
        case FiguresCard():
            _figures(card.rows)
            return "" if card.filters.is_empty() else "No filter applies to the share."
        case TextsCard():
            return _story(card)
        case _ if card.small_cards:
            _cards(card.small_cards)
            return ""
        case _:
            return _chart(card, step, scale)


def footer(card: Card, left_out: str) -> str:
    """At most twelve words: what is left out, whether more might match, and the sources."""
    if card.evidence.table == "sources":
        return f"{query_cache.release_line()}."
    said = " ".join(part for part in (left_out, "More might match." if card.not_counted else "") if part)
    text = f"{said} {short_source_line(*card.all_evidence)}".strip()
    if len(text.split()) <= MAX_FOOTER_WORDS:
        return text if text.endswith("…") else f"{text}."
    count = len(ordered_source_summary(card.all_evidence))
    return f"{said} {plural(count, 'source') if count else NOT_CITED}."


def empty_footer(not_counted: str) -> str:
    """'18 more partnerships of Table 1 might match.', without the reasons, which the notes have; '' for none."""
    return f"{not_counted.split(':')[0]}." if not_counted else ""


def _html(content: str) -> None:
    st.html(f'<div class="workshop-fit">{content}</div>')


def _chart(card: Card, step: int, scale: float) -> str:
    is_narrow = scale < 0
    drawn = WorkshopChart(card.chart) if is_narrow and card.chart else workshop_chart(card, scale)
    if drawn is None:
        return _table(card)
    height: Literal["content", "stretch"] = "content" if is_narrow else "stretch"
    own = drawn.chart.narrow if is_narrow and drawn.chart.narrow else drawn.chart.figure
    st.plotly_chart(
        PlotlyFigure(own),
        theme=None,
        config=dict(PLOTLY_CONFIG) | {"displayModeBar": False},
        alt=drawn.chart.alt,
        key=f"workshop_chart_{step}",
        height=height,
    )
    return drawn.left_out


def _table(card: Card) -> str:
    columns = dict(list(card.columns.items())[:MAX_TABLE_COLUMNS])
    table = readable(card.rows.head(MAX_TABLE_ROWS), columns, card.evidence.table)
    _html(table_html(table))
    return f"First {len(table)} of {len(card.rows):,}." if len(card.rows) > len(table) else ""


def table_html(table: pd.DataFrame) -> str:
    """HTML of a table of plain text; a short first column, such as that of dates, stays on one line."""
    short = " workshop-dated" if table.iloc[:, 0].map(lambda cell: len(str(cell))).max() <= MAX_SHORT_CHARS else ""
    headings, rows = table.columns, table.itertuples(index=False)
    head = "".join(f"<th>{escape(str(heading))}</th>" for heading in headings)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f'<table class="workshop-table{short}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _figures(rows: pd.DataFrame) -> None:
    """The value of each figure, its label, and the first sentence of its note; the notes window has all of it."""
    cells = "".join(
        f"<div><strong>{escape(row['value'])}</strong><span>{escape(row['label'])}</span>"
        f"<small>{escape(first_sentence(row['note']))}</small></div>"
        for row in records(rows)
    )
    _html(f'<div class="workshop-figures">{cells}</div>')


def _cards(small_cards: Sequence[SmallCard]) -> None:
    cells = "".join(
        f"<div><strong>{escape(one.title)}</strong>"
        + "".join(f"<span>{escape(line)}</span>" for line in one.lines[:MAX_CARD_LINES])
        + "</div>"
        for one in small_cards
    )
    columns = 3 if len(small_cards) > 4 or len(small_cards) == 3 else min(len(small_cards), 2)
    _html(f'<div class="workshop-cards" style="--columns:{columns}">{cells}</div>')


def _story(card: TextsCard) -> str:
    """Partners and last part, the results, of the first story."""
    column, heading = list(card.parts.items())[-1]
    row = records(card.rows)[0]
    _html(
        '<div class="workshop-story">'
        f"<div><strong>Partners</strong><span>{escape(format_list(list(row['partners'])))}</span></div>"
        f"<div><strong>{escape(heading)}</strong><span>{escape(row[column])}</span></div></div>"
    )
    return ""
