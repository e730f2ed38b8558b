"""What stands on the stage of the workshop mode, kind by kind, in letters of at least 24 pixels."""

from html import escape

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from cards.card import Card, FiguresCard, TextsCard
from cards.stage import stage_chart
from cards.tables import readable
from charts.chart import PLOTLY_CONFIG

MOST_TABLE_ROWS = 6


def draw(card: Card, step: int) -> str:
    """Draw the figure of a card; returns what is measured and left out, in words. A map is drawn elsewhere, once for all steps."""
    match card:
        case FiguresCard():
            _figures(card.rows)
        case TextsCard():
            _texts(card.rows)
        case _:
            return _chart(card, step)
    return card.subtitle


def _chart(card: Card, step: int) -> str:
    found = stage_chart(card)
    if found is None:
        return _table(card)
    figure = go.Figure(found.chart.figure, _validate=False)
    config = dict(PLOTLY_CONFIG) | {"displayModeBar": False}
    st.plotly_chart(figure, theme=None, config=config, alt=found.chart.alt, key=f"stage_chart_{step}", height="stretch")
    return found.words


def _table(card: Card) -> str:
    shown = readable(card.rows.head(MOST_TABLE_ROWS), card.columns, card.evidence.table)
    head = "".join(f"<th>{escape(str(name))}</th>" for name in shown.columns)
    body = "".join("<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in row) + "</tr>" for row in shown.itertuples(index=False))
    st.html(f'<table class="stage-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>')
    rest = len(card.rows) - len(shown)
    return f"The first {len(shown)} of {len(card.rows)} rows are shown. {card.subtitle}" if rest else card.subtitle


def _figures(rows: pd.DataFrame) -> None:
    cells = "".join(
        f"<div><span>{escape(row.label)}</span><strong>{escape(row.value)}</strong><small>{escape(row.note)}</small></div>" for row in rows.itertuples()
    )
    st.html(f'<div class="stage-figures">{cells}</div>')


def _texts(rows: pd.DataFrame) -> None:
    cells = "".join(
        f"<div><strong>{escape(row.title)}</strong><span>{escape(row.objective)}</span></div>" for row in rows.head(4).itertuples()
    )
    st.html(f'<div class="stage-texts">{cells}</div>')
