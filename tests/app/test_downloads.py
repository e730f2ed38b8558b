"""The page of the files without a browser: made on request, with progress, cancelled, failed, and by command."""

import shlex
from dataclasses import replace
from threading import Event

import icalendar
import pytest
from typer.testing import CliRunner

from exports.__main__ import app as exports_app
from exports.formats import FORMATS
from exports.work.queue import FileQueue
from views import downloads

SECONDS = 60  # a limit, not an expectation


def keys(app) -> set[str]:
    """Keys of the buttons of the page."""
    return {button.key for button in app.button}


def work_of(app):
    """The one file of the session."""
    (work,) = app.session_state["files_of_reader"].values()
    return work


def start(app, name: str):
    """The page after the button of a file was pressed."""
    app.button(key=f"make_{name}").click().run()
    assert [error.value for error in app.exception] == []
    return app


@pytest.fixture
def waiting(monkeypatch) -> Event:
    """A queue whose files report progress until they are cancelled or this event is set, then fail."""
    proceed = Event()

    def make(_request, progress) -> bytes:
        while not proceed.wait(0.01):
            progress(0.5, "Half of it")
        raise ValueError("a fault of the format")

    queue = FileQueue(make)
    monkeypatch.setattr(downloads, "the_queue", lambda: queue)
    return proceed


def test_every_format_is_offered_and_none_is_made_unasked(open_app):
    app = open_app("downloads")
    assert {f"make_{name}" for name in FORMATS} <= keys(app)
    assert app.get("download_button") == []


def test_a_calendar_is_made_and_offered(open_app):
    app = start(open_app("downloads", {"sector": "energy"}), "ics")
    work = work_of(app)
    work.wait(SECONDS)
    app.run()
    assert "make_ics" not in keys(app)
    (button,) = app.get("download_button")
    assert button.proto.id.endswith("download_ics")
    events = [part for part in icalendar.Calendar.from_ical(work.result).walk("VEVENT")]
    assert events


def test_a_file_of_other_filters_is_another_file(open_app):
    """After a change of filter nothing is offered that was made for the old one."""
    app = start(open_app("downloads", {"sector": "energy"}), "ics")
    work_of(app).wait(SECONDS)
    app.query_params["sector"] = "health"
    app.run()
    assert "make_ics" in keys(app) and app.get("download_button") == []


def test_work_shows_its_progress_and_can_be_cancelled(open_app, waiting):
    app = start(open_app("downloads"), "ics")
    assert "cancel_ics" in keys(app) and len(app.get("progress")) == 1
    work = work_of(app)
    app.button(key="cancel_ics").click().run()
    work.wait(SECONDS)
    app.run()
    assert not work.is_running and work.result is None
    assert "again_ics" in keys(app) and len(app.warning) == 1
    assert app.get("download_button") == []


def test_a_failure_is_told_and_can_be_tried_again(open_app, waiting):
    waiting.set()
    app = start(open_app("downloads"), "ics")
    work_of(app).wait(SECONDS)
    app.run()
    assert [text for text in app.warning.values if "could not be made" in text]
    waiting.clear()
    app.button(key="again_ics").click().run()
    assert work_of(app).is_running and "cancel_ics" in keys(app)
    waiting.set()


def test_a_machine_without_a_browser_says_what_to_install(open_app, monkeypatch):
    """No button that would fail, and the reason in its place; the other files are offered as ever."""
    monkeypatch.setattr(
        downloads, "FORMATS", {**FORMATS, "pdf": replace(FORMATS["pdf"], unavailable_reason=lambda: "Install one.")}
    )
    app = open_app("downloads")
    assert "Install one." in app.caption.values
    assert "make_pdf" not in keys(app) and {"make_html", "make_xlsx"} <= keys(app)


def test_a_file_for_which_there_is_no_place_is_told_with_another_try(open_app, monkeypatch):
    queue = FileQueue(lambda _request, _progress: b"file")
    queue.close()
    monkeypatch.setattr(downloads, "the_queue", lambda: queue)
    app = start(open_app("downloads"), "ics")
    assert "again_ics" in keys(app) and "try again" in app.warning[0].value
    monkeypatch.setattr(downloads, "the_queue", lambda: FileQueue(lambda _request, _progress: b"file"))
    app.button(key="again_ics").click().run()
    assert work_of(app).wait(SECONDS) and work_of(app).result == b"file"


@pytest.mark.parametrize(
    ("parameters", "command"),
    [
        ({}, "python -m exports pack --out workshop"),
        (
            {"sector": "energy", "side": "US", "from": "2015", "to": "2017", "unknown": "no"},
            "python -m exports pack --sector energy --side US --from 2015 --to 2017 --no-unknown --out workshop",
        ),
        (
            {"sector": ["energy", "health"], "country": "PL"},
            "python -m exports pack --sector energy --sector health --country PL --out workshop",
        ),
        ({"annex": "yes"}, "python -m exports pack --annex --out workshop"),
    ],
)
def test_the_command_makes_the_same_files(open_app, parameters, command):
    app = open_app("downloads", parameters)
    assert command in app.code.values
    assert ("make_pdf_annex" in keys(app)) is ("annex" in parameters) is not ("make_pdf" in keys(app))
    # Every option is one that the command knows.
    known = CliRunner().invoke(exports_app, ["pack", "--help"], env={"COLUMNS": "200"}).output
    assert [word for word in shlex.split(command) if word.startswith("--") and word not in known] == []
