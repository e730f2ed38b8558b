"""What a file of one card is called: the card and the choices that made it, not its finding."""

from collections.abc import Iterable

from cards.card import Card


def card_subject(card: Card, choices: Iterable[tuple[str, str]] = ()) -> str:
    """'partner shortlist lyonbiopole': name of the card, and the values that were chosen for it on its page."""
    return " ".join([card.key.replace("_", " "), *(value for _, value in choices)])
