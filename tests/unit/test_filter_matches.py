"""Records that match the filters, might match or are excluded: in SQL, beside a verdict worked out in Python."""

from dataclasses import replace
from datetime import date

import duckdb
import pytest
from filter_strategies import SIDES, VOCABULARY, any_filters, some
from hypothesis import given
from hypothesis import strategies as st

from domain.filters import FILTER_NAMES, Filters, ListFilter

# The first three lists are recorded, the next three possible beside them: "known" may have a French party, and nothing
# is known of "blank", but that no side is applicable to it.
REGISTER = """(VALUES
    ('known', ['energy'], ['EU'], ['DE'], ['tc-plastics'], [], ['DE', 'FR'], ['de-bavaria'], [],
        DATE '2016-01-01', DATE '2016-12-31', [], NULL, NULL),
    ('other', ['water'], ['US'], ['US'], [], [], [], ['US-CA'], [], DATE '2012-05-01', NULL, [], NULL, NULL),
    ('undated', ['energy'], ['EU', 'US'], ['DE', 'US'], [], [], []::VARCHAR[], ['US-OH'], ['DE'],
        NULL, NULL, NULL, NULL, DATE '2014-12-31'),
    ('blank', []::VARCHAR[], [], [], ['energy', 'water', 'tc-plastics'], []::VARCHAR[], ['DE', 'FR', 'US'],
        []::VARCHAR[], ['EU', 'US'], NULL, NULL, []::VARCHAR[], DATE '2017-02-01', NULL)
) t(name, sector_ids, sides, country_codes, possible_sector_ids, possible_sides, possible_country_codes,
    region_codes, regions_unknown_in, start_on, end_on, not_applicable, earliest_on, latest_on)"""


# Which side a region is of, the filters read from the database.
PLACES = """
CREATE TABLE countries AS FROM (VALUES ('DE', 'EU'), ('US', 'US'), ('CA', 'OTHER')) t(country_code, side);
CREATE TABLE regions AS FROM (VALUES ('de-bavaria', 'DE'), ('US-OH', 'US'), ('US-CA', 'US'), ('ca-ontario', 'CA'))
    t(region_code, country_code)"""


def select(condition, register=REGISTER, columns="name"):
    where, values = condition
    database = duckdb.connect()
    database.execute(PLACES)
    found = database.execute(f"SELECT {columns} FROM {register} WHERE {where} ORDER BY ALL", values).fetchall()
    return [row[0] if len(row) == 1 else row for row in found]


@pytest.mark.parametrize(
    ("filters", "match", "possible"),
    [
        (Filters(), ["blank", "known", "other", "undated"], []),
        (Filters(sectors=("energy",)), ["known", "undated"], ["blank"]),
        (Filters(sectors=("energy", "water")), ["known", "other", "undated"], ["blank"]),
        (Filters(sectors=("tc-plastics",)), [], ["blank", "known"]),
        # One value of a list that is not complete is no reason to exclude the others.
        (Filters(countries=("FR",)), [], ["blank", "known"]),
        (Filters(countries=("DE",)), ["known", "undated"], ["blank"]),
        (Filters(countries=("US",)), ["other", "undated"], ["blank"]),
        (Filters(countries=("GB",)), [], []),
        (Filters(sides=("EU",)), ["known", "undated"], []),
        (Filters(sides=("US",), countries=("FR",)), [], []),
        # A record without a party or place in the country of the region is excluded.
        (Filters(states=("US-OH", "US-CA")), ["other", "undated"], ["blank"]),
        (Filters(states=("US-CA",)), ["other"], ["blank"]),
        (Filters(regions=("de-bavaria",)), ["known"], ["blank", "undated"]),
        (Filters(regions=("es-catalonia",)), [], ["blank"]),
        (Filters(regions=("de-bavaria",), states=("US-OH",)), [], ["blank", "undated"]),
        # A period without a recorded end may reach into a later year.
        # "undated" is told as done by a source of 2014.
        (Filters(year_from=2016), ["known"], ["blank", "other"]),
        # "blank" has no date, and cannot have begun before 2017.
        (Filters(year_to=2012), ["other"], ["undated"]),
        (Filters(year_from=2012, year_to=2012), ["other"], ["undated"]),
        (Filters(year_from=2013, year_to=2015), [], ["other", "undated"]),
        (Filters(year_from=2015, year_to=2015), [], ["other"]),
        (Filters(year_from=2013, year_to=2017), ["known"], ["blank", "other", "undated"]),
        # An undated record of another sector is excluded: one known value is enough.
        (Filters(sectors=("water",), year_from=2016), [], ["blank", "other"]),
        (Filters(sectors=("energy",), year_from=2016), ["known"], ["blank"]),
        (Filters(sides=("US",), year_to=2020), ["other"], ["undated"]),
    ],
)
def test_records_that_match_and_that_might(filters, match, possible):
    """Counts are of the first; to hide possible matches changes neither condition."""
    for chosen in (filters, replace(filters, show_possible=False)):
        assert select(chosen.where(FILTER_NAMES)) == match
        assert select(chosen.where_possible(FILTER_NAMES)) == possible


def test_a_register_without_dates_knows_no_years():
    filters = Filters(sectors=("energy",), year_from=2016)
    assert select(filters.where(("sectors", "sides"))) == ["known", "undated"]
    assert filters.where(("sides",)) == ("true", {}) and filters.where_possible(("sides",)) == ("false", {})


def test_what_is_not_recorded_is_named():
    """Of the active filters alone, in their order."""
    filters = Filters(sectors=("energy",), year_from=2014)
    found = select(filters.where_possible(FILTER_NAMES), columns=f"name, {filters.unknown_names(FILTER_NAMES)}")
    assert found == [("blank", ["sector", "date"]), ("undated", ["date"])]
    filters = Filters(sectors=("energy",), countries=("FR",))
    found = select(filters.where_possible(FILTER_NAMES), columns=f"name, {filters.unknown_names(FILTER_NAMES)}")
    assert found == [("blank", ["sector", "country"]), ("known", ["perhaps further countries"])]
    filters = Filters(sectors=("tc-plastics",), countries=("DE",))
    found = select(filters.where_possible(FILTER_NAMES), columns=f"name, {filters.unknown_names(FILTER_NAMES)}")
    assert found == [("blank", ["sector", "country"]), ("known", ["traded cluster"])]
    # A state says nothing about the regions of the EU: none of them is recorded.
    filters = Filters(regions=("de-bavaria",))
    found = select(filters.where_possible(FILTER_NAMES), columns=f"name, {filters.unknown_names(FILTER_NAMES)}")
    assert found == [("blank", ["region"]), ("undated", ["region"])]
    assert select(("true", {}), columns=f"name, {Filters().unknown_names(FILTER_NAMES)}")[0] == ("blank", [])


@pytest.mark.parametrize(
    ("not_applicable", "filters", "possible"),
    [
        # An intention has no date, whatever is asked.
        (["years"], Filters(year_from=2016), []),
        (["years"], Filters(year_to=2016), []),
        (["years"], Filters(countries=("FR",)), ["record"]),
        # One value that is not applicable excludes the record, whatever else is unknown.
        (["years"], Filters(countries=("FR",), year_from=2016), []),
        ([], Filters(countries=("FR",), year_from=2016), ["record"]),
    ],
)
def test_a_date_that_is_not_applicable_is_not_unknown(not_applicable, filters, possible):
    """A record without any value: it matches nothing, and might match only where a value could be known."""
    register = (
        "(SELECT 'record' AS name, []::VARCHAR[] AS country_codes, ['FR'] AS possible_country_codes, "
        f"NULL::DATE AS start_on, NULL::DATE AS end_on, NULL::DATE AS earliest_on, NULL::DATE AS latest_on, "
        f"{not_applicable}::VARCHAR[] AS not_applicable)"
    )
    assert select(filters.where(FILTER_NAMES), register) == []
    assert select(filters.where_possible(FILTER_NAMES), register) == possible


# The filter that CONTRIBUTING.md adds as an example: an expression, without a column of what is possible.
MEMBERS = ListFilter(
    name="countries",
    parameter="members",
    column="CASE WHEN member_count IS NULL THEN []::VARCHAR[] WHEN member_count < 100 THEN ['FR'] ELSE ['DE'] END",
    label="Members",
    noun="the number of members",
    unknown_label="number of members",
    options={"FR": "fewer than 100 members", "DE": "100 and more members"},
)


@pytest.mark.parametrize(
    ("member_count", "not_applicable", "expected"),
    [
        (50, [], (True, None)),
        (150, [], (False, None)),
        ("NULL", [], (False, "number of members")),
        ("NULL", ["countries"], (False, None)),
    ],
)
def test_a_filter_without_possible_values_takes_an_empty_list_as_unknown(member_count, not_applicable, expected):
    filters = Filters(countries=("FR",))
    register = f"(SELECT {member_count}::INTEGER AS member_count, {not_applicable}::VARCHAR[] AS not_applicable)"
    columns = f"{MEMBERS.matches(filters)}, {MEMBERS.unknown(filters)}"
    assert select(("true", MEMBERS.sql_params(filters)), register, columns) == [expected]


NOT_APPLICABLE = st.lists(st.just("years"), unique=True)
VALUES = (VOCABULARY.sectors, SIDES, VOCABULARY.countries)


@st.composite
def records(draw):
    """A record of a register: lists of what is recorded and of what is possible beside it, its regions and where they
    are unknown, a period that may be open or unknown, and which filters are not applicable to it."""
    regions = [*VOCABULARY.regions, *VOCABULARY.states]
    where_unknown = ["ES", "FR", "DE", "US", "EU", "OTHER"]
    lists = [draw(some(values)) for values in (*VALUES, *VALUES, regions, where_unknown)]
    start, end = draw(st.none() | st.integers(2012, 2018)), draw(st.none() | st.integers(2012, 2018))
    if start is None:  # the schema knows no end without a beginning
        earliest = None if end is None else date(end, 3, 1)
        latest = draw(st.none() | st.integers(end or 2012, 2018))
        return (*lists, None, None, draw(NOT_APPLICABLE), earliest, None if latest is None else date(latest, 12, 31))
    return (*lists, date(start, 5, 1), None if end is None else date(max(start, end), 7, 1), [], None, None)


def overlap(start, end, first, last):
    """Whether a period that has begun overlaps the years; None where its end is unknown and decides."""
    if start.year > last or (end and end.year < first):
        return False
    return True if end or start.year >= first else None


def verdict(filters, record):
    """'match', 'possible' or 'excluded' for one record, in three-valued logic and without SQL."""
    *lists, regions, unknown_in, start, end, not_applicable, earliest, latest = record
    held = []
    for name, own, possible in zip(("sectors", "sides", "countries"), lists[:3], lists[3:], strict=True):
        if asked := set(getattr(filters, name)):
            held.append(True if asked & set(own) else None if asked & set(possible) else False)
    # The country of each region, and the side of all of them, where even the country of a party may be unknown.
    for regions_asked, countries in (
        (filters.regions, {"es-catalonia": "ES", "fr-brittany": "FR", "": "EU"}),
        (filters.states, {"US-CA": "US", "US-OH": "US", "": "US"}),
    ):
        if regions_asked:
            may_be = {countries[one] for one in (*regions_asked, "")} & set(unknown_in)
            held.append(True if set(regions_asked) & set(regions) else None if may_be else False)
    if filters.year_from is not None or filters.year_to is not None:
        first, last = filters.year_from or 0, filters.year_to or 9999
        is_outside = bool((earliest and earliest.year > last) or (latest and latest.year < first))
        held.append(overlap(start, end, first, last) if start else False if not_applicable or is_outside else None)
    return "excluded" if False in held else "possible" if None in held else "match"


@given(any_filters(2011, 2019), st.lists(records(), max_size=12))
def test_every_record_matches_might_match_or_is_excluded(filters, register):
    """The two conditions never overlap, are never NULL, and agree with the verdict worked out in Python."""
    lists = ["sector_ids", "sides", "country_codes"]
    names = [*lists, *(f"possible_{name}" for name in lists), "region_codes", "regions_unknown_in"]
    names += ["start_on", "end_on", "not_applicable", "earliest_on", "latest_on"]
    types = ["VARCHAR[]"] * 8 + ["DATE"] * 2 + ["VARCHAR[]", "DATE", "DATE"]
    connection = duckdb.connect()
    connection.execute(PLACES)
    columns = ", ".join(f"{name} {kind}" for name, kind in zip(names, types, strict=True))
    connection.execute(f"CREATE TABLE t (name INTEGER, {columns})")
    for number, (*lists, start, end, not_applicable, earliest, latest) in enumerate(register):
        values = [number, *(list(own) for own in lists), start, end, not_applicable, earliest, latest]
        connection.execute(f"INSERT INTO t VALUES ({', '.join('?' * len(values))})", values)
    (where, values), (possible, others) = filters.where(FILTER_NAMES), filters.where_possible(FILTER_NAMES)
    assert set(others) <= set(values)
    found = connection.execute(f"SELECT ({where}), ({possible}) FROM t ORDER BY name", values).fetchall()
    said = {(True, False): "match", (False, True): "possible", (False, False): "excluded"}
    assert [said[row] for row in found] == [verdict(filters, record) for record in register]
