"""The numbered sources of a report: a document gets its number where it is first cited."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from cards.sources import RELIABILITY_LABELS, ordered_source_summary
from cards.tables import NOT_STATED
from domain.evidence import Evidence
from domain.text import format_locators, format_period
from domain.urls import is_web_address
from exports.rows import cited_ids

MAX_CITED = 3  # documents named by number under a figure
MAX_CITED_OF_ROW = 2  # and beside a row of a table
MAX_LOCATORS = 4  # of a document, in a list that is not an annex


@dataclass(frozen=True)
class Source:
    """A document with its number in the list; ``url`` is empty unless it is a web address."""

    number: int
    title: str
    publisher: str
    url: str
    licence: str
    reliability: str
    accessed_on: str
    locators: str

    @property
    def host(self) -> str:
        """The site of the document, for paper, where a link cannot be followed; '' without an address."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")


@dataclass(frozen=True)
class Cited:
    """Numbers of the documents cited, and of how many others the rows rest on."""

    numbers: tuple[int, ...]
    more: int = 0


class Bibliography:
    """Gives numbers to the documents of a content, columns as in Content.sources, in the order of their citation."""

    def __init__(self, sources: pd.DataFrame) -> None:
        self._rows: Mapping[str, Mapping[Hashable, Any]] = {row["source_id"]: row for row in sources.to_dict("records")}
        self._numbers: dict[str, int] = {}

    def cite(self, evidence: Iterable[Evidence]) -> Cited:
        """The documents that most of these records rest on, seed documents first."""
        summary = ordered_source_summary(tuple(evidence))
        return self._cited(summary["source_id"].tolist(), MAX_CITED)

    def cite_rows(self, table: str, record_ids: list[str]) -> list[str]:
        """For each record the numbers of its documents as text: '4, 12 and 2 more', or 'none recorded'."""
        found = cited_ids(table, record_ids)
        return [_numbers(self._cited(found.get(record, []), MAX_CITED_OF_ROW)) for record in record_ids]

    def cite_all(self) -> None:
        """Give numbers to the documents that no page cites, in the order of the content."""
        self._cited(list(self._rows), len(self._rows))

    def listed(self, max_locators: int | None = MAX_LOCATORS) -> list[Source]:
        """The documents with numbers, in their order; None lists every page or section cited."""
        return [_source(number, self._rows[key], max_locators) for key, number in self._numbers.items()]

    def _cited(self, source_ids: list[str], most: int) -> Cited:
        known = [key for key in dict.fromkeys(source_ids) if key in self._rows]
        numbers = [self._numbers.setdefault(key, len(self._numbers) + 1) for key in known[:most]]
        return Cited(tuple(sorted(numbers)), len(known) - len(numbers))


def _numbers(cited: Cited) -> str:
    if not cited.numbers:
        return "none recorded"
    return ", ".join(map(str, cited.numbers)) + (f" and {cited.more} more" if cited.more else "")


def _source(number: int, row: Mapping[Hashable, Any], max_locators: int | None) -> Source:
    accessed, locators = row["accessed_on"], list(row["locators"])
    return Source(
        number,
        row["title"],
        _or_not_stated(row["publisher"]),
        row["url"] if is_web_address(row["url"]) else "",
        _or_not_stated(row["licence"]),
        RELIABILITY_LABELS.get(row["reliability"], row["reliability"]),
        NOT_STATED if pd.isna(accessed) else format_period(accessed, accessed, "day"),
        "; ".join(locators) if max_locators is None else format_locators(locators, max_locators),
    )


def _or_not_stated(value: Any) -> str:
    return value if isinstance(value, str) and value else NOT_STATED
