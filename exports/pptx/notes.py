"""Notes of the slides: what a speaker says in three to five sentences, and the two sources that matter most."""

from typing import Any

import pandas as pd

from cards.card import Card, FiguresCard
from cards.catalogue import CATALOGUE
from cards.sources import ordered_source_summary
from cards.tables import NOT_STATED
from cards.workshop_steps import FilledStep
from domain.evidence import Evidence
from domain.text import format_locators, plural
from domain.urls import deep_link
from exports.content import Content
from exports.pptx.text import SENTENCE_END, one_line
from settings import load_settings

ABSENCE_NOTE = "A missing record does not mean that nothing exists."
MIN_SENTENCES, MAX_SENTENCES = 3, 5
NAMED_SOURCES = 2  # of a slide; the workbook has all
MAX_LOCATORS = 2  # of each source in the notes


class Notes:
    """Writes the notes of one presentation; the sources are found once for cards with the same evidence."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._sources: dict[tuple[Evidence, ...], pd.DataFrame] = {}

    def of(self, step: FilledStep, card: Card, heading: str) -> str:
        """Notes of a slide of a step: the sentences, its filters and view, and its sources."""
        return "\n\n".join([" ".join(spoken(step, card, heading)), *self._origin(step, card), self._cited(card)])

    def named(self, card: Card) -> pd.DataFrame:
        """The sources that the notes of a card name, most facts first; columns as in warehouse.provenance."""
        return self._all(card).head(NAMED_SOURCES)

    def _all(self, card: Card) -> pd.DataFrame:
        evidence = card.all_evidence
        if evidence not in self._sources:
            self._sources[evidence] = ordered_source_summary(evidence)
        return self._sources[evidence]

    def _origin(self, step: FilledStep, card: Card) -> list[str]:
        lines = [f"{filter_line(card, self._content)}. {self._content.release_line}."]
        if card.not_counted:
            lines.append(f"Not counted: {card.not_counted}.")
        if load_settings().public_url:
            page = CATALOGUE[step.name].page
            lines.append(f"View: {deep_link(page, self._content.filters, self._content.release_id)}")
        return lines

    def _cited(self, card: Card) -> str:
        sources = self._all(card)
        if sources.empty:
            return "Sources: none is cited for these records."
        named = sources.head(NAMED_SOURCES).to_dict("records")
        lines = [f"{row['title']} ({format_locators(list(row['locators']), MAX_LOCATORS)})" for row in named]
        more = len(sources) - len(named)
        rest = f"; and {plural(more, 'more document')}, all in the sheet Sources of the workbook" if more else ""
        return one_line(f"{'Sources' if len(sources) > 1 else 'Source'}: {'; '.join(lines)}{rest}.")


def spoken(step: FilledStep, card: Card, heading: str) -> list[str]:
    """Three to five sentences: the finding, the note of the step, and what is measured or the question where few."""
    finding = step.question if isinstance(card, FiguresCard) else heading
    own = SENTENCE_END.split(step.note) if step.note else []
    sentences = [finding, *own, card.subtitle]
    if len(sentences) < MIN_SENTENCES:
        sentences.append(ABSENCE_NOTE)
    kept = sentences if len(sentences) <= MAX_SENTENCES else [*sentences[: MAX_SENTENCES - 1], card.subtitle]
    return [_sentence(text) for text in kept]


def filter_line(card: Card | None, content: Content) -> str:
    """The filters that apply to a card, or those of the content without a card."""
    return f"Filters: {card.filter_label if card else content.filter_label}"


def cell_text(value: Any, missing: str = NOT_STATED) -> str:
    """A cell of a frame as text; ``missing`` where it is blank."""
    return missing if pd.isna(value) or not str(value).strip() else one_line(value)


def _sentence(text: str) -> str:
    line = one_line(text)
    return line if line.endswith((".", "!", "?")) else f"{line}."
