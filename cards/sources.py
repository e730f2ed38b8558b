"""Where the records behind a figure stand: documents and locators, in words."""

from collections.abc import Iterable
from textwrap import shorten

import pandas as pd

from cards.card import Evidence
from warehouse import import_evidence, provenance, query_cache

MAX_LETTERS = 34  # of a title where room is short

RELIABILITY_WORDS = {
    "seed": "one of the two documents presented here",
    "official": "official page",
    "secondary": "secondary source",
}


def key_column(table: str) -> str:
    """The id column of a table whose records can be cited."""
    return provenance.RECORD_KEYS[table]


def source_summary(found: Evidence) -> pd.DataFrame:
    """Documents behind the records, those with most of them first: source_id, title, reliability, locators, facts."""
    return query_cache.run_query(provenance.source_summary, found.table, list(found.record_ids))


def together(found: Iterable[Evidence]) -> pd.DataFrame:
    """source_summary of all these tables: a document once, with the places and the number of records of all of them."""
    parts = [source_summary(one) for one in found if one.record_ids]
    if not parts:
        return source_summary(Evidence("organisations", ()))
    every = pd.concat(parts, ignore_index=True)
    every["locators"] = every["locators"].map(list)
    merged = every.groupby("source_id", sort=False).agg({"locators": "sum", "facts": "sum"})
    merged["locators"] = merged["locators"].map(lambda places: list(dict.fromkeys(places)))
    return every.drop(columns=["locators", "facts"]).drop_duplicates("source_id").merge(merged, on="source_id")


def _summary(found: tuple[Evidence, ...]) -> pd.DataFrame:
    """The documents behind these tables in the order of source_summary."""
    if len(found) == 1:
        return source_summary(found[0])
    summary = together(found)
    order = summary.assign(is_other=summary["reliability"] != "seed").sort_values(
        ["is_other", "facts", "title"], ascending=[True, False, True]
    )
    return order.drop(columns="is_other")


def short_source_line(*found: Evidence) -> str:
    """'Sources: Discussion paper … and 3 more', where there is no room for places and long titles."""
    summary = _summary(found)
    if summary.empty:
        return "Sources: none of the rows shown is cited"
    more = len(summary) - 1
    title = shorten(summary["title"].iloc[0], MAX_LETTERS, placeholder=" …")
    return f"Source{'s' if more else ''}: {title}" + (f" and {more} more" if more else "")


def source_line(*found: Evidence) -> str:
    """'Sources: Discussion paper … (Table 1) and 3 more sources'."""
    summary = _summary(found)
    if found[0].table == "sources":
        return f"{len(found[0].record_ids)} sources"
    if summary.empty:
        return "Sources: none of the rows shown is cited"
    first = summary.iloc[0]
    places = list(first["locators"])
    # Of an import: its file, day and licence; the hash stands in the panel.
    others = 0 if found[0].table in import_evidence.IMPORTED else len(places) - 2
    where = "; ".join(places[:2]) + (f" and {others} more place{'s' if others > 1 else ''}" if others > 0 else "")
    more = len(summary) - 1
    rest = f" and {more} more source{'s' if more > 1 else ''}" if more else ""
    return f"Source{'s' if more else ''}: {first['title']} ({where}){rest}"
