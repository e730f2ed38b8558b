"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone, without the headers of ui/http_security.py.
"""

from starlette.middleware import Middleware
from streamlit import App

from api.routes import ROUTES
from api.shared_links import SharedLinks
from ui.faults import show_fault
from ui.frame.shell import never_look_up_address
from ui.http_security import HttpSecurity

never_look_up_address()  # a first request may come before the first page

app = App(
    "dashboard.py",
    routes=ROUTES,
    middleware=[Middleware(HttpSecurity), Middleware(SharedLinks)],
    on_script_error=show_fault,
)
