"""Files that are written as a whole or not at all, locks between processes, and hashes."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import EtlError

_IN_USE = (5, 32)  # numbers of Windows: access denied, used by another process


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The path of a temporary file beside ``path`` to write; it replaces ``path`` on leaving without an error.

    Readers see the old file or the new one, never part of it. On an error the temporary file is removed.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        replace_file(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


def replace_file(source: Path, target: Path) -> None:
    """Put a file in the place of another in one step.

    Windows refuses that while somebody reads the old file, which takes moments; then it is tried again for a second.
    """
    for seconds in (0.05, 0.1, 0.2, 0.3, 0.4):
        try:
            os.replace(source, target)
            return
        except PermissionError as error:
            if getattr(error, "winerror", None) not in _IN_USE:
                raise
            time.sleep(seconds)
    os.replace(source, target)


def link_or_copy(path: Path, link: Path) -> None:
    """Another name for a file or folder: a link, or a copy where the system lets a user make no links."""
    try:
        link.symlink_to(path.absolute(), target_is_directory=path.is_dir())
    except OSError:
        (shutil.copytree if path.is_dir() else shutil.copy2)(path, link)


@contextmanager
def exclusive_lock(path: Path, busy: EtlError, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the lock file at ``path``. Raises ``busy`` when another process or thread holds it for longer than this."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=wait_seconds)
    except Timeout:
        raise busy from None
    try:
        yield
    finally:
        lock.release()


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
