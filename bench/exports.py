"""Time and size of each export of everything: the first file after a start, and the next ones.

    python -m bench.exports [--rounds 3]

Prints a table and ends with exit code 1 when an export is slower or larger than its limit. The content,
which all exports share, is gathered once beforehand.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from statistics import median
from time import perf_counter
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from domain.filters import Filters
from exports.content import Content, gather
from exports.html.report import report
from exports.pdf.printed import pdf
from exports.pptx.presentation import slides
from exports.xlsx.sheets import workbook


@dataclass(frozen=True)
class Limit:
    """Limits of an export: seconds for one file, and its megabytes; None where there is no limit."""

    seconds: float | None = None
    megabytes: float | None = None


EXPORTS: dict[str, tuple[Callable[[Content], bytes], Limit]] = {
    "PPTX": (slides, Limit(seconds=3.0)),
    "XLSX": (workbook, Limit(seconds=3.0)),
    "HTML": (report, Limit(megabytes=3.0)),
    "PDF": (pdf, Limit(megabytes=4.0)),
}


def main(rounds: Annotated[int, typer.Option(min=1, help="files after the first one")] = 3) -> None:
    """Time every export of everything."""
    start = perf_counter()
    content = gather(Filters(), date.today())
    console = Console()
    table = Table(title=f"Exports of everything; content gathered in {perf_counter() - start:.2f} s")
    for heading in ("export", "first, s", "then, s", "limit, s", "MB", "limit, MB"):
        table.add_column(heading, justify="left" if heading == "export" else "right")
    is_over = False
    for name, (make, limit) in EXPORTS.items():
        times, file = [], b""
        for _ in range(rounds + 1):
            start = perf_counter()
            file = make(content)
            times.append(perf_counter() - start)
        megabytes = len(file) / 1e6
        table.add_row(
            name,
            f"{times[0]:.2f}",
            f"{median(times[1:]):.2f}",
            _limit_text(limit.seconds),
            f"{megabytes:.2f}",
            _limit_text(limit.megabytes),
        )
        is_over |= times[0] > (limit.seconds or times[0]) or megabytes > (limit.megabytes or megabytes)
    console.print(table)
    sys.exit(int(is_over))


def _limit_text(limit: float | None) -> str:
    return "–" if limit is None else f"{limit:g}"


if __name__ == "__main__":
    typer.run(main)
