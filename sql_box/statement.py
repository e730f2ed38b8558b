"""Whether a statement may run: exactly one SELECT that reads documented views and calls allowed functions.

DuckDB's own parser gives the tree that is checked, so there is nothing to misread: what it takes for a comment, a text
or a name is one. The check runs nothing and looks nothing up.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

import duckdb
from rapidfuzz import fuzz, process, utils

from domain.database_file import open_parser
from domain.text import plain_excerpt
from sql_box.functions import FUNCTIONS, TABLE_FUNCTIONS
from sql_box.limits import MAX_SQL_CHARS

_ONLY_SELECT = "Only a single SELECT is run here, nothing that writes, loads, describes, attaches or changes settings."
_TOO_DEEP = "The statement is nested too deeply."
_LIKE = 70  # of 100: from where on a name is proposed for another
_CLASSES = frozenset(
    [
        "BETWEEN",
        "CASE",
        "CAST",
        "COLLATE",
        "COLUMN_REF",
        "COMPARISON",
        "CONJUNCTION",
        "CONSTANT",
        "DEFAULT",
        "FUNCTION",
        "LAMBDA",
        "LAMBDA_REF",
        "OPERATOR",
        "POSITIONAL_REFERENCE",
        "STAR",
        "SUBQUERY",
        "WINDOW",
    ]
)
_NODES = frozenset(
    [
        "SELECT_NODE",
        "SET_OPERATION_NODE",
        "RECURSIVE_CTE_NODE",
        "BASE_TABLE",
        "EMPTY",
        "EXPRESSION_LIST",
        "JOIN",
        "PIVOT",
        "SUBQUERY",
        "TABLE_FUNCTION",
        "DISTINCT_MODIFIER",
        "LIMIT_MODIFIER",
        "LIMIT_PERCENT_MODIFIER",
        "ORDER_MODIFIER",
        "ASCENDING",
        "DESCENDING",
        "ORDER_DEFAULT",
    ]
)
_TYPE_INFO = "_TYPE_INFO"  # ending of the nodes that describe the type of a cast
_LOCK = Lock()
_Scope = frozenset[str]


class RefusedError(Exception):
    """The statement does not run; ``message`` says why in one line, ``place`` shows where in two, or is ""."""

    def __init__(self, message: str, place: str = "") -> None:
        super().__init__(message)
        self.message, self.place = message, place


def check(sql: str, views: Collection[str]) -> None:
    """Raise RefusedError unless ``sql`` is one SELECT on ``views``, whose names are in lower case."""
    if not sql.strip():
        raise RefusedError("Write a SELECT first.")
    if len(sql) > MAX_SQL_CHARS:
        raise RefusedError(f"The statement has {len(sql):,} characters; at most {MAX_SQL_CHARS:,} are read.")
    if "\0" in sql or not _is_unicode(sql):
        raise RefusedError("The statement has a character that is no text.")
    parsed = _parsed(sql)
    if parsed["error"]:
        raise _parse_error(sql, parsed)
    statements = parsed["statements"]
    if len(statements) != 1:
        raise RefusedError(_ONLY_SELECT if statements else "Write a SELECT first.")
    _Check(views).walk(statements[0]["node"])


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair
        return False
    return True


@lru_cache(maxsize=1)
def _parser() -> duckdb.DuckDBPyConnection:
    return open_parser()


def _parsed(sql: str) -> dict[str, Any]:
    """The answer of json_serialize_sql: {'error': …, 'statements': [{'node': tree}]}."""
    try:
        with _LOCK:
            row = _parser().execute("SELECT json_serialize_sql($sql::VARCHAR)", {"sql": sql}).fetchone()
        parsed: dict[str, Any] = json.loads(row[0]) if row else {"error": True}
    except (duckdb.Error, RecursionError) as error:
        raise RefusedError(_TOO_DEEP) from error
    return parsed


def _parse_error(sql: str, parsed: Mapping[str, Any]) -> RefusedError:
    message = str(parsed.get("error_message", ""))
    if parsed.get("error_type") != "parser":
        return RefusedError(_ONLY_SELECT)
    if "expression depth" in message:
        return RefusedError(_TOO_DEEP)
    position = str(parsed.get("position", ""))
    place = place_of(sql, int(position)) if position.isdigit() else ""
    return RefusedError(f"This cannot be read as SQL: {_one_line(message)}.", place)


def _one_line(text: str) -> str:
    return " ".join(text.split()).rstrip(".")


def place_of(sql: str, position: int) -> str:
    """The line at a position in characters, with a caret under it, as DuckDB shows errors of running queries."""
    before = sql[:position]
    number, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1)
    line = sql.split("\n")[number - 1]
    start = max(0, column - 60)
    head = f"LINE {number}: " + ("…" if start else "")
    return f"{head}{line[start : column + 60]}\n{' ' * (len(head) + column - start)}^"


class _Check:
    """One walk over the tree of a statement."""

    def __init__(self, views: Collection[str]) -> None:
        self._views = views

    def walk(self, tree: Any) -> None:
        """Check every node; RefusedError at the first that is not allowed. A loop, because trees are deep."""
        waiting: list[tuple[Any, _Scope]] = [(tree, frozenset())]
        while waiting:
            node, scope = waiting.pop()
            if isinstance(node, list):
                waiting += [(one, scope) for one in node]
            elif isinstance(node, dict):
                self._node(node, scope)
                waiting += _children(node, scope)

    def _node(self, node: Mapping[str, Any], scope: _Scope) -> None:
        kind = node.get("type")
        if "class" in node:
            self._expression(node)
        elif isinstance(kind, str) and kind not in _NODES and not kind.endswith(_TYPE_INFO):
            raise RefusedError(_ONLY_SELECT)
        if kind == "BASE_TABLE":
            self._table(node, scope)
        elif kind == "TABLE_FUNCTION" and node["function"].get("function_name", "").lower() not in TABLE_FUNCTIONS:
            raise _no_function(node["function"].get("function_name", ""))

    def _expression(self, node: Mapping[str, Any]) -> None:
        if node["class"] == "PARAMETER":
            raise RefusedError("Write the values themselves: ? and $name cannot be filled in here.")
        if node["class"] not in _CLASSES:
            raise RefusedError("The statement has an expression that is not available here.")
        if "function_name" in node:
            name = str(node["function_name"])
            own = node.get("schema", "") in ("", "main") and not node.get("catalog")
            if not own or name.lower() not in FUNCTIONS | TABLE_FUNCTIONS:
                raise _no_function(name)

    def _table(self, node: Mapping[str, Any], scope: _Scope) -> None:
        name = str(node["table_name"])
        qualified = [str(node[part]) for part in ("catalog_name", "schema_name") if node[part]]
        if not qualified and (name.lower() in scope or name.lower() in self._views):
            return
        like = process.extractOne(
            name, sorted(self._views), scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=_LIKE
        )
        hint = f"Did you mean {like[0]}?" if like else "The list of views has all that can be read."
        raise RefusedError(f"There is no view {plain_excerpt('.'.join([*qualified, name]))} here. {hint}")


def _no_function(name: str) -> RefusedError:
    return RefusedError(f"The function {plain_excerpt(name)} is not available here.")


def _children(node: Mapping[str, Any], scope: _Scope) -> Iterator[tuple[Any, _Scope]]:
    """The parts of a node with the names that WITH gives to queries there.

    A query of WITH sees the names before it, and its own only in the repeated half of a recursive one: anywhere else
    such a name would mean the table of the catalogue that has it.
    """
    for entry in (node.get("cte_map") or {}).get("map", []):
        yield entry["value"], scope
        scope |= {str(entry["key"]).lower()}
    repeated = {str(node["cte_name"]).lower()} if node.get("type") == "RECURSIVE_CTE_NODE" else frozenset()
    for name, value in node.items():
        if name != "cte_map":
            yield value, scope | repeated if name == "right" else scope
