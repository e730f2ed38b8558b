"""What an export holds: the workshop steps as cards for the live filters, the registers, and every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cards.card import Evidence, Register
from cards.catalogue import REGISTERS
from cards.sources import key_column, together
from cards.workshop_steps import Section, section, steps
from domain.filters import Filters
from warehouse import query_cache

TITLE = "EU–US cluster cooperation"


@dataclass(frozen=True)
class Content:
    """Everything an export is made of.

    ``registers`` are pairs of register and rows; ``sources`` has title, publisher, url, licence, reliability,
    accessed_on and locators (list of text) of every document behind the sections and registers.
    """

    title: str
    filters: Filters
    filter_label: str
    release_line: str
    release_id: str
    made_on: date
    sections: tuple[Section, ...]
    registers: tuple[tuple[Register, pd.DataFrame], ...]
    sources: pd.DataFrame


def gather(filters: Filters, made_on: date) -> Content:
    """The content for these filters, from the newest build."""
    words = filters.describe(query_cache.vocabulary())
    sections = tuple(section(step, filters) for step in steps())
    registers = tuple((register, rows(filters)) for register, rows in REGISTERS)
    evidence = [found for part in sections if part.card for found in part.card.all_evidence]
    evidence += [Evidence(spec.table, tuple(rows[key_column(spec.table)])) for spec, rows in registers]
    return Content(
        title=TITLE,
        filters=filters,
        filter_label=words,
        release_line=query_cache.release_line(),
        release_id=query_cache.release_name(),
        made_on=made_on,
        sections=sections,
        registers=registers,
        sources=sources_of(evidence),
    )


def sources_of(evidence: Iterable[Evidence]) -> pd.DataFrame:
    """Documents behind these records, the two presented here first, each with all its locators and records."""
    found = together(evidence).drop(columns="facts")
    found["locators"] = found["locators"].map(sorted)
    return found.sort_values(["reliability", "title"], key=_seed_first, kind="stable", ignore_index=True)


def _seed_first(column: pd.Series) -> pd.Series:
    return column.ne("seed") if column.name == "reliability" else column
