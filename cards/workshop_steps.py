"""The steps of the workshop: declared in data/workshop_steps.csv, filled with cards for the live filters."""

from dataclasses import dataclass

from cards.card import Card
from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from warehouse import queries, query_cache


@dataclass(frozen=True)
class Step:
    """A declared step: number from 1, name of its card, and what is said with it."""

    number: int
    name: str
    title: str
    question: str
    note: str


@dataclass(frozen=True)
class Section:
    """A step with its card: card is None when the filters leave nothing, and ``empty`` says so."""

    name: str
    title: str
    question: str
    note: str
    card: Card | None
    empty: str


def steps() -> tuple[Step, ...]:
    """The steps in order."""
    rows = query_cache.run_query(queries.workshop_steps)
    return tuple(Step(int(row.step), row.chart, row.title, row.question, row.note) for row in rows.itertuples())


def section(step: Step, filters: Filters) -> Section:
    """A step for these filters."""
    empty = f"No {CATALOGUE[step.name].noun} for this filter: {filters.describe(query_cache.vocabulary())}."
    return Section(step.name, step.title, step.question, step.note, make_card(step.name, filters), empty)
