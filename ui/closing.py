"""The end of the server: nothing that was started beside it stays behind."""

import atexit
from functools import cache

from exports.images.render import close_browser
from exports.work.queue import the_queue
from sql_box.box import the_box
from ui.turns import give_no_more_turns


def close_all() -> None:
    """Take no more files and queries, and end the processes that make them. May be called twice."""
    give_no_more_turns()
    the_queue().close()
    the_box().close()
    close_browser()


@cache
def close_at_exit() -> None:
    """Close all when the program ends, once for each process: `streamlit run dashboard.py` knows no other end."""
    atexit.register(close_all)
