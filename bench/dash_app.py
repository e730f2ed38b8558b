"""Four pages of the dashboard in Plotly Dash: the same cards, figures and rows, and the same filter by theme.

Only for comparison (bench/dash_speed.py). What differs is the framework: how a page is put together, sent and drawn.

    CLUSTERS_DB=data/build/clusters.duckdb python -m bench.dash_app PORT
"""

from __future__ import annotations

import sys
from typing import Any

import dash
from dash import Input, Output, dcc, html
from dash.dash_table import DataTable

from cards.catalogue import make_card
from cards.tables import readable
from charts.chart import PLOTLY_CONFIG
from domain import pages
from domain.filters import Filters
from warehouse.populations import ALL_PROJECTS, CLUSTERS, EU_US_COOPERATIONS, EVENTS, Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import rows

# Cards of each page, in the order in which the dashboard draws them, and its register.
CARDS: dict[str, tuple[tuple[str, ...], Population]] = {
    "sectors": (("sectors_theme",), CLUSTERS),
    "projects": (("generations", "usa_share", "co_targets"), ALL_PROJECTS),
    "cooperations": (("agreements", "statuses", "who_with_whom", "stories"), EU_US_COOPERATIONS),
    "events": (("event_dates",), EVENTS),
}
TITLES = {f"/{name}": pages.page(name).title for name in CARDS}


def table(frame: Any, columns: Any, of: str) -> DataTable:
    """A table as Dash draws it by default, with paging, sorting and filters."""
    shown = readable(frame, columns, of, missing="")
    return DataTable(
        shown.to_dict("records"),
        [{"name": name, "id": name} for name in shown.columns],
        page_size=25,
        sort_action="native",
        filter_action="native",
    )


def card_part(name: str, filters: Filters) -> html.Section | None:
    """A card: its sentence, what is measured, and its chart or its rows."""
    card = make_card(name, filters)
    if card is None:
        return None
    if card.chart is None:
        figure: Any = table(card.rows, card.columns, card.evidence.table)
    else:
        config: Any = {key: value for key, value in PLOTLY_CONFIG.items() if key != "modeBarButtons"}
        figure = dcc.Graph(figure=card.chart.figure, config=config)
    return html.Section([html.H2(card.title), html.P(card.note), figure])


def content(name: str, themes: list[str]) -> list[Any]:
    """The cards of a page and its register, which is folded as in the dashboard."""
    filters = Filters(sectors=tuple(themes))
    names, population = CARDS[name]
    matching = run_query(rows, population, filters)
    register = population.record_type.register
    parts: list[Any] = [html.H1(TITLES[f"/{name}"], id="title")]
    parts += [part for one in names if (part := card_part(one, filters)) is not None]
    if register is not None:
        heading = html.Summary(f"{register.title} ({len(matching)})")
        parts.append(html.Details([heading, table(matching, register.columns, register.table)]))
    return parts


def make_app() -> dash.Dash:
    """The app: a menu, the themes as check boxes, and the content of the page."""
    app = dash.Dash(__name__, title="Dash", suppress_callback_exceptions=True, serve_locally=True)
    values = vocabulary()
    themes = {sector: name for sector, name in values.sectors.items() if sector not in values.traded_clusters}
    app.layout = html.Div(
        [
            dcc.Location(id="address"),
            html.Nav([dcc.Link(title, href=path) for path, title in TITLES.items()]),
            dcc.Checklist(themes, [], inline=True, id="themes"),
            html.Main(id="content"),
        ]
    )

    @app.callback(Output("content", "children"), Input("address", "pathname"), Input("themes", "value"))
    def _draw(path: str, chosen: list[str]) -> list[Any]:
        return content(path.strip("/") or next(iter(CARDS)), chosen)

    return app


if __name__ == "__main__":
    make_app().run(host="127.0.0.1", port=int(sys.argv[1]), debug=False)
