"""Makes one file in a process of its own: started, watched, read, ended."""

import json
import logging
import queue
import subprocess
import sys
import threading
import time
from typing import IO

from domain import child_process
from domain.progress import Progress
from exports.work.request import FAILED, FILE, HEAD_BYTES, PROGRESS, FileRequest, read_head
from settings import ROOT

_log = logging.getLogger(__name__)
MAX_SECONDS = 180  # for one file on a busy machine; a file of today takes a few seconds
MAX_FILE_BYTES = 100_000_000
_POLL_SECONDS = 0.1  # how often the reader is seen to be there
TOO_SLOW = f"The file took longer than {MAX_SECONDS} seconds and was given up. Try again, or choose stricter filters."
NOT_MADE = "The file could not be made. See the server log for the reason."

_Answer = tuple[bytes, bytes]


class FileError(Exception):
    """The file was not made; the message is for the reader."""


def make_file(request: FileRequest, progress: Progress, max_seconds: float = MAX_SECONDS) -> bytes:
    """The file. The process has ended when this returns or raises; it may write nothing to the disk.

    ``progress`` is called several times a second and may raise CancelledError, which ends the process. Raises
    FileError when there is no file.
    """
    process = _start()
    try:
        return _ask(process, request, progress, max_seconds)
    finally:
        child_process.end(process)


def _start() -> subprocess.Popen[bytes]:
    # In the session of the server: Linux weighs the priority of a process within its session alone.
    return subprocess.Popen(
        [sys.executable, "-B", "-m", "exports.work.worker"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(process: subprocess.Popen[bytes], request: FileRequest, progress: Progress, max_seconds: float) -> bytes:
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write(request.to_json())
        process.stdin.flush()  # and left open: its end tells the process that nobody waits any more
    except OSError as error:
        raise FileError(NOT_MADE) from error
    answers: queue.SimpleQueue[_Answer] = queue.SimpleQueue()
    # A thread, because Windows cannot wait for a pipe with a limit of time.
    threading.Thread(target=_read, args=(process.stdout, answers), name="answers of a file", daemon=True).start()
    end, told = time.monotonic() + max_seconds, (0.0, "Reading the data")
    while True:
        progress(*told)
        if time.monotonic() > end:
            raise FileError(TOO_SLOW)
        try:
            kind, content = answers.get(timeout=_POLL_SECONDS)
        except queue.Empty:
            continue
        if kind == PROGRESS:
            fraction, step = json.loads(content)
            told = float(fraction), str(step)
        else:
            return _file(kind, content)


def _file(kind: bytes, content: bytes) -> bytes:
    if kind == FILE:
        return content
    if kind == FAILED:
        _log.error("a file was not made: %s", json.dumps(content.decode(errors="replace")))
        raise FileError(NOT_MADE)
    raise FileError(content.decode())


def _read(stream: IO[bytes], answers: "queue.SimpleQueue[_Answer]") -> None:
    """Hand on what the process answers; at its end say that it failed, which nobody reads after a file."""
    reason = b"the process ended without an answer: killed, or out of memory"
    try:
        while len(start := stream.read(HEAD_BYTES)) == HEAD_BYTES:
            kind, size = read_head(start)
            if size > MAX_FILE_BYTES:
                reason = b"the file is larger than %d bytes" % MAX_FILE_BYTES
                break
            content = stream.read(size)
            if len(content) < size:
                break
            answers.put((kind, content))
    except (OSError, ValueError):  # the pipe was closed, because nobody waits any more
        return
    finally:
        answers.put((FAILED, reason))
