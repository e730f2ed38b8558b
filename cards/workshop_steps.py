"""The steps of the workshop mode: declared in data/workshop_steps.csv, each filled with its card for the filters.

Files hold the same steps, and further figures behind them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cards.applied import applied_filters
from cards.card import Card, FiguresCard, TextsCard
from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from domain.frames import records
from domain.pages import page
from warehouse import queries, query_cache

CLOSING = "documents"  # the card that files replace by a list of their own sources
# Figures of the pages that files hold besides the steps, in this order.
FURTHER = ("usa_share", "statuses", "who_with_whom", "map_europe", "map_usa", "policy_kinds", "event_dates")


@dataclass(frozen=True)
class Step:
    """A declared step: number from 1, name of its card in the catalogue, title, question and speaker note."""

    number: int
    name: str
    title: str
    question: str
    note: str


@dataclass(frozen=True)
class FilledStep:
    """A step with its card; ``name`` is that of the card, ``note`` the speaker note.

    ``card`` is None when the filters leave nothing to show. ``empty`` is then the sentence to show, and ``not_counted``
    says how many records might match; it is empty when there are none. ``is_further``: a figure of files alone.
    """

    name: str
    title: str
    question: str
    note: str
    card: Card | None
    empty: str
    not_counted: str = ""
    is_further: bool = False

    @property
    def heading(self) -> str:
        """The one sentence of the slide: what the card finds; the question above figures, the name of a story."""
        match self.card:
            case None:
                return self.empty
            case FiguresCard():
                return self.question
            case TextsCard():
                name, count = self.card.rows["title"].iloc[0], len(self.card.rows)
                return f"{name}, one of {self.card.title}" if count > 1 else f"{name}: {self.card.title}"
            case _:
                return self.card.title


def declared_steps() -> tuple[Step, ...]:
    """The steps of data/workshop_steps.csv in order."""
    rows = query_cache.run_query(queries.workshop_steps)
    return tuple(
        Step(int(row["step"]), row["chart"], row["title"], row["question"], row["note"]) for row in records(rows)
    )


def fill_step(step: Step, filters: Filters) -> FilledStep:
    """The step with its card for these filters."""
    definition = CATALOGUE[step.name]
    card = make_card(step.name, filters)
    applied = applied_filters(filters, definition.filters, definition.sector_scheme)
    return FilledStep(
        step.name,
        step.title,
        step.question,
        step.note,
        card,
        empty=f"No {definition.plural} for this filter: {applied.describe(query_cache.vocabulary())}.",
        not_counted="" if card else definition.not_counted(applied),
    )


def steps_of_files(filters: Filters) -> tuple[FilledStep, ...]:
    """The steps without the closing one, and then the further figures, with the questions of their pages."""
    declared = declared_steps()
    own = [fill_step(step, filters) for step in declared if step.name != CLOSING]
    titles, shown = query_cache.labels("workshop_steps.chart"), {step.name for step in declared}
    further = [
        Step(0, name, titles[name], page(CATALOGUE[name].page).question, "") for name in FURTHER if name not in shown
    ]
    return (*own, *(replace(fill_step(step, filters), is_further=True) for step in further))


def slide_numbers(filled: Mapping[int, FilledStep], current: int) -> list[int]:
    """Numbers of the steps to show: those with a card, and the current one, which says that the filters leave nothing.

    Someone who asks about a sector in front of a slide gets the answer there, and no empty slides elsewhere.
    """
    return [number for number in sorted(filled) if filled[number].card or number == current]
