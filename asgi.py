"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone.
"""

from starlette.middleware import Middleware
from streamlit import App

from api.routes import ROUTES
from api.shared_links import SharedLinks

app = App("dashboard.py", routes=ROUTES, middleware=[Middleware(SharedLinks)])
