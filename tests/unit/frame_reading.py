"""Rows of a frame as tests compare them."""

import pandas as pd


def tuples(frame: pd.DataFrame, *columns: str) -> list[tuple]:
    """Chosen columns as tuples, None for missing."""
    chosen = frame[list(columns)]
    return list(chosen.astype(object).where(chosen.notna(), None).itertuples(index=False, name=None))
