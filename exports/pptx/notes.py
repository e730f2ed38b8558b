"""Notes of the slides: what to say, how the figure was computed, and every source with its locators."""

from typing import Any

import pandas as pd

from cards.card import Card, MapCard
from cards.tables import NOT_STATED
from cards.workshop_steps import FilledStep
from domain.evidence import Evidence
from domain.text import as_date, format_period
from exports.content import Content, sources_of
from exports.plain_text import clean
from exports.pptx.text import one_line

ABSENCE_NOTE = "A missing record does not mean that nothing exists."
COUNT_NOTE = f"Figures count the records in this database. {ABSENCE_NOTE}"


class Notes:
    """Writes the notes of one presentation; the list of sources is made once for cards with the same evidence."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._sources: dict[tuple[Evidence, ...], str] = {}

    def of(self, step: FilledStep, aside: str = "") -> str:
        """Notes of a step: question, note, aside, method, alternative text, filters, release and sources."""
        card = step.card
        parts = [step.question, step.note]
        if card is None:
            return "\n\n".join([*parts, step.empty, _origin(card, self._content)])
        parts += [aside, f"{card.title}. {card.note}", f"How computed: {card.method}"]
        if alt := _alt(card):
            parts.append(f"Description: {alt}")
        evidence = card.all_evidence
        if evidence not in self._sources:
            self._sources[evidence] = source_list(sources_of(evidence), "Sources of this slide")
        parts += [_origin(card, self._content), self._sources[evidence]]
        return "\n\n".join(part for part in parts if part)


def filter_line(card: Card | None, content: Content) -> str:
    """The filters that apply to a card, or those of the content without a card."""
    return f"Filters: {card.filter_label if card else content.filter_label}"


def source_list(sources: pd.DataFrame, heading: str) -> str:
    """Numbered list of the sources: title, publisher, locators, URL, day of access and licence."""
    if sources.empty:
        return f"{heading}: none."
    lines = [f"{heading} ({len(sources)}):"]
    for number, row in enumerate(sources.to_dict("records"), start=1):
        accessed = as_date(row["accessed_on"])
        details = [
            cell_text(row["url"], ""),
            f"accessed {format_period(accessed, accessed, 'day')}" if accessed else "",
            f"licence: {cell_text(row['licence'])}",
        ]
        lines.append(
            f"{number}. {one_line(row['title'])}. {cell_text(row['publisher'])}. {'; '.join(row['locators'])}. "
            + ", ".join(detail for detail in details if detail)
        )
    return "\n".join(lines)


def cell_text(value: Any, missing: str = NOT_STATED) -> str:
    """A cell of a frame as text; ``missing`` where it is blank."""
    return missing if pd.isna(value) or not str(value).strip() else one_line(value)


def _origin(card: Card | None, content: Content) -> str:
    return clean(
        f"{filter_line(card, content)}. {content.release_line}; slides created on "
        f"{format_period(content.made_on, content.made_on, 'day')}."
    )


def _alt(card: Card) -> str:
    if card.chart:
        return card.chart.alt
    return card.alt if isinstance(card, MapCard) else ""
