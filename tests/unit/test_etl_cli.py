"""python -m etl: help, exit codes, summary, description."""

import os

import pytest
import typer
from etl_dataset import edit
from typer.testing import CliRunner

from etl.__main__ import app
from etl.load import builds_of

pytestmark = pytest.mark.slow  # builds a database in most tests


@pytest.fixture
def run(monkeypatch):
    """`run(argument, …)` gives the result of a command without a terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    return lambda *arguments: CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize("command", ["build", "check", "describe", "release"])
def test_every_command_explains_itself(run, command):
    """--help names the options; without a command all are listed."""
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--data" in result.stdout
    assert ("--database" in result.stdout) == (command in ("build", "describe"))
    assert command in run().output


def _commands(command, *names):
    """The words of every command and of every one below it."""
    yield names
    for name, below in getattr(command, "commands", {}).items():
        yield from _commands(below, *names, name)


def test_help_and_description_read_as_approved(run, approved, shipped_database, monkeypatch):
    """Every command with its options; what `describe` and `stale` say of the shipped data."""
    monkeypatch.setenv("COLUMNS", "110")
    said = {names: run(*names, "--help").stdout for names in _commands(typer.main.get_command(app))}
    said[("describe", "of the shipped data")] = run("describe", "--database", str(shipped_database)).stdout
    said[("stale", "on 31 March 2027")] = run("stale", "--today", "2027-03-31", "--older-than", "120").stdout
    lines = [f"== {' '.join(names)}\n{_without_build(text)}" for names, text in said.items()]
    approved("commands", "\n".join(lines))


def _without_build(text):
    """The text without what changes by build and release."""
    lines = [line.rstrip() for line in text.splitlines()]
    return "\n".join(line for line in lines if not line.startswith(("Build ", "│ release")))


def test_build_ends_with_a_summary(run, data, link):
    """Rows in and out, checks, warnings, path and seconds; no progress bar where there is no terminal."""
    result = run("build", "--data", "data", "--database", str(link))
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = dict(
        line.split(maxsplit=1)
        if not line.strip().startswith(("rows", "checks"))
        else (" ".join(line.split()[:2]), line.split(maxsplit=2)[2])
        for line in result.stdout.splitlines()
        if line.startswith("  ")
    )
    assert lines["rows in"] == lines["rows out"]
    assert lines["checks passed"] == "3 of 4"
    assert lines["warnings"] == "1"
    assert lines["path"] == str(builds_of(link)[0])
    assert float(lines["seconds"]) > 0
    assert "Warning: data/organisations.csv line 4" in result.stdout


def test_the_database_comes_from_the_environment(run, data, link, monkeypatch):
    """CLUSTERS_DB names it when no option does."""
    monkeypatch.setenv("CLUSTERS_DB", str(link))
    assert run("build", "--data", "data").exit_code == 0
    assert os.path.islink(link)
    assert run("describe").exit_code == 0


def test_bad_input_exits_with_1(run, data, link):
    """Every message on stderr, the number of problems, and what it means for the database."""
    run("build", "--data", "data", "--database", str(link))
    before = builds_of(link)
    edit(data, "projects", "2016-02-01", "2013-13-01")
    edit(data, "events", "held", "helt")
    result = run("build", "--data", "data", "--database", str(link))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        (
            "data/events.csv line 2, status_in_source: 'helt' is not one of held, planned, not "
            "stated. Did you mean 'held'?"
        ),
        "data/projects.csv line 5, start_on: '2013-13-01' is not a date. Write YYYY-MM-DD.",
        "",
        "2 problems found. Nothing was published; the database is unchanged.",
    ]
    assert builds_of(link) == before


def test_check_publishes_nothing(run, data, link):
    """It says so, and fails as a build would."""
    result = run("check", "--data", "data")
    assert result.exit_code == 0
    assert "nothing published" in result.stdout
    assert not link.parent.exists()
    edit(data, "events", "held", "helt")
    assert run("check", "--data", "data").exit_code == 1


def test_describe(run, data, link):
    """Rows, coverage by side, merges and the readings of the share."""
    (data / "reconciliation.csv").write_text(
        "name_as_found,origin,organisation_id,decision,compared_with,reason\n"
        "NWP Water,list.csv,nwp,merged,nwp,short name\n"
        "PolymerOhio,list.csv,polymer-ohio,merged,polymer-ohio,same name\n"
    )
    path = data / "checks.toml"
    path.write_text(path.read_text().replace("'figures', ", "'figures', 'reconciliation', "))
    assert run("build", "--data", "data", "--database", str(link)).exit_code == 0
    result = run("describe", "--database", str(link))
    assert result.exit_code == 0
    text = [" ".join(line.replace("│", " ").split()) for line in result.stdout.splitlines()]
    assert "organisations 4 4 4 100 %" in text
    assert "all facts 53 48 48 90.5 %" in text  # the five readings of usa_share are not cited here
    assert "EU 3 3 2 1 0 2 0" in text
    assert "all 4 4 3 2 0 2 0" in text
    assert "Merged: 2 names; 1 of them equal the name of the organisation and are not listed" in text
    assert "NWP Water nwp list.csv short name" in text
    assert any(line.startswith("Generation 2: chose the USA in a survey 8 of 19 42.11% printed") for line in text)


@pytest.mark.parametrize("content", [None, b"not a database"])
def test_describe_without_a_database(run, link, content):
    """A sentence with the command to run, not a traceback."""
    link.parent.mkdir()
    if content:
        link.write_bytes(content)
    result = run("describe", "--database", str(link))
    assert result.exit_code == 1
    assert "Run: python -m etl build" in result.stderr
    assert "Traceback" not in result.output


def test_describe_columns_writes_the_readme(run, data):
    """Between its markers and nowhere else; a README without them is left alone."""
    readme = data / "README.md"
    assert run("describe", "--columns", "--data", "data").exit_code == 1
    readme.write_text("Before\n")
    assert "needs these two lines" in run("describe", "--columns", "--data", "data").stderr
    assert readme.read_text() == "Before\n"
