"""What the columns mean that a card computes, beside those that the database itself describes."""

from collections.abc import Mapping
from types import MappingProxyType

from warehouse import answers, dictionary

# Columns whose name alone would find the words of another table.
_OF_A_CARD: Mapping[tuple[str, str], str] = MappingProxyType({
    ("headlines", "label"): "What the figure counts.",
    ("headlines", "value"): "The figure: k of n, or a count.",
    ("headlines", "note"): "Denominator, dates and limits of the figure.",
    ("co_targets", "project"): "Short name of the partnership.",
    ("co_targets", "country"): "Country that the partnership lists as a target.",
    ("compare", "sector"): "Name of the sector that is compared.",
})
_IN_ANY_CARD: Mapping[str, str] = MappingProxyType({
    "period": "Start, end and precision of the date in words, as exact as the source.",
    "words": "k of n with the rate where n is large enough; in quotation marks a percentage as the source prints it.",
    "count": "Number of records of this kind and status.",
    "sector": "Name of the theme or traded cluster; a record with several counts once in each.",
    "country": "Name of the country.",
    "eu_organisations": "Cluster organisations of the EU side with this sector.",
    "us_organisations": "Cluster organisations of the US side with this sector.",
    "projects": "Projects with this sector, or that list this country as a target.",
    "cooperations": "Links with this sector.",
    "events": "Events with this sector.",
    "policies": "Policy instruments with this sector.",
    "targets": "Countries that projects of this sector list as targets.",
    "stories": "Success stories with this sector.",
    "opportunities": "Opportunities that the discussion paper sees in this sector.",
    "where_it_stands": "Documents and places in them on which the row rests; [field] where a place speaks of one field only.",
})
# Views that a card may show beside the table of its evidence.
_OTHER_VIEWS = ("usa_share", "escp4i_generations")

_TYPES = {"VARCHAR": "text", "VARCHAR[]": "list", "DATE": "date", "BOOLEAN": "yes or no", "DOUBLE": "number"}


def meaning(field: str, table: str, card: str = "") -> str:
    """What a column means; empty when neither the schema nor this module says it.

    ``table`` is that of the evidence, ``card`` the key of the card that shows the column.
    """
    if (card, field) in _OF_A_CARD:
        return _OF_A_CARD[card, field]
    for view in (table, *(_OTHER_VIEWS if card else ())):
        _, words = answers.ask(dictionary.columns, view).get(field, ("", ""))
        if words:
            return words
    return _IN_ANY_CARD.get(field, "")


def declared_kind(field: str, table: str) -> str:
    """Kind of a column by the schema (text, list, date, yes or no, number, whole number); empty for a computed one."""
    declared, _ = answers.ask(dictionary.columns, table).get(field, ("", ""))
    return _TYPES.get(declared, "whole number") if declared else ""


def terms(vocabulary: str) -> tuple[tuple[str, str], ...]:
    """Label and definition of each term of a vocabulary (``table.column``); empty for any other column."""
    return answers.ask(dictionary.terms).get(vocabulary, ())
