"""Draw cards under filters chosen at random and print their texts, for a reader who checks them.

python -m tools.card_sample --seed 20261128 [--number 60] [--without statistics,horizon]

Pairs of a card and a choice of filters are drawn until enough of them give a card; some filters leave nothing to show.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Collection, Iterator

from cards.card import Card, FiguresCard
from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from warehouse.query_cache import vocabulary

# s, S: one or two sectors; d: side; c: country; r: region of the EU; t: US state; y: years.
KINDS = ("", "s", "d", "c", "y", "sd", "sy", "cy", "dy", "sc", "sdy", "S", "r", "t", "sr", "ty")
MAX_DRAWS_EACH = 100


def choose_filters(draw: random.Random, kind: str) -> Filters:
    """Filters of a kind, with values drawn from those that the pages offer."""
    known = vocabulary()
    sectors, countries = sorted(known.sectors), sorted(known.countries)
    filters = Filters()
    if "s" in kind:
        filters = Filters(sectors=(draw.choice(sectors),))
    if "S" in kind:
        filters = Filters(sectors=tuple(sorted(draw.sample(sectors, 2))))
    sides = (draw.choice(["EU", "OTHER", "US"]),) if "d" in kind else ()
    chosen_countries = (draw.choice(countries),) if "c" in kind else ()
    first = draw.randint(2008, 2020) if "y" in kind else None
    last = draw.choice([None, first, first + draw.randint(1, 5)]) if first else None
    regions = (draw.choice(sorted(known.regions)),) if "r" in kind else ()
    states = (draw.choice(sorted(known.states)),) if "t" in kind else ()
    return Filters(filters.sectors, sides, chosen_countries, first, last, regions, states)


def sample(seed: int, number: int, without: Collection[str] = ()) -> list[tuple[str, Filters, Card]]:
    """Name, filters and card of each of the cards drawn; ``without`` names pages whose cards are left out.

    Raises ValueError when too few pairs give a card.
    """
    draw = random.Random(seed)
    names = sorted(name for name, definition in CATALOGUE.items() if definition.page not in without)
    shown: list[tuple[str, Filters, Card]] = []
    seen: set[tuple[str, Filters]] = set()
    for _ in range(MAX_DRAWS_EACH * number):
        pair = draw.choice(names), choose_filters(draw, draw.choice(KINDS))
        if pair not in seen:
            seen.add(pair)
            if card := make_card(*pair):
                shown.append((*pair, card))
        if len(shown) == number:
            return shown
    raise ValueError(f"only {len(shown)} of {number} cards in {MAX_DRAWS_EACH * number} draws")


def texts(card: Card) -> Iterator[tuple[str, str]]:
    """Each text of a card with its name: title, subtitle, figures, what is not counted, alternative text."""
    yield "title", card.title
    yield "subtitle", card.subtitle
    if isinstance(card, FiguresCard):
        for figure in card.figures:
            yield figure.label, f"{figure.value}. {figure.note}"
    if card.not_counted:
        yield "not counted", card.not_counted
    alt = str(getattr(card, "alt", "") or (card.chart.alt if card.chart else ""))
    if alt:
        yield "alternative text", alt
    yield "method", card.method


def main() -> None:
    """Print the sample."""
    parser = argparse.ArgumentParser(description="Draw cards under random filters and print their texts.")
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--number", type=int, default=60, help="how many cards (60)")
    parser.add_argument("--without", default="", help="pages whose cards are left out, separated by commas")
    arguments = parser.parse_args()
    drawn = sample(arguments.seed, arguments.number, arguments.without.split(","))
    for number, (name, filters, card) in enumerate(drawn, 1):
        print(f"{number}. {name} | {filters.describe(vocabulary())}")
        for part, text in texts(card):
            print(f"   {part}: {text}")


if __name__ == "__main__":
    main()
