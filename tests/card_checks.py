"""Compares a card with what tests/expected works out, for filters of every kind."""

import random
from collections.abc import Collection, Mapping
from typing import Any

import pytest

from cards.card import Card, FiguresCard
from cards.catalogue import make_card
from charts.chart import Chart
from domain.filters import Filters, Vocabulary
from tests.expected import horizon, horizon_records
from tests.expected.builds import BUILDS
from tests.expected.cards import Build, Expected
from tests.expected.texts import Token, applied, label, problem
from tests.oracle import NO_FILTER, Oracle
from tests.oracle_records import Chosen

TYPICAL: Mapping[str, Chosen] = {
    "no filter": NO_FILTER,
    "France": Chosen(countries=("FR",)),
    "Poland": Chosen(countries=("PL",)),
    "energy": Chosen(sectors=("energy",)),
    "water": Chosen(sectors=("water",)),
    "2015 to 2017": Chosen(year_from=2015, year_to=2017),
    "since 2018": Chosen(year_from=2018),
    "side US": Chosen(sides=("US",)),
    "side US, 2015 to 2017": Chosen(sides=("US",), year_from=2015, year_to=2017),
    "two sectors": Chosen(sectors=("energy", "aerospace")),
    "a traded cluster": Chosen(sectors=("tc-aerospace-vehicles-and-defense",)),
    "one name in both schemes": Chosen(sectors=("business-services", "tc-business-services")),
    "a region of the EU": Chosen(regions=("es-catalonia",)),
    "states": Chosen(states=("US-OH", "US-MA"), year_from=2012),
    "nearly nothing": Chosen(sectors=("water",), countries=("LV",)),
    "more words than a title holds": Chosen(
        sectors=("energy", "ict"), sides=("EU", "US"), countries=("FR", "DE", "US"), year_from=2010, year_to=2016
    ),
}
FIRST_YEAR, LAST_YEAR = 2009, 2025
# Cards that not every filter restricts, and what they count; of the others the label names all.
COUNTED = {
    "stories": "success_stories",
    "policy_kinds": "policies",
    "conclusions": "policies",
    "co_targets": "projects",
    "generations": "projects",
    "opportunities": "opportunities",
    "target_countries": "projects",
}
WITHOUT_FILTERS = ("usa_share", "partnership_waffle", "source_coverage", "documents")
SEVERAL_MARKS = ("co_targets",)  # a record has a mark for each of its countries, and none without a country


def to_filters(chosen: Chosen) -> Filters:
    """The choice as the product takes it."""
    return Filters(*chosen)


def sampled(count: int, sample: int) -> list[Any]:
    """The numbers of random choices as parameters: the first of them for `make test`, the others for `make soak`."""
    return [pytest.param(number, marks=() if number < sample else pytest.mark.soak) for number in range(count)]


def random_choices(number: int, seed: int, known: Vocabulary) -> tuple[Chosen, ...]:
    """Choices of filters drawn with a fixed seed; each filter is set in some of them, most in about every other one."""
    draw = random.Random(seed)

    def some(values: Collection[str], chance: float) -> tuple[str, ...]:
        return tuple(draw.sample(sorted(values), draw.randint(1, 3))) if draw.random() < chance else ()

    def choice() -> Chosen:
        first = draw.randint(FIRST_YEAR, LAST_YEAR) if draw.random() < 0.4 else None
        last = draw.randint(first or FIRST_YEAR, LAST_YEAR) if draw.random() < 0.4 else None
        sides, countries = some(("EU", "US", "OTHER"), 0.35), some(known.countries, 0.4)
        regions, states = some(known.regions, 0.15), some(known.states, 0.15)
        return Chosen(some(known.sectors, 0.5), sides, countries, first, last, regions, states)

    return tuple(choice() for _ in range(number))


def card_problems(
    oracle: Oracle,
    name: str,
    chosen: Chosen,
    build: Build | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> list[str]:
    """What a card says wrongly; empty when all is as expected. ``choices`` are those of the page beside the filters."""
    card = make_card(name, to_filters(chosen), choices or {})
    expected = (build or BUILDS[name])(oracle, chosen)
    if card is None or expected is None:
        is_wrong = (card is None) is not (expected is None)
        return [f"{name}: {'no card' if card is None else 'a card'} where the opposite is expected"] if is_wrong else []
    found = [*_text_problems(card, expected), *_evidence_problems(card, expected), *_chart_problems(card, expected)]
    if card.filter_label != (expected.filters or _filter_label(oracle, name, chosen)):
        found.append(f"its filters are {card.filter_label!r}")
    return [f"{name} under {chosen}: {one}" for one in found]


def _text_problems(card: Card, expected: Expected) -> list[str]:
    alt = str(getattr(card, "alt", "") or (card.chart.alt if card.chart else ""))
    texts: list[tuple[str, str, list[Token]]] = [
        ("title", card.title, expected.title),
        ("subtitle", card.subtitle, expected.subtitle),
        ("note", card.not_counted, expected.note),
        ("alt", alt, expected.alt),
    ]
    if isinstance(card, FiguresCard):
        for figure, (value, note) in zip(card.figures, expected.figures, strict=True):
            texts += [(f"{figure.key} value", figure.value, value), (f"{figure.key} note", figure.note, note)]
    return [f"{part}: {wrong}" for part, text, tokens in texts if (wrong := problem(text, tokens))]


def _evidence_problems(card: Card, expected: Expected) -> list[str]:
    found = [(part.table, sorted(part.record_ids)) for part in card.all_evidence]
    wanted = [(table, sorted(ids)) for table, ids in expected.evidence]
    return [] if found == wanted else [f"evidence differs: {_difference(found, wanted)}"]


def _difference(found: list[tuple[str, list[str]]], wanted: list[tuple[str, list[str]]]) -> str:
    if [table for table, _ in found] != [table for table, _ in wanted]:
        return f"tables {[table for table, _ in found]}"
    pairs = zip(found, wanted, strict=True)
    return "; ".join(f"{table} {sorted(set(own) ^ set(right))[:5]}" for (table, own), (_, right) in pairs)


def _chart_problems(card: Card, expected: Expected) -> list[str]:
    """Bars as drawn and as handed to files: the same values as expected, each under its name; every record a mark."""
    if card.chart is None:
        return []
    missing = _mark_problems(card, card.chart, expected)
    if card.chart.data is None or expected.bars is None:
        return missing
    data = card.chart.data
    bars = dict(zip(data.categories, zip(*(series.values for series in data.series), strict=True), strict=True))
    found = missing + ([] if bars == expected.bars else [f"bars {set(bars.items()) ^ set(expected.bars.items())}"])
    # A bar with a base is a period.
    traces = [trace for trace in card.chart.figure["data"] if trace["type"] == "bar" and "base" not in trace]
    drawn = [(trace["y"], trace["x"]) for trace in traces]
    wanted = [(list(data.categories), list(series.values)) for series in data.series]
    return found if not drawn or drawn == wanted else [*found, "the figure draws other values than its data"]


def _mark_problems(card: Card, chart: Chart, expected: Expected) -> list[str]:
    """Where a chart draws records one by one: exactly those of the evidence, each once, and named in the list."""
    if chart.marks is None:
        return []
    found = []
    for figure in filter(None, (chart.figure, chart.narrow)):
        drawn = [data[0] for trace in figure["data"] for data in trace["customdata"] if data[0]]
        wanted = expected.evidence[0][1]
        is_wrong = not set(drawn) <= wanted if card.key in SEVERAL_MARKS else sorted(drawn) != sorted(wanted)
        found += ["other records are drawn than counted"] if is_wrong else []
        found += ["other records are listed than drawn"] if set(drawn) != set(chart.marks.names) else []
    return found


def _filter_label(oracle: Oracle, name: str, chosen: Chosen) -> str:
    if name in WITHOUT_FILTERS:
        return "none applies to this figure"
    if name in horizon.BUILDS:
        return label(oracle, horizon_records.applied(oracle, chosen)) or "no filter"
    own = applied(chosen, COUNTED[name]) if name in COUNTED else chosen
    return label(oracle, own) or "no filter"
