"""Number formats of tables on the screen."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st


def thousands(table: pd.DataFrame, columns: Mapping[str, str]) -> dict[str, Any]:
    """Configuration that separates thousands in whole numbers: '1,797'. Years stay as they are.

    ``columns`` maps the source columns of ``table`` to its headings.
    """
    return {
        heading: st.column_config.NumberColumn(format="%,d")
        for column, heading in columns.items()
        if heading in table and pd.api.types.is_integer_dtype(table[heading]) and not column.endswith("year")
    }
