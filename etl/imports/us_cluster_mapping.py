"""Reads the export of the US Cluster Mapping portal as it is: states and the country, traded clusters.

The portal estimates what is withheld, so its employment has no gaps; where nothing is reported the import says so. Its
location quotients are of traded employment: in the export, emp_tl / region_emp_per_tf is the sum of the 51 traded
clusters of the state, and lq_tf is region_emp_per_tf over the same share of the country.
"""

from pathlib import Path

from etl.database import fetch_value, sql_literal
from etl.errors import MAX_PROBLEMS
from etl.files import file_hash
from etl.imports.csv_source import NO_FIGURE, CsvFile, first_lines, open_table
from etl.imports.day_numbers import FIRST_YEAR, latest_year
from etl.imports.decimal_commas import Columns, with_decimal_points
from etl.imports.figure_cells import NOT_STATED
from etl.imports.other_imports import note_shipped, validate_beside_others
from etl.imports.rejects import RejectLog
from etl.imports.run import BY_THE_USER, STEPS, ImportContext, ImportFormat, ImportResult, ImportSource
from etl.imports.sources import source_text
from etl.imports.staging import stage, validate_readable
from etl.imports.statistics_rules import (
    MAX_LINES,
    TOO_LARGE,
    TRADED_CLUSTERS,
    Key,
    create_states,
    duplicate_keys,
    reject_rows,
    reject_unknown_clusters,
    write_regions,
)

TYPES = {
    "cluster_name_t": "VARCHAR",
    "cluster_code_t": "VARCHAR",
    "year_t": "SMALLINT",
    "region_type_t": "VARCHAR",
    "region_code_t": "VARCHAR",
    "traded_b": "BOOLEAN",
    "emp_tl": "DOUBLE",
    "est_tl": "DOUBLE",
    "private_wage_tf": "DOUBLE",
    "lq_tf": "DOUBLE",
    "strong_b": "BOOLEAN",
}
# Only newer exports list parts of clusters. emp_reported_tl is what the statistical office reports of emp_tl.
OPTIONAL = {"subcluster_b": "BOOLEAN", "emp_reported_tl": "DOUBLE", "supression_b": "BOOLEAN"}
_COLUMNS = Columns(
    figures=("private_wage_tf", "lq_tf"),
    counts=("emp_tl", "est_tl", "emp_reported_tl"),
    flags=[column for column, kind in (TYPES | OPTIONAL).items() if kind == "BOOLEAN"],
)
ESTIMATED = "employment: nothing reported, estimated by the source"
COUNTRY = "US"

# Reason to condition; the first condition that is true gives the reason. Other types of region overlap with the states
# and have neither outlines nor organisations here.
_LEFT_OUT = {
    "local cluster": "NOT is_traded",
    "total of all clusters": "cluster_code = 'all'",
    "part of a cluster (subcluster)": "is_part",
    "region that is neither a state nor the country": "region_code IS NULL",
}


def read(context: ImportContext) -> ImportResult:
    """Import one file. Raises InputError."""
    reject_log = RejectLog()
    text = source_text(context, tuple(TYPES), reject_log)
    digest = file_hash(context.request.file)
    file = open_table(text, tuple(TYPES), NO_FIGURE, None)
    file = with_decimal_points(context, file, _COLUMNS, reject_log)
    context.report(STEPS[1])
    create_states(context)
    parquet = context.folder / "staged.parquet"
    types = TYPES | {column: kind for column, kind in OPTIONAL.items() if file.has(column)}
    staged = stage(context.connection, file, types, _select(file), context.folder, parquet)
    validate_readable(file, staged)
    context.report(STEPS[2])
    reject_log.reject(staged.rejections)
    _rows(context, parquet)
    for reason, rows in context.connection.execute("SELECT left_out, count(*) FROM judged GROUP BY ALL").fetchall():
        if reason:
            reject_log.exclude(reason, rows)
    _validate_known(context, file)
    _validate_numbers_and_keys(context, file)
    validate_beside_others(context, file, "wanted", reject_log)
    note_shipped(context, "wanted", reject_log)
    context.report(STEPS[3])
    result = context.folder / "result.parquet"
    imported = fetch_value(
        context.connection, f"COPY (FROM wanted ORDER BY traded_cluster_id, year, region_code) TO {sql_literal(result)}"
    )
    if not imported:
        reasons = ", ".join(f"{reason}: {count:,}" for reason, count in reject_log.counts().items())
        rule = f"it has no row about a traded cluster in a state ({reasons})"
        file.reject(rule, "Export the traded clusters of states.")
    has_country = fetch_value(
        context.connection, f"SELECT count(*) FROM wanted WHERE region_code = {sql_literal(COUNTRY)}"
    )
    name = context.lookups.country_names[COUNTRY]
    regions = write_regions(context, [(COUNTRY, name, COUNTRY, "country")] if has_country else [])
    return ImportResult(
        {".parquet": result, ".regions.parquet": regions},
        digest,
        staged.rows_read,
        imported,
        {context.request.file.name: list(file.header)},
        reject_log,
    )


FORMAT = ImportFormat(
    name="us-cluster-mapping",
    help="""Read an unmodified export of the US Cluster Mapping portal.

    Traded clusters of the states and of the country are imported; local clusters, parts of clusters and
    other regions are counted and excluded.
    """,
    source=lambda _file, origin, _url: ImportSource(
        "Export of the US Cluster Mapping portal",
        "US Cluster Mapping Project",
        "https://clustermapping.us",
        origin or BY_THE_USER,
    ),
    reliability="official",
    fills="statistics",
    read=read,
    options=frozenset({"--sheet"}),
)


def _select(file: CsvFile) -> str:
    part = "coalesce(subcluster_b, false)" if file.has("subcluster_b") else "false"
    suppressed = "coalesce(supression_b, false)" if file.has("supression_b") else "false"
    reported = "emp_reported_tl" if file.has("emp_reported_tl") else "NULL::DOUBLE"
    return (
        "trim(cluster_name_t) AS cluster, lower(trim(cluster_code_t)) AS cluster_code, year_t::INTEGER AS year, "
        "lower(trim(region_type_t)) AS region_type, trim(region_code_t) AS region_text, traded_b AS is_traded, "
        f"{part} AS is_part, {suppressed} AS is_suppressed, {reported} AS reported_employment, "
        # A zero of a suppressed cell stands for the figure that is withheld.
        f"CASE WHEN NOT ({suppressed} AND emp_tl = 0) THEN emp_tl END AS employment, "
        "est_tl AS establishments, private_wage_tf AS mean_wage, "
        "lq_tf AS location_quotient, strong_b AS is_strong"
    )


def _rows(context: ImportContext, parquet: Path) -> None:
    """Create view judged (all rows, why some are left out), table kept (the others) and view wanted (the result)."""
    # A spreadsheet drops the leading zero of a FIPS code; other programs write 1.0.
    context.connection.execute(
        "CREATE VIEW placed AS SELECT s.*, CASE WHEN starts_with(region_type, 'countr') OR region_type = 'nation' "
        f"THEN {sql_literal(COUNTRY)} WHEN starts_with(region_type, 'state') THEN coalesce(st.state_code, '') END AS "
        f"region_code FROM {sql_literal(parquet)} s LEFT JOIN states st "
        "ON st.fips_code = lpad(regexp_replace(region_text, '[.]0$', ''), 2, '0')"
    )
    left_out = (
        "CASE "
        + " ".join(f"WHEN {condition} THEN {sql_literal(reason)}" for reason, condition in _LEFT_OUT.items())
        + " END"
    )
    context.connection.execute(f"CREATE VIEW judged AS SELECT *, {left_out} AS left_out FROM placed")
    context.connection.execute("CREATE TABLE kept AS FROM judged WHERE left_out IS NULL")
    names = [name for (name,) in context.connection.execute("SELECT DISTINCT cluster FROM kept").fetchall()]
    context.connection.execute("CREATE TABLE clusters (cluster VARCHAR, traded_cluster_id VARCHAR)")
    if known := [(name, context.lookups.cluster_id(name)) for name in names if name]:
        context.connection.executemany("INSERT INTO clusters VALUES (?, ?)", known)
    # The portal writes a wage of 0 where it knows none; nobody works for a mean wage of 0.
    context.connection.execute(
        "CREATE VIEW wanted AS SELECT region_code, traded_cluster_id, year::VARCHAR AS year, employment, "
        f"{_missing('employment')}, "
        f"establishments, {_missing('establishments')}, wage AS mean_wage, CASE WHEN wage IS NOT NULL THEN 'USD' END "
        "AS wage_currency, location_quotient, CASE WHEN location_quotient IS NOT NULL "
        f"THEN {sql_literal(TRADED_CLUSTERS)} END AS quotient_total_basis, is_strong, "
        f"CASE WHEN reported_employment = 0 AND employment > 0 THEN {sql_literal(ESTIMATED)} END AS flags FROM "
        "(SELECT *, nullif(mean_wage, 0) AS wage FROM kept) LEFT JOIN clusters USING (cluster)"
    )


def _missing(column: str) -> str:
    return (
        f"CASE WHEN {column} IS NULL THEN CASE WHEN is_suppressed THEN 'withheld' "
        f"ELSE {sql_literal(NOT_STATED)} END END AS {column}_missing"
    )


def _validate_known(context: ImportContext, file: CsvFile) -> None:
    unknown = context.connection.execute(
        "SELECT DISTINCT coalesce(k.cluster, '') FROM kept k LEFT JOIN clusters c USING (cluster) "
        "WHERE traded_cluster_id IS NULL"
    ).fetchall()
    if unknown:
        reject_unknown_clusters(context, file, "cluster_name_t", [name for (name,) in unknown])
    states = [
        code
        for (code,) in context.connection.execute(
            "SELECT DISTINCT coalesce(region_text, '') FROM kept WHERE region_code = '' ORDER BY ALL"
        ).fetchall()
    ]
    if states:
        lines = first_lines(file, "region_code_t", states)
        others = [f"'{code}' (line {lines.get(code, '?')})" for code in states[1 : MAX_LINES + 1]]
        rule = "is not the FIPS code of a state" + (f", nor are {', '.join(others)}" if others else "")
        fix = "Write the two digits of the state, or add the region with its fips_code to data/lookups/regions.csv."
        file.reject(rule, fix, lines.get(states[0]), "region_code_t", states[0])


# Column of the export -> our column; conditions that no figure of them may meet -> what a message says.
_FIGURES = {
    "emp_tl": "employment",
    "est_tl": "establishments",
    "private_wage_tf": "mean_wage",
    "lq_tf": "location_quotient",
}
_NO_FIGURES = {
    "NOT isfinite({})": "is not a finite number",
    "{} < 0": "is negative",
    f"{{}} >= {TOO_LARGE}": "is 999,999,999 or more",
}


def _validate_numbers_and_keys(context: ImportContext, file: CsvFile) -> None:
    def key_of(cells: dict[str, str]) -> Key:
        return cells["cluster_name_t"], cells["region_code_t"], cells["year_t"]

    by_key = "SELECT cluster, region_text, year::VARCHAR, count(*) OVER () FROM kept WHERE "
    last_year = latest_year()
    checks = [
        (column, condition.format(own), rule)
        for column, own in _FIGURES.items()
        for condition, rule in _NO_FIGURES.items()
    ]
    checks.append(
        ("year_t", f"year NOT BETWEEN {FIRST_YEAR} AND {last_year}", f"is not between {FIRST_YEAR} and {last_year}")
    )
    for column, condition, rule in checks:
        if rows := context.connection.execute(f"{by_key} {condition} LIMIT {MAX_PROBLEMS}").fetchall():
            reject_rows(
                file,
                {row[:3] for row in rows},
                key_of,
                rows[0][3],
                column,
                rule,
                "Export the file again or correct the cell.",
            )
    if duplicates := duplicate_keys(context, "wanted"):
        context.connection.execute(
            "CREATE TABLE twice AS SELECT unnest($keys) AS key",
            {"keys": ["|".join(map(str, row[:3])) for row in duplicates[:MAX_PROBLEMS]]},
        )
        rows = context.connection.execute(
            "SELECT cluster, region_text, year::VARCHAR FROM kept JOIN clusters USING (cluster) "
            "SEMI JOIN twice ON key = concat_ws('|', region_code, traded_cluster_id, year)"
        ).fetchall()
        reject_rows(
            file,
            rows,
            key_of,
            sum(row_count for *_, row_count in duplicates),
            "region_code_t",
            "has more than one row with the same cluster and year",
            "Keep one row for each region, cluster and year.",
        )
