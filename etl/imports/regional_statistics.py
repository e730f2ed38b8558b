"""Reads the plain template: region, traded cluster, year, employment, establishments, wage, currency."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from etl.database import fetch_value, sql_literal
from etl.files import file_hash
from etl.imports import template_checks
from etl.imports.csv_source import NO_VALUE, CsvFile, open_csv, records
from etl.imports.figure_cells import NOT_STATED, figure, flags, is_mark, missing_reason
from etl.imports.periods import period_sql, period_text
from etl.imports.rejects import RejectLog
from etl.imports.run import STEPS, ImportContext, ImportFormat, ImportResult
from etl.imports.staging import UNKNOWN, Staged, stage, validate_readable
from etl.imports.statistics_rules import (
    ALL_INDUSTRIES,
    TRADED_CLUSTERS,
    Key,
    reject_unknown_clusters,
    validate_no_overlap,
)
from etl.imports.template_regions import template_regions, with_state_codes

REQUIRED = ("region", "traded_cluster", "year", "employment")
OPTIONAL = ("currency", "country", "region_name")
FIGURES = ("employment", "establishments", "wage")
# Cells without a value and without a reason: blank, R's NA, pandas' NaN and Excel's #N/A.
NO_FIGURE = (*NO_VALUE, "NaN", "nan", "#N/A")
SAMPLE_SIZE = 1000
# What the column traded_cluster says in a row that is a total, in lower case.
TOTAL_ROWS = {"all industries": ALL_INDUSTRIES, "all traded clusters": TRADED_CLUSTERS}


def read(context: ImportContext) -> ImportResult:
    """Import one file. Raises InputError."""
    file = open_csv(context.request.file, context.request.display_path, ",", REQUIRED, NO_FIGURE)
    digest = file_hash(file.path)
    context.report(STEPS[1])
    staged, parquet = _stage(context, file)
    context.report(STEPS[2])
    reject_log = RejectLog()
    reject_log.reject(staged.rejections)
    key = _key(context)
    template_checks.validate_not_negative(context, file, parquet, key)
    template_checks.validate_no_thousands_points(context, file, parquet, key)
    parquet = template_checks.blank_wages(context, file, parquet, key, reject_log)
    parquet = template_checks.reject_invalid_rows(context, file, parquet, key, reject_log)
    parquet = with_state_codes(context, parquet)
    regions = template_regions(context, file, parquet)
    template_checks.validate_unique(context, file, parquet, key)
    template_checks.validate_totals(context, file, parquet, key)
    validate_no_overlap(context, sql_literal(parquet))
    context.report(STEPS[3])
    imported = fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)}")
    if not imported:
        file.reject(
            "no row of it can be imported", "Correct the rows that are listed, or compare the file with the template."
        )
    return ImportResult(
        {".parquet": parquet, ".regions.parquet": regions},
        digest,
        staged.rows_read,
        imported,
        {file.path.name: list(file.header)},
        reject_log,
    )


FORMAT = ImportFormat("regional-statistics", "secondary", read)


def _stage(context: ImportContext, file: CsvFile) -> tuple[Staged, Path]:
    """The whole file as Parquet; read once more when the first reading met other spellings or marks.

    Names of clusters are read as a closed list, which finds unknown ones.
    """
    spellings = {text: cluster for cluster, name in context.lookups.clusters.items() for text in (name, cluster)}
    spellings |= {text.capitalize(): basis for text, basis in TOTAL_ROWS.items()}
    text_columns = frozenset(column for column in FIGURES if file.has(column) and _has_marks(file, column))
    while True:
        parquet = context.folder / f"staged-{len(spellings)}-{len(text_columns)}.parquet"
        staged = stage(
            context.connection,
            file,
            _types(file, list(spellings), text_columns),
            _select(file, list(spellings.values()), text_columns),
            context.folder,
            parquet,
        )
        more_spellings = _other_spellings(context, file, staged)
        more_columns = {
            column
            for rejection in staged.rejections
            if (column := rejection.column.lower()) in FIGURES and (column == "wage" or is_mark(rejection.value))
        }
        if not more_spellings and more_columns <= text_columns:
            validate_readable(file, staged)
            return staged, parquet
        spellings |= more_spellings
        text_columns |= more_columns


def _has_marks(file: CsvFile, column: str) -> bool:
    """Whether one of the first records has a mark in this column."""
    return any(is_mark(cells[column]) for _, cells in islice(records(file), SAMPLE_SIZE) if cells[column])


def _other_spellings(context: ImportContext, file: CsvFile, staged: Staged) -> dict[str, str]:
    """Texts of the column traded_cluster that differ in capitals or spaces only, and what they name.

    Raises InputError when one names nothing.
    """
    texts = {
        rejection.value
        for rejection in staged.rejections
        if rejection.column.lower() == "traded_cluster" and rejection.reason == UNKNOWN
    }
    ids = {text: _cluster_id(context, text) for text in texts}
    if unknown := {text.strip() for text, cluster in ids.items() if cluster is None}:
        reject_unknown_clusters(
            context, file, "traded_cluster", ["" if text in NO_FIGURE else text for text in unknown]
        )
    return {text: cluster for text, cluster in ids.items() if cluster is not None}


def _cluster_id(context: ImportContext, text: str) -> str | None:
    """The traded cluster or total that a text names, whatever its capitals and spaces."""
    return TOTAL_ROWS.get(" ".join(text.lower().split())) or context.lookups.cluster_id(text)


def _types(file: CsvFile, spellings: list[str], text_columns: frozenset[str]) -> dict[str, str]:
    """DuckDB type of each column."""
    enum = f"ENUM({', '.join(map(sql_literal, spellings))})"
    types = {"region": "VARCHAR", "traded_cluster": enum, "year": "VARCHAR"}
    others = {column: "VARCHAR" for column in OPTIONAL if file.has(column)}
    figures = {column: "VARCHAR" if column in text_columns else "DOUBLE" for column in FIGURES if file.has(column)}
    return types | others | figures


def _select(file: CsvFile, clusters: list[str], text_columns: frozenset[str]) -> str:
    """The columns of statistics_rules.COLUMNS, and wage_missing, country and region_name, which checks need."""

    def number(column: str) -> str:
        return figure(column) if column in text_columns else column if file.has(column) else "NULL::DOUBLE"

    def missing(column: str) -> str:
        if column in text_columns:
            return missing_reason(column)
        return f"CASE WHEN {number(column)} IS NULL THEN {sql_literal(NOT_STATED)} END"

    def text(column: str) -> str:
        return column if file.has(column) else "NULL::VARCHAR"

    return (
        f"coalesce(trim(region), '') AS region_code, [{', '.join(map(sql_literal, clusters))}]"
        f"[enum_code(traded_cluster)::INTEGER + 1] AS traded_cluster_id, {period_sql('year')} AS year, "
        f"{number('employment')} AS employment, {missing('employment')} AS employment_missing, "
        f"{number('establishments')} AS establishments, {missing('establishments')} AS establishments_missing, "
        f"{number('wage')} AS mean_wage, "
        f"CASE WHEN {number('wage')} IS NOT NULL THEN {text('currency')} END AS wage_currency, "
        "NULL::DOUBLE AS location_quotient, NULL::VARCHAR AS quotient_total_basis, NULL::BOOLEAN AS is_strong, "
        f"{flags(sorted(text_columns - {'wage'}))} AS flags, "
        f"{missing_reason('wage') if 'wage' in text_columns else 'NULL::VARCHAR'} AS wage_missing, "
        f"{text('country')} AS country, {text('region_name')} AS region_name"
    )


def _key(context: ImportContext) -> Callable[[dict[str, str]], Key]:
    """Gives the region code, traded cluster and year of a record as the staged Parquet file has them."""
    return lambda cells: (
        cells["region"],
        _cluster_id(context, cells["traded_cluster"]) or "",
        period_text(cells["year"]),
    )
