"""Several files are replaced together: all of them or none, however the process ends."""

import contextlib
import os
import stat

import pytest
from etl_dataset import edit

from etl import file_set
from etl.errors import EtlError
from etl.file_set import Replacement, finish_interrupted, hash_or_none, replace_together
from etl.pipeline import check

OLD = {"a.csv": b"old a", "lookups/b.csv": b"old b"}
NEW = {"a.csv": b"new a", "lookups/b.csv": b"new b", "c.csv": b"new c"}


class Killed(BaseException):
    """Stands for the end of the process; nothing may catch it."""


@pytest.fixture
def folder(tmp_path):
    """A folder with the old files."""
    (tmp_path / "lookups").mkdir()
    for name, content in OLD.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def state(folder):
    """Name -> content of the three files that exist."""
    return {name: (folder / name).read_bytes() for name in NEW if (folder / name).exists()}


def replacements(folder):
    """The new files, which replace what is there now."""
    return {name: Replacement(content, hash_or_none(folder / name)) for name, content in NEW.items()}


def test_all_files_are_replaced(folder):
    """A new one is created, the rights of an old one are kept, and nothing is left beside them but the lock."""
    (folder / "a.csv").chmod(0o640)
    replace_together(folder, replacements(folder))
    assert state(folder) == NEW
    assert stat.S_IMODE((folder / "a.csv").stat().st_mode) == 0o640
    assert {path.name for path in folder.iterdir()} - {".change.lock"} == {"a.csv", "c.csv", "lookups"}


@pytest.mark.parametrize("step", range(1, 20))
def test_killed_at_any_step_leaves_old_or_new(folder, monkeypatch, step):
    """Whichever write, rename or removal the process dies at, the next reader sees all old files or all new ones."""
    steps = 0

    def dying(function):
        def call(*arguments, **options):
            nonlocal steps
            steps += 1
            if steps == step:
                raise Killed
            return function(*arguments, **options)

        return call

    with monkeypatch.context() as patch:
        for module, name in (
            (os, "replace"),
            (os, "fsync"),
            (file_set.shutil, "copymode"),
            (file_set.shutil, "rmtree"),
        ):
            patch.setattr(module, name, dying(getattr(module, name)))
        with contextlib.suppress(Killed):
            replace_together(folder, replacements(folder))
    was_decided = (folder / file_set.PENDING).is_dir() or state(folder) == NEW
    finish_interrupted(folder)
    assert state(folder) == (NEW if was_decided else OLD)
    assert not (folder / file_set.PENDING).exists()
    replace_together(folder, replacements(folder))
    assert state(folder) == NEW


def test_the_steps_reach_into_every_phase(folder, monkeypatch):
    """The test above dies before the decision, between two files and while cleaning up."""
    calls = []
    for module, name in ((os, "replace"), (os, "fsync"), (file_set.shutil, "rmtree")):
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *a, _n=name, _r=real, **o: (calls.append(_n), _r(*a, **o))[1])
    replace_together(folder, replacements(folder))
    assert calls.count("replace") == 1 + len(NEW) and calls[-1] == "rmtree" and len(calls) < 20


def test_a_file_that_somebody_changed_stops_all(folder):
    """What was read is no longer what is there: nothing is written."""
    planned = replacements(folder)
    (folder / "lookups/b.csv").write_bytes(b"edited")
    with pytest.raises(EtlError, match=r"b\.csv has changed since it was read"):
        replace_together(folder, planned)
    assert state(folder) == OLD | {"lookups/b.csv": b"edited"}


def test_an_edit_after_an_interruption_is_not_overwritten(folder, monkeypatch):
    """The message names the file, the new content and what to do."""
    real = os.replace
    calls = []

    def replace(source, target):
        calls.append(target)
        if len(calls) == 3:
            raise Killed
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", replace)
        with pytest.raises(Killed):
            replace_together(folder, replacements(folder))
    (folder / "lookups/b.csv").write_bytes(b"edited")
    with pytest.raises(EtlError, match=r"b\.csv has been edited since.*bring the two together"):
        finish_interrupted(folder)
    assert (folder / "lookups/b.csv").read_bytes() == b"edited"


def test_a_build_completes_what_was_interrupted(inputs, monkeypatch):
    """The build reads the new files, not a mixture."""
    data = inputs.data_dir
    events = (data / "events.csv").read_bytes().replace(b"Matchmaking", b"Matchmaking day")
    places = (data / "event_places.csv").read_bytes().replace(b"matchmaking-2016,2,,,,,unknown\n", b"")
    new = {"events.csv": events, "event_places.csv": places}
    with monkeypatch.context() as patch:
        patch.setattr(file_set, "_finish", lambda _folder: None)
        replace_together(data, {n: Replacement(c, hash_or_none(data / n)) for n, c in new.items()})
    assert (data / "events.csv").read_bytes() != events
    edit(data, "citations", "event_places,matchmaking-2016|2,*,d35,s1\n", "")
    check(inputs)
    assert {name: (data / name).read_bytes() for name in new} == new
