"""Every check of data/checks.toml can fail: one dataset is broken in many ways at once, each for one check."""

import duckdb
import pytest
from etl_broken_tables import BROKEN_TABLES
from etl_dataset import edit, write_dataset

from etl.checks import read_checks, run_checks
from etl.extract import extract
from etl.load import create_views, insert_rows
from etl.schema import create_tables, declared_schema
from etl.transform import transform
from settings import load_settings

pytestmark = pytest.mark.slow  # builds a database in most tests

# Which rows each check must find besides those that the tiny dataset breaks anyway, because it has
# not all themes, traded clusters and rows. Records without an id of their own are named None.
FOUND = {
    "every-fact-cited": {
        "happening",
        "nowhere",
        "unlinked",
        "again",
        "echo",
        "toulon-one",
        "toulon-two",
        "members-again",
        "too-much",
        *("nobody|1", "nobody|2", "again|1", "again|2", "echo|1", "echo|2"),
        "elbe|FR",
        "plastipolis|NL",
        "nwp|Netherlands Water Partnership",
        "happening|1",
        "happening|2",
        "unlinked|1",
        "escp4i-gen2-survey-us",
        "nobody",
        "escp4i-wiintech2020|plastipolis|partner",
        "nwp",
        "exchange-nwp-wiintech|2|CA",
        "story-plastipolis|1",
        *("blue-energy", "blue-energy|US", "elbe"),
    },
    "shares-cited-by-their-id": {"usa_share|nonsense|*|d35|s1"},
    "two-seeds": {"eccp-gen2"},
    "addresses-of-sources": {"eccp-gen2"},
    "sources-reachable": {"unread"},
    "sources-read-after-publication": {"unread"},
    "sources-used": {"unread"},
    "official-sources-have-owners": {"unread"},
    "titles-in-words": {"unread"},
    "archived-copies-have-addresses": {"d35"},
    "ended-organisations": {"nwp"},
    "renewals-renew": {"echo"},
    "countries-of-unnamed-parties": {"exchange-nwp-wiintech|2|CA"},
    "partners-of-the-boxes": {"story-plastipolis|1"},
    "policies-of-both-sides-have-countries": {"blue-energy"},
    "instruments-stored-once": {"elbe"},
    "locators-are-not-quotations": {"events|matchmaking-2016|name|d35|" + "word " * 30 + "word"},
    "no-e-mail-address": {"water-reuse"},
    "no-telephone-number": {"water-reuse"},
    "no-form-of-address": {"story-plastipolis"},
    "seeds-flag": {"nwp", "toulon-one", "toulon-two"},
    "stated-place-from-seeds": {"nwp"},
    "precision-has-its-place": {"plastipolis"},
    "country-of-several": {"plastipolis"},
    "side-of-the-country": {"polymeris"},
    "region-in-its-country": {"polymeris"},
    "point-in-its-state": {"polymer-ohio"},
    "alias-is-another-name": {"nwp|Netherlands Water Partnership"},
    "cluster-organisations-have-a-theme": {"nwp", "toulon-one", "toulon-two"},
    "kept-apart-names-both": {None},
    "websites-are-addresses": {"polymer-ohio"},
    "targets-in-order": {"escp4i-wiintech2020"},
    "targets-fit-the-list": {"elbe"},
    "lead-among-members": {"escp4i-wiintech2020"},
    "project-dates-fit-precision": {"bilat-usa"},
    "at-least-two-parties": {"nowhere"},
    "a-named-party": {"nobody"},
    "eu-us-flag": {"exchange-nwp-wiintech"},
    "party-on-its-side": {"exchange-nwp-wiintech|2"},
    "party-once": {"echo"},
    "cooperation-told-once": {"mou-plastipolis-polymerohio-2011"},
    "cooperations-have-a-theme": {"nowhere", "nobody"},
    "stories-tell-of-cooperations": {"story-plastipolis"},
    "dates-fit-precision": {"matchmaking-2016"},
    "events-have-a-place-row": set(),
    "event-place-fits-precision": {"matchmaking-2016|2"},
    "events-have-a-theme": {"happening", "unlinked"},
    "event-told-once": {"unlinked"},
    "policies-have-a-theme": {"cluster-arrangement", "blue-energy"},
    "percentages-in-range": {"too-much"},
    "disagreeing-figures-are-declared": {"polymer-ohio-members"},
    "contradictions-have-two-sides": {"members"},
    "corrections-change-something": {"activities|wiintech-events-1|description"},
    "alternatives-from-elsewhere": {"organisations|polymer-ohio|member_count|120|eccp-gen2"},
    "closed-list-of-themes": {"materials"},
    "sub-sectors-under-a-theme": {"sub-delta"},
    "crosswalk-from-theme-to-traded-cluster": {"materials|sub-delta"},
    "opportunities-for-the-priorities": {"materials"},
    "sides-of-2017": {"CA"},
    "states-have-codes": {"US-OH", "fr-x"},
    "every-code-in-words": {"events.colour|blue"},
    "regions-used": {"fr-x"},
    "sub-sectors-used": {"sub-unused"},
    "steps-in-order": {"3"},
    "horizon-projects-have-the-us": {"without-us"},
    "statistics-have-a-total": {None},
}

# Rows that only an import can bring.
BROKEN_IMPORTS = """
INSERT INTO horizon_projects (horizon_project_id, title, source_id) VALUES ('without-us', 'Among ourselves', 'd35');
INSERT INTO regional_statistics (region_code, traded_cluster_id, year, employment_missing, establishments_missing,
    source_id)
VALUES ('US-OH', 'tc-plastics', 2016, 'withheld', 'not stated', 'd35');
"""


def _append(data, table, *lines):
    path = next(iter(data.rglob(f"{table}.csv")))
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{line}\n" for line in lines), encoding="utf-8")


def _break(data):
    """Break the tiny dataset in all these ways; keys, foreign keys and CHECKs of the schema still hold."""
    _append(
        data,
        "sources",
        "unread,Page of example.org: unread,ECCP,web page,2030-01-01,day,,2026-01-01,not stated,official",
    )
    edit(
        data,
        "sources",
        "https://clustercollaboration.eu/news/results,2026-11-20,not stated,official",
        "not an address,2026-11-20,not stated,seed",
    )
    _append(
        data,
        "citations",
        "usa_share,nonsense,*,d35,s1",
        f"events,matchmaking-2016,name,d35,{'word ' * 30}word",
        "organisations,polymer-ohio,member_count,eccp-gen2,s1",
    )
    at, plus = "@", "+"
    edit(
        data, "opportunities", "Work on the reuse", f"Ask someone{at}example.org or {plus}00 000 000 0000 on the reuse"
    )
    edit(data, "success_stories", "An office.", "An office of Mr. Nobody.")
    edit(data, "organisations", "country,stated,,,,,,,true,true,,", "country,stated,,,,,,,true,false,,")
    edit(data, "organisations", "FR,,Oyonnax,46.26", "FR,,,46.26")
    edit(
        data,
        "organisations",
        "polymeris,Polymeris,,cluster_organisation,EU,FR,,",
        "polymeris,Polymeris,,cluster_organisation,US,FR,US-OH,",
    )
    edit(data, "organisations", "researched,,,,90,", "researched,,no address,,90,")
    for name, latitude in (("one", "43.1"), ("two", "43.9")):
        _append(
            data,
            "organisations",
            f"toulon-{name},Toulon {name},,cluster_organisation,EU,FR,,Toulon,{latitude},5.9,city,"
            "researched,,,,,,,true,true,,",
        )
    _append(data, "organisation_countries", "plastipolis,NL")
    (data / "lookups" / "region_boxes.csv").write_text("region_code,west,south,east,north\nUS-OH,-90,50,-80,60\n")
    _append(data, "organisation_aliases", "nwp,Netherlands Water Partnership")
    edit(data, "organisation_sectors", "nwp,water,stated\n", "")
    (data / "reconciliation.csv").write_text(
        "name_as_found,origin,organisation_id,decision,compared_with,reason\nNWP,list,nwp,kept apart,nobody,unlike\n"
    )
    edit(data, "project_targets", "escp4i-wiintech2020,CA,2", "escp4i-wiintech2020,CA,3")
    _append(data, "project_targets", "elbe,FR,1")
    edit(data, "figures", "escp4i-gen2-survey-usa", "escp4i-gen2-survey-us")
    edit(data, "project_members", "lead", "partner")
    edit(data, "projects", "2016-02-01,month", "2016-02-02,month")
    _append(
        data,
        "cooperations",
        "nowhere,visit,planned,Nowhere,,false,,,,undated",
        "nobody,visit,planned,Nobody,,true,,,,undated",
        "again,MoU,signed,Again,,true,October 2011,2011-10-01,2011-10-31,month",
        "echo,visit,planned,Echo,,false,,,,undated",
    )
    edit(data, "cooperations", "aspiration,Exchange of knowledge,,false", "aspiration,Exchange of knowledge,,true")
    _append(
        data,
        "cooperation_parties",
        "nobody,1,EU,,,Some,",
        "nobody,2,US,,,Others,",
        "again,1,EU,plastipolis,,,",
        "again,2,US,polymer-ohio,,,",
        "echo,1,EU,plastipolis,,,",
        "echo,2,EU,plastipolis,,,",
    )
    edit(data, "cooperation_parties", "exchange-nwp-wiintech,2,EU,nwp", "exchange-nwp-wiintech,2,OTHER,nwp")
    edit(data, "story_sectors", "story-plastipolis,materials,stated\n", "")
    edit(data, "events", "2016-04-25,2016-04-25,day", "2016-04-25,2016-04-25,month")
    _append(
        data,
        "events",
        "happening,A visit,visit,held,2015,2015-01-01,2015-12-31,year,",
        "unlinked,Another,visit,held,2015,2015-01-01,2015-12-31,year,",
    )
    edit(data, "event_places", "matchmaking-2016,2,,,,,unknown", "matchmaking-2016,2,,FR,,,unknown")
    _append(
        data, "event_places", "happening,1,Lille,FR,,,city", "happening,2,Lens,FR,,,city", "unlinked,1,Lille,FR,,,city"
    )
    edit(data, "policy_sectors", "cluster-arrangement,water,assigned\n", "")
    _append(
        data,
        "figures",
        "too-much,programme,escp4i,a share,120,percent,exact,,,120 %",
        "members-again,organisation,polymer-ohio,members,95,firms,about,,,about 95",
    )
    edit(data, "contradictions", "eccp-gen2,heading", "eccp-gen2,page")
    edit(data, "contradictions", "120", "90")
    edit(data, "corrections", "Visit of Stanford", "Visit of Standford")
    edit(data, "sectors", "materials,Materials,theme,,false", "materials,Materials,theme,,true")
    edit(data, "sectors", "Delta technology,sub_sector,materials", "Delta technology,sub_sector,")
    _append(data, "sectors", "sub-unused,Unused,sub_sector,materials,false")
    _append(data, "sector_links", "materials,sub-delta")
    edit(data, "countries", "Canada,OTHER", "Canada,EU")
    edit(data, "regions", "state,39", "state,")
    _append(data, "regions", "fr-x,X,FR,region,12")
    _append(data, "policies", "blue-energy,European blue energy,programme,EU,,A programme.,,,,undated")
    for table, text in BROKEN_TABLES.items():
        (data / f"{table}.csv").write_text(text.lstrip())
    _append(data, "workshop_steps", "3,Europe,Where are they?,map_europe,One step is missing.")
    _append(data, "terms", "events.colour,blue,Blue,No such column.")


def _results(data, imported=""):
    """Check id -> (records found, evidence) of the shipped checks on this dataset and the rows of an import."""
    schema = declared_schema()
    texts, unreadable = extract(data, schema, "data")
    tables, untyped = transform(texts, schema)
    assert unreadable + untyped == []
    checks, wrong = read_checks(load_settings().data_dir, schema, "data")
    assert wrong == []
    with duckdb.connect() as connection:
        create_tables(connection)
        insert_rows(connection, tables, schema)
        connection.execute(imported)
        create_views(connection)
        results = run_checks(connection, checks, schema)
    return {result.check.id: {(row.record_id, row.evidence) for row in result.rows} for result in results}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """(before, after) the tiny dataset was broken."""
    data = write_dataset(tmp_path_factory.mktemp("shipped"))
    before = _results(data)
    _break(data)
    return before, _results(data, BROKEN_IMPORTS)


def test_every_check_finds_the_row_that_breaks_it(results):
    """And, of the rows that were added or changed, no other."""
    before, after = results
    found = {
        check_id: {record for record, _ in after[check_id]} - {record for record, _ in before[check_id]}
        if check_id != "kept-apart-names-both"
        else {record for record, _ in after[check_id]}
        for check_id in FOUND
    }
    assert found == FOUND


def test_checks_on_counts_and_readings(results):
    """The tiny dataset is too small for every bound, and a figure that is gone empties its reading."""
    before, after = results
    counted = {"table-1-projects", "table-1-pairs", "traded-clusters-complete", "enough-places-on-each-side"}
    assert all(before[check_id] for check_id in before if check_id in counted or check_id.startswith("enough-"))
    assert before["four-stories-at-least"] and not before["four-stories-at-most"]
    assert not before["five-readings"]
    assert after["five-readings"] == {(None, "measure_id=gen2-survey, numerator=blank, denominator=19, share=blank")}
    assert len(after["one-point-per-city"]) == 1
    assert before["projects-have-a-theme"] and before["activities-of-partnerships"] and before["countries-used"]


def test_no_shipped_check_is_left_out(results):
    """A new check comes with a way to break it."""
    elsewhere = {
        "five-readings",
        "one-point-per-city",
        "table-1-projects",
        "table-1-pairs",
        "traded-clusters-complete",
        "projects-have-a-theme",
        "activities-of-partnerships",
        "countries-used",
        "every-table-guarded",
    }
    left = {check_id for check_id in results[0] if not check_id.startswith(("enough-", "four-stories"))}
    assert left == set(FOUND) | elsewhere
