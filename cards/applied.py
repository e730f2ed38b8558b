"""Which of the shared filters restrict a card or a register, for files and citations that say so."""

from cards.card import Card, Register
from domain.filters import Filters
from warehouse import query_cache


def applied(shown: Card | Register, filters: Filters) -> Filters:
    """The filters without those that leave the card or register as it is."""
    if not shown.is_filtered:
        return Filters()
    return filters.without(shown.ignores, query_cache.vocabulary().traded_clusters) if shown.ignores else filters


def applied_words(shown: Card | Register, filters: Filters) -> str:
    """They in words: 'Energy; 2015 to 2017', 'no filter', or 'none applies to this figure'."""
    return shown.filters_in_words(applied(shown, filters).describe(query_cache.vocabulary()))


def name_words(shown: Card | Register, filters: Filters) -> str:
    """They as part of the name of a file: 'no filter' where none applies."""
    return applied(shown, filters).describe(query_cache.vocabulary())
