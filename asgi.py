"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone, without the headers of ui/http_security.py.
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from streamlit import App

from api.releases import open_releases_by
from api.routes import ROUTES
from api.shared_links import SharedLinks
from settings import load_settings
from ui.closing import close_all
from ui.faults import show_fault
from ui.frame.shell import never_look_up_address
from ui.http_security import HttpSecurity
from ui.login import LoginAddresses

never_look_up_address()  # a first request may come before the first page


def _release(release_id: str, report: Callable[[str], None]) -> Path | str:
    """The database of an earlier release, or a sentence that says why there is none."""
    from etl.released import database_or_reason  # here, because only requests for earlier releases need the ETL

    return database_or_reason(load_settings(), release_id, report)


open_releases_by(_release)


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """Follow the lake, where there is one; end what runs beside the server when it is asked to stop.

    After that signal nothing of atexit is called.
    """
    if (settings := load_settings()).lake:
        from etl.lake.follow import follow, stop_following  # here, because only servers of a lake need the ETL

        follow(settings)
        yield
        stop_following()
    else:
        yield
    await run_in_threadpool(close_all)


app = App(
    "dashboard.py",
    routes=ROUTES,
    middleware=[Middleware(HttpSecurity), Middleware(LoginAddresses), Middleware(SharedLinks)],
    lifespan=lifespan,
    on_script_error=show_fault,
)
