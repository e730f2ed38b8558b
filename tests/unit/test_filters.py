"""Filters: what a link may say, what SQL it becomes, and how it reads."""

import duckdb
import pytest

from domain.filters import Filters, Vocabulary, parse

VOCABULARY = Vocabulary(
    sectors={"energy": "Energy", "water": "Water", "tc-plastics": "Plastics"},
    countries={"DE": "Germany", "US": "United States"},
    traded_clusters=frozenset({"tc-plastics"}),
    sector_records={"energy": 3},
    years=(2015, 2016, 2017),
)


def params(**values):
    names = {"first": "from", "last": "to"}
    return {names.get(k, k): v if isinstance(v, list) else [v] for k, v in values.items()}


def test_repeated_parameters_become_several_values():
    filters, notes = parse(
        params(sector=["energy", "water"], side="eu", country="de", first="2015", last="2017"), VOCABULARY
    )
    assert filters == Filters(("energy", "water"), ("EU",), ("DE",), 2015, 2017)
    assert notes == []


def test_parameters_round_trip():
    filters = Filters(("energy", "tc-plastics"), ("US",), ("US", "DE"), 2015, None, False)
    grouped = {}
    for name, value in filters.to_params():
        grouped.setdefault(name, []).append(value)
    assert parse(grouped, VOCABULARY) == (filters, [])


@pytest.mark.parametrize(
    ("link", "named"),
    [
        (params(sector="enregy"), "enregy"),
        (params(country="ZZ"), "ZZ"),
        (params(side="north"), "NORTH"),
        (params(first="20x5"), "20x5"),
        (params(last="99999"), "99999"),
        (params(first="²0¹5"), "from"),
        (params(first="2017", last="2015"), "2017 to 2015"),
        (params(unknown="maybe"), "maybe"),
    ],
)
def test_malformed_parameter_is_dropped_with_a_note(link, named):
    filters, notes = parse(link, VOCABULARY)
    assert filters.is_empty()
    assert len(notes) == 1
    assert named in notes[0]
    assert "dropped" in notes[0]


def test_note_shows_no_markup_of_the_link():
    _, notes = parse(params(sector="<script>[x](http://a)" + "y" * 500), VOCABULARY)
    assert "<" not in notes[0] and "[" not in notes[0] and len(notes[0]) < 150


def select(filters, dated=True):
    where, values = filters.where(lists=("sector_ids", "sides"), dated=dated)
    table = """(VALUES
        ('known', ['energy'], ['EU'], DATE '2016-01-01', DATE '2016-12-31'),
        ('other', ['water'], ['US'], DATE '2012-05-01', DATE '2012-05-02'),
        ('blank', []::VARCHAR[], []::VARCHAR[], NULL, NULL)) t(name, sector_ids, sides, start_on, end_on)"""
    rows = duckdb.connect().execute(f"SELECT name FROM {table} WHERE {where} ORDER BY name", values).fetchall()
    return [name for (name,) in rows]


def test_rows_of_unknown_value_stay_unless_taken_out():
    assert select(Filters(sectors=("energy",))) == ["blank", "known"]
    assert select(Filters(sectors=("energy",), keep_unknown=False)) == ["known"]
    assert select(Filters(year_from=2016)) == ["blank", "known"]
    assert select(Filters(year_to=2012, keep_unknown=False)) == ["other"]


def test_years_overlap_and_can_be_switched_off():
    assert select(Filters(year_from=2016, year_to=2016, keep_unknown=False)) == ["known"]
    assert select(Filters(year_from=2016), dated=False) == ["blank", "known", "other"]


def test_no_filter_selects_everything():
    assert select(Filters()) == ["blank", "known", "other"]


def test_words():
    assert Filters().describe(VOCABULARY) == "no filter"
    words = Filters(("energy", "water"), ("US",), ("DE",), 2015, 2016, False).describe(VOCABULARY)
    assert words == (
        "Energy or Water; side: United States; Germany; 2015 to 2016; without rows of unknown date, sector or place"
    )
    assert Filters(year_from=2015).describe(VOCABULARY) == "since 2015"
    assert Filters(year_to=2015).describe(VOCABULARY) == "until 2015"
    assert Filters(year_from=2015, year_to=2015).describe(VOCABULARY) == "2015"


def test_relaxations_drop_one_filter_each():
    filters = Filters(sectors=("energy",), year_from=2015)
    assert [rest for _, rest in filters.relaxations()] == [Filters(year_from=2015), Filters(sectors=("energy",))]
    assert Filters().relaxations() == []


def test_option_says_scheme_and_zero():
    assert VOCABULARY.sector_option("energy") == "Energy (3)"
    assert VOCABULARY.sector_option("tc-plastics") == "Plastics, traded cluster (0)"
