"""merge and retire: everything moves, the history stays, and what only a person can decide is refused."""

import duckdb
import pytest
from maintain_data import copy_of_the_data, facts_of, hashes, mentions, rows
from maintain_data import run as run_etl

from etl.errors import EtlError
from etl.maintain import merge

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the shipped data in ./data."""
    monkeypatch.chdir(tmp_path)
    return copy_of_the_data(tmp_path)


def run(*arguments):
    """The result of a command that asks nothing."""
    return run_etl(*arguments, "--data", "data", "--yes")


def add_second_record(data, **cells):
    """A second record of the Milwaukee Water Council, as a list might have brought it."""
    facts = facts_of(data)
    new = {
        "organisation_id": "water-council-of-wisconsin", "name": "Water Council of Wisconsin", "acronym": "WCW",
        "kind": "business_association", "side": "US", "country_code": "US", "region_code": "US-WI",
        "location_precision": "region", "location_basis": "researched", "is_cluster_organisation": "false",
        "named_in_seeds": "false", "website": "thewatercouncil.example", "founded_year": "2008", "member_count": "160",
        "member_count_as_of": "2019",
    } | cells  # fmt: skip
    facts.add("organisations", **new)
    old = new["organisation_id"]
    source = {"source_id": "geonames", "locator": "x"}
    for table, row in (
        ("organisation_countries", {"organisation_id": old, "country_code": new["country_code"]}),
        ("organisation_aliases", {"organisation_id": old, "alias": "Milwaukee Water Council"}),
        ("organisation_sectors", {"organisation_id": old, "sector_id": "water", "basis": "stated"}),
        ("organisation_sectors", {"organisation_id": old, "sector_id": "energy", "basis": "assigned"}),
        ("event_organisations", {"event_id": "techconnect-mission-2017", "organisation_id": old, "role": "host"}),
    ):
        record_id = facts.add(table, **row)
        facts.add("citations", table_name=table, record_id=record_id, field="*", **source)
    for field in ("*", "website", "founded_year", "member_count", "member_count_as_of"):
        facts.add("citations", table_name="organisations", record_id=old, field=field, **source)
    facts.add("figures", figure_id="wcw-members", subject_type="organisation", subject_id=old, measure="m", unit="u",
              qualifier="exact", value="1", value_stated="1")  # fmt: skip
    facts.add("reconciliation", name_as_found="Water Council of Wisconsin", origin="a list", organisation_id=old,
              decision="added", reason="new")  # fmt: skip
    facts.write()
    return old


def merged(data, old, into="milwaukee-water-council"):
    """The facts after the two records were made one."""
    facts = facts_of(data)
    merge.merge(facts, {"old": old, "into": into, "reason": "same address", "overrule": "yes"})
    facts.write()


def test_merge_moves_everything_and_keeps_the_history(data):
    """One record is left; what the other said stands beside it, with its source, and the decision is written down."""
    old = add_second_record(data)
    stays = next(r for r in rows(data, "organisations") if r["organisation_id"] == "milwaukee-water-council")
    merged(data, old)
    assert list(mentions(data, old)) == []
    now = next(r for r in rows(data, "organisations") if r["organisation_id"] == "milwaukee-water-council")
    # What was blank is filled, what differs stays.
    assert now == stays | {"acronym": "WCW", "website": "thewatercouncil.example"}
    names = {
        r["alias"] for r in rows(data, "organisation_aliases") if r["organisation_id"] == "milwaukee-water-council"
    }
    assert "Water Council of Wisconsin" in names and "Milwaukee Water Council" not in names
    sectors = {
        r["sector_id"]: r["basis"]
        for r in rows(data, "organisation_sectors")
        if r["organisation_id"] == "milwaukee-water-council"
    }
    assert sectors["water"] == "stated" and sectors["energy"] == "assigned"
    others = {
        (r["field"], r["value"], r["source_id"]): r["note"]
        for r in rows(data, "alternative_values")
        if r["record_id"] == "milwaukee-water-council"
    }
    assert others["member_count", "160", "geonames"] == "recorded under the name Water Council of Wisconsin; 2019"
    assert others["founded_year", "2008", "geonames"] == "recorded under the name Water Council of Wisconsin"
    cited = {
        (r["field"], r["source_id"]) for r in rows(data, "citations")
        if (r["table_name"], r["record_id"]) == ("organisations", "milwaukee-water-council")
    }  # fmt: skip
    assert {("*", "geonames"), ("website", "geonames")} <= cited
    assert not {("member_count", "geonames"), ("founded_year", "geonames")} & cited, "it does not state what stays"
    decisions = [r for r in rows(data, "reconciliation") if r["reason"] == "same address"]
    assert {(r["name_as_found"], r["origin"], r["decision"], r["organisation_id"]) for r in decisions} == {
        ("Water Council of Wisconsin", "a list", "merged", "milwaukee-water-council"),
        ("Water Council of Wisconsin", f"record {old} of this dataset", "merged", "milwaukee-water-council"),
    }
    assert (
        next(r for r in rows(data, "figures") if r["figure_id"] == "wcw-members")["subject_id"]
        == now["organisation_id"]
    )


def test_merged_data_can_be_built(data):
    """By the command, with all checks."""
    old = add_second_record(data, website="", member_count="", member_count_as_of="", founded_year="")
    facts = facts_of(data)
    for field in ("website", "founded_year", "member_count", "member_count_as_of"):
        facts.drop_citations("organisations", old, field)
    facts.drop("figures", "wcw-members")
    facts.write()
    result = run("merge", old, "milwaukee-water-council", "--reason", "same address")
    assert result.exit_code == 0, result.output
    assert list(mentions(data, old)) == []


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"side": "EU"}, "is on the side EU, milwaukee-water-council on the side US"),
        (
            {"country_code": "CA"},
            "different countries: water-council-of-wisconsin in CA and milwaukee-water-council in US",
        ),
        ({"region_code": "US-OH"}, "different places: region_code is US-OH of water-council-of-wisconsin and US-WI"),
        ({"successor_id": "milwaukee-water-council"}, "are recorded as two bodies, one of which continues the other"),
        ({"organisation_id": "fab-wisconsin-two"}, None),
    ],
)
def test_records_that_contradict_each_other_are_not_merged(data, cells, message):
    """Each contradiction is told with both values; nothing is guessed."""
    old = add_second_record(data, **cells)
    before = hashes(data)
    if message is None:
        merged(data, old)
        return
    with pytest.raises(EtlError, match=message.replace("(", r"\(")):
        merged(data, old)
    assert hashes(data) == before


def test_a_decision_to_keep_apart_can_be_overruled(data):
    """The command shows it and asks; what it said stays in the reason of the merger."""
    old = add_second_record(data, website="", member_count="", member_count_as_of="", founded_year="")
    facts = facts_of(data)
    for field in ("website", "founded_year", "member_count", "member_count_as_of"):
        facts.drop_citations("organisations", old, field)
    facts.drop("figures", "wcw-members")
    facts.add("reconciliation", name_as_found="Water Council of Wisconsin", origin="comparison of names",
              organisation_id=old, decision="kept apart", compared_with="milwaukee-water-council",
              reason="another address")  # fmt: skip
    facts.write()
    before = hashes(data)
    command = ("merge", old, "milwaukee-water-council", "--reason", "one register entry")
    asked = run(*command)
    assert asked.exit_code == 1 and "--overrule is needed" in asked.stderr
    assert "kept apart: another address" in asked.stderr
    assert "Both records stay, as was decided." in run(*command, "--overrule", "no").stderr
    assert hashes(data) == before
    assert (done := run(*command, "--overrule", "yes")).exit_code == 0, done.output
    assert list(mentions(data, old)) == []
    decisions = [r for r in rows(data, "reconciliation") if r["name_as_found"] == "Water Council of Wisconsin"]
    assert {(r["decision"], r["reason"]) for r in decisions} == {
        ("merged", "one register entry (kept apart before: another address)")
    }


def test_two_ends_stop_a_merge(data):
    """Two sources tell of two ends."""
    with pytest.raises(EtlError, match=r"organisation_ends\.csv: two rows france-water-team differ: how 'dissolved'"):
        merged(data, "pole-eau", "france-water-team")


def test_retire_tells_the_end_and_the_successor(data, tmp_path):
    """The organisation stays with its history, and is none of today."""
    end = ("--how", "merged", "--successor", "BioM", "--date", "May 2025", "--source", "d35", "--locator", "s9")
    result = run("retire", "flandersbio", *end)
    assert result.exit_code == 0, result.output
    again = run("retire", "FlandersBio", "--how", "dissolved", "--source", "d35", "--locator", "s9")
    assert "flandersbio has ended already: merged, May 2025." in again.stderr
    link = tmp_path / "b" / "c.duckdb"
    assert run_etl("build", "--data", "data", "--database", str(link)).exit_code == 0
    with duckdb.connect(str(link), read_only=True) as connection:
        assert connection.execute(
            "SELECT is_current, successor_id, ended_on::VARCHAR FROM organisation_register "
            "WHERE organisation_id = 'flandersbio'"
        ).fetchall() == [(False, "biom", "2025-05-31")]
    assert {(r["table_name"], r["field"]) for r in rows(data, "citations") if r["locator"] == "s9"} == {
        ("organisation_ends", "*"),
        ("organisations", "successor_id"),
    }


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--how", "merged"), "--successor is needed"),
        (("--how", "dissolved", "--successor", "biom"), "only a merged organisation has a successor"),
        (("--how", "vanished"), "'vanished' is none of merged, dissolved"),
        (("--how", "dissolved", "--date", "recently"), "--date-precision is needed"),
    ],
)
def test_retire_refuses(data, options, message):
    """Why, and what to do; no file is touched."""
    before = hashes(data)
    result = run("retire", "flandersbio", *options, "--source", "d35", "--locator", "s9")
    assert result.exit_code == 1 and message in result.stderr, result.output
    assert hashes(data) == before
