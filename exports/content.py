"""What an export holds: the workshop steps as cards for these filters, the registers, and every source."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cards.card import Evidence, Register
from cards.catalogue import REGISTERS
from cards.sources import key_column, together
from cards.workshop_steps import Section, section, steps
from domain.filters import Filters
from domain.product import SHORT_NAME
from warehouse import query_cache


@dataclass(frozen=True)
class Content:
    """Everything an export is made of.

    ``registers`` are pairs of register and rows; ``sources`` has source_id, title, publisher, url, licence,
    reliability, accessed_on and locators (list of text) of every document cited by the sections and registers.
    ``filter_label`` is the text of Filters.describe, ``release_id`` the value of query_cache.release_name.
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
    sections = tuple(section(step, filters) for step in steps())
    registers = tuple((register, rows(filters)) for register, rows in REGISTERS)
    evidence = [part for each in sections if each.card for part in each.card.all_evidence]
    evidence += [Evidence(spec.table, tuple(rows[key_column(spec.table)])) for spec, rows in registers]
    return Content(
        title=SHORT_NAME,
        filters=filters,
        filter_label=filters.describe(query_cache.vocabulary()),
        release_line=query_cache.release_line(),
        release_id=query_cache.release_name(),
        made_on=made_on,
        sections=sections,
        registers=registers,
        sources=sources_of(evidence),
    )


def sources_of(evidence: Iterable[Evidence]) -> pd.DataFrame:
    """Documents cited by these records, seed documents first, then by title; columns as in Content.sources."""
    sources = together(evidence).drop(columns="facts")
    sources["locators"] = sources["locators"].map(sorted)
    return sources.sort_values(["reliability", "title"], key=_seeds_first, kind="stable", ignore_index=True)


def _seeds_first(column: "pd.Series[str]") -> "pd.Series[bool] | pd.Series[str]":
    """Sort key: within the column ``reliability``, seed documents sort before all others, which are equal."""
    return column.ne("seed") if column.name == "reliability" else column
