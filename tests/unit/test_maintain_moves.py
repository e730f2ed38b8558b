"""rename: every reference moves, and the old name becomes an alias."""

import pytest
from maintain_data import copy_of_the_data, facts_of, hashes, mentions, rows
from maintain_data import run as run_etl

from etl.maintain.links import kind_columns, loose_columns, rename_key
from etl.schema import declared_schema

pytestmark = pytest.mark.slow

NEW = "an-id-that-nothing-has"


@pytest.fixture
def data(tmp_path, monkeypatch):
    """A copy of the shipped data in ./data."""
    monkeypatch.chdir(tmp_path)
    return copy_of_the_data(tmp_path)


def run(*arguments):
    """The result of a command that asks nothing."""
    return run_etl(*arguments, "--data", "data", "--yes")


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
