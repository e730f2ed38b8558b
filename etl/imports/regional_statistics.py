"""Reads the plain template: region, traded cluster, year, employment, establishments, wage, currency."""

from pathlib import Path

from etl.errors import InputError, Problem
from etl.imports.csv_source import NO_VALUE, CsvFile, find, first_lines, open_csv
from etl.imports.lookups import ISO_OF
from etl.imports.manifest import file_hash
from etl.imports.rejects import Fault, Ledger
from etl.imports.run import STEPS, Format, Result, Work
from etl.imports.staging import MAX_PROBLEMS, UNKNOWN, Staged, quoted, refuse_if_mostly_unreadable, stage
from etl.imports.statistics_rules import (
    FIRST_YEAR,
    LAST_YEAR,
    duplicate_keys,
    refuse_overlap,
    refuse_rows,
    refuse_unknown_clusters,
    write_regions,
)

REQUIRED = ("region", "traded_cluster", "year", "employment")
OPTIONAL = {
    "establishments": "DOUBLE",
    "wage": "DOUBLE",
    "currency": "VARCHAR",
    "country": "VARCHAR",
    "region_name": "VARCHAR",
}
# Regions of the template begin with this: its numbers are made up and must never be shown as data.
MADE_UP = "example"

_REASONS = {
    "no region": "region_code = ''",
    "not a finite number": "NOT isfinite(coalesce(employment, 0) + coalesce(establishments, 0) + coalesce(mean_wage, 0))",
    f"year not between {FIRST_YEAR} and {LAST_YEAR}": f"year NOT BETWEEN {FIRST_YEAR} AND {LAST_YEAR}",
    "wage without a currency of three capital letters": "mean_wage IS NOT NULL AND NOT regexp_full_match(coalesce(wage_currency, ''), '[A-Z]{3}')",
}


def read(work: Work) -> Result:
    """Import one file. Raises InputError."""
    file = open_csv(work.request.file, work.request.shown, ",", REQUIRED)
    digest = file_hash(file.path)
    work.report(STEPS[1])
    staged, parquet = _stage(work, file)
    work.report(STEPS[2])
    ledger = Ledger()
    ledger.set_aside(staged.faults)
    _refuse_negative(work, file, parquet)
    parquet = _set_bad_rows_aside(work, file, parquet, ledger)
    regions = _regions(work, file, parquet)
    _refuse_duplicates(work, file, parquet)
    refuse_overlap(work, quoted(parquet))
    work.report(STEPS[3])
    (imported,) = work.connection.execute(f"SELECT count(*) FROM {quoted(parquet)}").fetchone()
    if not imported:
        file.refuse(
            "no row of it can be imported", "Correct the rows that are listed, or compare the file with the template."
        )
    return Result(
        {".parquet": parquet, ".regions.parquet": regions},
        digest,
        staged.rows_read,
        imported,
        {file.path.name: list(file.header)},
        ledger,
    )


FORMAT = Format("regional-statistics", "secondary", read)


def _stage(work: Work, file: CsvFile) -> tuple[Staged, Path]:
    """The whole file as Parquet. Names of clusters are read as a closed list, which finds unknown ones."""
    spellings = {text: cluster for cluster, name in work.lookups.clusters.items() for text in (name, cluster)}
    while True:
        parquet = work.folder / f"staged-{len(spellings)}.parquet"
        staged = stage(
            work.connection,
            file,
            _types(file, list(spellings)),
            _select(file, list(spellings.values())),
            work.folder,
            parquet,
        )
        strange = {f.value for f in staged.faults if f.column.lower() == "traded_cluster" and f.reason == UNKNOWN}
        if not strange:
            refuse_if_mostly_unreadable(file, staged)
            return staged, parquet
        known = {text: work.lookups.cluster_id(text) for text in strange}
        if unknown := {text.strip() for text, cluster in known.items() if cluster is None}:
            refuse_unknown_clusters(
                work, file, "traded_cluster", ["" if text in NO_VALUE else text for text in unknown]
            )
        # Only capitals or spaces differ: read once more, with these spellings on the list.
        spellings |= known


def _types(file: CsvFile, spellings: list[str]) -> dict[str, str]:
    enum = f"ENUM({', '.join(map(quoted, spellings))})"
    types = {"region": "VARCHAR", "traded_cluster": enum, "year": "SMALLINT", "employment": "DOUBLE"}
    return types | {column: kind for column, kind in OPTIONAL.items() if file.has(column)}


def _select(file: CsvFile, clusters: list[str]) -> str:
    given = {column: column if file.has(column) else f"NULL::{kind}" for column, kind in OPTIONAL.items()}
    return (
        f"coalesce(trim(region), '') AS region_code, [{', '.join(map(quoted, clusters))}]"
        "[enum_code(traded_cluster)::INTEGER + 1] AS traded_cluster_id, year::INTEGER AS year, employment, "
        f"{given['establishments']} AS establishments, {given['wage']} AS mean_wage, "
        f"CASE WHEN {given['wage']} IS NOT NULL THEN {given['currency']} END AS wage_currency, "
        "NULL::DOUBLE AS location_quotient, NULL::BOOLEAN AS is_strong, "
        f"{given['country']} AS country, {given['region_name']} AS region_name"
    )


def _key(work: Work):
    return lambda cells: (cells["region"], work.lookups.cluster_id(cells["traded_cluster"]) or "", cells["year"])


def _refuse_negative(work: Work, file: CsvFile, parquet: Path) -> None:
    for column, own in (("employment", "employment"), ("establishments", "establishments"), ("wage", "mean_wage")):
        found = work.connection.execute(
            f"SELECT region_code, traded_cluster_id, year::VARCHAR, count(*) OVER () FROM {quoted(parquet)} "
            f"WHERE {own} < 0 LIMIT {MAX_PROBLEMS}"
        ).fetchall()
        if found:
            fix = "Leave the cell blank if the source withholds the number, else correct it."
            negative = {row[:3] for row in found}
            key = _key(work)
            refuse_rows(
                file,
                negative,
                lambda cells: key(cells) if cells[column].startswith("-") else (),
                found[0][3],
                column,
                "is negative",
                fix,
            )


def _set_bad_rows_aside(work: Work, file: CsvFile, parquet: Path, ledger: Ledger) -> Path:
    """The Parquet file without rows that miss something; the file is read again only if there are any."""
    bad = " OR ".join(f"({condition})" for condition in _REASONS.values())
    (count,) = work.connection.execute(f"SELECT count(*) FROM {quoted(parquet)} WHERE {bad}").fetchone()
    if not count:
        return parquet
    reason = (
        "CASE " + " ".join(f"WHEN {condition} THEN {quoted(words)}" for words, condition in _REASONS.items()) + " END"
    )
    rows = work.connection.execute(
        f"SELECT DISTINCT region_code, traded_cluster_id, year::VARCHAR, {reason} FROM {quoted(parquet)} WHERE {bad}"
    ).fetchall()
    reasons = {row[:3]: row[3] for row in rows}
    key = _key(work)
    found = find(file, lambda cells: key(cells) in reasons, count)
    ledger.set_aside(Fault(line, "", " | ".join(key(cells)), reasons[key(cells)]) for line, cells in found)
    # Never less than what is missing, should a line not be found by its text.
    ledger.leave_out("something missing, line not found", count - len(found))
    good = parquet.with_name("good.parquet")
    work.connection.execute(f"COPY (SELECT * FROM {quoted(parquet)} WHERE NOT ({bad})) TO {quoted(good)}")
    return good


def _regions(work: Work, file: CsvFile, parquet: Path) -> Path:
    """The regions that are new, as Parquet; every other one must be known under its country."""
    work.connection.execute(
        "CREATE TABLE found AS SELECT region_code, list(DISTINCT upper(trim(country))) FILTER (trim(country) <> '') AS countries, "
        f"coalesce(max(nullif(trim(region_name), '')), region_code) AS name FROM {quoted(parquet)} GROUP BY region_code"
    )
    problems, new = [], []
    for code, countries, name in work.connection.execute("FROM found ORDER BY region_code").fetchall():
        stated = sorted({ISO_OF.get(country, country) for country in countries or ()})
        is_country = code in work.lookups.countries
        known = code if is_country else work.lookups.regions.get(code)
        if wrong := _wrong_region(work, code, stated, known):
            problems.append((code, *wrong))
        elif is_country:
            new.append((code, work.lookups.country_names[code], code, "country"))
        elif not known:
            new.append((code, name, stated[0], "region"))
    problems += _nested(new)
    if problems:
        _refuse_regions(file, problems)
    return write_regions(work, new)


def _wrong_region(work: Work, code: str, stated: list[str], known: str | None) -> tuple[str, str] | None:
    if code.lower().startswith(MADE_UP):
        return (
            "is a made-up region of the template",
            "Put your own numbers in its place; those of the template are not data.",
        )
    if code in ISO_OF:
        return (
            f"is not the code of ISO 3166-1 for this country, {ISO_OF[code]}",
            f"Write {ISO_OF[code]} for the country as a whole.",
        )
    if len(stated) > 1:
        return f"stands under several countries, {', '.join(stated)}", "Give each region one country."
    if strange := [country for country in stated if country not in work.lookups.countries]:
        return (
            f"has the unknown country '{strange[0]}'",
            "Write the two letters of ISO 3166-1; a new country needs a row in data/lookups/countries.csv.",
        )
    if known and stated and stated != [known]:
        return f"is a region of {known}, not of {stated[0]}", "Correct the region or the country."
    if not known and not stated:
        near = work.lookups.nearest_region(code)
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


def _refuse_regions(file: CsvFile, problems: list[tuple[str, str, str]]) -> None:
    wanted = {code for code, *_ in problems[:MAX_PROBLEMS]}
    lines = first_lines(file, "region", wanted)
    listed = [
        Problem(file.shown, lines.get(code), "region", code, rule, fix) for code, rule, fix in problems[:MAX_PROBLEMS]
    ]
    if len(problems) > MAX_PROBLEMS:
        listed.append(
            Problem(
                file.shown, None, "region", None, f"{len(problems):,} regions are at fault in all", "Correct them too."
            )
        )
    raise InputError(listed)


def _refuse_duplicates(work: Work, file: CsvFile, parquet: Path) -> None:
    if found := duplicate_keys(work, quoted(parquet)):
        keys = {(region, cluster, str(year)) for region, cluster, year, _ in found[:MAX_PROBLEMS]}
        refuse_rows(
            file,
            keys,
            _key(work),
            sum(rows for *_, rows in found),
            "region",
            "stands more than once with the same traded cluster and year",
            "Keep one row for each region, traded cluster and year.",
        )
