"""Registers and profiles as text: declarations, counts, rows under filters, single records with what they lead to."""

from collections.abc import Iterator, Mapping

import pandas as pd

from cards import tables
from cards.citation_words import cited_places
from cards.profile import profile
from cards.region_statistics import region_statistics
from cards.region_text import region_sentences
from cards.sources import source_line
from cards.suggestion import shown_values
from domain.evidence import Evidence
from domain.filters import Filters
from domain.record_types import RECORD_TYPES
from domain.records import PERIOD, RecordType, Register
from exports.rows import register_columns, with_reasons
from tests.approval.words import FIRST_AND_LAST, cell, digest, frame_lines, listed, wrapped
from warehouse import disagreements, profiles, provenance, region_profiles
from warehouse.populations import Population
from warehouse.query_cache import run_query
from warehouse.registers import count, counted_rows, possible_matches, possible_rows, row_count, rows

MAX_POSSIBLE_ROWS = 6


def declared_lines(kind: RecordType) -> Iterator[str]:
    """The words of a record type: names, profile, search, order, and its register."""
    yield f"{kind.table}: {kind.noun}, {kind.plural}; {kind.title_of_register}; parameter {kind.parameter}"
    yield f"key {kind.key}, title {kind.title}, view {kind.source_view}, order {kind.order}"
    yield f"filters: {listed(kind.filters, 20)}; years: {kind.years_verb}; figures of {kind.figure_subject}"
    yield f"details: {listed(kind.details, 20)}; hint: {listed(kind.hint)}"
    yield from (
        f"  profile: {heading} ({column}{', optional' if column in kind.optional else ''})"
        for column, heading in kind.profile.items()
    )
    yield from (f"  blank {column}: {reason}" for column, reason in kind.blank_reasons.items())
    yield from (f"  found by {column}: {what}" for column, what in kind.search.items())
    if kind.register:
        yield from register_lines(kind.register)


def register_lines(register: Register) -> Iterator[str]:
    """Title, method, headings and size of a register."""
    yield f"register: {register.title}; {register.height_px} pixels"
    yield f"  sectors: {register.sector_scheme or 'of both schemes'}"
    yield f"  filters: {'those of its records' if register.filters is None else listed(register.filters, 20)}"
    yield from wrapped("  method", register.method)
    yield from (f"  heading: {heading} ({column})" for column, heading in register.columns.items())


def files_lines(register: Register, frame: pd.DataFrame) -> Iterator[str]:
    """The columns that files hold of a register: heading, kind, meaning, terms, and how they are filled."""
    for column in with_reasons(register_columns(register, frame)):
        yield f"  {column.heading} ({column.field}, {column.kind}): {column.meaning} ({digest(column.cells)})"
        yield from (f"    {label}: {meaning}" for label, meaning in column.terms[:3])
        if column.terms[3:]:
            yield f"    and {len(column.terms) - 3} more terms, {digest(column.terms)}"


def population_lines(population: Population, cases: Mapping[str, Filters]) -> Iterator[str]:
    """Names of a population, and how many records match and might match under filters."""
    yield f"{population.table}: {population.name(1)}, {population.name(2)}; by {population.identity}"
    for title, filters in cases.items():
        numbers = run_query(count, population, filters), run_query(row_count, population, filters)
        possible = run_query(possible_matches, population, filters).describe()
        yield f"  {title}: {numbers[0]} of {numbers[1]} rows. {possible}"


def rows_lines(population: Population, columns: Mapping[str, str], filters: Filters) -> Iterator[str]:
    """Rows of a register as the screen shows them, and those that might match."""
    table, key = population.table, population.record_type.key
    frame = run_query(rows, population, filters)
    known = {column: heading for column, heading in columns.items() if column in frame or column == PERIOD}
    yield from frame_lines(tables.readable(frame, known, table), 2 * FIRST_AND_LAST)
    yield f"ids: {digest(frame[key])}; counted: {digest(run_query(counted_rows, population, filters)[key])}"
    possible = run_query(possible_rows, population, filters)
    if len(possible):
        yield "might match:"
        shown = tables.readable(possible, {"not_recorded": "Not recorded"} | known, table)
        yield from frame_lines(shown, MAX_POSSIBLE_ROWS)


def record_lines(table: str, record_id: str) -> Iterator[str]:
    """The profile of a record: facts, gaps, related records, sources and disagreements."""
    known = profile(table, record_id)
    row = run_query(provenance.record, table, record_id).iloc[0]
    yield f"{row[RECORD_TYPES[table].title]} ({run_query(provenance.label, table, record_id)})"
    yield from (f"  {heading}: {cell(value)}" for heading, value in (known.facts if known else ()))
    yield from (f"  missing {field}: {reason}" for field, reason in (known.missing if known else ()))
    if table == "regions":
        yield from _region(row)
    for related, listing in run_query(profiles.related, table, record_id):
        yield f"  {related.heading} ({related.table}):"
        yield from (f"  {line}" for line in frame_lines(listing, 10))
    yield f"  {source_line(Evidence(table, (record_id,)))}"
    yield from (f"  to suggest: {cell(repr(value))}" for value in shown_values(table, record_id)[:12])
    if table == "sources":
        yield from _source(record_id)
        return
    cited = run_query(provenance.citations, table, [record_id])
    yield from (f"  cited: {cell(line)}" for line in map(repr, cited_places(table, record_id, cited)[:8]))
    yield from (f"  {line}" for line in frame_lines(cited.drop(columns=["url", "licence"], errors="ignore"), 6))
    for query in (disagreements.alternatives, disagreements.contradictions, disagreements.missing_values):
        frame = run_query(query, table, record_id)
        if len(frame):
            yield f"  {query.__name__.replace('_', ' ')}:"
            yield from (f"  {line}" for line in frame_lines(frame, 8))


def _region(row: "pd.Series") -> Iterator[str]:
    values = {str(name): value for name, value in row.items()}
    sentences = region_sentences(values, run_query(region_profiles.has_horizon_projects))
    yield from (f"  {sentence}" for sentence in sentences)
    found = region_statistics(str(row["region_code"]), str(row["level"]), str(row["side"]))
    yield from (f"  industries: {sentence}" for sentence in (*found.sentences, found.source) if sentence)
    if found.rows is not None:
        yield from (f"  {line}" for line in frame_lines(found.rows, 6))


def _source(source_id: str) -> Iterator[str]:
    for query in (
        provenance.facts_of_source,
        disagreements.alternatives_of_source,
        disagreements.contradictions_of_source,
    ):
        frame = run_query(query, source_id)
        if len(frame):
            yield f"  {query.__name__.replace('_', ' ')}:"
            yield from (f"  {line}" for line in frame_lines(frame, 10))
