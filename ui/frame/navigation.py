"""The row of the menu at the top of every page: links that carry the filters, and two groups of them."""

from itertools import groupby

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from domain.filters import Filters
from domain.pages import PAGES, START_PAGE, Page, page
from domain.product import SHORT_NAME
from ui import screen, state
from ui.frame.search_box import search_box
from ui.markup import md

PRESENT = "present"
CONTENT_ID = "content"  # of the element before the title, which the first link of a page leads to


def page_file(name: str) -> str:
    """Path of a page below dashboard.py."""
    return f"pages/{name}.py"


def streamlit_pages() -> list[StreamlitPage]:
    """The pages as Streamlit knows them."""
    return [
        st.Page(
            page_file(one.name),
            title=one.browser_title,
            # No icon here: Streamlit would fetch it from another host as the icon of the browser's tab.
            default=one.name == START_PAGE,
        )
        for one in PAGES
    ]


def navigation_row(current: str, filters: Filters) -> None:
    """Draw the row. ``current`` is the name of the page shown."""
    with st.container(key="frame_menu", horizontal=True, vertical_alignment="center", gap="xsmall"):
        st.html(f'<a class="skip-link" href="#{CONTENT_ID}">Skip to content</a>')
        screen.markdown(md("**{}**", SHORT_NAME))
        for section, members in groupby((one for one in PAGES if one.name != PRESENT), key=lambda one: one.section):
            if section:
                _group(section, tuple(members), current, filters)
            else:
                for one in members:
                    _link(one, filters)
        search_box()
        with st.container(key="frame_present", width="content"):
            _link(page(PRESENT), filters, label="Present")


def _group(section: str, members: tuple[Page, ...], current: str, filters: Filters) -> None:
    is_here = any(one.name == current for one in members)
    # The key names the page, so that the panel is closed after a click on one of its links.
    key = f"menu_{section.lower()}_{'here' if is_here else 'elsewhere'}_{current}"
    with screen.popover(section, type="tertiary", key=key):
        for one in members:
            _link(one, filters, with_icon=True)


def _link(one: Page, filters: Filters, *, label: str = "", with_icon: bool = False) -> None:
    icon = one.icon if with_icon else None
    screen.page_link(page_file(one.name), label=label or one.label, icon=icon, query_params=state.link_params(filters))
