"""Where the records behind a figure stand: documents and locators, in words."""

import pandas as pd

from cards.card import Evidence
from warehouse import answers, evidence

RELIABILITY_WORDS = {
    "seed": "one of the two documents presented here",
    "official": "official page",
    "secondary": "secondary source",
}


def key_column(table: str) -> str:
    """The id column of a table whose records can be cited."""
    return evidence.RECORD_KEYS[table]


def source_summary(found: Evidence) -> pd.DataFrame:
    """Documents behind the records, those with most of them first: source_id, title, reliability, locators, facts."""
    return answers.ask(evidence.source_summary, found.table, list(found.record_ids))


def short_source_line(found: Evidence) -> str:
    """'Sources: Discussion paper … and 3 more', where there is no room for places."""
    summary = source_summary(found)
    if summary.empty:
        return "Sources: none of the rows shown is cited"
    more = len(summary) - 1
    return f"Source{'s' if more else ''}: {summary['title'].iloc[0]}" + (f" and {more} more" if more else "")


def source_line(found: Evidence) -> str:
    """'Sources: Discussion paper … (Table 1) and 3 more sources'."""
    summary = source_summary(found)
    if found.table == "sources":
        return f"{len(found.record_ids)} sources"
    if summary.empty:
        return "Sources: none of the rows shown is cited"
    first = summary.iloc[0]
    places = list(first["locators"])
    where = "; ".join(places[:2]) + (f" and {len(places) - 2} more places" if len(places) > 2 else "")
    more = len(summary) - 1
    rest = f" and {more} more source{'s' if more > 1 else ''}" if more else ""
    return f"Source{'s' if more else ''}: {first['title']} ({where}){rest}"
