"""python -m etl add: events and cooperations, with their dates, places, parties and renewals."""

import pytest
from maintain_data import add, guard_every_table, row, rows

pytestmark = pytest.mark.slow

SOURCE = ("--source", "eccp-gen2", "--locator", "heading")


@pytest.fixture(autouse=True)
def guarded(data):
    """The tiny dataset, whose checks guard every table."""
    guard_every_table(data)


@pytest.mark.parametrize(
    ("date", "start", "end", "precision"),
    [
        ("29 June 2023", "2023-06-29", "2023-06-29", "day"),
        ("15–19 May 2017", "2017-05-15", "2017-05-19", "day"),
        ("October 2017", "2017-10-01", "2017-10-31", "month"),
        ("autumn 2017", "2017-09-01", "2017-11-30", "season"),
        ("2015, in the name", "2015-01-01", "2015-12-31", "year"),
        ("", "", "", "undated"),
    ],
)
def test_dates_become_the_days_that_bound_them(data, date, start, end, precision):
    """As data/README.md says; without a date the reason is written."""
    named = ("--name", "Gathering", "--kind", "meeting", "--status", "held", "--date", date, "--place", "Oyonnax, FR")
    assert add("event", *named, *SOURCE).exit_code == 0
    new = row(data, "events", name="Gathering")
    assert (new["start_on"], new["end_on"], new["date_precision"], new["date_stated"]) == (start, end, precision, date)
    assert new["event_id"] == "-".join(["gathering", "oyonnax", start[:4]]).rstrip("-")
    missing = [r["reason"] for r in rows(data, "missing_values") if r["record_id"] == new["event_id"]]
    assert missing == ([] if start else ["not stated"])


def test_a_date_that_cannot_be_read_is_asked_for(data):
    """Nothing is guessed from the words."""
    words = ("--name", "Gathering", "--kind", "meeting", "--status", "held", "--date", "late in 2019", *SOURCE)
    refused = add("event", *words)
    assert refused.exit_code == 1 and "--date-precision is needed" in refused.stderr
    bounds = ("--date-precision", "year", "--start-on", "2019-01-01", "--end-on", "2019-12-31")
    assert add("event", *words, *bounds).exit_code == 0
    assert row(data, "events", name="Gathering")["date_stated"] == "late in 2019"


def test_places_of_an_event(data):
    """In order; a country alone, a place without a country and an event without a place say what is missing."""
    named = ("--name", "Tour", "--kind", "mission", "--status", "planned", "--date", "2024", *SOURCE)
    places = ("--place", "Oyonnax, France", "--place", "US", "--place", "place=near the coast; precision=unknown")
    assert add("event", *named, *places).exit_code == 0
    found = [r for r in rows(data, "event_places") if r["event_id"] == "tour-oyonnax-2024"]
    assert [(r["sequence"], r["place"], r["country_code"], r["location_precision"]) for r in found] == [
        ("1", "Oyonnax", "FR", "city"),
        ("2", "", "US", "country"),
        ("3", "near the coast", "", "unknown"),
    ]
    missing = {(r["record_id"], r["field"]) for r in rows(data, "missing_values") if "tour" in r["record_id"]}
    assert missing == {("tour-oyonnax-2024|2", "place"), ("tour-oyonnax-2024|3", "country_code")}


def test_parties_of_a_cooperation(data):
    """Organisations, projects and bodies without a name of their own; sides give is_eu_us."""
    result = add(
        "cooperation",
        *("--kind", "contact", "--status", "aspiration", "--title", "Contacts"),
        *("--party", "NWP", "--party", "WIINTECH2020; side=EU", "--sector", "water"),
        *("--party", "stated=Clusters of North America; side=US; role=host; country=US,CA; region=US-OH"),
        *SOURCE,
    )
    assert result.exit_code == 0, result.output
    new = "contact-nwp-escp4i-wiintech2020"
    parties = [r for r in rows(data, "cooperation_parties") if r["cooperation_id"] == new]
    assert [(r["organisation_id"], r["project_id"], r["party_stated"], r["side"], r["role"]) for r in parties] == [
        ("nwp", "", "", "EU", ""),
        ("", "escp4i-wiintech2020", "", "EU", ""),
        ("", "", "Clusters of North America", "US", "host"),
    ]
    countries = [r for r in rows(data, "cooperation_party_countries")]
    assert [(r["party_order"], r["country_code"]) for r in countries] == [("3", "CA"), ("3", "US")]
    regions = [(r["party_order"], r["region_code"], r["basis"]) for r in rows(data, "cooperation_party_regions")]
    assert regions == [("3", "US-OH", "stated")]
    assert row(data, "cooperations", cooperation_id=new)["is_eu_us"] == "true"
    assert row(data, "missing_values", record_id=new)["reason"] == "not applicable", "an aspiration has no date"


def test_a_renewal_names_what_it_renews(data):
    """It is a cooperation of its own."""
    asked = ("--kind", "MoU", "--status", "renewed", "--party", "plastipolis", "--party", "polymer-ohio")
    refused = add("cooperation", *asked, "--date", "2016", *SOURCE)
    assert refused.exit_code == 1 and "--renews is needed" in refused.stderr
    done = add("cooperation", *asked, "--date", "2016", "--renews", "MoU on plastics", *SOURCE)
    assert done.exit_code == 0, done.output
    assert rows(data, "cooperation_renewals") == [
        {
            "cooperation_id": "mou-plastipolis-polymer-ohio-2016",
            "renewed_cooperation_id": "mou-plastipolis-polymerohio-2011",
        }
    ]
