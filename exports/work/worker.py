"""The process that makes one file and ends: `python -m exports.work.worker`.

It reads the request from its standard input, tells its progress and writes the file to its standard output. When the
input is closed, whoever asked for the file has gone, and the process ends at once.
"""

import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

from domain.errors import ReadableError
from domain.progress import Progress
from exports.content import gather
from exports.dataset.write import dataset_zip
from exports.formats import FORMATS
from exports.pack import BadRequestError
from exports.work.request import DATASET, FAILED, FILE, PROGRESS, REFUSED, FileRequest, from_json, head

_NICENESS = 15  # the pages of readers come first
_MEMORY_BYTES = 3 << 30  # of address space beyond what the process has at its start; a file of today needs a tenth


def main() -> NoReturn:
    """Make one file."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a key pressed in the terminal of the server is for the server
    if hasattr(os, "nice"):
        os.nice(_NICENESS)
    _bound()
    line = sys.stdin.buffer.readline()
    if not line:  # the server has ended before it asked
        os._exit(1)
    request = from_json(line)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    os.environ["CLUSTERS_DB"] = str(request.database)
    try:
        answer = FILE, make(request, _tell)
    except (ReadableError, BadRequestError) as refused:
        answer = REFUSED, str(refused).encode()
    except Exception:  # noqa: BLE001  # last frame of the process: the server writes it to its log
        answer = FAILED, traceback.format_exc().encode()
    _write(*answer)
    os._exit(0)  # without the clearing up of an interpreter that is thrown away


def make(request: FileRequest, progress: Progress) -> bytes:
    """The file that is asked for; errors of the progress callback pass."""
    if request.kind == DATASET:
        return dataset_zip(progress)
    content = gather(request.filters, request.made_on, request.has_annex)
    return FORMATS[request.kind].make(content, progress)


def _bound() -> None:
    """Write no file, and use no more memory than a file may need, where the system can say so."""
    try:
        import resource
    except ImportError:  # Windows has no such limits
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    with suppress(OSError, ValueError):  # without /proc, or with a lower limit of the system
        pages = int(open("/proc/self/statm", encoding="ascii").read().split()[0])  # noqa: SIM115
        limit = pages * resource.getpagesize() + _MEMORY_BYTES
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def _end_with_the_server() -> None:
    sys.stdin.buffer.read()  # returns when the other end is closed, by the server or by its end
    os._exit(1)


def _tell(fraction: float, step: str) -> None:
    _write(PROGRESS, json.dumps([fraction, step]).encode())


def _write(kind: bytes, content: bytes, write: Callable[[int, memoryview], int] = os.write) -> None:
    for part in (head(kind, len(content)), content):
        left = memoryview(part)
        while left:
            left = left[write(1, left) :]


if __name__ == "__main__":
    main()
