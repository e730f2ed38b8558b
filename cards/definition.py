"""Definitions of cards: name, page, filters, choices and the function that builds the card.

Each card is defined once for page, workshop mode, embedded card and files. To add one, decorate a function in a module
of ``cards.definitions`` with ``define``; the function returns a Card, or None when the filters leave nothing to show.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace

from cards.applied import applied_filters
from cards.card import NO_FILTER_APPLIES, Card
from domain.filters import SIDES, YEARS, Filters
from domain.records import DATED, RAN
from domain.text import format_choice
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import possible_matches

# URL parameters of one page besides the shared filters: name to values.
CardChoices = Mapping[str, tuple[str, ...]]
NO_CHOICES: CardChoices = {}
OPEN_YEARS = ("since ", "until ")
# Tables whose records match a side by one of several organisations, and what such an organisation is of the record.
_MATCHES_BY = {"cooperations": "party", "success_stories": "party", "projects": "member"}
PARTY_OF = {"EU": "of the EU side", "US": "of the US side", "OTHER": "of neither side"}
MAX_SCOPE_CHARS = 60  # a title does not repeat a longer description of the filters


@dataclass(frozen=True)
class CardRequest:
    """Input of a card: the filters that restrict it, their description, and the choices of its page.

    ``marked_sectors`` are those of the shared filters, for a card of all sectors that they mark but do not restrict.
    """

    filters: Filters
    filter_label: str
    choices: CardChoices
    marked_sectors: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """Filter of a denominator: '', ' for Energy; 2015 to 2017', or ' for this filter' where that is too long."""
        return _scope(self.filters)

    def scope_for(self, population: Population) -> str:
        """``scope`` for a population that only some filters restrict, e.g. organisations, which have no years.

        Where its years are those in which a record begins: ' for Energy, begun 2015 to 2017'; where a record runs for
        years: ' for Energy, that ran in 2015 or later'.
        """
        record_type = population.record_type
        kept = self.filters.only(record_type.filters)
        if record_type.table in _MATCHES_BY and "OTHER" in kept.sides:
            # One of the EU and the US side matches by a third party: it is not itself of neither side.
            return _with_party(kept, _MATCHES_BY[record_type.table], record_type.years_verb)
        return _scope(kept, record_type.years_verb)

    def scope_by(self, names: Collection[str]) -> str:
        """``scope`` where only the filters of these names restrict what is counted."""
        return _scope(self.filters.only(names))

    def choice(self, name: str) -> str:
        """The last value of a choice; empty when there is none."""
        return _last(self.choices, name)

    def chosen(self, name: str, options: Collection[str]) -> str:
        """The last value of a choice where it is one of the options, else the first option."""
        return chosen(self.choices, name, options)


def chosen(choices: CardChoices, name: str, options: Collection[str], default: str = "") -> str:
    """The last value of a choice where it is one of the options, else ``default``, or else the first option."""
    value = _last(choices, name)
    return value if value in options else default or next(iter(options))


def _last(choices: CardChoices, name: str) -> str:
    return (choices.get(name) or ("",))[-1]


def _scope(filters: Filters, years_verb: str = "") -> str:
    if filters.is_empty():
        return ""
    label = filters.describe(vocabulary())
    if len(label) > MAX_SCOPE_CHARS:
        return " for this filter"
    if years_verb and YEARS.is_active(filters):
        years, others = YEARS.describe(filters, vocabulary()), YEARS.cleared(filters)
        is_in = years_verb == RAN or (years.isdigit() and years_verb != DATED)
        when = f"{years_verb} {'in ' if is_in else ''}{years}"
        if years_verb == RAN and years.startswith(OPEN_YEARS):
            word, year = years.split()
            when = f"{RAN} in {year} or {'later' if word == 'since' else 'earlier'}"
        return f" {when}" if others.is_empty() else f"{_scope(others)}, {when}"
    # 'since 2015' and 'until 2017' follow a noun as they are.
    return f" {label}" if label.startswith(OPEN_YEARS) else f" for {label}"


def _with_party(filters: Filters, party: str, years_verb: str) -> str:
    """' with a party of neither side for Energy': the scope of records that match by one of several organisations."""
    if len(filters.describe(vocabulary())) > MAX_SCOPE_CHARS:
        return " for this filter"
    sides = [PARTY_OF[side] for side in filters.sides]
    return f" with a {party} {format_choice(sides)}{_scope(SIDES.cleared(filters), years_verb)}"


Counted = Callable[[CardRequest], tuple[Population, Filters]]
Narrowed = Callable[[Filters, CardChoices], Filters]


@dataclass(frozen=True, kw_only=True, eq=False)  # one of a name, so two are never compared by their fields
class CardDefinition:
    """A named card: how it is built, and where and for which filters it is shown.

    ``page`` is the page with the card; ``population`` the records it counts, used for "might match" and empty states.
    ``filters`` names the shared filters that restrict it; ``sector_scheme`` is 'theme' or 'traded_cluster' where only
    sectors of that scheme apply. ``choices`` are the names of further URL parameters that it reads; ``counted`` gives
    the population and the filters that those choices lead to, where they differ, ``narrowed`` those of the filters that
    restrict the card under its choices. ``noun`` names in the plural what is
    missing when there is no card, by default the population.
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
    narrowed: Narrowed | None = None

    @property
    def plural(self) -> str:
        """Noun in the plural for what is missing when there is no card."""
        return self.noun or (self.population.name_of_many if self.population else "figures")

    def make(self, filters: Filters, choices: CardChoices = NO_CHOICES) -> Card | None:
        """The card for these filters and choices; None when they leave nothing to show."""
        applied = applied_filters(filters, self.filters, self.sector_scheme)
        if self.narrowed:
            applied = self.narrowed(applied, choices)
        label = applied.describe(vocabulary())
        card = self.build(CardRequest(applied, label, choices, filters.sectors))
        if card is None:
            return None
        return replace(
            card,
            key=self.name,
            filters=applied,
            filter_label=label if self.filters else NO_FILTER_APPLIES,
            not_counted=card.not_counted or self.not_counted(applied, choices),
        )

    def make_shared(self, filters: Filters, *choices: tuple[str, ...]) -> Card | None:
        """``make`` with arguments that can be the key of a cache; each choice is a name followed by its values."""
        return self.make(filters, {name: tuple(values) for name, *values in choices})

    def not_counted(self, applied: Filters, choices: CardChoices = NO_CHOICES) -> str:
        """How many records might match, as text; empty when there are none or ``show_possible`` is off."""
        request = CardRequest(applied, "", choices)
        population, filters = self.counted(request) if self.counted else (self.population, applied)
        return might_match(filters, population) if population else ""


def might_match(filters: Filters, *populations: Population) -> str:
    """How many records of each population might match, as text; empty when none does or ``show_possible`` is off."""
    if filters.is_empty() or not filters.show_possible:
        return ""
    notes = [run_query(possible_matches, population, filters).describe() for population in populations]
    return "; ".join(note for note in notes if note)


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
    narrowed: Narrowed | None = None,
) -> Callable[[Callable[[CardRequest], Card | None]], Callable[[CardRequest], Card | None]]:
    """Decorator that adds a function to the catalogue under a name. Raises ValueError for a name that is taken.

    The arguments are the fields of CardDefinition. ``filters`` defaults to those of the population's record type;
    ``()`` means that none applies.
    """
    if filters is None:
        filters = population.record_type.filters if population else ()

    def register(build: Callable[[CardRequest], Card | None]) -> Callable[[CardRequest], Card | None]:
        if name in CATALOGUE:
            raise ValueError(f"two cards are named {name}")
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
            narrowed=narrowed,
        )
        return build

    return register
