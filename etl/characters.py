"""Refuses characters that a reader cannot see, or takes for others, in the texts of the CSV files."""

from collections.abc import Iterator

from domain.characters import look_alike, unseen
from etl.errors import Problem
from etl.transform import TypedTable

# The classification of regions prints Latin letters in some Greek names, and corrections repeat what is wrong.
AS_PRINTED = frozenset({"corrections", "regions"})
_INVISIBLE_FIX = "Delete it; type the text anew where you cannot see it."
_ALIKE_FIX = "Type the word anew in one alphabet: searches do not find it as it is."


def verify_characters(tables: dict[str, TypedTable]) -> Iterator[Problem]:
    """A problem for every text with an invisible character, or with letters that pass for those of another alphabet."""
    for name, table in tables.items():
        for row in table.rows:
            for column, value in row.values.items():
                # isascii first, because it answers fast for nearly every cell; control characters were refused before.
                if not isinstance(value, str) or value.isascii():
                    continue
                if found := unseen(value):
                    yield Problem(table.file, row.line, column, value, f"contains {found}", _INVISIBLE_FIX)
                elif name not in AS_PRINTED and (found := look_alike(value)):
                    yield Problem(table.file, row.line, column, value, f"contains {found}", _ALIKE_FIX)
