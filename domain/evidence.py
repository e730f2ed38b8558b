"""The records behind a figure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Evidence:
    """A table and the ids of the records that are counted or shown."""

    table: str
    record_ids: tuple[str, ...]
