"""What a query gives: its rows or the reason why there are none, and how it travels from process to process."""

import json
from dataclasses import dataclass

import pyarrow as pa

READY = b"+"  # what a process writes when it waits for its query
_CUT = b"cut"  # key of the metadata that says whether rows were left out


@dataclass(frozen=True)
class Outcome:
    """``table`` holds the rows, None where ``problem`` says in one line why there are none.

    ``place`` shows where in the statement the fault is, in two lines, or is "". ``is_cut`` says that the query has more
    rows than ``table``. ``is_stopped`` says that it was ended from outside: it ran too long, or the reader stopped it;
    ``is_busy`` that there was no place for it.
    """

    table: pa.Table | None = None
    problem: str = ""
    place: str = ""
    is_cut: bool = False
    is_stopped: bool = False
    is_busy: bool = False


def to_bytes(outcome: Outcome) -> bytes:
    """The outcome as Arrow stream, or as JSON where it has no rows."""
    if outcome.table is None:
        return b"E" + json.dumps({"problem": outcome.problem, "place": outcome.place}).encode()
    table = outcome.table.replace_schema_metadata({_CUT: b"1" if outcome.is_cut else b""})
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return b"T" + bytes(sink.getvalue())


def from_bytes(content: bytes) -> Outcome:
    """The outcome that to_bytes() wrote; ValueError for anything else."""
    if content[:1] == b"E":
        told = json.loads(content[1:])
        return Outcome(problem=told["problem"], place=told["place"])
    if content[:1] != b"T":
        raise ValueError("no outcome")
    with pa.ipc.open_stream(content[1:]) as reader:
        table = reader.read_all()
    table.validate(full=True)
    is_cut = bool((table.schema.metadata or {}).get(_CUT))
    return Outcome(table.replace_schema_metadata(None), is_cut=is_cut)
