"""Sheets that the workbook of a workshop and that of a single card share: the rows of a card, and the codebook."""

from collections.abc import Iterable

from cards.card import Card
from cards.sources import source_line
from exports.rows import Column, card_columns, with_reasons
from exports.xlsx.workbook import Sheet


def write_card(sheet: Sheet, card: Card, release_line: str, empty: str) -> tuple[Column, ...]:
    """Write finding, measure, filters, sources, method and rows of a card; returns the columns of its rows.

    ``empty`` is the note where there are no rows.
    """
    columns = with_reasons(card_columns(card))
    sheet.line(card.title, "finding")
    sheet.line(card.note)
    sheet.line(f"Filter: {card.filter_label}")
    sheet.line(f"{source_lines(card)} · {release_line}")
    sheet.line(f"Method: {card.method}")
    sheet.gap()
    sheet.table([c.heading for c in columns], [c.cells for c in columns], empty, max_lines=12)
    return columns


def source_lines(card: Card) -> str:
    """The source lines of all tables that a card rests on."""
    return " · ".join(source_line(evidence) for evidence in card.all_evidence if evidence.record_ids)


def write_codebook(sheet: Sheet, tables: Iterable[tuple[str, tuple[Column, ...]]]) -> None:
    """Write meaning, type and terms of every column of these tables, as pairs of sheet and columns."""
    rows: list[tuple[str, ...]] = []
    for name, columns in tables:
        for column in columns:
            rows.append((name, column.heading, column.field, column.kind, "", column.meaning))
            rows += [(name, column.heading, column.field, "term", *term) for term in column.terms]
    sheet.table(("Sheet", "Column", "Field", "Type", "Term", "Meaning"), list(zip(*rows, strict=True)))
