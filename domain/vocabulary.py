"""Terms that several packages share; tests compare them with the definitions in SQL."""

from collections.abc import Mapping
from types import MappingProxyType

SIDES = ("EU", "US", "OTHER")  # in display order
# Names in filters, and short labels for charts, maps and tables. Policy instruments may be of both sides.
SIDE_NAMES: Mapping[str, str] = MappingProxyType(
    {"EU": "European Union", "US": "United States", "OTHER": "neither EU nor United States"}
)
SIDE_LABELS: Mapping[str, str] = MappingProxyType({"EU": "EU", "US": "USA", "BOTH": "EU and USA", "OTHER": "Other"})

NOT_APPLICABLE = "not applicable"
# Reasons why a value is missing, as they are displayed, and precisions of dates, from the most to the least precise.
MISSING_REASONS = (
    "not stated",
    "not in the excerpt",
    "not available",
    NOT_APPLICABLE,
    "several values",
    "withheld",
)
UNDATED = "undated"
PRECISIONS = ("day", "month", "season", "year", UNDATED)

# A location quotient from which on an industry counts as strong where the source does not mark it itself.
STRONG_QUOTIENT = 1.5
