"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone, without the headers of ui/http_security.py.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from streamlit import App

from api.routes import ROUTES
from api.shared_links import SharedLinks
from ui.closing import close_all
from ui.faults import show_fault
from ui.frame.shell import never_look_up_address
from ui.http_security import HttpSecurity
from ui.login import LoginAddresses

never_look_up_address()  # a first request may come before the first page


@asynccontextmanager
async def lifespan(_app: App) -> AsyncIterator[None]:
    """End what runs beside the server when it is asked to stop: after that signal nothing of atexit is called."""
    yield
    await run_in_threadpool(close_all)


app = App(
    "dashboard.py",
    routes=ROUTES,
    middleware=[Middleware(HttpSecurity), Middleware(LoginAddresses), Middleware(SharedLinks)],
    lifespan=lifespan,
    on_script_error=show_fault,
)
