"""Processor time of the queries that a new choice on the page Explorer needs.

    python -m bench.explorer_speed

Prints for three registers, each with a choice in two facets, the median of ten runs of every query, beside that of a
bare `SELECT 1` in the same minute.
"""

from collections.abc import Callable
from statistics import median
from time import process_time

from domain.database_file import new_cursor, open_database
from domain.filters import Filters
from explorer import counts
from explorer.selection import Selection
from settings import load_settings

RUNS = 10
CHOICES = (
    Selection("cluster_organisations", Filters(countries=("FR",)), (("precision", ("=city",)),)),
    Selection("cooperations", Filters(countries=("FR",)), (("status", ("=signed", "=renewed")),)),
    Selection("sources", picks=(("kind", ("=web page",)),)),
)


def processor_time_ms(run: Callable[[], object]) -> float:
    """Median processor time of RUNS runs in milliseconds, after one that is not counted."""
    run()
    times = []
    for _ in range(RUNS):
        start = process_time()
        run()
        times.append((process_time() - start) * 1000)
    return median(times)


def main() -> None:
    """Print the table."""
    with open_database(load_settings().database) as database:
        connection = new_cursor(database)
        bare = processor_time_ms(lambda: connection.execute("SELECT 1").fetchall())
        print(f"{'SELECT 1':40} {bare:6.1f} ms")
        for one in CHOICES:
            by = one.register.counted_by
            queries = {
                "facets": lambda one=one: counts.facet_counts(connection, one),
                "records": lambda one=one: counts.chosen(connection, one),
                f"counts by {by}": lambda one=one, by=by: counts.counted_by(connection, one, by),
                "might match": lambda one=one: counts.possible(connection, one),
            }
            for name, run in queries.items():
                print(f"{one.register_name + ': ' + name:40} {processor_time_ms(run):6.1f} ms")


if __name__ == "__main__":
    main()
