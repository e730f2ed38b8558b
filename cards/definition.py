"""How a card is defined: its name, page, filters, choices and the function that builds it.

A definition is made once and serves page, workshop, embedded frame and files. To add a card, decorate a function in a
module of ``cards.definitions`` with ``define``; the function returns a Card, or None when nothing is left to show.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from cards.applied import applied_filters
from cards.card import NO_FILTER_APPLIES, Card
from domain.filters import Filters
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import possible_matches

# URL parameters of one page beside the shared filters: name to values.
CardChoices = Mapping[str, tuple[str, ...]]
NO_CHOICES: CardChoices = {}
OPEN_YEARS = ("since ", "until ")
MAX_SCOPE_CHARS = 60  # a longer description of the filters stands in the subtitle only


@dataclass(frozen=True)
class CardRequest:
    """What a card is asked for: the filters that restrict it, as such and as text, and the choices of its page."""

    filters: Filters
    filter_label: str
    choices: CardChoices

    @property
    def scope(self) -> str:
        """Names the filter of a denominator: '' without one, ' for Energy; 2015 to 2017', ' for this filter' if long."""
        return _scope(self.filters)

    def scope_for(self, population: Population) -> str:
        """The same for a population that only some of the filters restrict: years do not restrict organisations."""
        return _scope(self.filters.only(population.record_type.filters))

    def choice(self, name: str, default: str = "") -> str:
        """The value chosen last under a name."""
        values = self.choices.get(name, ())
        return values[-1] if values else default


def _scope(filters: Filters) -> str:
    if filters.is_empty():
        return ""
    label = filters.describe(vocabulary())
    if len(label) > MAX_SCOPE_CHARS:
        return " for this filter"
    # 'since 2015' and 'until 2017' follow a noun as they are.
    return f" {label}" if label.startswith(OPEN_YEARS) else f" for {label}"


Counted = Callable[[CardRequest], tuple[Population, Filters]]


@dataclass(frozen=True, kw_only=True)
class CardDefinition:
    """A card by name. ``page`` shows it; ``population`` is what it counts, for "might match" and for empty states.

    ``filters`` names the shared filters that restrict it, by default those of the record type counted;
    ``sector_scheme`` is 'theme' or 'traded_cluster' where only sectors of that scheme do. ``choices`` are the URL
    parameters that it reads beside the filters, with their default where it is fixed. ``counted`` gives the population
    and the filters that those choices lead to, where they differ from ``population`` and the filters of the request.
    """

    name: str
    page: str
    build: Callable[[CardRequest], Card | None]
    population: Population | None
    filters: tuple[str, ...]
    sector_scheme: str = ""
    choices: tuple[str, ...] = ()
    noun: str = ""
    counted: Counted | None = None

    @property
    def plural(self) -> str:
        """What is missing when there is no card."""
        return self.noun or (self.population.name_of_many if self.population else "figures")

    def make(self, filters: Filters, choices: CardChoices = NO_CHOICES) -> Card | None:
        """The card for these filters and choices; None when they leave nothing to show."""
        applied = applied_filters(filters, self.filters, self.sector_scheme)
        label = applied.describe(vocabulary())
        request = CardRequest(applied, label, choices)
        card = self.build(request)
        if card is None:
            return None
        return replace(
            card,
            key=self.name,
            filters=applied,
            filter_label=label if self.filters else NO_FILTER_APPLIES,
            not_counted=card.not_counted or self._not_counted(request),
        )

    def _not_counted(self, request: CardRequest) -> str:
        """How many records might match, as a sentence; empty when there are none or they are not to be shown."""
        population, filters = self.counted(request) if self.counted else (self.population, request.filters)
        if population is None or filters.is_empty() or not filters.show_possible:
            return ""
        return run_query(possible_matches, population, filters).describe()


CATALOGUE: dict[str, CardDefinition] = {}


def define(
    name: str,
    *,
    page: str,
    population: Population | None = None,
    filters: tuple[str, ...] | None = None,
    sector_scheme: str = "",
    choices: tuple[str, ...] = (),
    noun: str = "",
    counted: Counted | None = None,
) -> Callable[[Callable[[CardRequest], Card | None]], Callable[[CardRequest], Card | None]]:
    """Put the decorated function into the catalogue under a name. ValueError for a name that is taken.

    Without ``filters`` the card follows those of its population's record type; ``()`` means that none applies.
    """
    if filters is None:
        filters = population.record_type.filters if population else ()

    def register(build: Callable[[CardRequest], Card | None]) -> Callable[[CardRequest], Card | None]:
        if name in CATALOGUE:
            raise ValueError(f"there are two cards of the name {name}")
        CATALOGUE[name] = CardDefinition(
            name=name,
            page=page,
            build=build,
            population=population,
            filters=filters,
            sector_scheme=sector_scheme,
            choices=choices,
            noun=noun,
            counted=counted,
        )
        return build

    return register
