"""rename, merge and retire: every reference moves, the history stays, and what only a person can decide is refused."""

import duckdb
import pytest
from maintain_data import copy_of_the_data, facts_of, hashes, mentions, rows
from typer.testing import CliRunner

from etl.__main__ import app
from etl.errors import EtlError
from etl.maintain import merge
from etl.maintain.links import kind_columns, loose_columns, rename_key
from etl.schema import declared_schema

NEW = "an-id-that-nothing-has"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the shipped data in ./data."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    return copy_of_the_data(tmp_path)


def run(*arguments):
    """The result of a command that asks nothing."""
    return CliRunner().invoke(app, [*arguments, "--data", "data", "--yes"])


def most_mentioned(data, table):
    """The id of a table that the files mention most often."""
    column = declared_schema().tables[table].key[0]
    # An instrument and a figure have the same id; the test could not tell their mentions apart.
    ids = [row[column] for row in rows(data, table) if row[column] != "statsamerica-industry-clusters"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in data.glob("*.csv"))
    return max(ids, key=lambda one: text.count(f",{one},") + text.count(f",{one}|"))


@pytest.mark.parametrize(
    "table",
    [
        "organisations", "projects", "cooperations", "events", "sources", "policies", "figures", "activities",
        "success_stories", "opportunities",
    ],
)  # fmt: skip
def test_no_reference_to_the_old_id_is_left(data, table):
    """All files are searched, cell by cell: wherever the old id stood, the new one stands, and nowhere else."""
    old = most_mentioned(data, table)
    before = list(mentions(data, old))
    assert len(before) > 1
    facts = facts_of(data)
    rename_key(facts, table, old, NEW)
    facts.write()
    assert list(mentions(data, old)) == []
    # Where rows moved to another place in their file, the order of the mentions is another one.
    assert sorted(mentions(data, NEW)) == sorted(before)
    assert f'"{old}"' not in (data / "theme_rule.toml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_everything_that_can_refer_to_an_organisation_moves(data):
    """Rows of every kind name plastipolis: citations of its rows, figures, owners, decisions, corrections."""
    facts = facts_of(data)
    facts.add("corrections", table_name="projects", record_id="escp4i-3bi", field="lead_organisation_id",
              old_value="", new_value="plastipolis", reason="x", source_id="d35")  # fmt: skip
    facts.add("alternative_values", table_name="projects", record_id="escp4i-3bi", field="lead_organisation_id",
              value="plastipolis", source_id="d35")  # fmt: skip
    facts.add("contradiction_records", contradiction_id="bilat-eccp-cooperation", table_name="organisations",
              record_id="plastipolis")  # fmt: skip
    facts.add(
        "missing_values", table_name="organisations", record_id="plastipolis", field="region_code", reason="withheld"
    )
    facts.add("organisation_ends", organisation_id="plastipolis|x", how="merged", date_precision="undated")
    facts.theme_rule += '\n[[from_source]]\nrecord_id = "plastipolis"\n'
    facts.write()
    before = sorted(mentions(data, "plastipolis"))
    for file in (
        "citations.csv", "corrections.csv", "alternative_values.csv", "contradiction_records.csv", "missing_values.csv",
        "organisation_ends.csv", "cooperation_parties.csv", "reconciliation.csv", "project_members.csv", "figures.csv",
    ):  # fmt: skip
        assert file in {name for name, _ in before}, file
    facts = facts_of(data)
    rename_key(facts, "organisations", "plastipolis", NEW)
    facts.write()
    left = list(mentions(data, "plastipolis"))
    # The one row that is no reference: its id merely begins with the same word.
    assert left == [("organisation_ends.csv", "organisation_id")]
    assert sorted([*mentions(data, NEW), *left]) == before
    assert f'record_id = "{NEW}"' in (data / "theme_rule.toml").read_text(encoding="utf-8")


def test_an_id_of_another_kind_stays(data):
    """A figure about a programme and a source of an authority may use the same word for something else."""
    facts = facts_of(data)
    facts.add("figures", figure_id="f-1", subject_type="programme", subject_id="accio", measure="m", unit="u",
              qualifier="exact", value="1", value_stated="1")  # fmt: skip
    facts.add("source_owners", source_id="d35", owner_kind="authority", owner_id="accio")
    facts.add("citations", table_name="projects", record_id="accio", field="*", source_id="d35", locator="s1")
    rename_key(facts, "organisations", "accio", NEW)
    assert facts.record("figures", "f-1")["subject_id"] == "accio"
    assert facts.record("source_owners", "d35|authority|accio") is not None
    assert facts.record("citations", "projects|accio|*|d35|s1") is not None


def test_columns_with_ids_are_found_in_the_schema():
    """Those without a foreign key are recognised by the columns beside them or by their comment."""
    schema = declared_schema()
    kinds = {table.name: kind_columns(table) for table in schema.input_tables if kind_columns(table)}
    assert kinds == {"figures": {"subject_type": "subject_id"}, "source_owners": {"owner_kind": "owner_id"}}
    loose = {table.name: set(loose_columns(schema, table)) for table in schema.input_tables}
    assert {name: columns for name, columns in loose.items() if columns} == {"reconciliation": {"compared_with"}}


@pytest.mark.slow
def test_rename_by_command(data):
    """Id and name: the old name becomes another name with its sources, and all checks of the build pass."""
    result = run("rename", "Milwaukee Water Council", "--to", "the-water-council", "--name", "The Water Council")
    assert result.exit_code == 0, result.output
    (organisation,) = [r for r in rows(data, "organisations") if r["organisation_id"] == "the-water-council"]
    assert organisation["name"] == "The Water Council"
    names = {r["alias"] for r in rows(data, "organisation_aliases") if r["organisation_id"] == "the-water-council"}
    assert "Milwaukee Water Council" in names and "The Water Council" not in names
    cited = [r for r in rows(data, "citations") if r["record_id"].startswith("the-water-council")]
    of_old = {r["source_id"] for r in cited if r["record_id"].endswith("|Milwaukee Water Council")}
    of_new = {r["source_id"] for r in cited if r["field"] == "name"}
    assert "d35" in of_old, "the document prints the old name"
    assert "thewatercouncil-com-p-177381" in of_new, "the page that was cited for the alias"
    assert list(mentions(data, "milwaukee-water-council")) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("accio",), "Nothing is to change: name a new id with --to, a new name with --name, or both."),
        (("accio", "--to", "biom"), "'biom' is taken."),
        (("accio", "--to", "Accio!"), "'Accio!' is not an id."),
        (("accio", "--name", "ACCIÓ Catalonia"), "--source is needed"),
        (("accio", "--name", "Catalan Agency for Business Competitiveness"), "already."),
        (("acio",), "similar: accio"),
        (("escp4i-decision", "--to", "decision"), "is named in data/checks.toml line"),
        (("statsamerica-industry-clusters", "--to", "x"), "may be any of policies/statsamerica-industry-clusters"),
    ],
)
def test_rename_refuses(data, arguments, message):
    """Why, and what to do; no file is touched."""
    before = hashes(data)
    result = run("rename", *arguments)
    assert result.exit_code == 1 and message in result.stderr, result.output
    assert hashes(data) == before


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
    merge.merge(facts, {"old": old, "into": into, "reason": "same address"})
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


@pytest.mark.slow
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


def test_a_decision_to_keep_apart_and_two_ends_stop_a_merge(data):
    """Somebody decided otherwise, or two sources tell of two ends."""
    with pytest.raises(EtlError, match=r"kept apart: water bodies of different states\. Remove that row first"):
        merged(data, "accelerateh2o")
    with pytest.raises(EtlError, match=r"organisation_ends\.csv: two rows france-water-team differ: how 'dissolved'"):
        merged(data, "pole-eau", "france-water-team")


@pytest.mark.slow
def test_retire_tells_the_end_and_the_successor(data, tmp_path):
    """The organisation stays with its history, and is none of today."""
    end = ("--how", "merged", "--successor", "BioM", "--date", "May 2025", "--source", "d35", "--locator", "s9")
    result = run("retire", "flandersbio", *end)
    assert result.exit_code == 0, result.output
    again = run("retire", "FlandersBio", "--how", "dissolved", "--source", "d35", "--locator", "s9")
    assert "flandersbio has ended already: merged, May 2025." in again.stderr
    link = tmp_path / "b" / "c.duckdb"
    assert CliRunner().invoke(app, ["build", "--data", "data", "--database", str(link)]).exit_code == 0
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
