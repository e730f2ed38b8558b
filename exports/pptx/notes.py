"""What stands in the notes under a slide: what to say, how it was computed, and every source with its places."""

import pandas as pd

from cards.card import Card, Evidence
from cards.tables import NOT_STATED
from domain.text import as_date, format_period
from exports.content import Content, Section, sources_of
from exports.plain_text import clean
from exports.pptx.text import one_line

FIGURES_FROM = "Numbers are of the records known here; no record is no proof that there is none."


class Notes:
    """Writes the notes of one presentation; cards of the same evidence share the work."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._sources: dict[tuple[Evidence, ...], str] = {}

    def of(self, section: Section, aside: str = "") -> str:
        """Notes of a step: its question, note and method, the filters, the release and the sources."""
        card = section.card
        parts = [section.question, section.note]
        if card is None:
            return "\n\n".join([*parts, section.empty, _origin(card, self._content)])
        parts += [aside, f"{card.title}. {card.subtitle}", f"How computed: {card.method}"]
        if alt := _alt(card):
            parts.append(f"In words: {alt}")
        evidence = card.all_evidence
        if evidence not in self._sources:
            self._sources[evidence] = source_list(sources_of(evidence), "Sources of this slide")
        parts += [_origin(card, self._content), self._sources[evidence]]
        return "\n\n".join(part for part in parts if part)


def filter_line(card: Card | None, content: Content) -> str:
    """The filters behind a card in words."""
    return f"Filters: {card.filters_in_words(content.filter_label) if card else content.filter_label}"


def source_list(sources: pd.DataFrame, heading: str) -> str:
    """Every document with publisher, places, address and the day it was read."""
    if sources.empty:
        return f"{heading}: none."
    lines = [f"{heading} ({len(sources)}):"]
    for number, row in enumerate(sources.to_dict("records"), start=1):
        read = as_date(row["accessed_on"])
        tail = [
            words(row["url"], ""),
            f"read on {format_period(read, read, 'day')}" if read else "",
            f"licence: {words(row['licence'])}",
        ]
        lines.append(
            f"{number}. {one_line(row['title'])}. {words(row['publisher'])}. {'; '.join(row['locators'])}. "
            + ", ".join(part for part in tail if part)
        )
    return "\n".join(lines)


def words(value: object, missing: str = NOT_STATED) -> str:
    """A cell of a frame as text, the mark where it is blank."""
    return missing if pd.isna(value) or not str(value).strip() else one_line(value)


def _origin(card: Card | None, content: Content) -> str:
    return clean(
        f"{filter_line(card, content)}. {content.release_line}; slides made on "
        f"{format_period(content.made_on, content.made_on, 'day')}."
    )


def _alt(card: Card) -> str:
    return card.chart.alt if card.chart else getattr(card, "alt", "")
