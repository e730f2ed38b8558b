"""The card of a shipped data set."""

from collections.abc import Mapping
from typing import Any

from ui.parts.citations import plain


def data_set_text(row: Mapping[str, Any]) -> str:
    """The card of a shipped data set as Markdown; row: of warehouse.datasets.data_sets."""
    loaded = f"{row['rows_loaded']:,} of {row['rows_shipped']:,} rows are loaded"
    if row["rows_loaded"] == row["rows_shipped"]:
        loaded = f"{row['rows_shipped']:,} rows"
    lines = [
        ("Attribution", row["attribution"]),
        ("Licence", row["licence"]),
        ("Period", row["period"]),
        ("Read on", f"{row['accessed_on']:%-d %B %Y}"),
        ("Rows", loaded),
        ("Method", row["method"]),
        ("Estimated or inferred", row["estimated"]),
    ]
    own = "\n".join(f"- **{name}.** {plain(str(text))}" for name, text in lines)
    sources = "\n".join(f"    - {plain(source)}" for source in row["sources"])
    return f"{own}\n- **Sources.**\n{sources}"
