"""What the commands propose agrees with what people wrote into the data: dates, ids, points of cities, themes."""

import pytest
from maintain_data import facts_of, rows

from etl.maintain import ids
from etl.maintain.fields import known_point
from etl.maintain.find import AnswerError, find_record, find_source, normalised_url
from etl.maintain.periods import read_period
from etl.maintain.themes import proposed_sectors
from settings import ROOT
from tests.theme_rule import read_records

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def shipped():
    """The shipped facts."""
    return facts_of(DATA)


class Empty:
    """Facts without a record, so that no id is taken."""

    def record(self, _table, _record_id):
        """No record."""


def test_stated_dates_are_read_as_people_read_them():
    """Every dated row whose words can be read has the days and the precision that somebody wrote beside them."""
    agreeing = 0
    for table in ("events", "cooperations", "policies"):
        for row in rows(DATA, table):
            period = read_period(row["date_stated"]) if row["date_stated"] else None
            if period:
                written = (row["start_on"], row["end_on"], row["date_precision"])
                assert (period.start.isoformat(), period.end.isoformat(), period.precision) == written, row
                agreeing += 1
    assert agreeing > 140


@pytest.mark.parametrize("text", ["31 June 2017", "19–15 May 2017", "winter 2017", "May", "soon", "2017-13", "in 2017"])
def test_no_date_is_guessed(text):
    """What is none, or bounds no days of one year, is asked for."""
    assert read_period(text) is None


def test_ids_follow_the_pattern_of_the_data():
    """Nine of ten organisations and two of three sources have exactly the proposed id; the others were chosen."""
    organisations, sources = rows(DATA, "organisations"), rows(DATA, "sources")
    same = sum(ids.organisation_id(Empty(), row["name"]) == row["organisation_id"] for row in organisations)
    assert same / len(organisations) > 0.9
    same = sum(ids.source_id(Empty(), row["url"], row["title"]) == row["source_id"] for row in sources)
    assert same / len(sources) > 0.65


@pytest.mark.parametrize(
    ("parts", "year", "expected"),
    [
        (("accio",), "", "accio-2"),  # taken
        (("Ville d'Été", "Été"), "", "ville-d-ete"),  # what a part says is not said twice
        (("tour", "Boston"), "2024", "tour-boston-2024"),
        (("tour 2024",), "2024", "tour-2024"),
        (("a" * 30, "b" * 40), "2024", f"{'a' * 30}-2024"),  # cut between words, and the year stays
        (("日本",), "", "ri-ben"),
        (("!",), "", "record"),
    ],
)
def test_ids_are_short_and_free(shipped, parts, year, expected):
    """Letters of other scripts are written in Latin ones."""
    assert ids.free_id(shipped, "organisations", *parts, year=year) == expected


def test_no_two_pages_are_taken_for_one(shipped):
    """Normalised, the addresses of the sources are still different, but for bare names of sites."""
    pages = [row["url"] for row in rows(DATA, "sources") if row["url"].startswith("http")]
    assert len({normalised_url(url) for url in pages}) == len(pages) > 600
    for row in rows(DATA, "sources")[::25]:
        if row["url"].startswith("http"):
            assert find_source(shipped, row["url"].replace("https://", "http://") + "#x") == row["source_id"]
    assert find_source(shipped, "https://clustercollaboration.eu/") is None, "a site is not one of its pages"


def test_points_of_cities(shipped):
    """The point that most rows have; none for a city that the data do not know."""
    assert known_point(shipped, "milwaukee", "US") == ("43.0389", "-87.9065")
    assert known_point(shipped, "Milwaukee", "DE") is None
    assert known_point(shipped, "Atlantis", "US") is None


def test_a_name_of_two_cities_has_no_point(shipped):
    """Two rows of one name far apart are two cities."""
    shipped.add("event_places", event_id="x", sequence="1", place="Milwaukee", country_code="US", latitude="45.1",
                longitude="-122.6")  # fmt: skip
    try:
        assert known_point(shipped, "Milwaukee", "US") is None
    finally:
        shipped.drop("event_places", "x|1")


def test_themes_are_proposed_by_the_rule(shipped, facts):
    """For every organisation what the rule of the tests finds in its recorded text."""
    aliases = {}
    for row in rows(DATA, "organisation_aliases"):
        aliases.setdefault(row["organisation_id"], []).append(row["alias"])
    by_rule = {record.record_id: record for record in read_records(facts, "organisation", "organisation_id")}
    for row in rows(DATA, "organisations")[::5]:
        record = by_rule[row["organisation_id"]]
        texts = [row["name"], row["acronym"], *aliases.get(row["organisation_id"], []), row["description"]]
        expected = sorted(record.themes_by_term() | record.traded_clusters_by_term())
        assert proposed_sectors(shipped, texts) == expected, row["organisation_id"]


@pytest.mark.parametrize(
    ("table", "text", "expected"),
    [
        ("organisations", "accio", "accio"),
        ("organisations", "The Water Council", "milwaukee-water-council"),
        ("organisations", "catalan agency for business competitiveness", "accio"),
        ("projects", "BILAT 4.0", "bilat-usa-4-0"),
        ("countries", "germany", "DE"),
    ],
)
def test_records_are_found_by_any_of_their_names(shipped, table, text, expected):
    """Id, name, acronym or another name, in any case."""
    assert find_record(shipped, table, text) == expected


def test_a_record_that_is_not_there_has_suggestions(shipped):
    """The ids that are most alike."""
    with pytest.raises(
        AnswerError, match=r"'plastipolice' is no record of data/organisations\.csv; similar: plastipolis"
    ):
        find_record(shipped, "organisations", "plastipolice")
