"""The search of the dashboard as an address of its own, to be measured beside that of Datasette.

`python -m bench.search_app DATABASE PORT` answers `/search?q=…` with the records found, as JSON.
"""

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from api.rows import json_bytes
from domain.database_file import new_cursor, open_database
from warehouse.search import find, search_index


def app(database: Path) -> Starlette:
    """The app over a database, with its index in memory."""
    connection = open_database(database)
    index = search_index(new_cursor(connection))

    def search(request: Request) -> Response:
        found = find(new_cursor(connection), index, request.query_params.get("q", ""))
        rows = found[["table_name", "record_id", "label"]].to_dict("records")
        return Response(json_bytes({"rows": rows}), media_type="application/json")

    return Starlette(routes=[Route("/search", search)])


if __name__ == "__main__":
    uvicorn.run(app(Path(sys.argv[1])), port=int(sys.argv[2]), log_level="warning")
