"""Fills the tables of the search (etl/sql/90_search.sql) with the texts that the record types declare."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from domain.record_types import RECORD_TYPES
from domain.records import RecordType
from domain.search_text import index_words, spellings, words
from etl.database import Connection

# What a text is for a record where it is a name: the name itself, and others.
NAMES = frozenset({"", "acronym", "also known as"})
# Sectors and terms: (table_name, record_id, label, hint). A term is found by its label; its definition is shown.
_WITHOUT_PROFILE = """
SELECT 'sectors', sector_id, name, NULL FROM sectors WHERE scheme IN ('theme', 'traded_cluster')
UNION ALL
SELECT 'terms', min(concat_ws('|', vocabulary, term)), label, definition FROM terms
WHERE vocabulary <> 'workshop_steps.chart' GROUP BY label, definition
UNION ALL
SELECT 'terms', view_name, 'Location quotient', comment FROM duckdb_views() WHERE view_name = 'location_quotients'
ORDER BY ALL
"""


class Found(NamedTuple):
    """A record that the search finds, with its texts as pairs: what a text is ('' for the name), and the text."""

    table: str
    record_id: str
    label: str
    hint: str | None
    texts: tuple[tuple[str, str], ...]


def fill_search(connection: Connection) -> None:
    """Fill the tables of the search; the registers must exist."""
    write_index(connection, records(connection))


def records(connection: Connection) -> Iterator[Found]:
    """Every record that the search finds."""
    for record_type in RECORD_TYPES.values():
        yield from _of_type(connection, record_type)
    for table, record_id, label, hint in connection.execute(_WITHOUT_PROFILE).fetchall():
        yield Found(table, record_id, label, hint, (("", label),))


def _of_type(connection: Connection, record_type: RecordType) -> Iterator[Found]:
    view, title = record_type.source_view, record_type.title
    names = {row[0] for row in connection.execute(f"DESCRIBE {view}").fetchall()}
    # The register of policies also holds projects, which are found as projects.
    own = f"table_name = '{record_type.table}'" if "table_name" in names else "true"
    columns = ", ".join([record_type.key, title, *record_type.hint, *record_type.search])
    rows = connection.execute(
        f"SELECT {columns} FROM {view} WHERE {own} AND {title} IS NOT NULL ORDER BY {record_type.key}"
    ).fetchall()
    first_text = 2 + len(record_type.hint)
    for record_id, label, *others in rows:
        hints, cells = others[: first_text - 2], others[first_text - 2 :]
        hint = ", ".join(text for cell in hints for text in _texts(cell)) or None
        texts = [("", label)]
        for what, cell in zip(record_type.search.values(), cells, strict=True):
            texts += [(what, text) for text in _texts(cell) if words(text) != words(label)]
        yield Found(record_type.table, record_id, label, hint, tuple(texts))


def _texts(cell: str | list[str] | None) -> list[str]:
    return cell if isinstance(cell, list) else [cell] if cell else []


def write_index(connection: Connection, found: Iterable[Found]) -> None:
    """Write records and their texts to the tables of the search, each in the order in which it is looked up."""
    listed = list(found)
    _insert(connection, "search_records", range(len(listed)), *_columns((one[:4] for one in listed), 4))
    texts = [
        (record, what or None, what in NAMES, text) for record, one in enumerate(listed) for what, text in one.texts
    ]
    _insert(connection, "search_texts", range(len(texts)), *_columns(texts, 4))
    uses = (
        (word, number, share)
        for number, (*_, text) in enumerate(texts)
        for word, share in index_words(words(text)).items()
    )
    used, used_in, shares = _columns(uses, 3)
    counts = sorted(Counter(used).items())
    _insert(connection, "search_vocabulary", range(len(counts)), *_columns(counts, 2))
    numbers = {word: number for number, (word, _) in enumerate(counts)}
    _insert_sorted(connection, "search_words", [numbers[word] for word in used], used_in, shares)
    spelled = ((spelling, number) for word, number in numbers.items() for spelling in spellings(word))
    _insert_sorted(connection, "search_spellings", *_columns(spelled, 2))


def _columns(rows: Iterable[tuple[Any, ...]], count: int) -> list[tuple[Any, ...]]:
    """The values of rows column by column, also where there are no rows."""
    return list(zip(*rows, strict=True)) or [()] * count


def _insert_sorted(connection: Connection, table: str, *columns: Sequence[float]) -> None:
    """Insert columns of numbers, the rows sorted by the first two: numpy does it in a tenth of the time of Python."""
    arrays = [np.array(column) for column in columns]
    order = np.lexsort((arrays[1], arrays[0]))
    _insert(connection, table, *(array[order] for array in arrays))


def _insert(connection: Connection, table: str, *columns: Any) -> None:
    """Insert the columns of a table, each a sequence or array of its values."""
    names = [name for name, *_ in connection.execute(f"DESCRIBE {table}").fetchall()]
    connection.register("found", pa.table(dict(zip(names, columns, strict=True))))
    connection.execute(f"INSERT INTO {table} SELECT * FROM found")
    connection.unregister("found")
