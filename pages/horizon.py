"""The page Horizon projects: projects with a partner in the United States, shipped or imported."""

from functools import partial

from domain.record_types.horizon_projects import HORIZON_PROJECTS as HORIZON_TYPE
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card, show_cards
from ui.parts.cooperation_map_view import extent_select
from ui.parts.empty_state import empty_state
from ui.parts.folded import folded
from ui.parts.registers import draw_register, show_possible
from views.horizon import where_they_come_from
from views.import_help import HORIZON, import_help
from warehouse import horizon
from warehouse.populations import HORIZON_PROJECTS
from warehouse.query_cache import run_query

CARDS = ("horizon_partner_countries", "horizon_themes")
# Below the map, closed until they are opened.
FOLDED = {
    "Organisations": ("horizon_organisations", "horizon_pairs"),
    "Countries of the EU side": ("horizon_countries",),
    "Year by year": ("horizon_years",),
}


filters = current_filters()
page_header("horizon", filters)

if run_query(horizon.origins).empty:
    import_help(HORIZON)
else:
    where_they_come_from()
    projects = run_query(horizon.projects, filters)
    if projects.empty:
        empty_state(HORIZON_PROJECTS, filters.only(HORIZON_TYPE.filters))
    else:
        for card in CARDS:
            show_card(card, filters)
        if len(run_query(horizon.projects_by_programme)) > 1:  # as in imports of several programmes
            show_card("horizon_programmes", filters)
        # The shipped snapshot has no coordinates at all; filters may leave none of an import that has.
        if run_query(horizon.totals).iloc[0]["placed"]:
            extent_select()
            show_card("horizon_map", filters)
        for heading, cards in FOLDED.items():
            folded(heading, partial(show_cards, cards, filters), key=f"horizon_{cards[0]}", icon=":material/bar_chart:")
        if HORIZON_TYPE.register:
            folded(
                f"Register of projects ({len(projects):,})",
                partial(draw_register, HORIZON_TYPE.register, projects, filters, key="horizon"),
                key="horizon_projects",
                icon=":material/table_rows:",
            )
    show_possible(HORIZON_PROJECTS, filters, key="horizon")
