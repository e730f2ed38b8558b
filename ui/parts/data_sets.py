"""The card of a shipped data set."""

from collections.abc import Mapping
from typing import Any

from domain.text import format_period
from ui.markup import Markdown, joined, md


def data_set_text(row: Mapping[str, Any]) -> Markdown:
    """The card of a shipped data set as Markdown; row: of warehouse.datasets.data_sets."""
    loaded = f"{row['rows_loaded']:,} of {row['rows_shipped']:,} rows are loaded"
    if row["rows_loaded"] == row["rows_shipped"]:
        loaded = f"{row['rows_shipped']:,} rows"
    lines = [
        ("Attribution", row["attribution"]),
        ("Licence", row["licence"]),
        ("Period", row["period"]),
        ("Read on", format_period(row["accessed_on"], row["accessed_on"], "day")),
        ("Rows", loaded),
        ("Method", row["method"]),
        ("Estimated or inferred", row["estimated"]),
    ]
    own = (md("- **{}.** {}", name, text) for name, text in lines)
    sources = (md("    - {}", source) for source in row["sources"])
    return joined("\n", (*own, md("- **Sources.**"), *sources))
