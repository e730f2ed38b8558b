"""The definitions in SQL, on a dataset small enough to count by hand."""

import duckdb
import pytest
from etl_dataset import edit, write_dataset

from etl.pipeline import Inputs, build
from settings import load_settings

# No member of these two projects is known: their countries are those that a source names for them.
NAMED = [
    {"project_id": project, "country_code": code, "basis": "stated"}
    for project, code in [("bilat-usa", "US"), ("elbe", "CA"), ("elbe", "FR")]
]


@pytest.fixture(scope="module")
def rows(tmp_path_factory):
    """`rows(sql)` of a database built from the tiny dataset."""
    folder = tmp_path_factory.mktemp("views")
    settings = load_settings()
    data = write_dataset(folder, {"project_countries": NAMED})
    edit(data, "projects", ",support_project,,", ",support_project,ESCP-4i,")  # of the programme, but no partnership
    built = build(Inputs(data, "data", settings.static_dir, settings.schema_version), folder / "c.duckdb")
    with duckdb.connect(str(built.path), read_only=True) as connection:
        yield lambda sql: connection.execute(sql).fetchall()


def test_targets_usa(rows):
    """A complete list without the USA is not listed, an unknown one unknown, a programme has no list."""
    assert rows("FROM project_usa_targets ORDER BY project_id") == [
        ("elbe", "unknown"),
        ("escp4i-move", "not listed"),
        ("escp4i-wiintech2020", "listed"),
    ]


def test_another_project_of_the_programme_is_no_partnership(rows):
    """A project that supports ESCP-4i is of no generation."""
    others = rows("SELECT label FROM project_register WHERE programme = 'ESCP-4i' AND NOT is_escp4i_partnership")
    assert others == [("BILAT USA 4.0",)]


def test_usa_share(rows):
    """Numerators of generation 1 are counted, all other numbers are looked up or inferred."""
    assert rows("SELECT measure_id, numerator, denominator, round(share, 4), basis FROM usa_share") == [
        ("gen1-listed-of-final", 1, 25, 0.04, "counted"),
        ("gen1-listed-of-launch", 1, 24, 0.0417, "counted"),
        ("printed-47", None, None, 0.4737, "printed"),
        ("gen1-inferred-9-of-19", 9, 19, 0.4737, "inferred"),
        ("gen2-survey", 8, 19, 0.4211, "printed"),
    ]
    columns = ["measure_id", "label", "numerator", "denominator", "share", "basis", "population", "note"]
    assert [name for name, *_ in rows("DESCRIBE usa_share")] == columns


def test_organisation_themes(rows):
    """A theme counts as itself, a sub-sector as its parent, a traded cluster by our crosswalk."""
    assert rows("FROM organisation_themes ORDER BY organisation_id") == [
        ("nwp", "water", "stated"),
        ("plastipolis", "materials", "assigned"),
        ("polymer-ohio", "materials", "assigned"),
        ("polymeris", "materials", "stated"),
    ]


def test_themes_of_parties_and_projects_are_inherited(rows):
    """A cooperation or event without sectors of its own has those of its parties or projects."""
    assert rows("FROM cooperation_themes ORDER BY cooperation_id, theme_id") == [
        ("exchange-nwp-wiintech", "materials", "assigned", "parties"),
        ("exchange-nwp-wiintech", "water", "assigned", "parties"),
        ("mou-plastipolis-polymerohio-2011", "materials", "assigned", "parties"),
    ]
    assert rows("FROM event_themes") == [("matchmaking-2016", "materials", "assigned", "projects")]
    assert rows("FROM project_themes") == [("escp4i-wiintech2020", "materials", "assigned")]
    assert rows("FROM policy_themes") == [("cluster-arrangement", "water", "assigned")]


def test_record_labels_name_every_fact_once(rows):
    """Every citation finds the name of its record; every fact is named once."""
    assert rows("SELECT * FROM citations ANTI JOIN record_labels USING (table_name, record_id)") == []
    assert rows("SELECT table_name, record_id FROM record_labels GROUP BY ALL HAVING count(*) > 1") == []
    assert rows("SELECT label FROM record_labels WHERE record_id = 'escp4i-wiintech2020|CA'") == [
        ("WIINTECH2020: Canada",)
    ]
    assert rows("SELECT label FROM record_labels WHERE record_id = 'polymer-ohio-members'") == [
        ("PolymerOhio: members",)
    ]


def test_cited_facts(rows):
    """One row for each citation, with title and reliability of the source."""
    assert rows("SELECT label, field, title, reliability FROM cited_facts WHERE record_id = 'nwp'") == [
        ("Netherlands Water Partnership", "*", "Discussion paper", "seed"),
    ]


def test_cooperation_links_join_placed_organisations_across_the_atlantic(rows):
    """Projects, unnamed parties and organisations without a point make no arc."""
    assert rows(
        "SELECT cooperation_id, status, eu_organisation_id, us_organisation_id, eu_latitude, "
        "us_longitude FROM cooperation_links"
    ) == [
        ("mou-plastipolis-polymerohio-2011", "signed", "plastipolis", "polymer-ohio", 46.26, -82.93),
    ]


def test_organisation_register(rows):
    """Lists are empty, never null; counts are 0, never null."""
    found = rows(
        "SELECT organisation_id, country_codes, sides, sector_ids, themes, traded_clusters, aliases, project_count, "
        "cooperation_count, eu_us_cooperation_count, event_count, region, successor FROM "
        "organisation_register ORDER BY 1"
    )
    assert found == [
        ("nwp", ["NL"], ["EU"], ["water"], ["Water"], [], ["Dutch water network"], 0, 1, 0, 1, None, None),
        (
            "plastipolis",
            ["FR"],
            ["EU"],
            ["materials", "tc-plastics"],
            ["Materials"],
            ["Plastics"],
            [],
            1,
            1,
            1,
            0,
            None,
            "Polymeris",
        ),
        (
            "polymer-ohio",
            ["US"],
            ["US"],
            ["materials", "tc-plastics"],
            ["Materials"],
            ["Plastics"],
            ["Polymer Ohio Inc."],
            0,
            1,
            1,
            0,
            "Ohio",
            None,
        ),
        ("polymeris", ["FR"], ["EU"], ["materials", "sub-delta"], ["Materials"], [], [], 0, 0, 0, 0, None, None),
    ]


def test_project_register(rows):
    """Targets in printed order; countries and sides of the known members and of what a source names."""
    found = rows(
        "SELECT label, targets_usa, target_codes, members, country_codes, sides, lead_name FROM "
        "project_register ORDER BY 1"
    )
    assert found == [
        ("BILAT USA 4.0", "not applicable", [], [], ["US"], ["US"], None),
        ("ELBE", "unknown", [], [], ["CA", "FR"], ["EU", "OTHER"], None),
        ("MOVE", "not listed", ["CA"], [], [], [], None),
        ("WIINTECH2020", "listed", ["US", "CA"], ["Plastipolis"], ["FR"], ["EU"], "Plastipolis"),
    ]


def test_cooperation_register(rows):
    """Parties in the order of the source and by side, an unnamed one in the words of the source; the countries are
    those of the organisations and of the known members of the project."""
    found = rows(
        "SELECT parties, eu_parties, us_parties, other_parties, sides, country_codes, story_ids "
        "FROM cooperation_register ORDER BY cooperation_id"
    )
    assert found == [
        (
            ["WIINTECH2020", "Netherlands Water Partnership", "Canadian clusters"],
            ["WIINTECH2020", "Netherlands Water Partnership"],
            [],
            ["Canadian clusters"],
            ["EU", "OTHER"],
            ["FR", "NL"],
            [],
        ),
        (
            ["Plastipolis", "PolymerOhio"],
            ["Plastipolis"],
            ["PolymerOhio"],
            [],
            ["EU", "US"],
            ["FR", "US"],
            ["story-plastipolis"],
        ),
    ]


EVERYWHERE, OF_EUROPE = ["CA", "FR", "GB", "NL", "US"], ["FR", "GB", "NL"]


@pytest.mark.parametrize(
    ("register", "key", "expected"),
    [
        # Every organisation has a country; two have no traded cluster, none lacks a theme.
        (
            "organisation_register",
            "organisation_id",
            [
                ("nwp", ["tc-plastics"], [], []),
                ("plastipolis", [], [], []),
                ("polymer-ohio", [], [], []),
                ("polymeris", ["tc-plastics"], [], []),
            ],
        ),
        # No list of members is known to be complete; members of an ESCP-4i partnership are of Europe.
        (
            "project_register",
            "label",
            [
                ("BILAT USA 4.0", ["materials", "tc-plastics", "water"], ["EU", "OTHER", "US"], EVERYWHERE),
                ("ELBE", ["materials", "tc-plastics", "water"], ["EU", "OTHER"], OF_EUROPE),
                ("MOVE", ["materials", "tc-plastics", "water"], ["EU", "OTHER"], OF_EUROPE),
                ("WIINTECH2020", ["tc-plastics"], ["EU", "OTHER"], OF_EUROPE),
            ],
        ),
        # Of the first, WIINTECH2020 may have further members, and "Canadian clusters" have no country;
        # the two parties of the second have a country each.
        (
            "cooperation_register",
            "cooperation_id",
            [
                ("exchange-nwp-wiintech", ["tc-plastics"], [], ["CA", *OF_EUROPE]),
                ("mou-plastipolis-polymerohio-2011", [], [], []),
            ],
        ),
        # The second place is not recorded.
        ("event_register", "event_id", [("matchmaking-2016", ["tc-plastics"], ["EU", "OTHER", "US"], EVERYWHERE)]),
        # An instrument of both sides without any country.
        ("policy_register", "policy_id", [("cluster-arrangement", ["tc-plastics"], [], EVERYWHERE)]),
        ("story_register", "story_id", [("story-plastipolis", ["tc-plastics"], [], [])]),
    ],
)
def test_what_may_be_missing(rows, register, key, expected):
    """Sectors, sides and countries that a record may have beside the recorded ones."""
    columns = f"{key}, possible_sector_ids, possible_sides, possible_country_codes"
    assert rows(f"SELECT {columns} FROM {register} ORDER BY 1") == expected


def test_the_other_registers(rows):
    """Places in order without the unknown one; a policy of both sides has both."""
    assert rows("SELECT places, country_codes, sides, projects, organisations FROM event_register") == [
        (["Oyonnax"], ["FR"], ["EU"], ["WIINTECH2020"], ["Netherlands Water Partnership"]),
    ]
    assert rows("SELECT sides, country_codes, themes FROM policy_register") == [(["EU", "US"], [], ["Water"])]
    assert rows("SELECT parties, sides, country_codes, themes FROM story_register") == [
        (["Plastipolis", "PolymerOhio"], ["EU", "US"], ["FR", "US"], ["Materials"]),
    ]
    assert rows("SELECT sector, sector_ids, statement FROM opportunity_register") == [
        ("Water", ["water"], "Work on the reuse of water."),
    ]


def test_coverage(rows):
    """Rows, cited rows and precision by side; null, not 0, for tables without places."""
    assert rows("FROM coverage WHERE table_name IN ('organisations', 'figures', 'event_places', 'usa_share')") == [
        ("event_places", "EU", "seeds", 1, 1, 1, 0, 0, 0),
        ("event_places", None, "seeds", 1, 1, 0, 0, 0, 1),
        ("figures", None, "seeds", 6, 6, None, None, None, None),
        ("organisations", "EU", "seeds", 3, 3, 1, 0, 2, 0),
        ("organisations", "US", "seeds", 1, 1, 1, 0, 0, 0),
        ("usa_share", None, "not cited", 5, 0, None, None, None, None),
    ]


def test_field_coverage(rows):
    """Filled cells by side, and blank ones whose reason is known."""
    assert rows(
        "FROM field_coverage WHERE field IN ('member_count', 'start_on') AND table_name IN "
        "('organisations', 'projects')"
        " ORDER BY ALL"
    ) == [
        ("organisations", "member_count", "EU", 3, 0, 0),
        ("organisations", "member_count", "US", 1, 1, 0),
        ("projects", "start_on", None, 4, 2, 1),
    ]


def test_corrections_reach_the_database(rows):
    """The file keeps the slip, the database has the corrected value, and the correction is listed."""
    assert rows("SELECT description FROM activities WHERE activity_id = 'wiintech-events-1'") == [
        ("Visit of Stanford",)
    ]
    assert rows("SELECT old_value, new_value FROM corrections") == [("Visit of Standford", "Visit of Stanford")]


def test_every_column_has_a_comment(rows):
    """Tables, views and registers alike."""
    assert rows("SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL") == []
    assert rows("SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == []
    assert rows("SELECT table_name FROM duckdb_tables() WHERE comment IS NULL") == []
