"""The content of one step of the workshop mode, by kind of card, in text of at least 24 pixels."""

from html import escape
from typing import Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from cards.card import Card, FiguresCard, TextsCard
from cards.tables import readable
from cards.workshop_charts import WorkshopChart, shortened, workshop_chart
from charts.chart import PLOTLY_CONFIG
from domain.frames import records

NARROW_WINDOW = 0.0  # the scale of a phone: steps are read there, with the charts of the pages
MAX_TABLE_ROWS = 6
MAX_TEXTS = 4


def draw(card: Card, step: int, scale: float) -> str:
    """Draw the content of a card other than a map; returns the note for the footer: what is measured and left out.

    ``step`` is the number of the step. ``scale`` is the size of the window relative to 1280 by 720 pixels, or
    NARROW_WINDOW; it applies to charts and to the length of texts, the font size of HTML is in the style sheet.
    """
    match card:
        case FiguresCard():
            _figures(card.rows)
            return card.note
        case TextsCard():
            return _texts(card, scale)
        case _:
            return _chart(card, step, scale)


def _chart(card: Card, step: int, scale: float) -> str:
    is_narrow = scale == NARROW_WINDOW
    drawn = WorkshopChart(card.chart, card.note) if is_narrow and card.chart else workshop_chart(card, scale)
    if drawn is None:
        return _table(card)
    height: Literal["content", "stretch"] = "content" if is_narrow else "stretch"
    st.plotly_chart(
        go.Figure(drawn.chart.figure, _validate=False),
        theme=None,
        config=dict(PLOTLY_CONFIG) | {"displayModeBar": False},
        alt=drawn.chart.alt,
        key=f"workshop_chart_{step}",
        height=height,
    )
    return drawn.note


def _table(card: Card) -> str:
    table = readable(card.rows.head(MAX_TABLE_ROWS), card.columns, card.evidence.table)
    head = "".join(f"<th>{escape(str(heading))}</th>" for heading in table.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in table.itertuples(index=False)
    )
    st.html(f'<table class="workshop-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    if len(card.rows) == len(table):
        return card.note
    return f"The first {len(table)} of {len(card.rows)} rows are shown. {card.note}"


def _figures(rows: pd.DataFrame) -> None:
    cells = "".join(
        f"<div><span>{escape(row['label'])}</span><strong>{escape(row['value'])}</strong>"
        f"<small>{escape(row['note'])}</small></div>"
        for row in records(rows)
    )
    st.html(f'<div class="workshop-figures">{cells}</div>')


def _texts(card: TextsCard, scale: float) -> str:
    """Title and last part (the results) of each text."""
    column, heading = list(card.parts.items())[-1]
    rows = card.rows.head(MAX_TEXTS)
    cells = "".join(
        f"<div><strong>{escape(row['title'])}</strong><span>{escape(shortened(row[column], scale or 1))}</span></div>"
        for row in records(rows)
    )
    st.html(f'<div class="workshop-texts">{cells}</div>')
    left_out = f"The first {len(rows)} of {len(card.rows)} are shown. " if len(card.rows) > len(rows) else ""
    not_counted = f". {card.not_counted}" if card.not_counted else ""
    return (
        f"{left_out}{heading}, shortened, from section 2 of the discussion paper; the page Links and agreements "
        f"has the full stories{not_counted}"
    )
