"""Typed access to the rows of DataFrames."""

from typing import Any, cast

import pandas as pd


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries from column name to value."""
    return cast(list[dict[str, Any]], frame.to_dict("records"))
