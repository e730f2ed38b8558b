"""The frame around every page: navigation, shared filters, title, and the panel of an open record."""

from dataclasses import dataclass

import streamlit as st

from domain.filters import Filters
from settings import load_settings
from ui import state
from ui.frame.embedded import embedded_card
from ui.frame.filter_widgets import filter_widgets
from ui.frame.release_note import release_note
from ui.parts import records
from warehouse import query_cache
from warehouse.connection import DatabaseNotReadyError

APP_NAME = "EU–US cluster cooperation"


@dataclass(frozen=True)
class PageInfo:
    """A page of the menu; ``name`` is its file under pages/ and its address."""

    name: str
    title: str
    icon: str
    section: str
    question: str


PAGES = (
    PageInfo(
        "overview",
        "EU–US cluster cooperation",
        ":material/home:",
        "Explore",
        "How do clusters of the European Union and the United States cooperate?",
    ),
    PageInfo("map", "Map", ":material/map:", "Explore", "Who is where, and who is linked with whom?"),
    PageInfo("sectors", "Sectors", ":material/category:", "Explore", "What happens in my sector?"),
    PageInfo(
        "projects",
        "Projects",
        ":material/rocket_launch:",
        "Explore",
        "Which ESCP-4i partnerships target the USA, and how large is the share?",
    ),
    PageInfo("cooperations", "Cooperations", ":material/handshake:", "Explore", "Who works with whom, and how firmly?"),
    PageInfo(
        "policies", "Policies", ":material/account_balance:", "Explore", "Which instruments carry the cooperation?"
    ),
    PageInfo("events", "Events", ":material/event:", "Explore", "What happened when, and how exactly is that known?"),
    PageInfo(
        "partners",
        "Partner finder",
        ":material/group_add:",
        "Analyse",
        "Whom could this organisation work with across the Atlantic?",
    ),
    PageInfo("statistics", "Regional statistics", ":material/bar_chart:", "Analyse", "Where is this industry strong?"),
    PageInfo(
        "horizon",
        "Horizon projects",
        ":material/science:",
        "Analyse",
        "Which Horizon projects have a partner in the United States?",
    ),
    PageInfo("present", "Workshop mode", ":material/slideshow:", "Present", "The story step by step, for a room"),
    PageInfo("downloads", "Take it home", ":material/download:", "Present", "Which files can I use tomorrow?"),
    PageInfo(
        "sources",
        "Sources",
        ":material/menu_book:",
        "About",
        "Where is every number from, what is missing, and what disagrees?",
    ),
)
MENU_TITLES = {"overview": "Overview"}
# Pages that fill the whole window and bring their own filter control.
WITHOUT_SIDEBAR = frozenset({"present"})
_SHELL_RAN = "_shell_ran"


def configure() -> None:
    """Page-wide settings; once, before anything is drawn."""
    # A picture of our own: an icon by name would be fetched from another host.
    st.set_page_config(page_title=APP_NAME, page_icon=str(load_settings().static_dir / "favicon.png"), layout="wide")


def _streamlit_pages() -> dict[str, "st.Page"]:
    return {
        page.name: st.Page(
            f"pages/{page.name}.py",
            title=MENU_TITLES.get(page.name, page.title),
            # No icon here: as the icon of the browser's tab it would be fetched from another host.
            default=page.name == "overview",
        )
        for page in PAGES
    }


def run() -> None:
    """Draw the frame and the chosen page; without a usable database, say how to make one."""
    pages = _streamlit_pages()
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.session_state[_SHELL_RAN] = True
    try:
        filters, _ = state.read_filters()
        if st.context.is_embedded:
            embedded_card(chosen.url_path or "overview", filters)
        else:
            if chosen.url_path not in WITHOUT_SIDEBAR:
                _sidebar(pages, filters)
            chosen.run()
        records.show_open_record()
    except DatabaseNotReadyError as problem:
        _explain(problem)


def _explain(problem: DatabaseNotReadyError) -> None:
    st.title("The data are not ready")
    st.error(f"{problem} To make it, run the command below in the project folder, then reload this page.")
    st.code("python -m etl build", language=None)
    st.caption("`make run` does this by itself before it starts the dashboard.")


def current_filters() -> Filters:
    """The filters every page begins with.

    On a cold server Streamlit runs a file of pages/ by itself when the first visitor arrives by a
    deep link, without dashboard.py; declaring the navigation once and running again mends that.
    """
    if _SHELL_RAN not in st.session_state:
        configure()  # before the navigation, whose icon a slow browser would otherwise fetch from another host
        st.navigation(list(_streamlit_pages().values()), position="hidden")
        st.rerun()
    return state.read_filters()[0]


def page_header(name: str, filters: Filters, ignores: str = "") -> None:
    """Title, question, filters in words, and a note for every link parameter that was dropped.

    ``ignores`` says which shared filters do not apply to the page.
    """
    page = next(p for p in PAGES if p.name == name)
    st.title(page.title, anchor=False)
    st.markdown(page.question)
    # Always here, filled or not: what follows keeps its place among the elements of the page. Where it
    # moves down by one, the browser throws the map away and fetches, uploads and draws it all anew.
    with st.container():
        release_note()
        for note in state.read_filters()[1]:
            st.warning(note, icon=":material/link_off:")
        if not filters.is_empty():
            _filters_in_words(filters, ignores)


def _filters_in_words(filters: Filters, ignores: str) -> None:
    """The filters that are on, a way to drop them, and which of them the page ignores."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(f"Filter: {filters.describe(query_cache.vocabulary())}", icon=":material/filter_alt:")
        st.button(
            "Clear all filters",
            key="clear_filters",
            type="tertiary",
            on_click=state.write_filters,
            args=(Filters(),),
        )
    if ignores:
        st.caption(ignores)


def page_link(name: str, label: str, filters: Filters | None = None) -> None:
    """A link to a page that carries the filters along."""
    pages = _streamlit_pages()
    page = next(p for p in PAGES if p.name == name)
    filters = state.read_filters()[0] if filters is None else filters
    st.page_link(pages[name], label=label, icon=page.icon, query_params=filters.to_params())


def _sidebar(pages: dict[str, "st.Page"], filters: Filters) -> None:
    with st.sidebar:
        st.markdown(f"**{APP_NAME}**")
        section = ""
        for page in PAGES:
            if page.section != section:
                section = page.section
                st.caption(section)
            st.page_link(
                pages[page.name],
                label=MENU_TITLES.get(page.name, page.title),
                icon=page.icon,
                query_params=filters.to_params(),
            )
        filter_widgets(filters)
        st.caption(query_cache.release_line())
