"""Rows that have the same key after one record took over the references of another."""

from etl.errors import EtlError
from etl.maintain.facts import Facts
from etl.maintain.sheets import Sheet, StoredRow

# Where rows differ in this column only, the first of these values stays: a source states more than we assign.
_STRONGER = {"basis": ("stated", "assigned")}


def settle_duplicates(facts: Facts, old: str, new: str) -> None:
    """Keep one of several rows with one key. Raises EtlError when they differ in what only a person can decide."""
    problems = [problem for sheet in facts.sheets.values() for problem in _settle(sheet)]
    if problems:
        raise EtlError("\n".join([*problems, f"{old} and {new} contradict each other: mend one of them first."]))


def _settle(sheet: Sheet) -> list[str]:
    first: dict[tuple[str, ...], StoredRow] = {}
    problems: list[str] = []
    for row in list(sheet.rows):
        key = tuple(row.cells[column] for column in sheet.table.key or sheet.header)
        other = first.setdefault(key, row)
        if other is row:
            continue
        differing = [column for column in sheet.header if row.cells[column] != other.cells[column]]
        if len(differing) == 1 and differing[0] in _STRONGER:
            order = _STRONGER[differing[0]].index
            value = min(row.cells[differing[0]], other.cells[differing[0]], key=order)
            sheet.change(other, {differing[0]: value})
        elif differing:
            values = ", ".join(f"{c} '{other.cells[c]}' and '{row.cells[c]}'" for c in differing)
            problems.append(f"{sheet.file}: two rows {'|'.join(key)} differ: {values}.")
            continue
        sheet.remove(row)
    return problems
