"""The command `stale`: tables of old facts and of sources that are gone or without a copy, and all of them as CSV."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Column
from rich.table import Table as Grid

from etl.errors import EtlError
from etl.files import replacing
from etl.maintain.sources import read_day
from etl.maintain.stale import (
    DEAD_STATES,
    FACT,
    NO_COPY,
    NO_URL,
    NOT_SEEN,
    SITE_ONLY,
    SOURCE,
    VALUE,
    Finding,
    findings,
)
from etl.maintain.terminal import DataOption, read_facts, refusals

_YEAR_DAYS = 365
_COLUMNS = ("kind", "table", "record_id", "field", "day", "age_days", "sources", "remarks")


def stale_command(
    older_than: Annotated[
        int, typer.Option("--older-than", min=0, help="Days after which a fact counts as old.", metavar="DAYS")
    ] = _YEAR_DAYS,
    csv_file: Annotated[
        Path | None, typer.Option("--csv", help="Write every old fact and every source with a remark.", metavar="FILE")
    ] = None,
    today: Annotated[
        str | None,
        typer.Option("--today", help="Day from which ages are counted.", show_default="today", metavar="DAY"),
    ] = None,
    data: DataOption = None,
) -> None:
    """List facts by age, and sources that are gone, changed, without an archived copy or never looked at again.

    Nothing is fetched: this is what the data record. Record what a page gives today with source-state.
    """
    with refusals():
        facts = read_facts(data)
        day = date.fromisoformat(read_day(today, facts, {})) if today else date.today()
        found = findings(facts)
        console = Console()
        for grid in (
            _ages(found, FACT, "Facts, by the last day on which a source was read", older_than, day),
            _ages(found, VALUE, "Values, by the day to which they refer", older_than, day),
            _source_counts(found, older_than, day),
        ):
            console.print(grid)
            console.print()
        for finding in found:
            if states := [remark for remark in finding.remarks if remark in DEAD_STATES]:
                typer.echo(f"{finding.record_id}: {', '.join(states)}, seen on {finding.day}")
        if csv_file:
            listed = [f for f in found if f.is_older(older_than, day) or f.remarks]
            _write(csv_file, listed, day)
            typer.echo(f"{csv_file} written: {len(listed):,} rows.")


def _ages(found: Iterable[Finding], kind: str, title: str, older_than: int, today: date) -> Grid:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in found:
        if finding.kind == kind:
            groups[f"{finding.table}.{finding.field}" if finding.field else finding.table].append(finding)
    grid = Grid(
        Column("table", no_wrap=True),
        title=title,
        box=SIMPLE,
        pad_edge=False,
        caption=f"old: more than {older_than:,} days",
    )
    for heading in ("all", "old", "oldest", "newest", "no day"):
        grid.add_column(heading, justify="right", no_wrap=True)
    for name in sorted(groups):
        grid.add_row(name, *_row(groups[name], older_than, today))
    grid.add_section()
    grid.add_row("together", *_row([finding for group in groups.values() for finding in group], older_than, today))
    return grid


def _row(group: Sequence[Finding], older_than: int, today: date) -> list[str]:
    days = [finding.day for finding in group if finding.day]
    old = sum(finding.is_older(older_than, today) for finding in group)
    bounds = [min(days).isoformat(), max(days).isoformat()] if days else ["–", "–"]
    return [f"{len(group):,}", f"{old:,}", *bounds, f"{len(group) - len(days):,}"]


def _source_counts(found: Iterable[Finding], older_than: int, today: date) -> Grid:
    sources = [finding for finding in found if finding.kind == SOURCE]
    counts = Counter(remark for finding in sources for remark in finding.remarks)
    grid = Grid("sources", title="Sources, as the data record them", box=SIMPLE)
    grid.add_column("number", justify="right")
    grid.add_row("all", f"{len(sources):,}")
    old = sum(finding.is_older(older_than, today) for finding in sources)
    grid.add_row(f"not seen for more than {older_than:,} days", f"{old:,}")
    for remark in (*DEAD_STATES, NO_URL, SITE_ONLY, NOT_SEEN, NO_COPY):
        grid.add_row(remark, f"{counts[remark]:,}")
    return grid


def _write(path: Path, listed: Iterable[Finding], today: date) -> None:
    rows = [
        (
            finding.kind,
            finding.table,
            finding.record_id,
            finding.field,
            finding.day.isoformat() if finding.day else "",
            finding.age_days(today) if finding.day else "",
            "; ".join(finding.sources),
            "; ".join(finding.remarks),
        )
        for finding in listed
    ]
    try:
        with replacing(path) as unfinished, unfinished.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([_COLUMNS, *rows])
    except OSError as error:
        raise EtlError(f"{path} cannot be written: {error.strerror}.") from error
