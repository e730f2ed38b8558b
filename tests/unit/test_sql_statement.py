"""What is refused before a process starts, what may run, and that DuckDB knows every function on the list."""

import duckdb
import pytest

from sql_box.functions import FUNCTIONS, TABLE_FUNCTIONS
from sql_box.limits import MAX_SQL_CHARS
from sql_box.statement import RefusedError, check, place_of
from tests.unit.hostile_sql import COMMANDS, FUNCTIONS_AND_FILES, TABLES

VIEWS = {"organisations", "organisation_register", "projects"}
HOSTILE = [line for group in (COMMANDS, FUNCTIONS_AND_FILES, TABLES) for line in group.strip().splitlines()]
ODD = [
    "",
    "   ;  ",
    "-- SELECT 1",
    "SELEC 1",
    "SELECT '\0'",
    "SELECT '\ud800'",
    "SELECT " + "(" * 3_000,
    "SELECT " + "NOT " * 900 + "true",
    "SELECT " + "[" * 1_900 + "]" * 1_900,
    "SELECT 1::" + "struct(a " * 290 + "int" + ")" * 290,
    "SELECT " + "(SELECT " * 400 + "1" + ")" * 400,
    "SELECT '" + "x" * MAX_SQL_CHARS + "'",
]


def test_there_are_at_least_sixty():
    assert len(set(HOSTILE)) >= 60


@pytest.mark.parametrize("sql", [*HOSTILE, *ODD], ids=lambda sql: sql[:60].encode("ascii", "replace").decode())
def test_refused_in_one_plain_line(sql):
    """Without a path of the server, and the next statement is checked as ever."""
    with pytest.raises(RefusedError) as refused:
        check(sql, VIEWS)
    message = refused.value.message
    assert message.endswith((".", "?")) and "\n" not in message and len(message) < 250
    assert "/" not in message.replace("'/'", "")
    assert not {"Traceback", "duckdb.", "Error:"} & set(message.split())
    check("SELECT 1", VIEWS)


@pytest.mark.parametrize(
    "sql",
    [
        "FROM organisations",
        "SELECT name FROM Organisations AS o WHERE o.side = 'US' ORDER BY ALL LIMIT 10 OFFSET 2;",
        "-- a comment; with a semicolon\nSELECT 'DROP TABLE organisations; getenv(1)' AS text",
        "WITH a AS (SELECT 1 AS n), b AS (SELECT n + 1 FROM a) SELECT * FROM b, a",
        "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t WHERE n < 5) SELECT * FROM t",
        "SELECT * FROM (WITH q AS (SELECT 1) SELECT * FROM q) AS s",
        "SELECT side, count(*) FILTER (WHERE name LIKE 'A%') FROM organisations GROUP BY ROLLUP (side)",
        "SELECT name, rank() OVER (PARTITION BY side ORDER BY name) AS r FROM organisations QUALIFY r = 1",
        "SELECT list_transform([1, 2], lambda x: x + 1), {'a': 1}.a, [x * 2 FOR x IN [1, 2]], MAP {'a': 1}['a']",
        "SELECT * FROM organisations PIVOT (count(*) FOR side IN ('EU', 'US'))",
        "SELECT * EXCLUDE (name) REPLACE (upper(side) AS side) FROM organisations TABLESAMPLE 10%",
        "SELECT i, date_trunc('month', DATE '2016-01-31' + i) FROM range(3) AS t(i), unnest([1, 2]) AS u(x)",
        "SELECT name FROM organisations WHERE side IN (FROM organisation_register SELECT side) EXCEPT SELECT 'y'",
        "SELECT 1 FROM organisations a ASOF JOIN organisations b ON a.name >= b.name LEFT JOIN projects c USING (name)",
        "VALUES (1, 'a'), (2, 'b')",
    ],
)
def test_may_run(sql):
    check(sql, VIEWS)


def test_a_name_with_a_typing_error_gets_a_proposal():
    with pytest.raises(RefusedError) as refused:
        check("SELECT * FROM organisation_registr", VIEWS)
    assert refused.value.message.endswith(" no view organisation_registr here. Did you mean organisation_register?")


def test_the_place_of_a_fault_is_shown_by_line_and_caret():
    """By letters, not by bytes, and near the fault in a long line."""
    with pytest.raises(RefusedError) as refused:
        check("SELECT 'é',\n  FROM WHERE x", VIEWS)
    assert refused.value.place == "LINE 2:   FROM WHERE x\n               ^"
    line, caret = place_of("x" * 200 + "!", 200).split("\n")
    assert line[caret.index("^")] == "!" and len(line) < 100


def test_duckdb_knows_every_function_of_the_list():
    """And those that compute from their arguments alone are not among the ones that read anything."""
    with duckdb.connect() as connection:
        known = {
            name for (name,) in connection.execute("SELECT lower(function_name) FROM duckdb_functions()").fetchall()
        }
    assert known >= FUNCTIONS | TABLE_FUNCTIONS
    reads = (
        "read_",
        "duckdb_",
        "pragma_",
        "pg_",
        "parquet_",
        "current_s",
        "getenv",
        "getvariable",
        "query",
        "write_log",
    )
    assert [name for name in FUNCTIONS | TABLE_FUNCTIONS if name.startswith(reads)] == []
