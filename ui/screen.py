"""Everything of Streamlit that shows text: the only way on which pages, views and parts write to the screen.

Each function is that of Streamlit with the same arguments. Its texts come out as they are, without effect, unless they
are Markdown of ui/markup.py. For Streamlit the choices of a select box and the cells of a table are never Markdown, so
they need nothing here.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

import streamlit as st

from ui.markup import marked
from ui.turns import in_turn

F = TypeVar("F", bound=Callable[..., Any])
_TEXTS = ("label", "body", "title", "text", "help")


def _inert(function: F, texts: int = 1, *, has_options: bool = False, named: tuple[str, ...] = _TEXTS) -> F:
    """The function with its first arguments, and those named, made inert; so are the labels of its options."""

    @wraps(function)
    def draw(*arguments: Any, **options: Any) -> Any:
        first = [_marked(one) for one in arguments[:texts]]
        options |= {name: _marked(options[name]) for name in named if name in options}
        if has_options:
            label = options.get("format_func", str)
            options["format_func"] = lambda option: marked(label(option))
        return function(*first, *arguments[texts:], **options)

    return cast("F", draw)


def _inert_list(function: F) -> F:
    """The function with the texts of its first argument, a list, made inert."""

    @wraps(function)
    def draw(texts: Any, *arguments: Any, **options: Any) -> Any:
        return function([_marked(text) for text in texts], *arguments, **options)

    return cast("F", draw)


def _made_in_turn(function: F) -> F:
    """The button of a file; one that is made on the click waits for its turn."""

    @wraps(function)
    def draw(label: Any, data: Any, *arguments: Any, **options: Any) -> Any:
        return function(label, in_turn(data) if callable(data) else data, *arguments, **options)

    return cast("F", draw)


def _marked(text: Any) -> Any:
    return marked(text) if isinstance(text, str) else text


badge = _inert(st.badge)
button = _inert(st.button)
caption = _inert(st.caption)
checkbox = _inert(st.checkbox)
dialog = _inert(st.dialog)
download_button = _made_in_turn(_inert(st.download_button))
error = _inert(st.error)
expander = _inert(st.expander)
file_uploader = _inert(st.file_uploader)
form_submit_button = _inert(st.form_submit_button)
header = _inert(st.header)
info = _inert(st.info)
link_button = _inert(st.link_button)
markdown = _inert(st.markdown)
metric = _inert(st.metric, texts=3, named=(*_TEXTS, "value", "delta", "delta_description"))
multiselect = _inert(st.multiselect)
number_input = _inert(st.number_input)
page_link = _inert(st.page_link, texts=0)
pills = _inert(st.pills, has_options=True)
popover = _inert(st.popover)
segmented_control = _inert(st.segmented_control, has_options=True)
selectbox = _inert(st.selectbox)
progress = _inert(st.progress, texts=0)
spinner = _inert(st.spinner)
status = _inert(st.status)
subheader = _inert(st.subheader)
success = _inert(st.success)
tabs = _inert_list(st.tabs)
text_area = _inert(st.text_area)
text_input = _inert(st.text_input)
title = _inert(st.title)
toast = _inert(st.toast)
toggle = _inert(st.toggle)
warning = _inert(st.warning)
