"""Processes of this machine, as Linux shows them: for tests and measurements."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def runs(pid: int) -> bool:
    """True for a process that has not ended; one that waits to be collected has."""
    return bool(fields := _stat(pid)) and fields[0] != "Z"


def children(pid: int) -> list[int]:
    """The processes that this one has started and that have not ended."""
    found = [int(path.name) for path in _PROC.iterdir() if path.name.isdigit()]
    return [one for one in found if (fields := _stat(one)) and fields[0] != "Z" and int(fields[1]) == pid]


def memory_mb(pid: int) -> float:
    """Memory of a process in use."""
    status = (_PROC / str(pid) / "status").read_text(encoding="ascii")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def processor_s(pid: int) -> float:
    """Processor time that a process has used, without that of others it has started."""
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _stat(pid: int) -> list[str]:
    """The fields of a process from its state on; none when there is no such process."""
    try:
        return (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return []
