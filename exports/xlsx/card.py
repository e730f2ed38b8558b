"""The workbook of one card: its rows with finding and sources, what its map draws, and the codebook."""

from datetime import date

from cards.card import Card, MapCard
from exports.rows import map_columns, with_reasons
from exports.xlsx.sheets import MIME
from exports.xlsx.tables import write_card, write_codebook
from exports.xlsx.workbook import Book
from warehouse import query_cache

__all__ = ["MIME", "card_workbook"]


def card_workbook(card: Card, made_on: date, link: str) -> bytes:
    """XLSX of a card; ``link`` is the address of its view. Equal cards of one day give equal bytes."""
    release = query_cache.release_line()
    book = Book(card.title, f"Filter: {card.filter_label}. {release}", made_on)
    rows = book.sheet("Rows")
    tables = [(rows.name, write_card(rows, card, f"{release} · {link}", "No rows for these filters."))]
    if isinstance(card, MapCard):
        for name, columns in map_columns(card).items():
            sheet, typed = book.sheet(name.capitalize()), with_reasons(columns)
            sheet.table([c.heading for c in typed], [c.cells for c in typed], "Nothing is drawn.")
            tables.append((sheet.name, typed))
    write_codebook(book.sheet("Codebook"), tables)
    return book.finish()
