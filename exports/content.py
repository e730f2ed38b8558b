"""What an export holds: the workshop steps as cards for these filters, the registers, and every source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from cards.definition import might_match
from cards.sources import combined_source_summary
from cards.workshop_steps import FilledStep, steps_of_files
from domain.evidence import Evidence
from domain.filters import Filters
from domain.product import SHORT_NAME
from domain.record_types import key_column
from domain.records import Register
from warehouse import query_cache
from warehouse.populations import REGISTER_POPULATIONS
from warehouse.query_cache import run_query
from warehouse.registers import rows


@dataclass(frozen=True)
class Content:
    """Everything an export is made of.

    ``steps`` are those of the workshop mode, and further figures. ``registers`` are pairs of register and rows known to
    match; ``not_counted`` says by table how many records might match, '' for none. ``sources`` has source_id, title,
    publisher, url, licence, reliability, accessed_on and locators (list of text) of every document cited by the steps
    and registers.
    ``has_annex``: the report ends with every register and the full list of sources.
    ``filter_label`` is the text of Filters.describe, ``release_id`` the value of query_cache.release_name.
    """

    title: str
    filters: Filters
    filter_label: str
    release_line: str
    release_id: str
    made_on: date
    steps: tuple[FilledStep, ...]
    registers: tuple[tuple[Register, pd.DataFrame], ...]
    not_counted: Mapping[str, str]
    sources: pd.DataFrame
    has_annex: bool = False


def gather(filters: Filters, made_on: date, has_annex: bool = False) -> Content:
    """The content for these filters, from the newest build."""
    steps = steps_of_files(filters)
    registers = tuple(
        (population.record_type.register, run_query(rows, population, filters))
        for population in REGISTER_POPULATIONS
        if population.record_type.register
    )
    evidence = [part for each in steps if each.card for part in each.card.all_evidence]
    evidence += [Evidence(spec.table, tuple(frame[key_column(spec.table)])) for spec, frame in registers]
    return Content(
        title=SHORT_NAME,
        filters=filters,
        filter_label=filters.describe(query_cache.vocabulary()),
        release_line=query_cache.release_line(),
        release_id=query_cache.release_name(),
        made_on=made_on,
        steps=steps,
        registers=registers,
        not_counted={population.table: might_match(filters, population) for population in REGISTER_POPULATIONS},
        sources=sources_of(evidence),
        has_annex=has_annex,
    )


def sources_of(evidence: Iterable[Evidence]) -> pd.DataFrame:
    """Documents cited by these records, seed documents first, then by title; columns as in Content.sources."""
    sources = combined_source_summary(evidence).drop(columns="facts")
    sources["locators"] = sources["locators"].map(sorted)
    return sources.sort_values(["reliability", "title"], key=_seeds_first, kind="stable", ignore_index=True)


def _seeds_first(column: "pd.Series[str]") -> "pd.Series[bool] | pd.Series[str]":
    """Sort key: within the column ``reliability``, seed documents sort before all others, which are equal."""
    return column.ne("seed") if column.name == "reliability" else column
