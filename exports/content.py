"""What an export holds: the workshop steps as cards for the live filters, the registers, and every source."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cards.sources import combined_source_summary
from cards.workshop_steps import FilledStep, fill_step, steps
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import key_column
from domain.records import Register
from warehouse import query_cache
from warehouse.populations import REGISTER_POPULATIONS
from warehouse.registers import rows

TITLE = "EU–US cluster cooperation"

# Told how far the work is (0 to 1) and what comes next; it may raise to cancel.
Progress = Callable[[float, str], None]


class CancelledError(Exception):
    """The reader no longer wants the file."""


def no_progress(_: float, __: str) -> None:
    """For those who wait in silence."""


@dataclass(frozen=True)
class Content:
    """Everything an export is made of.

    ``registers`` are pairs of register and rows; ``sources`` has title, publisher, url, licence, reliability,
    accessed_on and locators (list of text) of every document behind the sections and registers.
    """

    title: str
    filters: Filters
    filter_words: str
    release_line: str
    release_id: str
    made_on: date
    sections: tuple[FilledStep, ...]
    registers: tuple[tuple[Register, pd.DataFrame], ...]
    sources: pd.DataFrame


def gather(filters: Filters, made_on: date) -> Content:
    """The content for these filters, from the newest build."""
    words = filters.describe(query_cache.vocabulary())
    sections = tuple(fill_step(step, filters) for step in steps())
    registers = tuple(
        (population.record_type.register, query_cache.run_query(rows, population, filters))
        for population in REGISTER_POPULATIONS
        if population.record_type.register
    )
    evidence = [found for part in sections if part.card for found in part.card.all_evidence]
    evidence += [Evidence(spec.table, tuple(frame[key_column(spec.table)])) for spec, frame in registers]
    return Content(
        title=TITLE,
        filters=filters,
        filter_words=words,
        release_line=query_cache.release_line(),
        release_id=query_cache.release_name(),
        made_on=made_on,
        sections=sections,
        registers=registers,
        sources=sources_of(evidence),
    )


def sources_of(evidence: Iterable[Evidence]) -> pd.DataFrame:
    """Documents behind these records, the two presented here first, each with all its locators and records."""
    found = combined_source_summary(evidence).drop(columns="facts")
    found["locators"] = found["locators"].map(sorted)
    return found.sort_values(["reliability", "title"], key=_seed_first, kind="stable", ignore_index=True)


def _seed_first(column: pd.Series) -> pd.Series:
    return column.ne("seed") if column.name == "reliability" else column
