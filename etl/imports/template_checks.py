"""Checks of the rows of a template file: which make the whole file unusable, and which are rejected."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from etl.database import fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS
from etl.imports.csv_source import CsvFile, find
from etl.imports.currencies import CURRENCIES
from etl.imports.day_numbers import DATE_MARK, FIRST_YEAR, day_number_hint, latest_year
from etl.imports.figure_cells import UNREADABLE, is_missing_code
from etl.imports.periods import is_no_period, is_out_of_range
from etl.imports.rejects import Rejection, RejectLog
from etl.imports.run import ImportContext
from etl.imports.statistics_rules import (
    ALL_INDUSTRIES,
    IS_TOTAL,
    TOO_LARGE,
    TRADED_CLUSTERS,
    Key,
    also_in_lines,
    duplicate_keys,
    reject_rows,
)

KeyOf = Callable[[dict[str, str]], Key]
_KEY = "region_code, traded_cluster_id, year"


@dataclass(frozen=True)
class _RowRule:
    """Why a row is rejected, the invalid column (empty: the row as a whole) and the SQL condition."""

    reason: str
    column: str
    condition: str


_ROW_RULES = (
    _RowRule("no region", "", "region_code = ''"),
    _RowRule("not a number", "employment", f"employment_missing = {sql_literal(UNREADABLE)}"),
    _RowRule("not a number", "establishments", f"establishments_missing = {sql_literal(UNREADABLE)}"),
    _RowRule("not a finite number", "employment", "NOT isfinite(employment)"),
    _RowRule("not a finite number", "establishments", "NOT isfinite(establishments)"),
    _RowRule("999,999,999 or more", "employment", f"employment >= {TOO_LARGE}"),
    _RowRule("999,999,999 or more", "establishments", f"establishments >= {TOO_LARGE}"),
    _RowRule("neither a year nor years such as 2012-2016", "year", is_no_period("year")),
    _RowRule(f"year not between {FIRST_YEAR} and {latest_year()}", "year", is_out_of_range("year")),
)


def validate_not_negative(context: ImportContext, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a figure is negative, as the codes for missing figures of some offices are."""
    for column, own in (("employment", "employment"), ("establishments", "establishments"), ("wage", "mean_wage")):
        worst = fetch_value(context.connection, f"SELECT min({own}) FROM {sql_literal(parquet)} WHERE isfinite({own})")
        if worst is None or worst >= 0:
            continue
        fix = "Write withheld where the source withholds the number, else correct it."
        if is_missing_code(worst):
            condition, rule = f"{own} = {worst!r}", "is a code that stands for a missing figure, not a figure"
            fix = "Write in its place why the figure is missing: withheld or not available."
        else:
            condition, rule = f"{own} < 0", "is negative"
        _reject_cells(
            context, file, (parquet, condition), key, (column, lambda text: text.startswith("-")), (rule, fix)
        )


def _reject_cells(
    context: ImportContext,
    file: CsvFile,
    rows: tuple[Path, str],
    key: KeyOf,
    cell: tuple[str, Callable[[str], bool]],
    message: tuple[str, str],
) -> None:
    """Raise InputError about rows (Parquet file, condition) by their cell (column, test of its text): rule and fix."""
    (parquet, condition), (column, is_invalid), (rule, fix) = rows, cell, message
    keys = set(_keys(context, parquet, condition))
    row_count = fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {condition}")
    reject_rows(file, keys, lambda cells: key(cells) if is_invalid(cells[column]) else (), row_count, column, rule, fix)


def _keys(context: ImportContext, parquet: Path, condition: str) -> list[Key]:
    sql = f"SELECT {_KEY} FROM {sql_literal(parquet)} WHERE {condition} LIMIT {MAX_PROBLEMS}"
    return context.connection.execute(sql).fetchall()


def blank_wages(context: ImportContext, file: CsvFile, parquet: Path, key: KeyOf, reject_log: RejectLog) -> Path:
    """The Parquet file without wages that cannot be used, and with codes of currencies in capitals.

    Rows are kept, since employment does not depend on the wage.
    """
    known = ", ".join(map(sql_literal, sorted(CURRENCIES)))
    no_currency = f"mean_wage IS NOT NULL AND coalesce({{}}, '') NOT IN ({known})"
    no_number = f"wage_missing = {sql_literal(UNREADABLE)} OR NOT isfinite(mean_wage) OR mean_wage >= {TOO_LARGE}"
    if not fetch_value(
        context.connection,
        f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {no_number} OR ({no_currency.format('wage_currency')})",
    ):
        return parquet
    capitals = "upper(trim(wage_currency))"
    problem = (
        f"CASE WHEN {no_number} THEN 'wage not a number' "
        f"WHEN {no_currency.format(capitals)} THEN 'wage without a currency of ISO 4217' END"
    )
    rows = context.connection.execute(
        f"SELECT {_KEY}, {problem} FROM {sql_literal(parquet)} WHERE {problem} IS NOT NULL"
    ).fetchall()
    reasons = {row[:3]: row[3] for row in rows}
    records = find(file, lambda cells: key(cells) in reasons, len(rows)) if rows else []
    reject_log.blank(Rejection(line, "wage", cells["wage"], reasons[key(cells)]) for line, cells in records)
    target = parquet.with_name("checked_wages.parquet")
    wage = f"CASE WHEN {problem} IS NULL THEN mean_wage END AS mean_wage"
    currency = f"CASE WHEN {problem} IS NULL THEN {capitals} END AS wage_currency"
    context.connection.execute(
        f"COPY (SELECT * REPLACE ({wage}, {currency}) FROM {sql_literal(parquet)}) TO {sql_literal(target)}"
    )
    return target


def reject_invalid_rows(
    context: ImportContext, file: CsvFile, parquet: Path, key: KeyOf, reject_log: RejectLog
) -> Path:
    """The Parquet file without rows that cannot be used; the file is read again only if there are any.

    Raises InputError when these are more than half of the rows.
    """
    invalid = " OR ".join(f"({rule.condition})" for rule in _ROW_RULES)
    invalid_count = fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {invalid}")
    if not invalid_count:
        return parquet
    number = "CASE " + " ".join(f"WHEN {rule.condition} THEN {at}" for at, rule in enumerate(_ROW_RULES)) + " END"
    sql = f"SELECT DISTINCT {_KEY}, {number} FROM {sql_literal(parquet)} WHERE {invalid}"
    rules = {row[:3]: _ROW_RULES[row[3]] for row in context.connection.execute(sql).fetchall()}
    records = find(file, lambda cells: key(cells) in rules, invalid_count)
    rejections = [_rejection(line, cells, key(cells), rules[key(cells)]) for line, cells in records]
    if invalid_count * 2 > fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)}"):
        _reject_mostly_invalid(file, rejections, invalid_count)
    reject_log.reject(rejections)
    # Counted even where the line was not found by its text.
    reject_log.exclude("row that cannot be used, line not found", invalid_count - len(records))
    valid = parquet.with_name("valid.parquet")
    context.connection.execute(
        f"COPY (SELECT * FROM {sql_literal(parquet)} WHERE NOT coalesce({invalid}, false)) TO {sql_literal(valid)}"
    )
    return valid


def _rejection(line: int, cells: dict[str, str], key: Key, rule: _RowRule) -> Rejection:
    value = cells[rule.column] if rule.column else " | ".join(key)
    if value.startswith(DATE_MARK):
        return Rejection(line, rule.column, value.removeprefix(DATE_MARK), "a date that a spreadsheet made of a number")
    hint = day_number_hint(value) if rule.column == "year" else ""
    return Rejection(line, rule.column, value, f"{rule.reason}{hint}")


def _reject_mostly_invalid(file: CsvFile, rejections: list[Rejection], invalid_count: int) -> None:
    """Raise InputError with the most frequent reason and the counts of all."""
    counts = Counter(rejection.reason for rejection in rejections)
    reason = counts.most_common(1)[0][0] if counts else "a fault"
    same = [rejection for rejection in rejections if rejection.reason == reason]
    summary = ", ".join(f"{reason}: {number:,}" for reason, number in counts.most_common())
    rule = (
        f"{reason}{also_in_lines([one.line for one in same[1:]], len(same) - 1)}; {invalid_count:,} "
        f"row{'s' if invalid_count > 1 else ''}, more than half of the file, cannot be used ({summary})"
    )
    fix = "Compare the file with the description in data/imports/README.md."
    first = same[0] if same else Rejection(0, "", "", reason)
    file.reject(rule, fix, first.line or None, first.column or None, first.value or None)


def validate_unique(context: ImportContext, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a region, traded cluster and year has several rows."""
    if duplicates := duplicate_keys(context, sql_literal(parquet)):
        keys: set[Key] = {(region, cluster, year) for region, cluster, year, _ in duplicates[:MAX_PROBLEMS]}
        reject_rows(
            file,
            keys,
            key,
            sum(rows for *_, rows in duplicates),
            "region",
            "has more than one row with the same industry and year"
            + (", as it is one region under several codes" if _written_in_two_ways(context, parquet, keys) else ""),
            "Keep one row for each region, industry and year.",
        )


def _written_in_two_ways(context: ImportContext, parquet: Path, keys: set[Key]) -> bool:
    """Whether rows with one of these keys write their region in different ways."""
    regions = [region for region, *_ in keys]
    columns = context.connection.execute(f"DESCRIBE FROM {sql_literal(parquet)}").fetchall()
    if "region_text" not in {name for name, *_ in columns}:
        return False
    return bool(
        fetch_value(
            context.connection,
            f"SELECT count(DISTINCT region_text) > count(DISTINCT region_code) FROM {sql_literal(parquet)} "
            "WHERE list_contains(?, region_code)",
            [regions],
        )
    )


def validate_totals(context: ImportContext, file: CsvFile, parquet: Path, key: KeyOf) -> None:
    """Raise InputError when a total is smaller than a figure that is part of it."""
    covers_cells = f"traded_cluster_id IN ('{ALL_INDUSTRIES}', '{TRADED_CLUSTERS}')"
    if not fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {covers_cells}"):
        return
    for column in ("employment", "establishments"):
        rows = context.connection.execute(
            f"WITH cells AS (SELECT *, {column} AS amount FROM {sql_literal(parquet)}), "
            f"totals AS (FROM cells WHERE {covers_cells}) "
            "SELECT t.region_code, t.traded_cluster_id, t.year "
            "FROM cells c JOIN totals t USING (region_code, year) WHERE c.amount > t.amount "
            f"AND (NOT c.{IS_TOTAL} OR t.traded_cluster_id = {sql_literal(ALL_INDUSTRIES)}) GROUP BY ALL"
        ).fetchall()
        if rows:
            reject_rows(
                file,
                rows[:MAX_PROBLEMS],
                key,
                len(rows),
                column,
                "is smaller than a figure of the same region and year that is part of it",
                "Correct the total or the figure; both must count the same thing in the same unit.",
            )
