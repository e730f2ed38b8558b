"""Entries of a facet: a value of a record, or the reason why it has none. Text in one form, for SQL and for keys."""

from collections.abc import Iterable, Mapping

from domain.vocabulary import MISSING_REASONS

VALUE, MISSING = "=", "?"  # first character of an entry
NOT_STATED = "not stated"
# What columns of the database hold where nothing is known: no values, but reasons.
NO_VALUES = (*MISSING_REASONS, "unknown")


def value_entry(value: str) -> str:
    """The entry of a value."""
    return VALUE + value


def missing_entry(reason: str) -> str:
    """The entry of the records without a value for this reason."""
    return MISSING + reason


def is_missing(entry: str) -> bool:
    """True for the entry of a reason."""
    return entry.startswith(MISSING)


def text_of(entry: str) -> str:
    """The value, or the reason."""
    return entry[1:]


def values(entries: Iterable[str]) -> tuple[str, ...]:
    """The values among some entries."""
    return tuple(text_of(entry) for entry in entries if not is_missing(entry))


def reasons(entries: Iterable[str]) -> tuple[str, ...]:
    """The reasons among some entries."""
    return tuple(text_of(entry) for entry in entries if is_missing(entry))


def label(entry: str, labels: Mapping[str, str]) -> str:
    """The entry as text; ``labels`` are those of the values."""
    return text_of(entry) if is_missing(entry) else labels.get(text_of(entry), text_of(entry))


def in_order(counts: Mapping[str, int], labels: Mapping[str, str], *, by_value: bool) -> list[str]:
    """The entries with most records first, or by value; reasons come last.

    Values that are numbers are ordered as numbers, others by their label.
    """

    def position(entry: str) -> tuple[bool, int, tuple[bool, float, str]]:
        name = label(entry, labels)
        number = (False, float(text_of(entry)), "") if text_of(entry).isdigit() else (True, 0.0, name.casefold())
        return is_missing(entry), 0 if by_value else -counts[entry], number

    return sorted(counts, key=position)
