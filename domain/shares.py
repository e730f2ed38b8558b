"""Arithmetic after filtering: shares that never lose their denominator, counts and findings."""

from dataclasses import dataclass

import pandas as pd

# Below this many cases a percentage says more than the data do.
MIN_RATE_BASE = 5
# From this many cases on a decimal carries information.
DECIMAL_RATE_BASE = 100


@dataclass(frozen=True)
class Share:
    """k of n of a named population; renders itself only with all three."""

    numerator: int
    denominator: int
    population: str

    def __post_init__(self) -> None:
        if not 0 <= self.numerator <= self.denominator:
            raise ValueError(
                f"A share needs 0 <= k <= n, got {self.numerator} of {self.denominator} {self.population}."
            )
        if not self.population:
            raise ValueError("A share needs the population it is a share of.")

    @property
    def fraction(self) -> float | None:
        """k / n, or None when n is too small for a rate."""
        return self.numerator / self.denominator if self.denominator >= MIN_RATE_BASE else None

    @property
    def percent(self) -> str:
        """'72 %' (with a space that does not break), with one decimal from n = 100 on; empty when n is too small for a rate."""
        if self.fraction is None:
            return ""
        digits = 1 if self.denominator >= DECIMAL_RATE_BASE else 0
        return f"{self.fraction * 100:.{digits}f}\u00a0%"

    @property
    def rate(self) -> str:
        """' (72 %)', or nothing when n is too small for a rate."""
        return f" ({self.percent})" if self.percent else ""

    def __str__(self) -> str:
        return f"{self.numerator:,} of {self.denominator:,} {self.population}{self.rate}"


def with_words(readings: pd.DataFrame) -> pd.DataFrame:
    """The readings of view usa_share with a column ``words``: '18 of 25 (72 %)', the population beside it.

    A percentage that a source prints without k and n stays a quotation with its own decimals.
    """
    return readings.assign(words=[_reading_words(row) for row in readings.to_dict("records")])


def _reading_words(row: dict) -> str:
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return f"“{row['share'] * 100:.2f}\u00a0%”"
    share = Share(int(row["numerator"]), int(row["denominator"]), row["population"])
    return f"{share.numerator} of {share.denominator}{share.rate}"


def leader(counts: pd.DataFrame, label: str, value: str) -> tuple[str, int] | None:
    """The row with the highest count, or None when it ties or fewer than five cases stand behind it.

    ``counts`` has one row per category with columns ``label`` and ``value`` (a count).
    """
    if counts.empty or counts[value].sum() < MIN_RATE_BASE:
        return None
    ranked = counts.sort_values(value, ascending=False, kind="stable")
    if len(ranked) > 1 and ranked[value].iloc[0] == ranked[value].iloc[1]:
        return None
    return str(ranked[label].iloc[0]), int(ranked[value].iloc[0])


def names(items: list[str], most: int = 3) -> str:
    """'A', 'A and B', 'A, B, C and 2 more'."""
    if len(items) > most:
        return f"{', '.join(items[:most])} and {len(items) - most} more"
    return " and ".join(filter(None, (", ".join(items[:-1]), items[-1]))) if items else ""


def plural(count: int, one: str, many: str | None = None) -> str:
    """'1 project', '18 projects'."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def agree(count: int, one: str, many: str) -> str:
    """The verb that goes with a number: 'is' for 1, 'are' for 0 and from 2 on."""
    return one if count == 1 else many
