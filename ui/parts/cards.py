"""Draws cards with their figure, rows as a table, sources and downloads."""

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd
import streamlit as st

from cards import tables
from cards.card import Card, DeckCard, FiguresCard, Headline, MapCard, TextsCard
from cards.catalogue import CATALOGUE, make_card
from charts.chart import Chart
from domain.filters import Filters
from domain.record_types import RECORD_TYPES
from exports.subject import card_subject
from ui import screen, state
from ui.faults import fragment
from ui.markup import md
from ui.parts import citations
from ui.parts.chart_clicks import draw_chart, record_list
from ui.parts.cooperation_map_view import draw_cooperation_map
from ui.parts.deck_map import draw_deck
from ui.parts.empty_state import empty_state
from ui.parts.export_menu import choices_of, export_menu
from ui.parts.footer import footer, footer_fragment
from ui.parts.map_width import SCREEN_WIDTH_PX
from ui.parts.number_columns import thousands
from ui.parts.register_table import ONE_LINE_PX, text_columns
from ui.parts.small_cards import draw_small_cards
from ui.parts.stories import story_cards

TABLE_HEIGHT_PX = 400  # five records whose texts take two or three lines


def show_card(name: str, filters: Filters) -> Card | None:
    """Draw a card by name for the filters and the choices in the URL; an empty state when it has nothing to show."""
    card = make_card(name, filters, state.card_choices())
    if card is None:
        definition = CATALOGUE[name]
        if definition.population is None:
            screen.info(f"This build holds no {definition.plural}.")
        else:
            empty_state(definition.population, filters.only(definition.filters), definition.plural)
        return None
    draw_card(card)
    return card


def show_cards(names: Iterable[str], filters: Filters) -> None:
    """Draw cards one below the other, as ``show_card`` does."""
    for name in names:
        show_card(name, filters)


def draw_card(card: Card) -> None:
    """Draw a card of any kind with its downloads."""
    match card:
        case FiguresCard():
            _figures(card)
        case TextsCard():
            story_cards(card)
            export_menu(card.key, lambda: card)
        case DeckCard():
            _card_around(card, lambda: draw_deck(card))
        case MapCard():
            _card_around(card, lambda: draw_cooperation_map(card, key=card.key))
        case _:
            _chart_card(card)


@fragment
def _chart_card(card: Card) -> None:
    with st.container(border=True, key=f"card_{card.key}"):
        draw_head(card)
        _content(card)
        footer(
            card.key,
            card_subject(card, choices_of(card)),
            partial(_readable, card),
            card.all_evidence,
            card.method,
            card.filters,
            lambda: export_menu(card.key, lambda: card),
        )


def _readable(card: Card) -> pd.DataFrame:
    """The rows of a card as the screen and its files show them."""
    return tables.readable(card.rows, card.columns, card.evidence.table)


def _content(card: Card) -> None:
    """Draw the chart or the table of a card, or its records where they are few."""
    if card.chart is not None and not _view(card, card.chart):
        draw_chart(card.chart, card.key)
    elif card.small_cards:
        draw_small_cards(card)
    else:
        _table(card, _readable(card))


def _table(card: Card, table: pd.DataFrame) -> None:
    """Draw the rows; where they are records, a click on one opens its profile."""
    kind = RECORD_TYPES.get(card.evidence.table)
    alt, key = f"Table: {card.title}", f"{card.key}_table"
    numbers = thousands(table, card.columns)
    texts = {
        str(name): [f"{name}__", *map(str, table[name])]
        for name in table
        if not pd.api.types.is_numeric_dtype(table[name])
    }
    text_config, row_height_px = text_columns(texts, "")
    config = text_config | numbers
    height = min(TABLE_HEIGHT_PX, row_height_px * len(table) + ONE_LINE_PX + 3)
    if kind is None or kind.key not in card.rows:
        st.dataframe(
            table, column_config=config, hide_index=True, alt=alt, key=key, row_height=row_height_px, height=height
        )
        return
    ids, clicked = card.rows[kind.key].tolist(), f"{key}_clicked"

    def remember() -> None:
        selection = st.session_state[key].selection
        chosen = [*selection.rows, *(row for row, _ in selection.cells)]
        # A click on the selected row clears the selection; it is meant to open the profile again.
        st.session_state[clicked] = ids[chosen[0]] if chosen else st.session_state.get(f"{clicked}_last")

    st.dataframe(
        table,
        column_config=config,
        hide_index=True,
        alt=f"{alt}. Select a row to open its profile",
        key=key,
        on_select=remember,
        selection_mode=["single-row", "single-cell"],
        row_height=row_height_px,
        height=height,
    )
    record_id = st.session_state.pop(clicked, None)
    if record_id:
        st.session_state[f"{clicked}_last"] = record_id
        state.show_record(card.evidence.table, record_id)
        st.rerun(scope="app")  # the card is a fragment; the profile is outside it


def _view(card: Card, chart: Chart) -> bool:
    """Draw the choice of chart or table, beside it the list of the records of the chart; True for the table."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        is_table = state.url_member("table", card.key, ("Chart", "Table"), "View")
        record_list(chart, card.key)
    return is_table


def draw_head(card: Card) -> None:
    """Draw title, subtitle and what is not counted."""
    screen.header(card.title, anchor=False)
    draw_notes(card)


def draw_notes(card: Card) -> None:
    """Draw subtitle and what is not counted."""
    screen.caption(card.subtitle)
    if card.not_counted:
        screen.caption(md(":material/help: Not counted: {}.", card.not_counted))


@fragment
def compact_card(card: Card) -> None:
    """Draw a card with a chart for a first screen: without border, its note and its buttons below the chart."""
    with st.container(key=f"compact_{card.key}", gap="xsmall"):
        screen.header(card.title, anchor=False)
        _content(card)
        screen.caption(f"{card.note}.")
        _sources_and_downloads(card)


def compact_map(card: MapCard, height_px: int, likely_px: int = SCREEN_WIDTH_PX) -> None:
    """Draw a card with a map for a first screen: its note and its buttons below the map.

    ``likely_px`` is the width in pixels that its container has on most screens.
    """
    with st.container(key=f"compact_{card.key}", gap="xsmall"):
        screen.header(card.title, anchor=False)
        draw_cooperation_map(card, key=card.key, height_px=height_px, likely_px=likely_px)
        screen.caption(f"{card.note}.")
        fragment(_sources_and_downloads)(card)


def _sources_and_downloads(card: Card) -> None:
    with st.container(horizontal=True, gap="xsmall"):
        citations.source_popover(card.key, card.all_evidence, card.method)
        export_menu(card.key, lambda: card)


def compact_figures(card: FiguresCard, left_out: str) -> None:
    """Draw the headline figures but one in a line each; note, sources and method of each are in its panel."""
    with st.container(key="compact_figures", gap="xsmall"):
        for figure in card.figures:
            if figure.key != left_out:
                _compact_figure(figure)
        _not_counted(card)


@fragment
def _compact_figure(figure: Headline) -> None:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key=f"headline_{figure.key}"):
        beside = f", {figure.beside}" if figure.beside else ""
        screen.markdown(md("{}: **{}**{}", figure.label, figure.value, beside))
        citations.source_popover(figure.key, figure.evidence, figure.method, note=figure.note, is_small=True)


def _card_around(card: Card, draw: Callable[[], None]) -> None:
    """Draw a card whose content is not a Plotly chart: ``draw`` draws it."""
    with st.container(border=True, key=f"card_{card.key}"):
        draw_head(card)
        draw()
        footer_fragment(
            card.key,
            card_subject(card, choices_of(card)),
            partial(_readable, card),
            card.all_evidence,
            card.method,
            card.filters,
            lambda: export_menu(card.key, lambda: card),
        )


def _figures(card: FiguresCard) -> None:
    """Draw headline figures side by side, each with its label, value, note and a button for its sources."""
    with st.container(horizontal=True):
        for figure in card.figures:
            with st.container(border=True, height="stretch", key=f"headline_{figure.key}"):
                screen.markdown(md("**{}**", figure.label))
                screen.metric(figure.label, figure.value, label_visibility="collapsed")
                screen.caption(figure.note)
                _headline_sources(figure)
    # The container exists even when it is empty, so that the map below keeps its index on the page.
    with st.container():
        _not_counted(card)
    export_menu(card.key, lambda: card)


def _not_counted(card: FiguresCard) -> None:
    """Draw how many records might match, where there are any."""
    if card.not_counted:
        screen.caption(md(":material/help: Not counted: {}.", card.not_counted))


@fragment
def _headline_sources(figure: Headline) -> None:
    """Draw the source button of a headline, in a fragment so that opening it does not rerun the page."""
    citations.source_popover(figure.key, figure.evidence, figure.method)
