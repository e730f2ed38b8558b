"""The dashboard with its data API in one process: `streamlit run asgi.py`, or `uvicorn asgi:app`.

`streamlit run dashboard.py` serves the pages alone.
"""

from streamlit import App

from api.routes import ROUTES

app = App("dashboard.py", routes=ROUTES)
