"""Checks of the rows of a template file: which make the whole file unusable, and which are set aside."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.errors import InputError, Problem
from etl.imports.csv_source import CsvFile, find
from etl.imports.figure_cells import UNREADABLE
from etl.imports.rejects import Fault, Ledger
from etl.imports.run import Work
from etl.imports.staging import MAX_PROBLEMS, quoted
from etl.imports.statistics_rules import (
    ALL_INDUSTRIES,
    FIRST_YEAR,
    IS_TOTAL,
    LAST_YEAR,
    TRADED_CLUSTERS,
    Key,
    count,
    duplicate_keys,
    refuse_rows,
)

KeyOf = Callable[[dict[str, str]], Key]
_KEY = "region_code, traded_cluster_id, year::VARCHAR"


@dataclass(frozen=True)
class _RowRule:
    """Why a row is set aside, the column at fault (empty: the row as a whole) and the SQL condition."""

    reason: str
    column: str
    condition: str


_ROW_RULES = (
    _RowRule("no region", "", "region_code = ''"),
    _RowRule("not a number", "employment", f"employment_missing = {quoted(UNREADABLE)}"),
    _RowRule("not a number", "establishments", f"establishments_missing = {quoted(UNREADABLE)}"),
    _RowRule("not a finite number", "employment", "NOT isfinite(employment)"),
    _RowRule("not a finite number", "establishments", "NOT isfinite(establishments)"),
    _RowRule(
        f"year not between {FIRST_YEAR} and {LAST_YEAR}", "year", f"year NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}"
    ),
)


def refuse_negative(work: Work, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a figure is negative, as the codes for withheld figures of some offices are."""
    for column, own in (("employment", "employment"), ("establishments", "establishments"), ("wage", "mean_wage")):
        rows = _keys(work, parquet, f"{own} < 0")
        if rows:
            _refuse_with_cells(
                work,
                file,
                (parquet, f"{own} < 0"),
                key,
                (column, lambda text: text.startswith("-")),
                ("is negative", "Write withheld where the source withholds the number, else correct it."),
            )


def refuse_thousands_points(work: Work, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when all fractions have exactly three decimals: then the points separate thousands."""
    for column in ("employment", "establishments"):
        fraction = f"{column} <> floor({column})"
        other_decimals = f"{fraction} AND NOT ({column} = round({column}, 3) AND {column} <> round({column}, 2))"
        if _keys(work, parquet, other_decimals, most=1) or not _keys(work, parquet, fraction, most=1):
            continue
        rule = (
            "has exactly three decimals, as all numbers with a point in this column: "
            "the point probably separates thousands"
        )
        fix = "Remove the points from the numbers; if they are decimals, round them to two."
        cell = (column, lambda text: "." in text)
        _refuse_with_cells(work, file, (parquet, fraction), key, cell, (rule, fix))


def _refuse_with_cells(
    work: Work,
    file: CsvFile,
    rows: tuple[Path, str],
    key: KeyOf,
    cell: tuple[str, Callable[[str], bool]],
    message: tuple[str, str],
) -> None:
    """Raise InputError about rows (Parquet file, condition) by their cell (column, test of its text): rule and fix."""
    (parquet, condition), (column, is_at_fault), (rule, fix) = rows, cell, message
    keys = set(_keys(work, parquet, condition))
    row_count = count(work, f"SELECT count(*) FROM {quoted(parquet)} WHERE {condition}")
    refuse_rows(
        file, keys, lambda cells: key(cells) if is_at_fault(cells[column]) else (), row_count, column, rule, fix
    )


def _keys(work: Work, parquet: Path, condition: str, most: int = MAX_PROBLEMS) -> list[Key]:
    sql = f"SELECT {_KEY} FROM {quoted(parquet)} WHERE {condition} LIMIT {most}"
    return work.connection.execute(sql).fetchall()


def blank_wages(work: Work, file: CsvFile, parquet: Path, key: KeyOf, ledger: Ledger) -> Path:
    """The Parquet file without wages that cannot be used, and with codes of currencies in capitals.

    Rows are kept, since employment does not depend on the wage.
    """
    no_currency = "mean_wage IS NOT NULL AND NOT regexp_full_match(coalesce({}, ''), '[A-Z]{{3}}')"
    no_number = f"wage_missing = {quoted(UNREADABLE)} OR NOT isfinite(mean_wage)"
    if not count(
        work, f"SELECT count(*) FROM {quoted(parquet)} WHERE {no_number} OR ({no_currency.format('wage_currency')})"
    ):
        return parquet
    capitals = "upper(trim(wage_currency))"
    fault = (
        f"CASE WHEN {no_number} THEN 'wage not a number' "
        f"WHEN {no_currency.format(capitals)} THEN 'wage without a currency of three letters' END"
    )
    rows = work.connection.execute(
        f"SELECT {_KEY}, {fault} FROM {quoted(parquet)} WHERE {fault} IS NOT NULL"
    ).fetchall()
    reasons = {row[:3]: row[3] for row in rows}
    records = find(file, lambda cells: key(cells) in reasons, len(rows)) if rows else []
    ledger.blank(Fault(line, "wage", cells["wage"], reasons[key(cells)]) for line, cells in records)
    target = parquet.with_name("checked_wages.parquet")
    wage = f"CASE WHEN {fault} IS NULL THEN mean_wage END AS mean_wage"
    currency = f"CASE WHEN {fault} IS NULL THEN {capitals} END AS wage_currency"
    work.connection.execute(f"COPY (SELECT * REPLACE ({wage}, {currency}) FROM {quoted(parquet)}) TO {quoted(target)}")
    return target


def set_bad_rows_aside(work: Work, file: CsvFile, parquet: Path, key: KeyOf, ledger: Ledger) -> Path:
    """The Parquet file without rows that cannot be used; the file is read again only if there are any.

    Raises InputError when these are more than half of the rows.
    """
    bad = " OR ".join(f"({rule.condition})" for rule in _ROW_RULES)
    bad_count = count(work, f"SELECT count(*) FROM {quoted(parquet)} WHERE {bad}")
    if not bad_count:
        return parquet
    number = "CASE " + " ".join(f"WHEN {rule.condition} THEN {at}" for at, rule in enumerate(_ROW_RULES)) + " END"
    sql = f"SELECT DISTINCT {_KEY}, {number} FROM {quoted(parquet)} WHERE {bad}"
    rules = {row[:3]: _ROW_RULES[row[3]] for row in work.connection.execute(sql).fetchall()}
    records = find(file, lambda cells: key(cells) in rules, bad_count)
    faults = [_fault(line, cells, key(cells), rules[key(cells)]) for line, cells in records]
    if bad_count * 2 > count(work, f"SELECT count(*) FROM {quoted(parquet)}"):
        _refuse_mostly_bad(file, faults, bad_count)
    ledger.set_aside(faults)
    # Counted even where the line was not found by its text.
    ledger.leave_out("something missing, line not found", bad_count - len(records))
    good = parquet.with_name("good.parquet")
    work.connection.execute(
        f"COPY (SELECT * FROM {quoted(parquet)} WHERE NOT coalesce({bad}, false)) TO {quoted(good)}"
    )
    return good


def _fault(line: int, cells: dict[str, str], key: Key, rule: _RowRule) -> Fault:
    return Fault(line, rule.column, cells[rule.column] if rule.column else " | ".join(key), rule.reason)


def _refuse_mostly_bad(file: CsvFile, faults: list[Fault], bad_count: int) -> None:
    fix = "Compare the file with the description in data/imports/README.md."
    problems = [Problem(file.shown, f.line, f.column or None, f.value, f.reason, fix) for f in faults[:MAX_PROBLEMS]]
    counts = Counter(fault.reason for fault in faults)
    summary = ", ".join(f"{reason}: {number:,}" for reason, number in counts.most_common())
    rule = f"{bad_count:,} rows, more than half of the file, cannot be used ({summary})"
    raise InputError([*problems, Problem(file.shown, None, None, None, rule, fix)])


def refuse_duplicates(work: Work, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a region, traded cluster and year has several rows."""
    if duplicates := duplicate_keys(work, quoted(parquet)):
        keys = {(region, cluster, str(year)) for region, cluster, year, _ in duplicates[:MAX_PROBLEMS]}
        refuse_rows(
            file,
            keys,
            key,
            sum(rows for *_, rows in duplicates),
            "region",
            "has more than one row with the same traded cluster and year",
            "Keep one row for each region, traded cluster and year.",
        )


def refuse_totals_below_cells(work: Work, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a total is smaller than a figure that is part of it."""
    if not count(work, f"SELECT count(*) FROM {quoted(parquet)} WHERE {IS_TOTAL}"):
        return
    for column in ("employment", "establishments"):
        rows = work.connection.execute(
            f"WITH cells AS (SELECT *, {column} AS amount FROM {quoted(parquet)}), totals AS (FROM cells WHERE "
            f"{IS_TOTAL}) "
            "SELECT t.region_code, t.traded_cluster_id, t.year::VARCHAR FROM cells c JOIN totals t USING "
            "(region_code, year) "
            f"WHERE c.amount > t.amount AND (c.traded_cluster_id NOT IN ({quoted(ALL_INDUSTRIES)}, "
            f"{quoted(TRADED_CLUSTERS)}) "
            f"OR t.traded_cluster_id = {quoted(ALL_INDUSTRIES)}) GROUP BY ALL"
        ).fetchall()
        if rows:
            refuse_rows(
                file,
                rows[:MAX_PROBLEMS],
                key,
                len(rows),
                column,
                "is smaller than a figure of the same region and year that is part of it",
                "Correct the total or the figure; both must count the same thing in the same unit.",
            )
