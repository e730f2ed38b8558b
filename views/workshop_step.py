"""What stands on the stage of the workshop mode, kind by kind, in letters of at least 24 pixels."""

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from cards.card import Card, FiguresCard, TextsCard
from cards.tables import readable
from cards.workshop_charts import WorkshopChart, shortened, workshop_chart
from charts.chart import PLOTLY_CONFIG
from domain.frames import records

NARROW_WINDOW = 0.0  # the scale of a window as narrow as a phone: the step is read there, with the charts of the pages
MAX_TABLE_ROWS = 6
MAX_TEXTS = 4


def draw(card: Card, step: int, scale: float) -> str:
    """Draw the figure of a card; returns what is measured and left out, in words. A map is drawn elsewhere, once for all steps.

    `scale`: how many times the stage is larger than 1280 by 720 pixels, or NARROW_WINDOW; letters of text follow the stylesheet.
    """
    match card:
        case FiguresCard():
            _figures(card.rows)
        case TextsCard():
            return _texts(card, scale)
        case _:
            return _chart(card, step, scale)
    return card.note


def _chart(card: Card, step: int, scale: float) -> str:
    found = WorkshopChart(card.chart, card.note) if scale == NARROW_WINDOW and card.chart else workshop_chart(card, scale)
    if found is None:
        return _table(card)
    figure = go.Figure(found.chart.figure, _validate=False)
    config = dict(PLOTLY_CONFIG) | {"displayModeBar": False}
    height = "content" if scale == NARROW_WINDOW else "stretch"
    st.plotly_chart(figure, theme=None, config=config, alt=found.chart.alt, key=f"workshop_chart_{step}", height=height)
    return found.words


def _table(card: Card) -> str:
    shown = readable(card.rows.head(MAX_TABLE_ROWS), card.columns, card.evidence.table)
    head = "".join(f"<th>{escape(str(name))}</th>" for name in shown.columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>"
        for row in shown.itertuples(index=False)
    )
    st.html(f'<table class="workshop-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    rest = len(card.rows) - len(shown)
    return f"The first {len(shown)} of {len(card.rows)} rows are shown. {card.note}" if rest else card.note


def _figures(rows: pd.DataFrame) -> None:
    cells = "".join(
        f"<div><span>{escape(row['label'])}</span><strong>{escape(row['value'])}</strong><small>{escape(row['note'])}</small></div>"
        for row in records(rows)
    )
    st.html(f'<div class="workshop-figures">{cells}</div>')


def _texts(card: TextsCard, scale: float) -> str:
    """Title and outcome of each text: the last of its parts."""
    column, heading = list(card.parts.items())[-1]
    shown = card.rows.head(MAX_TEXTS)
    cells = "".join(
        f"<div><strong>{escape(row['title'])}</strong><span>{escape(shortened(row[column], scale or 1))}</span></div>"
        for row in shown.to_dict("records")
    )
    st.html(f'<div class="workshop-texts">{cells}</div>')
    left_out = f"The first {len(shown)} of {len(card.rows)} are shown. " if len(card.rows) > len(shown) else ""
    return f"{left_out}{heading}, in short, from section 2 of the discussion paper; the page Cooperations has the whole stories"
