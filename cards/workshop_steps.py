"""The steps of the workshop: declared in data/workshop_steps.csv, filled with cards for the live filters."""

from dataclasses import dataclass

from cards.card import Card
from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from domain.frames import records
from warehouse import queries, query_cache


@dataclass(frozen=True)
class Step:
    """A declared step: number from 1, name of its card, title, question and speaker note."""

    number: int
    name: str
    title: str
    question: str
    note: str


@dataclass(frozen=True)
class FilledStep:
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
    return tuple(
        Step(int(row["step"]), row["chart"], row["title"], row["question"], row["note"]) for row in records(rows)
    )


def fill_step(step: Step, filters: Filters) -> FilledStep:
    """A step for these filters."""
    definition = CATALOGUE[step.name]
    label = filters.only(definition.filters).describe(query_cache.vocabulary())
    empty = f"No {definition.plural} for this filter: {label}."
    return FilledStep(step.name, step.title, step.question, step.note, make_card(step.name, filters), empty)
