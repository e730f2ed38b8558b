"""The frame around every page: menu, bar of filters, title, and the profile of an open record."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

import streamlit as st
from streamlit import net_util
from streamlit.navigation.page import StreamlitPage

from domain.filters import Filters
from domain.pages import START_PAGE, Page, page
from domain.product import LICENCES
from settings import load_settings
from ui import screen, state
from ui.closing import close_at_exit
from ui.faults import IN_SHELL, show_fault
from ui.frame.embedded import embedded_card
from ui.frame.filter_bar import filter_bar
from ui.frame.navigation import CONTENT_ID, PRESENT, navigation_row, page_file, streamlit_pages
from ui.frame.release_note import release_note
from ui.frame.released import open_release
from ui.login import log_out_button, may_see_pages
from ui.markup import Markdown, joined, md, plain
from ui.parts import records
from warehouse import queries, query_cache
from warehouse.connection import DatabaseNotReadyError
from warehouse.earlier_releases import OpenRelease

FirstBuild = Callable[[Callable[[str], None]], str | None]

# Pages that fill the whole window and have their own filter control.
WITHOUT_FRAME = frozenset({PRESENT})


def never_look_up_address() -> None:
    """Keep Streamlit from asking another host for the server's external address, which it does for a foreign origin."""
    net_util._external_ip = ""  # there is no option for it; a test notices when it stops working


def configure() -> None:
    """Set icon and layout of the page; call it once, before anything is drawn. Its title is that of its st.Page."""
    never_look_up_address()
    close_at_exit()
    # A local file, because Streamlit fetches icons given by name from another host.
    st.set_page_config(page_icon=str(load_settings().static_dir / "favicon.png"), layout="wide")


@cache
def _stylesheet() -> str:
    return (Path(__file__).parent / "assets" / "frame.css").read_text(encoding="utf-8")


def run(first_build: FirstBuild | None = None, prepare_release: OpenRelease | None = None) -> None:
    """Draw the frame and the chosen page.

    Without a usable database, ``first_build`` makes one, or the page says how to build it. ``first_build`` receives a
    function to call with the name of each step; it returns what went wrong, "", or None when it must not build.
    ``prepare_release`` makes the database of an earlier release that a link names.
    """
    # The menu is our own: that of Streamlit drops the filters from its links (docs/decisions/0001).
    chosen = st.navigation(streamlit_pages(), position="hidden")
    name = chosen.url_path or START_PAGE
    state.forget_opened()
    st.session_state[IN_SHELL] = True
    try:
        if not may_see_pages():
            return
        if prepare_release:
            open_release(prepare_release)
        with query_cache.pinned():
            _draw(name, chosen)
    except DatabaseNotReadyError as problem:
        failure = _build_now(first_build) if first_build else None
        _explain(failure or str(problem))
    except Exception as error:  # noqa: BLE001  # the last frame before the reader: any error is told and logged
        show_fault(error)
    finally:
        st.session_state.pop(IN_SHELL, None)


def _draw(name: str, chosen: StreamlitPage) -> None:
    """Draw the chosen page of this name with its frame, or the card that is embedded elsewhere."""
    filters, _ = state.read_filters()
    if st.context.is_embedded:
        embedded_card(name, filters)
    else:
        if name not in WITHOUT_FRAME:
            st.html(f"<style>{_stylesheet()}</style>")
            with st.container(key="frame"):
                navigation_row(name, filters)
                filter_bar(filters, page(name))
        chosen.run()
        if name not in WITHOUT_FRAME:
            screen.caption(f"{query_cache.release_line()} · {LICENCES['data'].short_name}")
            log_out_button()
    records.show_open_record()


def _build_now(first_build: FirstBuild) -> str | None:
    """Build the database with its progress on the page and run the page again; returns why that failed."""
    with screen.status("Preparing the data. This happens once and takes less than a minute.") as status:
        failure = first_build(lambda step: status.update(label=plain(f"Preparing the data: {step}")))
        status.update(label="The data were not prepared", state="error")
    if failure == "":
        st.rerun()
    return failure


def _explain(problem: str) -> None:
    screen.title("The data are not ready")
    screen.error(f"{problem} To build the database, run this command in the project folder, then reload this page.")
    st.code("python -m etl build", language=None, wrap_lines=True)
    screen.caption(md("`make run` builds it before it starts the dashboard."))


def current_filters() -> Filters:
    """The filters in the URL.

    On a new server Streamlit runs a file of pages/ without dashboard.py when the first visitor follows a deep link.
    This function then declares the navigation and runs the script again.
    """
    if IN_SHELL not in st.session_state:
        configure()  # before the navigation, or a slow browser would fetch its icon from another host
        st.navigation(streamlit_pages(), position="hidden")
        st.rerun()
    return state.read_filters()[0]


def page_header(name: str, filters: Filters) -> None:
    """Draw title, question, filters as text, and a note for every parameter of the URL that was dropped."""
    declared = page(name)
    with st.container(key="page_head", gap=None):
        st.html(f'<span id="{CONTENT_ID}"></span>')
        screen.title(declared.title, anchor=False)
        with st.container(key="page_question", horizontal=True, vertical_alignment="center"):
            screen.markdown(declared.question, help=_terms_in_words(declared.terms))
            _filter_line(filters, declared)
    # The container exists even when it is empty, so that the elements below keep their index on the page. With another
    # index the browser would discard the map and draw it again.
    with st.container(key="page_notes"):
        release_note()
        for note in state.read_filters()[1]:
            screen.warning(note, icon=":material/link_off:")


def _terms_in_words(terms: tuple[tuple[str, str], ...]) -> Markdown | None:
    """Each term of a page with its definition, in a paragraph of its own; None without terms."""
    if not terms:
        return None
    explained = query_cache.run_query(queries.explained, terms)
    return joined("\n\n", (md("**{}**: {}", label, definition) for label, definition in explained))


def _filter_line(filters: Filters, declared: Page) -> None:
    """The filters that apply to the page as text, and those that do not with the reason."""
    vocabulary = query_cache.vocabulary()
    applied = declared.applied(filters, vocabulary.traded_clusters)
    if not applied.is_empty():
        screen.badge(f"Filter: {applied.describe(vocabulary)}", icon=":material/filter_alt:")
    for one, reason in declared.not_applied(filters, vocabulary.traded_clusters):
        screen.caption(f"Not applied here: {one.describe(vocabulary)}. {reason}")


def page_link(name: str, label: str, filters: Filters | None = None) -> None:
    """Draw a link to a page that keeps the filters."""
    filters = state.read_filters()[0] if filters is None else filters
    screen.page_link(page_file(name), label=label, icon=page(name).icon, query_params=state.link_params(filters))
