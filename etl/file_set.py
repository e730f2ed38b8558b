"""Replaces several files of a folder together: all of them or none, also when the process is killed between two.

The new files are first written to a folder of their own. Renaming that folder decides: before, nothing has happened;
afterwards every file is replaced, if not by this process then by the next one that reads the folder.
"""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.errors import EtlError
from etl.files import exclusive_lock, file_hash

PENDING = ".change"
_UNFINISHED = ".change.unfinished"
_LOCK = ".change.lock"
_MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Replacement:
    """The new content of a file, and the SHA-256 of the content that it replaces; None where there is no file yet."""

    content: bytes
    replaces: str | None


def hash_or_none(path: Path) -> str | None:
    """SHA-256 of a file, or None when there is none."""
    return file_hash(path) if path.is_file() else None


def replace_together(folder: Path, replacements: Mapping[str, Replacement]) -> None:
    """Write the files, named by their paths in ``folder``. Raises EtlError; then none of them has changed.

    A file that is no longer what ``Replacement.replaces`` says was changed by somebody else and stops all.
    """
    busy = EtlError(f"Another command is writing to {folder}. Wait until it has finished.")
    with exclusive_lock(folder / _LOCK, busy):
        _finish(folder)
        for name, replacement in replacements.items():
            if hash_or_none(folder / name) != replacement.replaces:
                raise EtlError(f"{folder / name} has changed since it was read. Run the command again.")
        _stage(folder, replacements)
        os.replace(folder / _UNFINISHED, folder / PENDING)
        _sync(folder)
        _finish(folder)


def finish_interrupted(folder: Path) -> None:
    """Complete a change that was decided but interrupted. Raises EtlError when a file was edited in between."""
    if (folder / PENDING).is_dir():
        busy = EtlError(f"Another command is writing to {folder}. Wait until it has finished.")
        with exclusive_lock(folder / _LOCK, busy):
            _finish(folder)


def _stage(folder: Path, replacements: Mapping[str, Replacement]) -> None:
    unfinished = folder / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    entries = []
    for number, (name, replacement) in enumerate(replacements.items()):
        staged = unfinished / str(number)
        _write(staged, replacement.content)
        if (folder / name).is_file():
            shutil.copymode(folder / name, staged)
        entries.append(
            {"file": name, "staged": staged.name, "replaces": replacement.replaces, "with": file_hash(staged)}
        )
    _write(unfinished / _MANIFEST, json.dumps(entries).encode())
    _sync(unfinished)


def _finish(folder: Path) -> None:
    pending = folder / PENDING
    manifest = pending / _MANIFEST
    entries = json.loads(manifest.read_text(encoding="utf-8")) if manifest.is_file() else []
    waiting = [entry for entry in entries if (pending / entry["staged"]).is_file()]
    for entry in waiting:
        if hash_or_none(folder / entry["file"]) not in (entry["replaces"], entry["with"]):
            raise EtlError(
                f"A change of {folder} was interrupted, and {folder / entry['file']} has been edited since. "
                f"Its new content is {pending / entry['staged']}: bring the two together, then remove {pending}."
            )
    for entry in waiting:
        os.replace(pending / entry["staged"], folder / entry["file"])
    if pending.is_dir():
        _sync(folder)
        manifest.unlink(missing_ok=True)
        shutil.rmtree(pending)


def _write(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    if os.name == "posix":  # elsewhere a folder cannot be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
