"""The search of the dashboard as an address of its own, to be measured beside that of Datasette.

`CLUSTERS_DB=DATABASE python -m uvicorn --factory bench.search_app:app` answers `/search?q=…` with the records found.
"""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.rows import json_bytes
from domain.database_file import new_cursor, open_database
from settings import load_settings
from warehouse.search import find, search_index


def app() -> Starlette:
    """The app over the database of the settings, with its index in memory."""
    connection = open_database(load_settings().database)
    index = search_index(new_cursor(connection))

    def search(request: Request) -> Response:
        found = find(new_cursor(connection), index, request.query_params.get("q", ""))
        rows = found[["table_name", "record_id", "label"]].to_dict("records")
        return Response(json_bytes({"rows": rows}), media_type="application/json")

    return Starlette(routes=[Route("/search", search)])
