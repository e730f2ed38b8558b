"""The frame around every page: navigation, shared filters, title, and the profile of an open record."""

from collections.abc import Callable

import streamlit as st
from streamlit import net_util
from streamlit.navigation.page import StreamlitPage

from domain.filters import Filters
from domain.pages import PAGES, START_PAGE, page
from domain.product import SHORT_NAME
from settings import load_settings
from ui import state
from ui.frame.embedded import embedded_card
from ui.frame.filter_widgets import filter_widgets
from ui.frame.release_note import release_note
from ui.parts import records
from warehouse import query_cache
from warehouse.connection import DatabaseNotReadyError

FirstBuild = Callable[[Callable[[str], None]], str]

# Pages that fill the whole window and have their own filter control.
WITHOUT_SIDEBAR = frozenset({"present"})
_SHELL_RAN = "_shell_ran"


def never_look_up_address() -> None:
    """Keep Streamlit from asking another host for the server's external address, which it does for a foreign origin."""
    net_util._external_ip = ""  # there is no option for it; a test notices when it stops working


def configure() -> None:
    """Set title, icon and layout of the page; call it once, before anything is drawn."""
    never_look_up_address()
    # A local file, because Streamlit fetches icons given by name from another host.
    st.set_page_config(page_title=SHORT_NAME, page_icon=str(load_settings().static_dir / "favicon.png"), layout="wide")


def _streamlit_pages() -> dict[str, StreamlitPage]:
    return {
        one.name: st.Page(
            f"pages/{one.name}.py",
            title=one.label,
            # No icon here: Streamlit would fetch it from another host as the icon of the browser's tab.
            default=one.name == START_PAGE,
        )
        for one in PAGES
    }


def run(first_build: FirstBuild | None = None) -> None:
    """Draw the frame and the chosen page.

    Without a usable database, ``first_build`` makes one, or the page says how to build it. ``first_build`` receives a
    function to call with the name of each step; it returns what went wrong, or nothing.
    """
    pages = _streamlit_pages()
    chosen = st.navigation(list(pages.values()), position="hidden")
    st.session_state[_SHELL_RAN] = True
    try:
        filters, _ = state.read_filters()
        if st.context.is_embedded:
            embedded_card(chosen.url_path or START_PAGE, filters)
        else:
            if chosen.url_path not in WITHOUT_SIDEBAR:
                _sidebar(pages, filters)
            chosen.run()
        records.show_open_record()
    except DatabaseNotReadyError as problem:
        explanation = str(problem)
        if first_build is not None:
            explanation = _build_now(first_build)
        _explain(explanation)


def _build_now(first_build: FirstBuild) -> str:
    """Build the database with its progress on the page and run the page again; returns why that failed."""
    with st.status("Preparing the data. This happens once and takes a few seconds.") as status:
        problem = first_build(lambda step: status.update(label=f"Preparing the data: {step}"))
    if not problem:
        st.rerun()
    return problem


def _explain(problem: str) -> None:
    st.title("The data are not ready")
    st.error(f"{problem} To build the database, run this command in the project folder, then reload this page.")
    st.code("python -m etl build", language=None)
    st.caption("`make run` builds it before it starts the dashboard.")


def current_filters() -> Filters:
    """The filters in the URL.

    On a new server Streamlit runs a file of pages/ without dashboard.py when the first visitor follows a deep link.
    This function then declares the navigation and runs the script again.
    """
    if _SHELL_RAN not in st.session_state:
        configure()  # before the navigation, or a slow browser would fetch its icon from another host
        st.navigation(list(_streamlit_pages().values()), position="hidden")
        st.rerun()
    return state.read_filters()[0]


def page_header(name: str, filters: Filters) -> None:
    """Draw title, question, filters as text, and a note for every parameter of the URL that was dropped."""
    declared = page(name)
    st.title(declared.title, anchor=False)
    st.markdown(declared.question)
    # The container exists even when it is empty, so that the elements below keep their index on the page. With another
    # index the browser would discard the map and draw it again.
    with st.container():
        release_note()
        for note in state.read_filters()[1]:
            st.warning(note, icon=":material/link_off:")
        if not filters.is_empty():
            _filter_line(filters, declared.filter_note)


def _filter_line(filters: Filters, note: str) -> None:
    """The active filters, a button to clear them, and how they apply to the page."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.badge(f"Filter: {filters.describe(query_cache.vocabulary())}", icon=":material/filter_alt:")
        st.button(
            "Clear all filters",
            key="clear_filters",
            type="tertiary",
            on_click=state.write_filters,
            args=(Filters(),),
        )
    if note:
        st.caption(note)


def page_link(name: str, label: str, filters: Filters | None = None) -> None:
    """Draw a link to a page that keeps the filters."""
    filters = state.read_filters()[0] if filters is None else filters
    st.page_link(_streamlit_pages()[name], label=label, icon=page(name).icon, query_params=filters.to_params())


def _sidebar(pages: dict[str, StreamlitPage], filters: Filters) -> None:
    with st.sidebar:
        st.markdown(f"**{SHORT_NAME}**")
        section = ""
        for one in PAGES:
            if one.section != section:
                section = one.section
                st.caption(section)
            st.page_link(pages[one.name], label=one.label, icon=one.icon, query_params=filters.to_params())
        filter_widgets(filters)
        st.caption(query_cache.release_line())
