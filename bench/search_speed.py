"""Time of the search over today's records and over a hundred times as many.

    python -m bench.search_speed

Prints for each question the median of twenty runs, beside that of a bare `SELECT 1` in the same minute and a plain scan
for the question with ILIKE over the same texts, and ends with status 1 when an answer over a hundred times the records
takes more than 50 ms. Every copy of the records has words of its own: every twelfth of its words has another letter.
"""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from string import ascii_lowercase
from time import perf_counter

import duckdb

from bench.statistics_queries import milliseconds
from domain.database_file import new_cursor, open_database
from etl.schema import SQL_DIR
from etl.search_index import Found, records, write_index
from settings import SCHEMA_VERSION, load_settings
from warehouse.search import SearchIndex, find, search_index

COPIES = 100
MAX_MILLISECONDS = 50
CHANGED = 12  # every twelfth word of a copy
QUESTIONS = ("pole mer", "plastpolis", "energy cluster", "aerospace valley toulouse", "ohio", "escp4i", "zzzzzz")


def copies(found: list[Found], number: int) -> Iterator[Found]:
    """The records ``number`` times: as they are, then with changed words."""
    yield from found
    for copy in range(1, number):
        random = Random(copy)
        for one in found:
            texts = tuple((what, _changed(text, random)) for what, text in one.texts)
            yield one._replace(record_id=f"{one.record_id}-{copy}", label=texts[0][1], texts=texts)


def _changed(text: str, random: Random) -> str:
    parts = text.split(" ")
    for place, word in enumerate(parts):
        if word and random.randrange(CHANGED) == 0:
            letter = random.randrange(len(word))
            parts[place] = word[:letter] + random.choice(ascii_lowercase) + word[letter + 1 :]
    return " ".join(parts)


def make(path: Path, found: list[Found], number: int) -> None:
    """Write a database that holds the search alone, of ``number`` times the records."""
    with duckdb.connect(str(path)) as connection:
        connection.execute((SQL_DIR / "90_search.sql").read_text(encoding="utf-8"))
        connection.execute(f"CREATE TABLE build_info AS SELECT {SCHEMA_VERSION} AS schema_version")
        write_index(connection, copies(found, number))
        connection.execute("CHECKPOINT")


def main() -> int:
    """Measure and print; returns the exit status."""
    today = new_cursor(open_database(load_settings().database))
    found = list(records(today))
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for number in (1, COPIES):
            path = Path(folder) / f"search-{number}.duckdb"
            began = perf_counter()
            make(path, found, number)
            size = path.stat().st_size / 1e6
            print(f"{number} x {len(found):,} records, {size:.0f} MB, written in {perf_counter() - began:.0f} s")
            connection = new_cursor(open_database(path))
            began = perf_counter()
            index = search_index(connection)
            print(f"  index of {len(index.words):,} words read in {perf_counter() - began:.2f} s, once for each build")
            for question in QUESTIONS:
                took = milliseconds(_search(connection, index, question))
                bare = milliseconds(lambda: connection.execute("SELECT 1").fetchall())  # noqa: B023 - used at once
                like = milliseconds(_scan(connection, question))
                print(
                    f"  {question:28} {took:6.1f} ms  {took / bare:6.0f} x SELECT 1 ({bare:.2f} ms)"
                    f"  {took / like:5.2f} x ILIKE ({like:.1f} ms)"
                )
                slowest = max(slowest, took) if number == COPIES else slowest
            connection.close()
    print(f"slowest of {COPIES} x: {slowest:.1f} ms, limit {MAX_MILLISECONDS} ms")
    return int(slowest > MAX_MILLISECONDS)


def _search(connection: duckdb.DuckDBPyConnection, index: SearchIndex, question: str) -> Callable[[], object]:
    return lambda: find(connection, index, question)


def _scan(connection: duckdb.DuckDBPyConnection, question: str) -> Callable[[], object]:
    sql = "SELECT count(*) FROM search_texts WHERE text ILIKE $like"
    return lambda: connection.execute(sql, {"like": f"%{question}%"}).fetchall()


if __name__ == "__main__":
    sys.exit(main())
