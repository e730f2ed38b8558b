"""What follows from the list of formats: commands with their options, and which imports a build can load."""

import json

import pytest
import typer
from etl_dataset import messages
from import_files import run, write_cordis
from typer.testing import CliRunner

from etl.imports import cordis
from etl.imports.commands import app
from etl.imports.formats import FORMATS

OWN_OPTIONS = {
    "us-cluster-mapping": {"--sheet"},
    "regional-statistics": {"--url", "--decimal", "--header-line", "--sheet"},
    "cordis": set(),
}


def test_every_format_has_a_command_with_its_options():
    """Options that do not apply are not listed."""
    commands = typer.main.get_command(app).commands
    assert set(commands) == set(FORMATS) == set(OWN_OPTIONS)
    every = set().union(*OWN_OPTIONS.values())
    for name, command in commands.items():
        shown = {option for own in command.params for option in own.opts if not getattr(own, "hidden", False)}
        assert shown & every == OWN_OPTIONS[name], name
        assert {"--name", "--origin", "--licence", "--encoding", "--replace", "--check"} <= shown
        assert command.help.startswith("Read ")


@pytest.mark.parametrize(
    ("name", "option", "value"), [("cordis", "--sheet", "Table 1"), ("us-cluster-mapping", "--decimal", "comma")]
)
def test_an_option_of_another_format_is_refused(tmp_path, name, option, value):
    """Before the file is read: it is not even there."""
    result = CliRunner().invoke(app, [name, str(tmp_path / "nowhere"), option, value])
    assert result.exit_code == 2 and f"{name} has no such option" in " ".join(result.output.split())


def test_an_import_of_an_unknown_format_stops_the_build(tmp_path, data, inputs):
    """Such as one of a later version of this project."""
    run(cordis.FORMAT, write_cordis(tmp_path / "release"), data)
    manifest = data / "imports" / "cordis.json"
    manifest.write_text(json.dumps(json.loads(manifest.read_text()) | {"format": "patents"}))
    (message,) = messages(inputs)
    assert message == (
        "data/imports/cordis.json, format: 'patents' is not one of us-cluster-mapping, regional-statistics, cordis. "
        "Remove the import, python -m etl import --remove cordis, and import the file again."
    )
