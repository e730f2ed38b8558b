"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone, without the headers of ui/web_face.py.
"""

from starlette.middleware import Middleware
from streamlit import App

from api.routes import ROUTES
from ui.faults import show_fault
from ui.web_face import WebFace

app = App("dashboard.py", routes=ROUTES, middleware=[Middleware(WebFace)], on_script_error=show_fault)
