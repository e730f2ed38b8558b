"""Checks a file of the reader with the command that would import it, in a process of its own, and keeps nothing.

The app does not know the ETL: it runs `python -m etl import … --check --json` on a temporary copy of the file, with
limits of time and memory, and reads the report. A file that crashes the command crashes that process alone.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from settings import ROOT

MAX_MEGABYTES = 50
TIMEOUT_SECONDS = 90
# Checks that run at the same time, of all readers together.
_FREE = threading.BoundedSemaphore(2)
MAX_NAME_CHARS = 100
BUSY = "Two files are being checked at this moment. Try again in a minute."
TOO_SLOW = (
    f"The check took longer than {TIMEOUT_SECONDS} seconds and was stopped. Import the file on your own machine, where "
    "there is no limit of time."
)
FAILED = (
    "The check stopped before it had a result: the file is damaged, or needs more memory than the check may use. Try "
    "the command below on your own machine."
)


@dataclass(frozen=True)
class LeftOut:
    """Rows that would not be imported, or cells left blank, for one reason; lines: some of them."""

    reason: str
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True)
class FileCheck:
    """The report of a check. message: why the file is refused, '' when it is accepted.

    reach: what the rows cover, name -> text. columns and rows: the first rows as they were read.
    """

    message: str = ""
    rows_read: int = 0
    rows_imported: int = 0
    rows_rejected: int = 0
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()
    reach: Mapping[str, str] | None = None
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def is_accepted(self) -> bool:
        """Whether the file could be imported."""
        return not self.message


def shown_name(name: str) -> str:
    """The name of an uploaded file without folders and control characters, at most MAX_NAME_CHARS long."""
    last = re.split(r"[/\\]", name)[-1]
    text = "".join(letter for letter in last if letter.isprintable()).strip()
    return text[-MAX_NAME_CHARS:] or "file"


def check_file(kind: str, name: str, content: IO[bytes], options: tuple[str, ...]) -> FileCheck:
    """The report on a file; kind: the command of python -m etl import; options: further ones of that command."""
    if not _FREE.acquire(blocking=False):
        return FileCheck(BUSY)
    try:
        with tempfile.TemporaryDirectory(prefix="clusters-upload-") as folder:
            path = Path(folder) / f"upload{_suffix(name)}"
            with path.open("wb") as target:
                shutil.copyfileobj(content, target)
            return _report(
                _run([kind, str(path), "--check", "--json", "--limited", f"--shown-as={name}", *options], folder)
            )
    finally:
        _FREE.release()


def _suffix(name: str) -> str:
    suffix = Path(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,5}", suffix) else ""


def _run(arguments: list[str], folder: str) -> str | None:
    """What the command prints; None when it was stopped."""
    try:
        return subprocess.run(
            [sys.executable, "-m", "etl", "import", *arguments],
            cwd=ROOT,
            env={**os.environ, "TMPDIR": folder},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=TIMEOUT_SECONDS,
            check=False,
        ).stdout
    except subprocess.TimeoutExpired:
        return None


def _report(output: str | None) -> FileCheck:
    if output is None:
        return FileCheck(TOO_SLOW)
    try:
        report: dict[str, Any] = json.loads(output)
    except ValueError:
        return FileCheck(FAILED)
    if not report["accepted"]:
        return FileCheck(str(report["message"]))
    return FileCheck(
        rows_read=report["rows_read"],
        rows_imported=report["rows_imported"],
        rows_rejected=report["rows_rejected"],
        left_out=tuple(LeftOut(one["reason"], one["count"], tuple(one["lines"])) for one in report["reasons"]),
        notes=tuple(report["notes"]),
        reach=report["reach"],
        columns=tuple(report["columns"]),
        rows=tuple(tuple(row) for row in report["rows"]),
    )
