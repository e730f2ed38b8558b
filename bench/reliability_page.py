"""Writes what was measured to docs/reliability.md: each command its own section, with machine, command and day."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from settings import ROOT

PAGE = ROOT / "docs" / "reliability.md"


def machine() -> str:
    """Cores, memory and Python of this machine, and how busy it was with other work."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    busy = os.getloadavg()[0]
    beside = ", so that other work took most of the time" if busy > (os.cpu_count() or 1) else ""
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, Python {platform.python_version()}, {platform.system()}; "
        f"load average at the start {busy:.1f}{beside}"
    )


def table(headings: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A Markdown table."""
    lines = [headings, ["---"] * len(headings), *rows]
    return [f"| {' | '.join(map(str, cells))} |" for cells in lines]


def write_section(name: str, lines: Sequence[str], command: str, machine_text: str, page: Path = PAGE) -> None:
    """Replace what stands between the marks of a section. Raises ValueError where the page has no such marks."""
    text = page.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if begin not in text or end not in text:
        raise ValueError(f"{page.name} has no section between {begin} and {end}. Add the two lines.")
    told = [f"Measured on {datetime.now(UTC):%d %B %Y} with `{command}`.", f"Machine: {machine_text}."]
    content = "\n".join([begin, *told, "", *lines, end])
    page.write_text(
        re.sub(f"{re.escape(begin)}.*?{re.escape(end)}", lambda _: content, text, flags=re.DOTALL), encoding="utf-8"
    )
