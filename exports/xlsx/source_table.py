"""The sheet of sources of a workbook: each document with the pages or sections that its rows cite."""

import pandas as pd

from cards.sources import RELIABILITY_LABELS
from domain.frames import records
from domain.text import as_date
from exports.rows import NONE_RECORDED, Missing
from exports.xlsx.workbook import Sheet, in_columns
from warehouse import columns as dictionary
from warehouse import query_cache

_HEADINGS = (
    "Source",
    "Publisher",
    "Reliability",
    "Pages or sections cited",
    "Number of pages or sections",
    "Accessed",
    "Licence",
    "URL",
    "Id",
)


def source_table(sheet: Sheet, sources: pd.DataFrame, empty: str) -> None:
    """Write the sources, columns as in exports.content.Content; ``empty`` is the note without any."""
    rows = [
        (
            row["title"],
            row["publisher"],
            RELIABILITY_LABELS[row["reliability"]],
            "\n".join(row["locators"]),
            len(row["locators"]),
            as_date(row["accessed_on"]),
            row["licence"],
            row["url"] if isinstance(row["url"], str) else Missing(_no_url(row["source_id"])),
            row["source_id"],
        )
        for row in records(sources)
    ]
    sheet.table(_HEADINGS, in_columns(rows, _HEADINGS), empty)


def _no_url(source_id: str) -> str:
    """Reason why a source has no URL."""
    reasons: dict[tuple[str, str], str] = query_cache.run_query(dictionary.missing_reasons).get("sources", {})
    return reasons.get((source_id, "url"), NONE_RECORDED)
