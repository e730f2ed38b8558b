"""Registers, profiles, queries and steps read as approved: headings, order, first and last rows, words."""

from collections.abc import Mapping

import pandas as pd
import pytest

from cards import registers as further
from cards.workshop_steps import declared_steps, fill_step, steps_of_files
from domain.filters import Filters
from domain.pages import PAGES
from domain.record_types import RECORD_TYPES
from domain.records import Register
from explorer.labels import labels_of
from explorer.registers import REGISTERS
from sql_box.examples import EXAMPLES
from tests.approval.files import Approved
from tests.approval.records import (
    declared_lines,
    files_lines,
    population_lines,
    record_lines,
    register_lines,
    rows_lines,
)
from tests.approval.words import cell, frame_lines, listed
from warehouse import (
    columns,
    disagreements,
    horizon,
    networks,
    populations,
    profiles,
    provenance,
    queries,
    search,
    whole_data,
)
from warehouse.datasets import data_sets
from warehouse.populations import Population
from warehouse.query_cache import run_query, vocabulary
from warehouse.registers import rows

pytestmark = pytest.mark.usefixtures("published")

NONE = Filters()
CASES: Mapping[str, Filters] = {
    "no filter": NONE,
    "water": Filters(sectors=("water",)),
    "Germany": Filters(countries=("DE",)),
    "side EU, 2016": Filters(sides=("EU",), year_from=2016, year_to=2016),
    "Ohio, California or Catalonia": Filters(states=("US-OH", "US-CA"), regions=("es-catalonia",)),
}
POPULATIONS = {
    name: one
    for name, one in vars(populations).items()
    if isinstance(one, Population) and one.record_type.order  # sources have a query of their own
}
IN_REGISTERS = {
    one.table: one
    for one in (
        *populations.REGISTER_POPULATIONS,
        populations.REGIONS,
        populations.HORIZON_PROJECTS,
    )
}
SHARES = (0, 0.47, 0.93)  # where in the order of a table the records are taken whose profiles are read
ALSO = {  # records with what few have: renewals, mergers, contradictions, many lists
    "organisations": ("plastipolis", "dg-grow", "cluster-excellence-denmark"),
    "projects": ("escp4i-enw", "bilat-usa-4-0"),
    "cooperations": ("mou-plastipolis-obic-2013", "arrangement-dg-grow-us-doc-2015"),
    "sources": ("d35", "news2015"),
    "regions": ("US-MA", "FRK2", "DE"),
    "events": ("hannover-matchmaking-2016",),
}
QUESTIONS = (
    "plastic",
    "Massachusetts",
    "bostn",
    "agreement 2016",
    "cluster wasser",
    "EnW",
    "zzzz",
    "polymer ohio",
    "escp",
)


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_a_record_type_and_its_register_read_as_approved(approved: Approved, table: str) -> None:
    kind = RECORD_TYPES[table]
    lines = list(declared_lines(kind))
    if table in IN_REGISTERS:
        population = IN_REGISTERS[table]
        shown = dict(kind.register_columns) or dict(kind.profile)
        for title in ("no filter", "Germany"):
            lines += ["", f"=== {title}", *rows_lines(population, shown, CASES[title])]
    if kind.register:
        frame = all_rows(table)
        lines += ["", "=== columns of files", *files_lines(kind.register, frame)]
    approved(f"registers/{table}", "\n".join(lines))


def all_rows(table: str) -> pd.DataFrame:
    """All rows of the register of a table, as files hold them."""
    if table == "sources":
        return run_query(provenance.sources)
    if table == "horizon_projects":
        return run_query(horizon.projects)
    if table == "figures":
        return run_query(profiles.figures_about, "programme")
    if table == "activities":
        return run_query(queries.activities, all_rows("projects")["project_id"].tolist())
    return run_query(rows, IN_REGISTERS[table], NONE)


@pytest.mark.parametrize("table", RECORD_TYPES)
def test_profiles_read_as_approved(approved: Approved, table: str) -> None:
    kind = RECORD_TYPES[table]
    ids = run_query(_ids, kind.source_view, kind.key)
    chosen = dict.fromkeys([*(ids[int(share * len(ids))] for share in SHARES), *ALSO.get(table, ())])
    parts = [f"== {one}\n" + "\n".join(record_lines(table, one)) for one in chosen if one in ids]
    approved(f"profiles/{table}", "\n\n".join(parts))


def _ids(connection, view: str, key: str) -> list[str]:
    return [str(one) for (one,) in connection.execute(f"SELECT {key} FROM {view} ORDER BY {key}").fetchall()]


def test_populations_and_further_registers_read_as_approved(approved: Approved) -> None:
    """Which records figures count, under filters, with what might match."""
    lines = [line for name, one in POPULATIONS.items() for line in (f"== {name}", *population_lines(one, CASES))]
    for name, one in vars(further).items():
        if isinstance(one, Register):
            lines += ["", f"== {name}", *register_lines(one)]
    approved("registers/populations", "\n".join(lines))


def test_queries_of_single_pages_read_as_approved(approved: Approved) -> None:
    """Order and columns of what a page shows as a whole: citations, gaps, terms, search, network."""
    index = run_query(search.search_index)
    themes = tuple(list(vocabulary().sectors)[:12])
    frames = {
        **{
            query.__name__: run_query(query)
            for query in (
                provenance.place_coverage,
                provenance.row_coverage,
                provenance.field_coverage,
                provenance.names,
                provenance.corrections,
                provenance.sources,
                disagreements.all_alternatives,
                disagreements.all_missing_values,
                disagreements.all_contradictions,
                queries.workshop_steps,
                queries.cooperation_statuses,
                queries.usa_share,
                queries.generations,
                data_sets,
            )
        },
        "figures about programmes": run_query(profiles.figures_about, "programme"),
        "figures about sectors": run_query(profiles.figures_about, "sector"),
        "edges": run_query(networks.edges, NONE),
        "edges of Germany": run_query(networks.edges, CASES["Germany"]),
        "links of Germany": run_query(queries.map_links, CASES["Germany"]),
        "sectors": run_query(queries.sector_counts, NONE, "theme"),
        "traded clusters of Germany": run_query(queries.sector_counts, CASES["Germany"], "traded_cluster"),
        "registers by sector": run_query(queries.register_counts_by_sector, NONE, themes),
        **{f"found for {one}": run_query(search.find, index, one) for one in QUESTIONS},
    }
    lines = [line for name, frame in frames.items() for line in (f"== {name}", *frame_lines(frame, 10))]
    lines += [
        f"count {name}: {listed(run_query(queries.register_counts, one).items(), 20)}" for name, one in CASES.items()
    ]
    known = vocabulary()
    lines += [
        f"sectors: {listed(map(known.sector_option, known.sectors), 200)}",
        f"countries: {listed(known.countries.items(), 30)}",
        f"countries of the EU side: {listed(run_query(queries.eu_countries).items())}",
        f"states: {listed(known.states.items())}; regions: {listed(known.regions.items())}",
        f"years: {listed(known.years)}",
        f"priority: {listed(known.priority_themes)}",
    ]
    lines += [f"terms of {name}: {cell(terms)}" for name, terms in sorted(run_query(columns.terms).items())]
    for table in run_query(whole_data.data_tables):
        flags = listed(table.flagged)
        lines.append(f"table {table.name}: computed {table.is_computed}, as {table.recorded_as}, flags {flags}")
    lines += [
        f"part: {cell(part.title)}, {part.licence}, {listed(part.tables)}" for part in run_query(whole_data.parts)
    ]
    approved("queries", "\n".join(lines))


def test_the_steps_of_the_workshop_read_as_approved(approved: Approved) -> None:
    """Declared steps, and what each says when filters leave something or nothing."""
    lines = [f"{one.number} {one.name}: {one.title}. {one.question} {one.note}" for one in declared_steps()]
    nothing = Filters(("construction",), ("US",), ("DE",), 1990, 1990)
    for title, filters in {"no filter": NONE, "Germany": CASES["Germany"], "nothing left": nothing}.items():
        lines += ["", f"=== {title}"]
        for step in declared_steps():
            filled = fill_step(step, filters)
            lines.append(f"{step.number}: {filled.heading} [{filled.empty}] {filled.not_counted}")
    files = steps_of_files(NONE)
    lines += ["", "=== files", *(f"{one.name}: {one.title}; {one.question}; {one.is_further}" for one in files)]
    approved("workshop", "\n".join(lines))


def test_what_is_declared_of_pages_facets_and_examples_reads_as_approved(approved: Approved) -> None:
    lines: list[str] = []
    for page in PAGES:
        lines += ["", f"== {page.name}: {page.title}; {page.label}; {page.section}; {page.icon}", page.question]
        lines += [page.browser_title, f"filters: {listed(page.filters, 20)}"]
        lines += [f"  ignores {name}: {reason}" for name, reason in page.ignores.items()]
        lines += [f"  note on {name}: {note}" for name, note in page.notes.items()]
    for register in REGISTERS.values():
        lines += ["", f"== register {register.name}: {register.label}, counted by {register.counted_by}"]
        lines += [f"  column {heading} ({column})" for column, heading in register.columns.items()]
        for facet in register.facets:
            known = labels_of(register, facet)
            how = f"in its own order: {facet.is_ordered}, sources: {facet.is_cited}"
            lines.append(f"  {facet.label_in(register.table)} ({facet.name}), {how}: {listed(known.items())}")
    lines += ["", *(f"{one.name}: {one.question}\n{one.sql}" for one in EXAMPLES)]
    approved("declared", "\n".join(lines))
