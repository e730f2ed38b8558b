"""What happened when, and how exactly the two documents say so; projects and policies with their dates."""

from datetime import date

import pytest

D = date
# Word of the name or description, first and last day, precision, place (city or None), country, status.
DATED = [
    ("workshop", D(2015, 11, 17), D(2015, 11, 19), "day", "Boston", "US", "held"),
    ("matchmaking", D(2016, 4, 1), D(2016, 4, 30), "month", "Hannover", "DE", "held"),
    ("seminar", D(2016, 4, 1), D(2016, 4, 30), "month", "Hannover", "DE", "held"),
    ("strategic meeting", D(2016, 10, 1), D(2016, 10, 31), "month", "Barcelona", "ES", "held"),
    ("cancer", D(2017, 6, 19), D(2017, 6, 19), "day", "San Francisco", "US", "planned"),
    ("oceanology", D(2017, 2, 14), D(2017, 2, 16), "day", "San Diego", "US", "held"),
    ("ocean business", D(2017, 4, 4), D(2017, 4, 6), "day", "Southampton", "GB", "held"),
    ("boston", D(2013, 10, 1), D(2013, 10, 31), "month", "Boston", "US", "held"),
    ("fact", D(2016, 11, 1), D(2016, 11, 30), "month", None, "US", "held"),
    ("mission", D(2017, 2, 1), D(2017, 2, 28), "month", "Seattle", "US", "held"),
    ("delegation", D(2017, 5, 1), D(2017, 5, 31), "month", None, "US", "held"),
    ("innovation", D(2016, 6, 1), D(2016, 6, 30), "month", "San Francisco", "US", "held"),
    ("trade mission", D(2017, 6, 1), D(2017, 6, 30), "month", None, None, "planned"),
    ("brokerage", D(2017, 10, 1), D(2017, 10, 31), "month", None, None, "planned"),
]
AUTUMN_2017 = (D(2017, 9, 1), D(2017, 11, 30))


@pytest.fixture(scope="module")
def event(rows):
    """`event(word, first, last)` gives (event_id, precision, status) of the one event that fits."""

    def find(word: str, first: date, last: date) -> tuple:
        found = rows(
            "SELECT event_id, date_precision, status_in_source FROM events WHERE start_on = $1 AND end_on = $2 "
            "AND (contains(replace(lower(name), ' ', ''), $3) OR contains(replace(lower(description), ' ', ''), $3)) "
            "AND event_id IN (SELECT record_id FROM citations WHERE table_name = 'events' AND "
            "source_id IN ('d35', 'news2015')) "
            "ORDER BY contains(replace(lower(name), ' ', ''), $3) DESC",
            first,
            last,
            word.replace(" ", ""),
        )
        assert found, f"no event '{word}' from {first} to {last}"
        return found[0]

    return find


@pytest.mark.parametrize(("word", "first", "last", "precision", "place", "country", "status"), DATED)
def test_dated_events(rows, event, word, first, last, precision, place, country, status):
    """Date, precision, place and what the paper says of it: told, or only announced."""
    event_id, found_precision, found_status = event(word, first, last)
    assert (found_precision, found_status) == (precision, status)
    places = rows("SELECT place, country_code FROM event_places WHERE event_id = $1 ORDER BY sequence", event_id)
    assert country is None or country in {code for _, code in places}
    assert place is None or any(place in (name or "") for name, _ in places), places


def test_workshop_of_november_2015_is_one_event_in_two_cities(rows, event, sources_of):
    """Told by both documents, one record: Boston, then Washington (D.C., not the state), 77 participants."""
    workshop = event("workshop", D(2015, 11, 17), D(2015, 11, 19))[0]
    november = rows(
        "SELECT event_id FROM events WHERE start_on <= '2015-11-30' AND end_on >= '2015-11-01' AND kind = 'workshop'"
    )
    assert november == [(workshop,)]
    assert sources_of("events", workshop) >= {"d35", "news2015"}
    places = rows(
        "SELECT place, country_code, latitude, longitude FROM event_places WHERE event_id = $1 ORDER BY sequence",
        workshop,
    )
    assert [
        (name.split(",")[0].removesuffix(" D.C.").removesuffix(" DC"), country) for name, country, *_ in places
    ] == [
        ("Boston", "US"),
        ("Washington", "US"),
    ]
    _, _, latitude, longitude = places[1]
    assert latitude is None or (38 < latitude < 40 and -78 < longitude < -76)
    assert rows("SELECT value FROM figures WHERE subject_id = $1 AND value = 77 AND qualifier = 'exact'", workshop) == [
        (77,)
    ]


def test_hannover_of_april_2016_is_one_event_announced_and_told(event, rows, sources_of):
    """The news item plans it, the paper tells it: one record with both citations, shown as held."""
    hannover = event("matchmaking", D(2016, 4, 1), D(2016, 4, 30))[0]
    assert sources_of("events", hannover) >= {"d35", "news2015"}
    assert event("seminar", D(2016, 4, 1), D(2016, 4, 30))[0] != hannover, "the policy seminar is an event of its own"
    same = rows(
        "SELECT count(*) FROM events WHERE kind = 'matchmaking' AND start_on BETWEEN '2016-04-01' AND '2016-04-30'"
    )
    assert same == [(1,)]


def test_autumn_is_a_season(rows):
    """Silicon Europe Worldwide's event of several days is planned for autumn 2017: September to November."""
    found = rows(
        "SELECT e.start_on, e.end_on, e.status_in_source FROM events e JOIN event_projects USING (event_id) "
        "WHERE project_id = 'escp4i-silicon-europe-worldwide' AND date_precision = 'season'"
    )
    assert found == [(*AUTUMN_2017, "planned")]


@pytest.mark.parametrize(("word", "year"), [("milan expo", 2015), ("bio chicago", 2013)])
def test_a_year_in_a_name_dates_the_event_to_the_year(rows, word, year):
    """'Milan Expo 2015' and 'BIO Chicago 2013' give a year, said to be from the name, and never a day or month."""
    found = rows(
        "SELECT DISTINCT date_precision, start_on, end_on, contains(date_stated, 'name') FROM events "
        "JOIN citations ON record_id = event_id AND table_name = 'events' "
        "WHERE source_id = 'd35' AND (name ILIKE '%' || $1 || '%' OR description ILIKE '%' || $1 || '%')",
        word,
    )
    assert found == [("year", D(year, 1, 1), D(year, 12, 31), True)]


def test_precision_bounds_the_period(rows):
    """A month runs from its first to its last day, a year and a season likewise: in every dated table."""
    for table in ("events", "cooperations", "policies"):
        wrong = rows(
            f"SELECT * FROM (SELECT {table[:-1] if table != 'policies' else 'policy'}_id, start_on, "
            f"end_on, date_precision FROM {table}) "
            "WHERE date_precision = 'month' AND (day(start_on) <> 1 OR end_on <> last_day(end_on)) "
            "OR date_precision = 'year' AND (strftime(start_on, '%m-%d') <> '01-01' OR "
            "strftime(end_on, '%m-%d') <> '12-31') "
            "OR date_precision <> 'undated' AND end_on IS NULL"
        )
        assert wrong == [], table


def test_nothing_is_upcoming(db, rows):
    """A paper of 2017 cannot say what is upcoming today: the word is nowhere in our own words.

    Titles and addresses of sources are theirs, source ids are made of them, and the search finds both.
    """
    tables = rows(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND data_type = 'VARCHAR' "
        "AND table_name IN (SELECT table_name FROM duckdb_tables()) AND column_name NOT LIKE 'source%' "
        "AND table_name NOT IN ('sources', 'contradictions') AND table_name NOT LIKE 'search_%' "
        "AND NOT (table_name = 'release_changes' AND column_name = 'record_id')"
    )
    found = [
        f"{t}.{c}"
        for t, c in tables
        if db.execute(f'SELECT 1 FROM "{t}" WHERE "{c}" ILIKE \'%upcoming%\' LIMIT 1').fetchone()
    ]
    assert found == []


# ---------------------------------------------------------------- projects


def test_bilat_starts_in_february_2016_and_runs_three_years(rows):
    """BILAT USA 4.0, of Horizon 2020, launched in a month; its length is a figure."""
    found = rows("SELECT start_on, start_precision, programme FROM projects WHERE project_id = 'bilat-usa-4-0'")
    assert found[0][:2] == (D(2016, 2, 1), "month")
    assert "2020" in found[0][2]
    assert rows("SELECT value, unit FROM figures WHERE subject_id = 'bilat-usa-4-0' AND value = 3") == [(3, "years")]


def test_wiintech_pilot_is_not_wiintech2020(rows, links, organisation):
    """One acronym, two projects: a pilot of 2012 to 2014 and a partnership since 2016."""
    found = rows(
        "SELECT kind, generation, year(start_on), start_precision, year(end_on), end_precision FROM projects "
        "WHERE project_id = 'wiintech-pilot'"
    )
    assert found == [("pilot_project", None, 2012, "year", 2014, "year")]
    assert rows("SELECT generation FROM projects WHERE project_id = 'escp4i-wiintech2020'") == [(1,)]


def test_bioxclusters_mission_of_2013_is_told_under_its_name(rows, event):
    """The mission to Boston of October 2013 stands under BioXClusters plus, as the paper tells it."""
    mission = event("boston", D(2013, 10, 1), D(2013, 10, 31))[0]
    assert rows("SELECT project_id FROM event_projects WHERE event_id = $1", mission) == [("escp4i-bioxclusters-plus",)]


def test_members_that_the_paper_names(rows, organisation):
    """Who stands in which project according to the text of D3.5."""
    for project_id, names in {
        "escp4i-bioxclusters-plus": ["Lyonbiopole", "bioPmed / Bioindustry Park", "Biocat", "BioM"],
        "escp4i-wiintech2020": ["Plastipolis"],
        "bilat-usa-4-0": ["inno TSD / inno", "SPI"],
    }.items():
        members = {m for (m,) in rows("SELECT organisation_id FROM project_members WHERE project_id = $1", project_id)}
        assert {organisation(name) for name in names} <= members, project_id


def test_counted_projects_and_events(rows):
    """About 48 projects, programmes and initiatives, 30 policy instruments and 30 events are expected.

    Whether a programme stands among the projects or among the policy instruments is a judgement, so the
    first two are counted together; a fifth of tolerance for what one sentence may be one or two of.
    """
    count = {
        table: rows(
            "SELECT count(DISTINCT record_id) FROM citations WHERE table_name = $1 AND source_id IN "
            "('d35', 'news2015')",
            table,
        )[0][0]
        for table in ("projects", "policies", "events")
    }
    assert 62 <= count["projects"] + count["policies"] <= 94
    assert count["projects"] >= 18 + 12, "the 18 of Table 1 and those that the text names"
    assert 24 <= count["events"] <= 42


# ---------------------------------------------------------------- policies and themes


def test_five_priority_themes(column):
    """Section 3 has five sectors of common priority; the list of themes is closed."""
    priorities = column("SELECT sector_id FROM sectors WHERE is_priority")
    assert sorted(priorities) == ["aerospace", "biotechnology", "energy", "ict", "water"]
    assert column("SELECT count(*) FROM sectors WHERE scheme = 'theme'") == [16]
    assert column("SELECT count(*) FROM sectors WHERE scheme = 'traded_cluster'") == [51]


def test_every_priority_has_opportunities(column):
    """Each of the five sections ends with what clusters could do together."""
    themes = column("SELECT DISTINCT coalesce(parent_id, sector_id) FROM opportunities JOIN sectors USING (sector_id)")
    assert {"aerospace", "biotechnology", "energy", "ict", "water"} <= set(themes)


def test_three_conclusions_of_the_workshop(rows):
    """First, second, third: the common conclusions of November 2015, from the news item."""
    found = rows(
        "SELECT count(DISTINCT policy_id) FROM policies JOIN citations ON table_name = 'policies' "
        "AND record_id = policy_id "
        "WHERE kind = 'conclusion' AND source_id = 'news2015'"
    )
    assert found == [(3,)]


def test_four_success_stories(column):
    """Four stories, each with the cooperations it tells of."""
    stories = column("SELECT story_id FROM success_stories")
    assert sorted(stories) == ["story-bluetech", "story-healthtech-massmedic", "story-nolaba-nwp", "story-plastipolis"]
    assert set(column("SELECT DISTINCT story_id FROM story_cooperations")) == set(stories)
