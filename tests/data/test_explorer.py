"""Counts of facets and cross tables of the Explorer are those of tests/oracle.py, worked out from the CSV files."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable

import pytest

from domain.filters import Filters
from explorer import counts
from explorer.facets import FACET_NAMES, FACETS
from explorer.registers import REGISTERS
from explorer.selection import Selection, parse_selection
from tests.oracle import Oracle
from tests.oracle_records import KNOWS, Chosen, Record

# Register of the Explorer and population of the oracle.
POPULATIONS = {
    "cluster_organisations": "cluster organisations",
    "organisations": "organisations",
    "projects": "projects",
    "cooperations": "cooperations",
    "events": "events",
    "policies": "policies",
    "success_stories": "stories",
    "opportunities": "opportunities",
}
# Facets that a table has and column of its file; what a blank, or a word for one, means without a typed reason.
COLUMNS = {
    ("organisations", "kind"): ("kind", {}),
    ("organisations", "year"): ("founded_year", {}),
    ("organisations", "precision"): ("location_precision", {"unknown": "unknown"}),
    ("projects", "kind"): ("kind", {}),
    ("projects", "programme"): ("programme", {}),
    ("projects", "generation"): ("generation", {"": "not applicable"}),
    ("projects", "status"): ("funding_status", {"not stated": "not stated"}),
    ("projects", "precision"): ("start_precision", {"undated": "not stated"}),
    ("cooperations", "kind"): ("kind", {}),
    ("cooperations", "status"): ("status", {}),
    ("cooperations", "precision"): ("date_precision", {"undated": "not stated"}),
    ("events", "kind"): ("kind", {}),
    ("events", "status"): ("status_in_source", {"not stated": "not stated"}),
    ("events", "precision"): ("date_precision", {"undated": "not stated"}),
    ("policies", "kind"): ("kind", {}),
    ("policies", "precision"): ("date_precision", {"undated": "not stated"}),
}
DATED = ("projects", "cooperations", "events", "policies")


class Expected:
    """The entries of records, from the files."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self.reasons = {
            (r["table_name"], r["record_id"], r["field"]): r["reason"] for r in oracle.rows("missing_values")
        }
        self.schemes = {row["sector_id"]: row["scheme"] for row in oracle.rows("sectors")}
        self.cited = defaultdict(set)
        for row in oracle.rows("citations"):
            self.cited[row["table_name"], row["record_id"]].add(row["source_id"])

    def entries(self, record: Record, facet: str) -> set[str]:
        """What a record counts for: '=value' for each value, or '?reason'."""
        if facet == "sector":
            values = {one for one in record.sectors if self.schemes[one] in ("theme", "traded_cluster")}
            return self._entries(values, "not stated")
        if facet == "side":
            return self._entries(record.sides, self._place_reason(record))
        if facet == "country":
            return self._entries(record.countries, self._place_reason(record))
        if facet == "cited":
            return self._entries(self.cited[record.table, record.id], "not stated")
        if facet == "year" and record.table in DATED:
            values = {str(record.start.year)} if record.start else set()
            return self._entries(values, self.reasons.get((record.table, record.id, "start_on"), "not stated"))
        column, words = COLUMNS[record.table, facet]
        value = record.row[column]
        typed = self.reasons.get((record.table, record.id, "start_on")) if facet == "precision" else None
        if value and value not in words:
            return {f"={value}"}
        return {f"?{typed or words.get(value, 'not stated')}"}

    def _entries(self, values: Iterable[str], reason: str) -> set[str]:
        return {f"={value}" for value in values} or {f"?{reason}"}

    def _place_reason(self, record: Record) -> str:
        if record.row.get("stored_in") and record.row["side"] == "EU":
            return "not applicable"  # an instrument of the EU as a whole
        if record.table != "events":
            return self.reasons.get((record.table, record.id, "country_code"), "not stated")
        places = [row for row in self.oracle.rows("event_places") if row["event_id"] == record.id]
        keys = [("event_places", f"{record.id}|{row['sequence']}", "country_code") for row in places]
        found = [self.reasons.get(key) for key in keys]
        if not found or None in found:
            return "not stated"
        return min((one for one in found if one != "not applicable"), default="not applicable")

    def count(self, records: list[Record], of: Callable[[Record], Iterable[object]]) -> Counter:
        """Records by what they count for, an agreement once however often it was renewed."""
        found = defaultdict(set)
        for record in records:
            for entry in of(record):
                found[entry].add(self.oracle.agreement(record))
        return Counter({entry: len(ones) for entry, ones in found.items()})


@pytest.fixture(scope="module")
def expected(oracle) -> Expected:
    """The entries of records, from the files."""
    return Expected(oracle)


def known_facets(register: str) -> list[str]:
    """Facets of a register that the oracle knows."""
    table = REGISTERS[register].table
    shared = [name for name in ("sector", "side", "country") if name in KNOWS[table]]
    own = [facet for of, facet in COLUMNS if of == table]
    dated = ["year"] if table in DATED else []
    cited = ["cited"] if table in ("events", "cooperations") else []
    return list(dict.fromkeys([*shared, *own, *dated, *cited]))


CHOICES = [
    ("cluster_organisations", Filters(), {}),
    ("cluster_organisations", Filters(sectors=("energy",), sides=("EU",)), {"precision": ("=city", "?unknown")}),
    ("organisations", Filters(countries=("US",)), {"kind": ("=public_authority",)}),
    ("organisations", Filters(), {"country": ("?not applicable", "?not stated")}),
    ("projects", Filters(year_from=2016, year_to=2018), {"generation": ("=1", "=2")}),
    ("projects", Filters(countries=("FR",)), {"country": ("?not stated",), "programme": ("=ESCP-4i", "?not stated")}),
    ("cooperations", Filters(), {}),
    ("cooperations", Filters(countries=("FR", "NL")), {"status": ("=signed", "=renewed"), "year": ("?not stated",)}),
    ("events", Filters(sides=("US",)), {"kind": ("=mission",), "status": ("=held",)}),
    ("events", Filters(), {"cited": ("=d35",)}),
    ("policies", Filters(), {"country": ("?not applicable",)}),
    ("success_stories", Filters(sectors=("water",)), {}),
    ("opportunities", Filters(), {}),
]


def selection_of(register: str, filters: Filters, picks: dict[str, tuple[str, ...]]) -> Selection:
    """A selection made step by step, as the page makes it."""
    selection = Selection(register, filters)
    for name, entries in picks.items():
        facet = FACET_NAMES[name]
        selection = selection.with_chosen(facet, (*selection.chosen(facet), *entries))
    return selection


def chosen_records(expected: Expected, register: str, filters: Filters, picks: dict, without: str = "") -> list[Record]:
    """Records that match every choice, or every one but that in a facet."""
    records = expected.oracle.matching(POPULATIONS[register])
    values = {"sector": filters.sectors, "side": filters.sides, "country": filters.countries}
    wanted = {name: [f"={value}" for value in own] for name, own in values.items() if own}
    for name, entries in picks.items():
        wanted[name] = [*wanted.get(name, []), *entries]
    years = Chosen(year_from=filters.year_from, year_to=filters.year_to)
    return [
        record
        for record in records
        if all(record.verdicts(years).values())
        and all(expected.entries(record, name) & set(own) for name, own in wanted.items() if name != without)
    ]


@pytest.mark.parametrize(("register", "filters", "picks"), CHOICES, ids=lambda one: one if isinstance(one, str) else "")
def test_facets_count_what_the_files_say(db, expected, register, filters, picks):
    """Each facet under all other choices; the number of records; and a cross table of two facets with its totals."""
    selection = selection_of(register, filters, picks)
    found = counts.facet_counts(db, selection)
    facets = known_facets(register)
    for name in facets:
        records = chosen_records(expected, register, filters, picks, without=name)
        assert found[name] == expected.count(records, lambda record, name=name: expected.entries(record, name)), name

    records = chosen_records(expected, register, filters, picks)
    number = len({expected.oracle.agreement(record) for record in records})
    chosen = counts.chosen(db, selection)
    assert (chosen.ids, chosen.number) == ({record.id for record in records}, number)

    if len(facets) > 1:
        by, across = facets[0], facets[-1]
        crossed = counts.counted_by(db, selection, by, across)
        pairs = expected.count(
            records,
            lambda record: [(a, b) for a in expected.entries(record, by) for b in expected.entries(record, across)],
        )
        assert {pair: n for pair, n in crossed.counts.items() if counts.ALL not in pair} == pairs
        assert crossed.rows() == expected.count(records, lambda record: expected.entries(record, by))
        assert crossed.columns() == expected.count(records, lambda record: expected.entries(record, across))
        assert crossed.total == number


def test_records_that_might_match_are_those_of_the_registers(db, oracle):
    """Under the shared filters alone they are the same as below every register."""
    filters, chosen = Filters(countries=("FR",), year_from=2015), Chosen(countries=("FR",), year_from=2015)
    for register in ("cooperations", "projects", "events"):
        found = counts.possible(db, Selection(register, filters))
        assert set(found["id"]) == {record.id for record in oracle.possible(POPULATIONS[register], chosen)}, register
    # A year that is not recorded might be any; where a year makes no sense, it is none.
    undated = counts.possible(db, selection_of("cooperations", Filters(), {"year": ("=2016",)}))
    reasons = {r["record_id"]: r["reason"] for r in oracle.rows("missing_values") if r["field"] == "start_on"}
    everyone = oracle.matching("cooperations")
    # An agreement without a date whose renewal is of that year matches by it.
    matching = {oracle.agreement(record) for record in everyone if record.start and record.start.year == 2016}
    open_ = [r for r in everyone if not r.start and reasons.get(r.id) != "not applicable"]
    assert set(undated["id"]) == {r.id for r in open_ if oracle.agreement(r) not in matching} != {r.id for r in open_}


def test_every_entry_of_every_facet_comes_back_from_the_url(db):
    """Register, filters and entries as URL parameters give the same selection; each facet is in some register."""
    tried = set()
    for register in REGISTERS:
        known = counts.known_entries(db, register)
        for facet in REGISTERS[register].facets:
            selection = Selection(register).with_chosen(facet, sorted(known[facet.name])[:20])
            params = defaultdict(list)
            for name, value in selection.to_params():
                params[name].append(value)
            notes: list[str] = []
            again = parse_selection(params, REGISTERS[register], selection.filters, known, notes)
            assert set(again.chosen(facet)) == set(selection.chosen(facet)) and notes == [], (register, facet.name)
            tried.add(facet.name)
    assert tried == {facet.name for facet in FACETS}


def test_no_record_is_without_an_entry(db):
    """Every record counts in every facet of its register: for a value, or for the reason why it has none."""
    for register in REGISTERS:
        for facet in REGISTERS[register].facets:
            counted = counts.counted_by(db, Selection(register), facet.name)
            assert sum(counted.rows().values()) >= counted.total > 0, (register, facet.name)
