"""What is asked of the process that makes a file, and how its answers travel."""

import json
import struct
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from domain.filters import Filters

PDF = "pdf"  # the report, printed by the one browser of the server: a process that may write no file starts none
DATASET = "dataset"  # the file that no filter restricts; the others are named as in exports.formats

# Kinds of answers, one byte each.
PROGRESS, FILE, REFUSED, FAILED = b"P", b"F", b"R", b"E"
_HEAD = struct.Struct(">cQ")  # kind and number of bytes that follow
HEAD_BYTES = _HEAD.size


@dataclass(frozen=True)
class FileRequest:
    """A file to be made: its format, for which filters, with which day in it, and from which database file."""

    kind: str
    filters: Filters
    made_on: date
    database: Path
    has_annex: bool = False  # of a report

    def to_json(self) -> bytes:
        """The request in one line."""
        content = {
            "kind": self.kind,
            "filters": asdict(self.filters),
            "made_on": self.made_on.isoformat(),
            "database": str(self.database),
            "has_annex": self.has_annex,
        }
        return json.dumps(content).encode() + b"\n"


def from_json(line: bytes) -> FileRequest:
    """The request that to_json() wrote."""
    content = json.loads(line)
    # JSON has lists only, and the filters are compared and kept as tuples.
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in content["filters"].items()
    }
    return FileRequest(
        content["kind"],
        Filters(**values),
        date.fromisoformat(content["made_on"]),
        Path(content["database"]),
        content["has_annex"],
    )


def head(kind: bytes, size: int) -> bytes:
    """What stands before an answer."""
    return _HEAD.pack(kind, size)


def read_head(content: bytes) -> tuple[bytes, int]:
    """Kind and size of the answer whose head this is."""
    kind, size = _HEAD.unpack(content)
    return kind, size
