"""The sources of a figure: documents and locators, as frames and as source lines."""

from collections.abc import Iterable
from textwrap import shorten

import pandas as pd

from domain.evidence import Evidence
from domain.text import plural
from warehouse import import_evidence, provenance
from warehouse.query_cache import run_query

MAX_TITLE_CHARS = 34  # where space is short
MAX_LOCATORS = 2  # of the first source
NOT_CITED = "Sources: none is cited for these rows"

# What a source is worth for the facts shown (view fact_reliability): a page is official about its owner only.
MIXED = "mixed"
RELIABILITY_LABELS = {
    "seed": "seed document",
    "official": "official page",
    "secondary": "secondary source",
    MIXED: "official about its owner, secondary about others",
}


def joint_reliability(reliabilities: Iterable[str]) -> str:
    """What a source is worth for several facts: 'mixed' where it is official for some of them only."""
    distinct = set(reliabilities)
    return distinct.pop() if len(distinct) == 1 else MIXED


def source_summary(evidence: Evidence) -> pd.DataFrame:
    """Sources of the records, seed documents first, then by number of records; columns as in warehouse.provenance."""
    return run_query(provenance.source_summary, evidence.table, list(evidence.record_ids))


def combined_source_summary(evidence: Iterable[Evidence]) -> pd.DataFrame:
    """``source_summary`` of several tables: each source once, with the locators and counts of all tables."""
    parts = [source_summary(one) for one in evidence if one.record_ids]
    if not parts:
        return source_summary(Evidence("organisations", ()))
    summaries = pd.concat(parts, ignore_index=True)
    summaries["locators"] = summaries["locators"].map(list)
    merged = summaries.groupby("source_id", sort=False).agg(
        {"locators": "sum", "facts": "sum", "reliability": joint_reliability}
    )
    merged["locators"] = merged["locators"].map(lambda locators: list(dict.fromkeys(locators)))
    return summaries.drop(columns=list(merged.columns)).drop_duplicates("source_id").merge(merged, on="source_id")


def ordered_source_summary(evidence: tuple[Evidence, ...]) -> pd.DataFrame:
    """The sources behind these tables in the order of ``source_summary``."""
    if len(evidence) == 1:
        return source_summary(evidence[0])
    summary = combined_source_summary(evidence)
    order = summary.assign(is_other=summary["reliability"] != "seed").sort_values(
        ["is_other", "facts", "title"], ascending=[True, False, True]
    )
    return order.drop(columns="is_other")


def short_source_line(*evidence: Evidence) -> str:
    """'Sources: Discussion paper … and 3 more': a source line without locators, its title shortened."""
    summary = ordered_source_summary(evidence)
    if summary.empty:
        return NOT_CITED
    more = len(summary) - 1
    title = shorten(summary["title"].iloc[0], MAX_TITLE_CHARS, placeholder=" …").replace(": …", " …")
    return f"Source{'s' if more else ''}: {title}" + (f" and {more} more" if more else "")


def brief_source_line(*evidence: Evidence) -> str:
    """'Sources: Discussion paper … and 3 more': a source line for the screen, where a panel beside it has all locators.

    The locators of the first source are in it only where it has no more of them than the line holds.
    """
    summary = ordered_source_summary(evidence)
    table = evidence[0].table
    if summary.empty or table == "sources" or table in import_evidence.IMPORTED:
        return source_line(*evidence)
    first, more = summary.iloc[0], len(summary) - 1
    locators = list(first["locators"])
    places = f" ({'; '.join(locators)})" if len(locators) <= MAX_LOCATORS else ""
    return f"Source{'s' if more else ''}: {first['title']}{places}" + (f" and {more} more" if more else "")


def source_line(*evidence: Evidence) -> str:
    """'Sources: Discussion paper … (Table 1) and 3 more sources'."""
    summary = ordered_source_summary(evidence)
    if evidence[0].table == "sources":
        return plural(len(evidence[0].record_ids), "source")
    if summary.empty:
        return NOT_CITED
    first = summary.iloc[0]
    locators = list(first["locators"])
    # The locators of an import are its file, day, licence and hash; the line leaves out the hash.
    others = 0 if evidence[0].table in import_evidence.IMPORTED else max(len(locators) - MAX_LOCATORS, 0)
    rest_of_locators = f" and {plural(others, 'more locator')}" if others else ""
    more = len(summary) - 1
    rest = f" and {plural(more, 'more source')}" if more else ""
    sources = f"Source{'s' if more else ''}"
    return f"{sources}: {first['title']} ({'; '.join(locators[:MAX_LOCATORS])}{rest_of_locators}){rest}"
