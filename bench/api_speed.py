"""Times of data API and search beside Datasette on the same tables, and beside the bare query.

    python -m bench.api_speed

Datasette reads SQLite: the registers are converted with all rows and columns, and the texts of the search with an
index for full-text search. The servers are asked in turn on this machine, one request at a time on an open connection.
Prints the medians and their ratios, and ends with status 1 where both give other rows for the same question. The bare
query is the same rows by DuckDB in this process, without a server and without JSON.

For the search the records that Datasette finds must be among those of the dashboard, which also knows words that are
like those of the question; over a hundred times the records, too (bench/search_speed.py).
"""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any
from urllib.parse import quote, urlsplit

import duckdb

from api.queries import REGISTERS
from bench.datasette import MAX_ROWS, datasette_server, served, write_table, write_texts
from bench.search_speed import COPIES, make
from domain.database_file import new_cursor, open_database
from domain.filters import Filters
from etl.search_index import records
from settings import ROOT, load_settings
from tools.server import free_port, serve
from warehouse.registers import page_of_rows

RUNS = 30
SEARCHES = ("photonics", "aerospace valley", "massachusetts", "pôle mer")
MISSPELLED = ("plastpolis", "masachusetts")
_ALL = Filters()
_ENERGY = Filters(sectors=("energy",))


@dataclass(frozen=True)
class Question:
    """The same rows of a register, asked for in the words of both; ``filters`` are those of the bare query."""

    register: str
    ours: str
    theirs: str
    filters: Filters = _ALL
    limit: int = MAX_ROWS


QUESTIONS = (
    Question("organisations", "limit=100", "_size=100", limit=100),
    Question("organisations", "limit=1000", "_size=1000"),
    Question("organisations", "country=PL&limit=1000", "country_code=PL&_size=1000", Filters(countries=("PL",))),
    Question("events", "sector=energy&limit=1000", "theme_ids__arraycontains=energy&_size=1000", _ENERGY),
    Question("cooperations", "limit=1000", "_size=1000"),
    Question("horizon_projects", "limit=1000", "_size=1000"),
)  # fmt: skip


class Client:
    """Requests one after the other on an open connection."""

    def __init__(self, url: str) -> None:
        self._connection = HTTPConnection(urlsplit(url).netloc)

    def get(self, path: str) -> bytes:
        """The body of an answer; SystemExit unless its status is 200."""
        self._connection.request("GET", path)
        response = self._connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise SystemExit(f"{path}: status {response.status}: {body[:300]!r}")
        return body


def milliseconds_in_turn(*asked: Callable[[], object]) -> list[float]:
    """Median time of each, asked in turn, so that other load of the machine falls on all."""
    times: list[list[float]] = [[] for _ in asked]
    for run in range(RUNS + 1):
        for one, own in zip(asked, times, strict=True):
            began = perf_counter()
            one()
            if run:  # the first warms up
                own.append((perf_counter() - began) * 1000)
    return [median(own) for own in times]


def differing(ours: list[dict[str, Any]], theirs: list[dict[str, Any]]) -> list[str]:
    """What differs between two answers: their lengths, or the columns of a row."""
    if len(ours) != len(theirs):
        return [f"{len(ours)} and {len(theirs)} rows"]
    return [
        f"{name}: {row.get(name)!r} and {other.get(name)!r}"
        for row, other in zip(ours, theirs, strict=True)
        for name in row.keys() | other.keys()
        if row.get(name) != _of_sqlite(other.get(name), row.get(name))
    ]


def _of_sqlite(value: Any, like: Any) -> Any:
    """A value of SQLite in the type of JSON that the data API gives it."""
    if isinstance(like, bool) and value in (0, 1):
        return bool(value)
    return json.loads(value) if isinstance(like, list) and isinstance(value, str) else value


def compare_registers(connection: duckdb.DuckDBPyConnection, ours: Client, theirs: Client) -> Iterator[str]:
    """Print a line for each question; gives what the answers differ in."""
    print("| register, question | rows | bare query | data API | × bare query | Datasette | data API : Datasette |")
    print("|---|---|---|---|---|---|---|")
    for one in QUESTIONS:
        path = f"/api/v1/{one.register}?{one.ours}"
        their_path = f"/tables/{one.register}.json?{one.theirs}&_shape=objects"
        rows, their_rows = json.loads(ours.get(path))["rows"], json.loads(theirs.get(their_path))["rows"]
        yield from (f"{path}: {what}" for what in differing(rows, [_without_rowid(row) for row in their_rows]))
        bare, api, datasette = milliseconds_in_turn(
            lambda: page_of_rows(connection, REGISTERS[one.register], one.filters, one.limit, 0).to_pylist(),  # noqa: B023
            lambda: ours.get(path),  # noqa: B023 - all three are used at once
            lambda: theirs.get(their_path),  # noqa: B023
        )
        print(
            f"| `{one.register}?{one.ours}` | {len(rows)} | {bare:.1f} ms | {api:.1f} ms | {api / bare:.1f} "
            f"| {datasette:.1f} ms | {api / datasette:.2f} |"
        )


def _without_rowid(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "rowid"}


def compare_search(connection: duckdb.DuckDBPyConnection, ours: Client, theirs: Client, times: int) -> Iterator[str]:
    """Print a line for each question; gives what Datasette finds and the dashboard does not."""
    print(
        f"\n| search over {times} × the records | found | dashboard | × `SELECT 1` | Datasette "
        "| dashboard : Datasette |"
    )
    print("|---|---|---|---|---|---|")
    for question in (*SEARCHES, *MISSPELLED):
        path = f"/search?q={quote(question)}"
        their_path = f"/tables/texts.json?_search={quote(question)}&_size=100&_shape=objects"
        rows, their_rows = json.loads(ours.get(path))["rows"], json.loads(theirs.get(their_path))["rows"]
        found, theirs_found = ({(row["table_name"], row["record_id"]) for row in one} for one in (rows, their_rows))
        if times == 1 and theirs_found - found:
            yield f"{question}: only Datasette finds {sorted(theirs_found - found)}"
        bare, own, datasette = milliseconds_in_turn(
            lambda: connection.execute("SELECT 1").fetchall(),
            lambda: ours.get(path),  # noqa: B023 - all three are used at once
            lambda: theirs.get(their_path),  # noqa: B023
        )
        print(
            f"| {question} | {len(found)}, Datasette {len(theirs_found)} | {own:.1f} ms | {own / bare:.0f} "
            f"| {datasette:.1f} ms | {own / datasette:.2f} |"
        )


def texts_of(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    """Table, id and text of everything that the search reads."""
    return connection.execute(
        "SELECT table_name, record_id, text FROM search_texts JOIN search_records USING (record_no) ORDER BY text_no"
    ).fetchall()


def registers(folder: Path) -> list[str]:
    """Measure the registers; gives what differs."""
    database = load_settings().database
    connection = new_cursor(open_database(database))
    path = folder / "registers" / "tables.db"
    path.parent.mkdir()
    for name, population in REGISTERS.items():
        write_table(path, name, page_of_rows(connection, population, _ALL, 1_000_000, 0))
    with serve(ROOT / "asgi.py", folder, database) as server, datasette_server(path) as theirs:
        return list(compare_registers(connection, Client(server.url), Client(theirs)))


def search(folder: Path, times: int) -> list[str]:
    """Measure the search over so many times the records; gives what differs."""
    with open_database(load_settings().database) as today:
        found = list(records(new_cursor(today)))
    database, path, port = folder / f"search-{times}.duckdb", folder / str(times) / "tables.db", free_port()
    path.parent.mkdir()
    make(database, found, times)
    connection = new_cursor(open_database(database))
    write_texts(path, texts_of(connection))
    command = [sys.executable, "-m", "uvicorn", "--factory", "bench.search_app:app", "--port", str(port)]
    command += ["--log-level", "warning"]
    with (
        served(command, f"http://127.0.0.1:{port}", "/search", CLUSTERS_DB=str(database)) as ours,
        datasette_server(path) as theirs,
    ):
        return list(compare_search(connection, Client(ours), Client(theirs), times))


def main() -> int:
    """Measure and print; returns the exit status."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        faults = [*registers(folder), *search(folder, 1), *search(folder, COPIES)]
    for fault in faults[:20]:
        print(f"DIFFERS: {fault}")
    print(f"\nmedians of {RUNS} requests; {len(faults) or 'no'} differences between the answers")
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
