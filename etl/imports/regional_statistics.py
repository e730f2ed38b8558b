"""Reads regional statistics: the plain template in any of its forms, and the tables of Eurostat."""

from collections.abc import Callable
from itertools import islice
from pathlib import Path

from etl.database import fetch_value, sql_literal
from etl.files import file_hash
from etl.imports import eurostat, number_style, template_checks
from etl.imports.csv_source import NO_FIGURE, CsvFile, open_table, records
from etl.imports.eurostat_tables import is_eurostat
from etl.imports.figure_cells import NOT_STATED, UNREADABLE, figure, flags, is_mark, missing_reason
from etl.imports.foreign_files import refuse_foreign
from etl.imports.other_imports import note_shipped, validate_beside_others
from etl.imports.periods import period_sql, period_text
from etl.imports.rejects import RejectLog
from etl.imports.run import OWN_OPTIONS, STEPS, ImportContext, ImportFormat, ImportResult, ImportSource
from etl.imports.sources import source_text
from etl.imports.staging import UNKNOWN, Staged, stage, validate_readable
from etl.imports.statistics_rules import ALL_INDUSTRIES, TRADED_CLUSTERS, Key, reject_unknown_clusters
from etl.imports.template_regions import template_regions, with_known_codes

REQUIRED = ("region", "traded_cluster", "year", "employment")
OPTIONAL = ("currency", "country", "region_name")
FIGURES = ("employment", "establishments", "wage")
SAMPLE_SIZE = 1000
# What the column traded_cluster says in a row that is a total, in lower case.
TOTAL_ROWS = {"all industries": ALL_INDUSTRIES, "all traded clusters": TRADED_CLUSTERS} | {
    basis: basis for basis in eurostat.TOTALS
}


def read(context: ImportContext) -> ImportResult:
    """Import one file. Raises InputError."""
    request = context.request
    reject_log = RejectLog()
    file = _open(context, reject_log)
    left_out_before = reject_log.rows
    digest = file_hash(request.file)
    context.report(STEPS[1])
    template = _Template(context, file, reject_log)
    staged, parquet = template.stage()
    context.report(STEPS[2])
    reject_log.reject(staged.rejections)
    parquet, code_of = with_known_codes(context, parquet, reject_log)
    key = _key(context, code_of)
    template_checks.validate_not_negative(context, file, parquet, key)
    parquet = template_checks.blank_wages(context, file, parquet, key, reject_log)
    parquet = template_checks.reject_invalid_rows(context, file, parquet, key, reject_log)
    regions = template_regions(context, file, parquet, code_of)
    template_checks.validate_unique(context, file, parquet, key)
    template_checks.validate_totals(context, file, parquet, key)
    validate_beside_others(context, file, sql_literal(parquet), reject_log)
    note_shipped(context, sql_literal(parquet), reject_log)
    context.report(STEPS[3])
    imported = fetch_value(context.connection, f"SELECT count(*) FROM {sql_literal(parquet)}")
    if not imported:
        reasons = ", ".join(f"{reason}: {count:,}" for reason, count in reject_log.counts().items())
        file.reject(f"no row of it can be imported ({reasons or 'it has none'})", "Compare the file with the template.")
    return ImportResult(
        {".parquet": parquet, ".regions.parquet": regions},
        digest,
        left_out_before + staged.rows_read,
        imported,
        {request.file.name: list(file.header)},
        reject_log,
    )


FORMAT = ImportFormat(
    name="regional-statistics",
    help="""Read statistics of any region and source: the template, as CSV or Excel workbook, or a table of Eurostat.

    data/imports/README.md describes the forms. TSV and SDMX-CSV of Eurostat are read as downloaded.
    """,
    source=lambda file, origin, url: ImportSource(
        f"Regional statistics: {origin or file.name}", origin or NOT_STATED, url, origin or NOT_STATED
    ),
    reliability="secondary",
    fills="statistics",
    read=read,
    options=frozenset(OWN_OPTIONS),
)


def _open(context: ImportContext, reject_log: RejectLog) -> CsvFile:
    """The table of the file that was named, whatever its kind."""
    text = source_text(context, REQUIRED, reject_log)
    if is_eurostat(text.path):
        return eurostat.as_template(context, text, reject_log)
    refuse_foreign(text, REQUIRED)
    return open_table(text, REQUIRED, NO_FIGURE, context.request.reading.header_line)


class _Template:
    """Stages a template file: read once more when a reading meets other spellings, marks or ways to write numbers."""

    def __init__(self, context: ImportContext, file: CsvFile, reject_log: RejectLog):
        self.context, self.file, self.reject_log = context, file, reject_log
        self.spellings = context.lookups.industry_spellings()
        self.spellings |= {text.capitalize(): basis for text, basis in TOTAL_ROWS.items()}
        self.styles: dict[str, str] = {}
        asked = context.request.reading.decimal
        figures = [column for column in FIGURES if file.has(column)]
        self.may_separate = not asked and number_style.may_separate_thousands(file)
        read_as_text = asked or self.may_separate
        self.text_columns = frozenset(column for column in figures if read_as_text or self._has_marks(column))
        if asked:
            self.styles = dict.fromkeys(figures, asked)

    def stage(self) -> tuple[Staged, Path]:
        """The whole file as Parquet. Names of clusters are read as a closed list, which finds unknown ones."""
        attempt = 0
        while True:
            attempt += 1
            parquet = self.context.folder / f"staged-{attempt}.parquet"
            staged = stage(
                self.context.connection,
                self.file,
                _types(self.file, list(self.spellings), self.text_columns),
                _select(self.file, list(self.spellings.values()), self.text_columns),
                self.context.folder,
                parquet,
                {column: number_style.plain(column, style) for column, style in self.styles.items()},
            )
            if not (self._learn_spellings(staged) | self._learn_columns(staged) | self._learn_styles(parquet)):
                validate_readable(self.file, staged)
                return staged, parquet

    def _has_marks(self, column: str) -> bool:
        """Whether one of the first records has a mark in this column."""
        return any(is_mark(cells[column]) for _, cells in islice(records(self.file), SAMPLE_SIZE) if cells[column])

    def _learn_spellings(self, staged: Staged) -> bool:
        """Add the texts of the column traded_cluster that differ in capitals or spaces only; True if there were any.

        Raises InputError when one names nothing.
        """
        texts = {
            rejection.value
            for rejection in staged.rejections
            if rejection.column.lower() == "traded_cluster" and rejection.reason == UNKNOWN
        }
        ids = {text: _cluster_id(self.context, text) for text in texts}
        if unknown := {text.strip() for text, cluster in ids.items() if cluster is None}:
            names = ["" if text in NO_FIGURE else text for text in unknown]
            reject_unknown_clusters(self.context, self.file, "traded_cluster", names)
        self.spellings |= {text: cluster for text, cluster in ids.items() if cluster is not None}
        return bool(texts)

    def _learn_columns(self, staged: Staged) -> bool:
        """Read a column of figures as text once one of its cells is no number; True if there were any."""
        columns = {column for one in staged.rejections if (column := one.column.lower()) in FIGURES}
        new = columns - self.text_columns
        self.text_columns |= new
        return bool(new)

    def _learn_styles(self, parquet: Path) -> bool:
        """Find out how columns write numbers whose cells are unreadable, or readable in two ways.

        True if a column is to be read otherwise. Raises InputError where its cells do not tell.
        """
        learned = False
        for column in self.text_columns - self.styles.keys():
            unreadable = f"{column}_missing = {sql_literal(UNREADABLE)}"
            has_unreadable = fetch_value(
                self.context.connection, f"SELECT count(*) > 0 FROM {sql_literal(parquet)} WHERE {unreadable}"
            )
            if not (has_unreadable or self.may_separate):
                continue
            texts = self._texts(column)
            evidence = number_style.evidence(self.context.connection, texts, column)
            style = evidence.style
            if style is None:
                number_style.ask_for_style(self.file, column, evidence)
            self.styles[column] = style
            if style != number_style.PLAIN:
                mark = "comma" if style == number_style.COMMA else "point"
                cell = evidence.comma if style == number_style.COMMA else evidence.point
                self.reject_log.notes.append(f"Numbers of the column {column} have a decimal {mark}, as in '{cell}'.")
            learned |= has_unreadable or style != number_style.PLAIN
        return learned

    def _texts(self, column: str) -> str:
        """Name of a new table with the different texts of a column."""
        table = f"texts_of_{column}"
        types = {column: "VARCHAR"}
        stage(self.context.connection, self.file, types, f"DISTINCT {column}", self.context.folder, table)
        return table


def _cluster_id(context: ImportContext, text: str) -> str | None:
    """The traded cluster, NACE division or total that a text names, whatever its capitals and spaces."""
    return TOTAL_ROWS.get(" ".join(text.lower().split())) or context.lookups.industry_id(text)


def _types(file: CsvFile, spellings: list[str], text_columns: frozenset[str]) -> dict[str, str]:
    """DuckDB type of each column."""
    enum = f"ENUM({', '.join(map(sql_literal, spellings))})"
    types = {"region": "VARCHAR", "traded_cluster": enum, "year": "VARCHAR"}
    others = {column: "VARCHAR" for column in OPTIONAL if file.has(column)}
    figures = {column: "VARCHAR" if column in text_columns else "DOUBLE" for column in FIGURES if file.has(column)}
    return types | others | figures


def _select(file: CsvFile, clusters: list[str], text_columns: frozenset[str]) -> str:
    """The columns of statistics_rules.COLUMNS, and those that checks need.

    These are country, region_name and wage_missing.
    """

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
        f"trim({text('country')}) AS country, "
        f"{text('region_name')} AS region_name"
    )


def _key(context: ImportContext, code_of: Callable[[dict[str, str]], str]) -> Callable[[dict[str, str]], Key]:
    """Gives the region code, traded cluster and year of a record as the staged Parquet file has them."""
    return lambda cells: (
        code_of(cells),
        _cluster_id(context, cells["traded_cluster"]) or "",
        period_text(cells["year"]),
    )
