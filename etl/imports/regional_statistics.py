"""Reads the plain template: region, traded cluster, year, employment, establishments, wage, currency."""

from pathlib import Path

from etl.database import sql_literal
from etl.errors import MAX_PROBLEMS, InputError, Problem
from etl.files import file_hash
from etl.imports.csv_source import NO_VALUE, CsvFile, find, first_lines, open_csv
from etl.imports.rejects import Rejection, RejectLog
from etl.imports.run import STEPS, ImportContext, ImportFormat, ImportResult
from etl.imports.staging import UNKNOWN, Staged, stage, validate_readable
from etl.imports.statistics_rules import (
    FIRST_YEAR,
    LAST_YEAR,
    duplicate_keys,
    reject_rows,
    reject_unknown_clusters,
    validate_no_overlap,
    write_regions,
)
from etl.iso_codes import ISO_CODE_OF

REQUIRED = ("region", "traded_cluster", "year", "employment")
OPTIONAL = {
    "establishments": "DOUBLE",
    "wage": "DOUBLE",
    "currency": "VARCHAR",
    "country": "VARCHAR",
    "region_name": "VARCHAR",
}
# Regions of the template begin with this. Its numbers are made up and must never be shown as data.
MADE_UP = "example"

_REASONS = {
    "no region": "region_code = ''",
    "not a finite number": "NOT isfinite(coalesce(employment, 0) + coalesce(establishments, 0) + coalesce(mean_wage, 0))",
    f"year not between {FIRST_YEAR} and {LAST_YEAR}": f"year NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}",
    "wage without a currency of three capital letters": "mean_wage IS NOT NULL AND NOT regexp_full_match(coalesce(wage_currency, ''), '[A-Z]{3}')",
}


def read(context: ImportContext) -> ImportResult:
    """Import one file. Raises InputError."""
    file = open_csv(context.request.file, context.request.display_path, ",", REQUIRED)
    digest = file_hash(file.path)
    context.report(STEPS[1])
    staged, parquet = _stage(context, file)
    context.report(STEPS[2])
    reject_log = RejectLog()
    reject_log.reject(staged.rejections)
    _validate_not_negative(context, file, parquet)
    parquet = _reject_invalid_rows(context, file, parquet, reject_log)
    regions = _regions(context, file, parquet)
    _validate_unique(context, file, parquet)
    validate_no_overlap(context, sql_literal(parquet))
    context.report(STEPS[3])
    (imported,) = context.connection.execute(f"SELECT count(*) FROM {sql_literal(parquet)}").fetchone()
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
    """The whole file as Parquet. Names of clusters are read as a closed list, which finds unknown ones."""
    spellings = {text: cluster for cluster, name in context.lookups.clusters.items() for text in (name, cluster)}
    while True:
        parquet = context.folder / f"staged-{len(spellings)}.parquet"
        staged = stage(
            context.connection,
            file,
            _types(file, list(spellings)),
            _select(file, list(spellings.values())),
            context.folder,
            parquet,
        )
        strange = {f.value for f in staged.rejections if f.column.lower() == "traded_cluster" and f.reason == UNKNOWN}
        if not strange:
            validate_readable(file, staged)
            return staged, parquet
        known = {text: context.lookups.cluster_id(text) for text in strange}
        if unknown := {text.strip() for text, cluster in known.items() if cluster is None}:
            reject_unknown_clusters(
                context, file, "traded_cluster", ["" if text in NO_VALUE else text for text in unknown]
            )
        # Only capitals or spaces differ: read once more, with these spellings on the list.
        spellings |= known


def _types(file: CsvFile, spellings: list[str]) -> dict[str, str]:
    enum = f"ENUM({', '.join(map(sql_literal, spellings))})"
    types = {"region": "VARCHAR", "traded_cluster": enum, "year": "SMALLINT", "employment": "DOUBLE"}
    return types | {column: kind for column, kind in OPTIONAL.items() if file.has(column)}


def _select(file: CsvFile, clusters: list[str]) -> str:
    given = {column: column if file.has(column) else f"NULL::{kind}" for column, kind in OPTIONAL.items()}
    return (
        f"coalesce(trim(region), '') AS region_code, [{', '.join(map(sql_literal, clusters))}]"
        "[enum_code(traded_cluster)::INTEGER + 1] AS traded_cluster_id, year::INTEGER AS year, employment, "
        f"{given['establishments']} AS establishments, {given['wage']} AS mean_wage, "
        f"CASE WHEN {given['wage']} IS NOT NULL THEN {given['currency']} END AS wage_currency, "
        "NULL::DOUBLE AS location_quotient, NULL::BOOLEAN AS is_strong, "
        f"{given['country']} AS country, {given['region_name']} AS region_name"
    )


def _key(context: ImportContext):
    return lambda cells: (cells["region"], context.lookups.cluster_id(cells["traded_cluster"]) or "", cells["year"])


def _validate_not_negative(context: ImportContext, file: CsvFile, parquet: Path) -> None:
    for column, own in (("employment", "employment"), ("establishments", "establishments"), ("wage", "mean_wage")):
        found = context.connection.execute(
            f"SELECT region_code, traded_cluster_id, year::VARCHAR, count(*) OVER () FROM {sql_literal(parquet)} "
            f"WHERE {own} < 0 LIMIT {MAX_PROBLEMS}"
        ).fetchall()
        if found:
            fix = "Leave the cell blank if the source withholds the number, else correct it."
            negative = {row[:3] for row in found}
            key = _key(context)
            reject_rows(
                file,
                negative,
                lambda cells: key(cells) if cells[column].startswith("-") else (),
                found[0][3],
                column,
                "is negative",
                fix,
            )


def _reject_invalid_rows(context: ImportContext, file: CsvFile, parquet: Path, reject_log: RejectLog) -> Path:
    """The Parquet file without rows that miss something; the file is read again only if there are any."""
    bad = " OR ".join(f"({condition})" for condition in _REASONS.values())
    (count,) = context.connection.execute(f"SELECT count(*) FROM {sql_literal(parquet)} WHERE {bad}").fetchone()
    if not count:
        return parquet
    reason = (
        "CASE "
        + " ".join(f"WHEN {condition} THEN {sql_literal(words)}" for words, condition in _REASONS.items())
        + " END"
    )
    rows = context.connection.execute(
        f"SELECT DISTINCT region_code, traded_cluster_id, year::VARCHAR, {reason} FROM {sql_literal(parquet)} WHERE {bad}"
    ).fetchall()
    reasons = {row[:3]: row[3] for row in rows}
    key = _key(context)
    found = find(file, lambda cells: key(cells) in reasons, count)
    reject_log.reject(Rejection(line, "", " | ".join(key(cells)), reasons[key(cells)]) for line, cells in found)
    # Never less than what is missing, should a line not be found by its text.
    reject_log.exclude("something missing, line not found", count - len(found))
    good = parquet.with_name("good.parquet")
    context.connection.execute(f"COPY (SELECT * FROM {sql_literal(parquet)} WHERE NOT ({bad})) TO {sql_literal(good)}")
    return good


def _regions(context: ImportContext, file: CsvFile, parquet: Path) -> Path:
    """The regions that are new, as Parquet; every other one must be known under its country."""
    context.connection.execute(
        "CREATE TABLE found AS SELECT region_code, list(DISTINCT upper(trim(country))) FILTER (trim(country) <> '') AS countries, "
        f"coalesce(max(nullif(trim(region_name), '')), region_code) AS name FROM {sql_literal(parquet)} GROUP BY region_code"
    )
    problems, new = [], []
    for code, countries, name in context.connection.execute("FROM found ORDER BY region_code").fetchall():
        stated = sorted({ISO_CODE_OF.get(country, country) for country in countries or ()})
        is_country = code in context.lookups.countries
        known = code if is_country else context.lookups.regions.get(code)
        if wrong := _wrong_region(context, code, stated, known):
            problems.append((code, *wrong))
        elif is_country:
            new.append((code, context.lookups.country_names[code], code, "country"))
        elif not known:
            new.append((code, name, stated[0], "region"))
    problems += _nested(new)
    if problems:
        _reject_regions(file, problems)
    return write_regions(context, new)


def _wrong_region(context: ImportContext, code: str, stated: list[str], known: str | None) -> tuple[str, str] | None:
    if code.lower().startswith(MADE_UP):
        return (
            "is a made-up region of the template",
            "Put your own numbers in its place; those of the template are not data.",
        )
    if code in ISO_CODE_OF:
        return (
            f"is not the code of ISO 3166-1 for this country, {ISO_CODE_OF[code]}",
            f"Write {ISO_CODE_OF[code]} for the country as a whole.",
        )
    if len(stated) > 1:
        return f"stands under several countries, {', '.join(stated)}", "Give each region one country."
    if strange := [country for country in stated if country not in context.lookups.countries]:
        return (
            f"has the unknown country '{strange[0]}'",
            "Write the two letters of ISO 3166-1; a new country needs a row in data/lookups/countries.csv.",
        )
    if known and stated and stated != [known]:
        return f"is a region of {known}, not of {stated[0]}", "Correct the region or the country."
    if not known and not stated:
        near = context.lookups.nearest_region(code)
        hint = f"Did you mean '{near}'? Otherwise fill" if near else "Fill"
        return "is not in data/lookups/regions.csv and has no country", f"{hint} in the column country."
    return None


def _nested(regions: list[tuple]) -> list[tuple[str, str, str]]:
    """NUTS regions that lie in others of the same file: their country would be counted twice."""
    codes = {
        code
        for code, _, _, level in regions
        if level == "region" and code[:2].isalpha() and code.isalnum() and 3 <= len(code) <= 5
    }
    return [
        (
            code,
            f"lies in {code[:length]}, which the file has too, so that its country would count twice",
            "Give the regions of one level only, and the country itself under its own code if you have it.",
        )
        for code in sorted(codes)
        for length in range(3, len(code))
        if code[:length] in codes
    ]


def _reject_regions(file: CsvFile, problems: list[tuple[str, str, str]]) -> None:
    wanted = {code for code, *_ in problems[:MAX_PROBLEMS]}
    lines = first_lines(file, "region", wanted)
    listed = [
        Problem(file.display_path, lines.get(code), "region", code, rule, fix)
        for code, rule, fix in problems[:MAX_PROBLEMS]
    ]
    if len(problems) > MAX_PROBLEMS:
        listed.append(
            Problem(
                file.display_path,
                None,
                "region",
                None,
                f"{len(problems):,} regions are invalid in all",
                "Correct them too.",
            )
        )
    raise InputError(listed)


def _validate_unique(context: ImportContext, file: CsvFile, parquet: Path) -> None:
    if found := duplicate_keys(context, sql_literal(parquet)):
        keys = {(region, cluster, str(year)) for region, cluster, year, _ in found[:MAX_PROBLEMS]}
        reject_rows(
            file,
            keys,
            _key(context),
            sum(rows for *_, rows in found),
            "region",
            "stands more than once with the same traded cluster and year",
            "Keep one row for each region, traded cluster and year.",
        )
