"""What readers see of an error, and what the log keeps of it: one page that says what to do, one line of JSON."""

import json
import logging
import traceback
from collections.abc import Callable
from functools import wraps
from secrets import token_hex
from typing import Any, TypeVar, cast

import streamlit as st

from domain.errors import ReadableError
from ui import screen, state
from ui.markup import code, md
from warehouse.query_cache import pinned

_log = logging.getLogger(__name__)
F = TypeVar("F", bound=Callable[..., Any])
IN_SHELL = "_in_shell"  # session key that exists while a whole page runs, not a part of it


def show_fault(error: Exception) -> bool:
    """Tell the reader that something went wrong, with a number that finds it in the log. Always True: it is told."""
    number = token_hex(4)
    _log.error("%s", log_line(error, number, state.current_page()))
    screen.header("This could not be shown", anchor=False)
    screen.error(
        md(
            "Something went wrong here; nothing is lost. Reload the page. If it happens again, clear the filters, or "
            "tell whoever runs this dashboard the number {}.",
            code(number),
        ),
        icon=":material/error:",
    )
    return True


def log_line(error: Exception, number: str, page: str) -> str:
    """One line of JSON on an error: its number, page, type, message and where it was raised."""
    frames = traceback.extract_tb(error.__traceback__)
    content = {
        "event": "page_error",
        "number": number,
        "page": page,
        "error": type(error).__name__,
        "message": str(error),
        "where": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames[-8:]],
    }
    return json.dumps(content, ensure_ascii=True)


def fragment(function: F, **options: Any) -> F:
    """A part of a page that runs alone, as `st.fragment`, whose errors readers meet as those of a page.

    Without a usable database the whole page runs again and says so.
    """
    return st.fragment(guarded(function), **options)


def guarded(function: F) -> F:
    """The function of a fragment or dialog with what ``fragment`` says of its errors; it reads one build throughout."""

    @wraps(function)
    def draw(*arguments: Any, **named: Any) -> Any:
        try:
            with pinned():
                return function(*arguments, **named)
        except Exception as error:  # the last frame before the reader: any error is told and logged
            if IN_SHELL in st.session_state:
                raise
            if isinstance(error, ReadableError):
                st.rerun(scope="app")
            show_fault(error)
            return None

    return cast("F", draw)
