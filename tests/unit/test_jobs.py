"""Work beside the page: progress, result, cancelling, and a failure that is said."""

import logging
from threading import Event

from ui.jobs import Job

SECONDS = 10


def test_progress_and_result():
    """What the work tells is what the page sees, and the result is kept."""
    go, told = Event(), Event()

    def make(progress):
        progress(0.5, "Half of it")
        told.set()
        go.wait(SECONDS)
        return b"file"

    job = Job(make)
    assert told.wait(SECONDS) and job.is_running and (job.fraction, job.step) == (0.5, "Half of it")
    go.set()
    job.wait(SECONDS)
    assert not job.is_running and job.result == b"file" and job.problem == ""


def test_cancelled_work_keeps_nothing():
    """It ends at its next step, even the last one."""
    started, go = Event(), Event()

    def make(progress):
        started.set()
        go.wait(SECONDS)
        return b"file"

    job = Job(make)
    assert started.wait(SECONDS)
    job.cancel()
    go.set()
    job.wait(SECONDS)
    assert job.result is None and "Cancelled" in job.problem


def test_a_failure_is_said_and_logged(caplog):
    """The reader gets a sentence, the log the traceback."""

    def make(progress):
        raise OSError("no space")

    with caplog.at_level(logging.ERROR):
        job = Job(make)
        job.wait(SECONDS)
    assert job.result is None and "could not be made" in job.problem and "no space" in caplog.text
