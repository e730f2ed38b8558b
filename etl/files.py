"""Files that are written as a whole or not at all, locks between processes, and hashes."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from etl.errors import EtlError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """The path of a temporary file beside ``path`` to write; it replaces ``path`` on leaving without an error.

    Readers see the old file or the new one, never part of it. On an error the temporary file is removed.
    """
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        yield unfinished
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)


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
