"""Every check of data/checks.toml can fail: one dataset is broken in many ways at once, each for one check."""

import duckdb
import pytest
from etl_broken_tables import BROKEN_IMPORTS, BROKEN_TABLES, FOUND
from etl_dataset import edit, write_dataset

from etl.checks import read_checks, run_checks
from etl.extract import extract
from etl.load import create_views, insert_rows
from etl.schema import create_tables, declared_schema
from etl.transform import transform
from settings import load_settings
from tests.approval.database import content_lines, names
from tests.approval.words import cell

pytestmark = pytest.mark.slow  # builds a database in most tests


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
    for name, latitude, region in (("one", "43.1", "fr-y"), ("two", "43.9", "fr-y"), ("three", "43.5", "")):
        _append(
            data,
            "organisations",
            f"toulon-{name},Toulon {name},,cluster_organisation,EU,FR,{region},Toulon,{latitude},5.9,city,"
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
    parties = (
        "nobody,1,EU,,,Some,",
        "nobody,2,US,,,Others,",
        "nobody,3,,,,Some,",
        "again,1,EU,plastipolis,,,",
        "again,2,US,polymer-ohio,,,",
    )
    _append(data, "cooperation_parties", *parties, "echo,1,EU,plastipolis,,,", "echo,2,EU,plastipolis,,,")
    edit(data, "cooperation_parties", "exchange-nwp-wiintech,2,EU,nwp", "exchange-nwp-wiintech,2,OTHER,nwp")
    edit(data, "story_sectors", "story-plastipolis,materials,stated\n", "")
    edit(data, "events", "2016-04-25,2016-04-25,day", "2016-04-25,2016-04-25,month")
    _append(
        data,
        "events",
        "happening,A visit,visit,held,2015,2015-01-01,2015-12-31,year,",
        "unlinked,Another,visit,held,2015,2015-01-01,2015-12-31,year,",
        "nowhere,A third,visit,held,2015,2015-01-01,2015-12-31,year,",
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
    _append(data, "sectors", "nace-c22,Plastics,nace_division,,false", "nace-z1,Odd,nace_division,,false")
    (data / "lookups" / "nace_links.csv").write_text(
        "nace_division_id,sector_id,basis\nnace-c22,sub-delta,assigned\nnace-c22,tc-plastics,assigned\n"
    )
    edit(data, "countries", "Canada,OTHER", "Canada,EU")
    edit(data, "regions", "state,39", "state,")
    _append(data, "regions", "fr-x,X,FR,region,12", "fr-y,Y,FR,region,", "FR1X,East,FR,nuts3,", "FR2X,West,FR,nuts2,")
    _append(data, "regions", "FR3X,South,FR,nuts2,")
    _append(data, "policies", "blue-energy,European blue energy,programme,EU,,A programme.,,,,undated")
    for table, text in BROKEN_TABLES.items():
        (data / f"{table}.csv").write_text(text.lstrip())
    _append(data, "workshop_steps", "3,Europe,Where are they?,map_europe,One step is missing.")
    edit(data, "cooperation_statuses", "aspiration,7,intention,false", "aspiration,7,intention,true")
    _append(data, "cooperation_statuses", "lapsed,8,agreement,false")
    _append(data, "terms", "events.colour,blue,Blue,No such column.")


def _results(data, imported=""):
    """Check id -> (records found, evidence) of the shipped checks on this dataset and the rows of an import.

    And what tables and views hold, and the checks with what they say of it, as text.
    """
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
        held = [f"== {name}\n" + "\n".join(content_lines(connection, name, 2)) for name in names(connection)]
    said = [line for result in results for line in _said(result)]
    texts = {"database/broken": "\n\n".join(held), "checks": "\n".join(said)}
    return {result.check.id: {(row.record_id, row.evidence) for row in result.rows} for result in results}, texts


def _said(result):
    """What a check says of the rows that fail it."""
    check = result.check
    yield f"== {check.id} ({check.severity}): {check.title}. {check.because} {check.fix}"
    failed = sorted((row.table_name, str(row.record_id), row.evidence, str(row.other or "")) for row in result.rows)
    yield from (f"  {' | '.join(map(cell, row))}" for row in failed[:6])
    if failed[6:]:
        yield f"  and {len(failed) - 6} more rows"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """(before, after) the tiny dataset was broken, and the texts of the broken one."""
    data = write_dataset(tmp_path_factory.mktemp("shipped"))
    before, _ = _results(data)
    _break(data)
    return before, *_results(data, BROKEN_IMPORTS)


def test_every_check_finds_the_row_that_breaks_it(results):
    """And, of the rows that were added or changed, no other."""
    before, after, _ = results
    found = {
        check_id: {record for record, _ in after[check_id]} - {record for record, _ in before[check_id]}
        if check_id != "kept-apart-names-both"
        else {record for record, _ in after[check_id]}
        for check_id in FOUND
    }
    assert found == FOUND


def test_checks_on_counts_and_readings(results):
    """The tiny dataset is too small for every bound, and a figure that is gone empties its reading."""
    before, after, _ = results
    counted = {"table-1-projects", "table-1-pairs", "traded-clusters-complete", "enough-places-on-each-side"}
    counted |= {"all-countries", "all-nuts-regions"}
    assert all(before[check_id] for check_id in before if check_id in counted or check_id.startswith("enough-"))
    assert before["four-stories-at-least"] and not before["four-stories-at-most"]
    assert not before["five-readings"]
    assert after["five-readings"] == {(None, "measure_id=gen2-survey, numerator=blank, denominator=19, share=blank")}
    assert len(after["one-point-per-city"]) == 1
    assert before["projects-have-a-theme"] and before["activities-of-partnerships"]


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
        "all-countries",
        "all-nuts-regions",
        "every-table-guarded",
    }
    left = {check_id for check_id in results[0] if not check_id.startswith(("enough-", "four-stories"))}
    assert left == set(FOUND) | elsewhere


def test_broken_data_give_the_rows_and_messages_that_were_approved(results, approved):
    """Shipped data have few of the cases that views and checks provide for; the broken ones have them.

    The invented address and number are written out, because no file of the project may hold one.
    """
    for name, text in results[2].items():
        approved(name, text.replace("@", "(at)").replace("+00", "(plus)00"))
