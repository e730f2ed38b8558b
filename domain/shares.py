"""Shares that always carry numerator, denominator and population, and the leading category of a count."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

# With fewer cases a percentage would suggest more precision than the data have.
MIN_RATE_BASE = 5
# From this many cases on, one decimal is meaningful.
DECIMAL_RATE_BASE = 100


@dataclass(frozen=True)
class Share:
    """k of n of a named population: '18 of 25 partnerships (72 %)'."""

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
        """K / n, or None when n is too small for a rate."""
        return self.numerator / self.denominator if self.denominator >= MIN_RATE_BASE else None

    @property
    def percent(self) -> str:
        """'72 %' with a no-break space, with one decimal from n = 100 on; empty when n is too small for a rate.

        Halves are rounded up, in decimals: 23 of 40 is 57.5 %, but 0.575 * 100 is a little less in binary.
        """
        if self.fraction is None:
            return ""
        step = Decimal("0.1") if self.denominator >= DECIMAL_RATE_BASE else Decimal(1)
        percent = (Decimal(100 * self.numerator) / self.denominator).quantize(step, ROUND_HALF_UP)
        return f"{percent}\u00a0%"

    @property
    def rate(self) -> str:
        """' (72 %)', or nothing when n is too small for a rate."""
        return f" ({self.percent})" if self.percent else ""

    def __str__(self) -> str:
        return f"{self.numerator:,} of {self.denominator:,} {self.population}{self.rate}"


def with_share_labels(readings: pd.DataFrame) -> pd.DataFrame:
    """The readings of view usa_share with a column ``share_label``: '18 of 25 (72 %)', without the population.

    A percentage that a source prints without numerator and denominator is quoted with the decimals of the source.
    """
    return readings.assign(share_label=[_share_label(row) for row in readings.to_dict("records")])


def _share_label(row: Mapping[Hashable, Any]) -> str:
    if pd.isna(row["numerator"]) or pd.isna(row["denominator"]):
        return f"“{row['share'] * 100:.2f}\u00a0%”"
    share = Share(int(row["numerator"]), int(row["denominator"]), row["population"])
    return f"{share.numerator} of {share.denominator}{share.rate}"


def leader(counts: pd.DataFrame, label: str, value: str) -> tuple[str, int] | None:
    """Label and count of the row with the highest count; None for a tie or with fewer than five cases in all.

    ``counts`` has one row per category with columns ``label`` and ``value`` (a count).
    """
    if counts.empty or counts[value].sum() < MIN_RATE_BASE:
        return None
    ranked = counts.sort_values(value, ascending=False, kind="stable")
    if len(ranked) > 1 and ranked[value].iloc[0] == ranked[value].iloc[1]:
        return None
    return str(ranked[label].iloc[0]), int(ranked[value].iloc[0])
