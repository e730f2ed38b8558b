"""warehouse/horizon.py on a tiny release, counted by hand."""

import duckdb
import pytest
from etl_dataset import write_dataset
from frame_reading import tuples
from import_files import run, write_cordis

from domain.filters import Filters
from etl.imports import cordis
from etl.pipeline import Inputs, build
from settings import load_settings
from warehouse import horizon, horizon_network, registers
from warehouse.connection import open_database
from warehouse.populations import HORIZON_PROJECTS


@pytest.fixture(scope="module")
def connection(tmp_path_factory):
    """Two projects with US participation: Clean water (2016) and History of law (2017)."""
    folder = tmp_path_factory.mktemp("horizon")
    data, settings, link = write_dataset(folder), load_settings(), folder / "clusters.duckdb"
    run(cordis.FORMAT, write_cordis(folder / "release"), data)
    build(Inputs(data, "data", settings.static_dir, settings.schema_version), link)
    with open_database(link) as opened:
        yield opened


def test_projects(connection):
    """With their parties and themes; the United Kingdom is on the EU side of 2017."""
    found = horizon.projects(connection)
    assert tuples(
        found, "horizon_project_id", "year", "participant_count", "us_participant_count", "eu_participant_count"
    ) == [("103", 2017, 4, 1, 2), ("101", 2016, 3, 1, 1)]
    assert [list(codes) for codes in found["eu_country_codes"]] == [["FR", "GB"], ["FR"]]
    assert [list(themes) for themes in found["theme_ids"]] == [[], ["water"]]


def test_by_year_programme_country_and_theme(connection):
    """A project counts once in each of its countries and themes; one without a theme is not classified."""
    assert tuples(horizon.projects_by_year(connection), "year", "programme", "projects", "eu_contribution_eur") == [
        (2016, "H2020", 1, 900000),
        (2017, "H2020", 1, None),
    ]
    assert tuples(
        horizon.projects_by_programme(connection), "programme", "projects", "us_participations", "eu_participations"
    ) == [("H2020", 2, 2, 3)]
    assert tuples(
        horizon.projects_by_country(connection), "country", "projects", "participations", "organisations"
    ) == [
        ("France", 2, 2, 1),
        ("United Kingdom", 1, 1, 1),
    ]
    assert tuples(horizon.projects_by_theme(connection), "theme", "basis", "projects") == [
        ("Water", "assigned", 1),
        ("not classified", None, 1),
    ]


def test_eu_organisations_most_linked_with_the_us(connection):
    """Projects shared with a US organisation, and how many different ones; the latest name stands."""
    found = horizon.eu_organisations(connection)
    assert tuples(found, "organisation_name", "country", "project_count", "us_partner_count") == [
        ("POLYMER CENTRE OF LYON", "France", 2, 2),
        ("LEEDS INSTITUTE", "United Kingdom", 1, 1),
    ]
    assert tuples(
        horizon.eu_organisations(connection, Filters(countries=("GB",))), "participant_id", "total_count"
    ) == [("904", 1)]
    assert len(horizon.eu_organisations(connection, limit=1)) == 1


def test_places_and_participations(connection):
    """Participations with coordinates by place; the organisations of one project, the coordinator first."""
    assert tuples(horizon.map_places(connection), "side", "city", "participations", "organisations", "projects") == [
        ("EU", "Lyon", 2, 1, 2),
        ("US", "Athens", 1, 1, 1),
        ("EU", "Leeds", 1, 1, 1),
    ]
    assert tuples(
        horizon.totals(connection), "projects", "participations", "us_participations", "eu_participations", "placed"
    ) == [(2, 7, 2, 3, 4)]
    assert horizon.participations(connection, "103")["organisation_name"].tolist() == [
        "POLYMER CENTRE OF LYON",
        "LEEDS INSTITUTE",
        "PLASTICS GROUP INC",
        "WINDHOEK COLLEGE",
    ]


def test_a_participation_without_a_country_is_on_no_side():
    """It has coordinates, and might lie anywhere: not among those of neither side."""
    with duckdb.connect() as database:
        database.execute(
            "CREATE TABLE sectors (sector_id VARCHAR, scheme VARCHAR); "
            "CREATE TABLE horizon_project_register AS SELECT '1' AS horizon_project_id, NULL::DATE AS start_on, "
            "NULL::DATE AS end_on, []::VARCHAR[] AS theme_ids, []::VARCHAR[] AS possible_theme_ids; "
            "CREATE TABLE horizon_participation_register AS SELECT '1' AS horizon_project_id, * FROM (VALUES "
            "('a', 'US', 'Athens', 39.3, -82.1), ('b', 'OTHER', 'Oslo', 59.9, 10.8), ('c', NULL, 'Here', 10.0, 10.0)) "
            "parties (participant_id, side, city, latitude, longitude)"
        )
        found = horizon.map_places(database)
        assert sorted(zip(found["side"], found["city"], strict=True)) == [("OTHER", "Oslo"), ("US", "Athens")]
        assert horizon.totals(database)["placed"].tolist() == [2]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(countries=("GB",)), ["103"]),
        (Filters(countries=("US",)), ["103", "101"]),
        (Filters(countries=("NL",)), []),
        # Clean water runs until 2018, but begins in 2016.
        (Filters(year_from=2017), ["103"]),
        (Filters(year_to=2016), ["101"]),
        # History of law has no theme: it might match, and is not counted. A traded cluster chooses nothing.
        (Filters(sectors=("water",)), ["101"]),
        (Filters(sectors=("water",), show_possible=False), ["101"]),
        (Filters(sectors=("tc-plastics",)), ["103", "101"]),
        (Filters(sectors=("water", "tc-plastics")), ["101"]),
        (Filters(sides=("EU",)), ["103", "101"]),
    ],
)
def test_filters_choose_projects(connection, filters, ids):
    """The register and every count are of the same projects."""
    assert horizon.projects(connection, filters)["horizon_project_id"].tolist() == ids
    assert horizon.totals(connection, filters)["projects"].tolist() == [len(ids)]
    for run_query in (horizon.projects_by_year, horizon.projects_by_programme, horizon.projects_by_theme):
        assert run_query(connection, filters)["projects"].sum() == len(ids)
    assert (horizon.map_places(connection, filters)["projects"].sum() > 0) == bool(ids)


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(sectors=("water",)), ["103"]),
        (Filters(sectors=("water",), countries=("GB",)), ["103"]),
        (Filters(sectors=("water",), countries=("NL",)), []),
        (Filters(sectors=("water",), year_to=2016), []),
        (Filters(countries=("NL",)), []),
        (Filters(), []),
    ],
)
def test_projects_that_might_match(connection, filters, ids):
    """A project without a theme, unless a country or year that is known excludes it."""
    found = registers.possible_rows(connection, HORIZON_PROJECTS, filters)
    assert found["horizon_project_id"].tolist() == ids
    assert [list(labels) for labels in found["not_recorded"]] == [["sector"]] * len(ids)
    matches = registers.possible_matches(connection, HORIZON_PROJECTS, filters)
    assert (matches.count, matches.unknown) == (len(ids), (("sector", 1),) if ids else ())


def test_names_in_the_register(connection):
    """Themes and countries of the EU side in words."""
    found = horizon.projects(connection).set_index("horizon_project_id")
    assert [list(found["themes"][key]) for key in ("101", "103")] == [["Water"], []]
    assert [list(found["eu_countries"][key]) for key in ("101", "103")] == [["France"], ["France", "United Kingdom"]]


def test_origin(connection):
    """The import, its file and its projects; nothing is shipped here that it could take the place of."""
    found = horizon.origins(connection)
    assert tuples(found, "name", "is_shipped", "title", "period", "input_file", "projects") == [
        ("cordis", False, "Title", None, "release", 2)
    ]
    days = found[["first_day", "last_day"]].map(lambda day: day.date().isoformat())
    assert days.values.tolist() == [["2016-01-01", "2017-05-01"]]
    assert horizon.replaced(connection).empty


def test_who_works_with_whom(connection):
    """US organisations by country and by organisation of the EU side, with the projects that they share."""
    found = horizon_network.us_organisations_by_country(connection)
    assert tuples(found, "us_organisation", "us_project_count", "country", "projects", "country_count") == [
        ("PLASTICS GROUP INC", 1, "France", 1, 2),
        ("PLASTICS GROUP INC", 1, "United Kingdom", 1, 2),
        ("OHIO UNIVERSITY", 1, "France", 1, 1),
    ]
    found = horizon_network.pairs_of_organisations(connection)
    columns = ("us_organisation", "organisation_name", "country", "projects", "acronyms")
    assert tuples(found, *columns) == [
        ("OHIO UNIVERSITY", "POLYMER CENTRE OF LYON", "France", 1, "ALPHA"),
        ("PLASTICS GROUP INC", "LEEDS INSTITUTE", "United Kingdom", 1, "GAMMA"),
        ("PLASTICS GROUP INC", "POLYMER CENTRE OF LYON", "France", 1, "GAMMA"),
    ]
    assert set(found["total_count"]) == {3} and set(found["repeated_count"]) == {0}
    assert len(horizon_network.pairs_of_organisations(connection, limit=2)) == 2


@pytest.mark.parametrize(
    ("countries", "partners"),
    [
        (("GB",), ["LEEDS INSTITUTE"]),
        # The filter chooses a project with a British organisation; its French one is not of the countries asked for.
        (("GB", "US"), ["LEEDS INSTITUTE"]),
        # Not a country of the EU side: it chooses projects, and restricts no organisation of that side.
        (("US",), ["LEEDS INSTITUTE", "POLYMER CENTRE OF LYON"]),
        (("NL",), []),
    ],
)
def test_countries_of_the_filter_restrict_the_organisations_of_the_eu_side(connection, countries, partners):
    filters = Filters(countries=countries)
    pairs = horizon_network.pairs_of_organisations(connection, filters)
    assert sorted(set(pairs["organisation_name"])) == partners
    assert sorted(horizon.eu_organisations(connection, filters)["organisation_name"]) == partners


def test_without_an_import_every_answer_is_empty(data, inputs, link):
    """The page then says what is missing."""
    build(inputs, link)
    with open_database(link) as opened:
        for run_query in (
            horizon_network.us_organisations_by_country,
            horizon_network.pairs_of_organisations,
            horizon.projects,
            horizon.projects_by_year,
            horizon.projects_by_programme,
            horizon.projects_by_country,
            horizon.projects_by_theme,
            horizon.eu_organisations,
            horizon.map_places,
            horizon.origins,
            horizon.replaced,
        ):
            assert run_query(opened).empty
