"""Errors as readers meet them: one page that says what to do, one line in the log, and no path of the server."""

import json
import logging
import os
import shutil

import pytest

from domain.database_file import DatabaseNotReadyError
from ui import faults
from views import partnerships


def titles(app) -> list[str]:
    return [title.value for title in app.title]


def test_a_fault_of_ours_is_told_with_a_number_and_logged_once(open_app, monkeypatch, caplog):
    def fails(_filters):
        raise RuntimeError("/srv/secret/path is wrong")

    monkeypatch.setattr(partnerships, "partnerships_page", fails)
    with caplog.at_level(logging.ERROR, "ui.faults"):
        app = open_app("projects")
    assert not app.exception and "This could not be shown" in [header.value for header in app.header]
    shown = " ".join(error.value for error in app.error)
    lines = [json.loads(record.message) for record in caplog.records if record.name == "ui.faults"]
    assert len(lines) == 1 and lines[0]["event"] == "page_error"
    assert shown == (
        "Something went wrong here; nothing is lost. Reload the page. If it happens again, clear the filters, or tell "
        f"whoever runs this dashboard the number `{lines[0]['number']}`."
    )
    assert lines[0]["error"] == "RuntimeError" and lines[0]["where"][-1].endswith(" fails")


@pytest.mark.parametrize("damage", ["cut off", "gone", "another file"])
def test_a_database_that_goes_away_under_a_running_app(open_app, shipped_database, tmp_path, damage):
    """The page says so without a path, and the next run after the repair shows the data again, without a restart."""
    mine = tmp_path / "mine.duckdb"
    shutil.copyfile(shipped_database, mine)
    app = open_app("policies", database=mine)
    assert titles(app) == ["Policies and the 2015 workshop"]
    if damage == "cut off":
        os.truncate(mine, 300_000)
    elif damage == "gone":
        mine.rename(tmp_path / "elsewhere")
    else:
        mine.write_bytes(b"not a database" * 1000)
    if damage != "gone":  # where nothing is, the first start builds
        app.run()
        assert not app.exception and titles(app) == ["The data are not ready"]
        assert str(tmp_path) not in app.error[0].value
    shutil.copyfile(shipped_database, mine)
    app.run()
    assert not app.exception and titles(app) == ["Policies and the 2015 workshop"]


@pytest.mark.parametrize(("error", "is_told"), [(ValueError("x"), True), (DatabaseNotReadyError("x"), False)])
def test_a_part_of_a_page_tells_or_has_the_page_run(monkeypatch, error, is_told):
    """A fragment that runs alone has no page around it that would catch its error."""
    told, again = [], []
    monkeypatch.setattr(faults, "show_fault", told.append)
    monkeypatch.setattr(
        faults.st, "rerun", lambda scope: again.append(scope) or (_ for _ in ()).throw(KeyboardInterrupt)
    )

    def fails():
        raise error

    monkeypatch.setattr(faults.st, "session_state", {})
    if is_told:
        faults.guarded(fails)()
        assert told == [error] and again == []
    else:
        with pytest.raises(KeyboardInterrupt):
            faults.guarded(fails)()
        assert told == [] and again == ["app"]
    monkeypatch.setattr(faults.st, "session_state", {faults.IN_SHELL: True})
    with pytest.raises(type(error)):
        faults.guarded(fails)()
