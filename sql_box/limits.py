"""What a query of a reader may use."""

from dataclasses import dataclass, replace

MAX_SQL_CHARS = 4_000  # also keeps the nesting of a statement far below what the parser can bear
AT_ONCE = 2  # queries of all readers together
# DuckDB's own limit, for joins, sorts and groups. No setting of it bounds a single function: the process does.
DUCKDB_MEMORY_MB = 200


@dataclass(frozen=True)
class Limits:
    """Limits of one query.

    ``wall_seconds`` is the time that passes, ``cpu_seconds`` that of the processor; ``memory_mb`` what the process may
    use beyond its own size before the query; ``rows`` how many are read, further ones are left out; ``columns`` and
    ``result_bytes`` what a result may have, above which it is refused.
    """

    wall_seconds: float = 10
    cpu_seconds: int = 10
    memory_mb: int = 400
    rows: int = 10_000
    columns: int = 100
    result_bytes: int = 4_000_000


ON_REQUEST = Limits()
# A link runs its query when it is opened, which nobody asked for beyond opening it.
FROM_LINK = replace(ON_REQUEST, wall_seconds=2, cpu_seconds=2)
