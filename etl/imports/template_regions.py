"""The regions of a file: known ones under their country, and the new ones that it adds; none may count twice."""

import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from etl.database import fetch_value, sql_literal
from etl.errors import shorten
from etl.imports.csv_source import CsvFile, records
from etl.imports.lookups import Lookups
from etl.imports.nuts_versions import NutsChanges, read_nuts_changes
from etl.imports.region_codes import US, Written, is_nuts, iso_country, known_codes, sentences
from etl.imports.rejects import RejectLog
from etl.imports.run import ImportContext
from etl.imports.statistics_rules import Region, is_total, write_regions

# Regions of the template begin with this: its numbers are made up and must never be shown as data.
MADE_UP = "example"
# Codes that one message names.
MAX_NAMED = 5
# A row without a figure cannot count twice.
HAS_FIGURE = "(employment IS NOT NULL OR establishments IS NOT NULL)"
# EU28, EU27_2020, EA19.
_AGGREGATE = re.compile(r"(EU|EA|EEA|EFTA)([0-9]{1,2}(_[0-9]{4})?)?")
_CONTROL = "[\\x00-\\x1f\\x7f-\\x9f]"

_DELETE_TOTAL = "Delete the row; figures of a whole country stand under its own code, such as DE."
# From this many persons on, a region that has the sum of the others in every row has it by no accident.
_MIN_SUM = 1000

# Region, rule and fix.
_Problem = tuple[str, str, str]


def with_known_codes(
    context: ImportContext, parquet: Path, reject_log: RejectLog
) -> tuple[Path, Callable[[dict[str, str]], str]]:
    """The Parquet file with the codes of regions that are known here, and the code of a record of the file.

    Where a code differs from what the file writes, that stands in the further column region_text.
    Where two ways of writing meet in one region, industry and year and only one has a figure, the row without one is
    excluded.
    """
    written: list[Written] = context.connection.execute(
        f"SELECT DISTINCT region_code, coalesce(country, '') FROM {sql_literal(parquet)}"
    ).fetchall()
    changes = read_nuts_changes(context.data_dir)
    codes = known_codes(written, context.lookups, changes)
    stripped = {(region.strip(), country.strip()): code for (region, country), code in codes.items()}

    def code_of(cells: dict[str, str]) -> str:
        return stripped.get((cells["region"], cells.get("country", "")), cells["region"])

    reject_log.notes.extend(sentences(codes, changes))
    changed = {pair: code for pair, code in codes.items() if pair[0] != code}
    if not changed:
        return parquet, code_of
    context.connection.execute("CREATE TABLE codes (region_text VARCHAR, country VARCHAR, code VARCHAR)")
    context.connection.executemany(
        "INSERT INTO codes VALUES (?, ?, ?)", [(*pair, code) for pair, code in changed.items()]
    )
    target = parquet.with_name("known_codes.parquet")
    context.connection.execute(
        "COPY (SELECT p.* REPLACE (coalesce(code, p.region_code) AS region_code), p.region_code AS region_text "
        f"FROM {sql_literal(parquet)} p LEFT JOIN codes c "
        "ON c.region_text = p.region_code AND c.country = coalesce(p.country, '')) "
        f"TO {sql_literal(target)}"
    )
    return _without_empty_doubles(context, target, reject_log), code_of


def _without_empty_doubles(context: ImportContext, parquet: Path, reject_log: RejectLog) -> Path:
    key = "region_code, traded_cluster_id, year"
    empty = "employment IS NULL AND establishments IS NULL"
    doubles = (
        f"{empty} AND count(DISTINCT region_text) OVER same > 1 "
        "AND count(coalesce(employment, establishments)) OVER same > 0"
    )
    window = f"WINDOW same AS (PARTITION BY {key})"
    rows = fetch_value(
        context.connection, f"SELECT count(*) FROM (SELECT 1 FROM {sql_literal(parquet)} {window} QUALIFY {doubles})"
    )
    if not rows:
        return parquet
    reject_log.exclude("row without a figure beside one with a figure under another code of the region", rows)
    target = parquet.with_name("one_code.parquet")
    context.connection.execute(
        f"COPY (SELECT * FROM {sql_literal(parquet)} {window} QUALIFY NOT coalesce({doubles}, false)) "
        f"TO {sql_literal(target)}"
    )
    return target


def template_regions(
    context: ImportContext, file: CsvFile, parquet: Path, code_of: Callable[[dict[str, str]], str]
) -> Path:
    """Path of a Parquet file of the regions that are new. Raises InputError when a region or country is not valid."""
    rows = context.connection.execute(
        "SELECT region_code, list(DISTINCT trim(country)) FILTER (trim(country) <> '') AS countries, "
        f"coalesce(max(nullif(trim(regexp_replace(region_name, {sql_literal(_CONTROL)}, ' ', 'g')), '')), region_code) "
        f"AS name FROM {sql_literal(parquet)} GROUP BY region_code ORDER BY region_code"
    ).fetchall()
    problems: list[_Problem] = []
    new: list[Region] = []
    for code, countries, name in rows:
        stated = sorted({iso_country(country) for country in countries or ()})
        is_country = code in context.lookups.countries
        country = code if is_country else context.lookups.regions.get(code)
        if problem := _problem(context, code, stated, country):
            problems.append((code, *problem))
        elif is_country:
            new.append((code, context.lookups.country_names[code], code, "country"))
        elif not country:
            new.append((code, name, stated[0], "region"))
    problems = problems or counted_twice(context, parquet, read_nuts_changes(context.data_dir))
    problems = problems or _sums_of_others(context, parquet, new)
    if problems:
        _reject_regions(file, problems, code_of)
    return write_regions(context, new)


def _problem(context: ImportContext, code: str, stated: list[str], known: str | None) -> tuple[str, str] | None:
    """Rule and fix of the first problem of a region; stated: its countries in the file; known: that of the lookups."""
    if code.lower().startswith(MADE_UP):
        return (
            "is a made-up region of the template",
            "Put your own numbers in its place; those of the template are not data.",
        )
    if not known and _AGGREGATE.fullmatch(code.upper()):
        return "is an aggregate of countries, not a region", _DELETE_TOTAL
    if len(stated) > 1:
        return f"has several countries, {', '.join(stated)}", "Give each region one country."
    if unknown := [country for country in stated if country not in context.lookups.countries]:
        return (
            f"has the unknown country '{shorten(unknown[0])}'",
            "Delete its rows, as Kosovo has no code in ISO 3166-1."
            if unknown == ["XK"]
            else "Write the two letters of ISO 3166-1, such as DE or US.",
        )
    if known and stated and stated != [known]:
        return f"is a region of {known}, not of {stated[0]}", "Correct the region or the country."
    if not known and is_total(code):
        return (
            "is a total, not a region",
            _DELETE_TOTAL,
        )
    if not known and not stated and code.isdigit() and len(code) <= 2:
        return "has no country", "If it is the FIPS code of a US state, write US in the column country."
    if not known and not stated:
        near = context.lookups.nearest_region(code)
        hint = f"Did you mean '{near}'? Otherwise fill" if near else "Fill"
        return "is not in data/lookups/regions.csv and has no country", f"{hint} in the column country."
    if stated == [US] and code.isdigit() and len(code) <= 2:
        return "is not the FIPS code of a US state or territory", "Write the two digits of the state, such as 01 or 39."
    return None


def counted_twice(context: ImportContext, parquet: Path, changes: NutsChanges) -> list[_Problem]:
    """Regions with figures that cover the same territory as another with figures of the same year."""
    by_year: dict[str, set[str]] = defaultdict(set)
    for code, year in context.connection.execute(
        f"SELECT DISTINCT region_code, year FROM {sql_literal(parquet)} WHERE {HAS_FIGURE}"
    ).fetchall():
        if counts_as_region(code, context.lookups):
            by_year[year].add(code)
    problems: dict[str, _Problem] = {}
    for codes in by_year.values():
        for code, whole in nested(codes, context.lookups.fips):
            problems[code] = (
                code,
                *_lies_in(code, whole),
            )
        for older, newer in changes.overlaps(codes):
            problems.setdefault(
                newer,
                (
                    newer,
                    _covers(newer, older, changes),
                    "Keep the codes of one version of NUTS for each year.",
                ),
            )
    return sorted(problems.values())


def _sums_of_others(context: ImportContext, parquet: Path, new: list[Region]) -> list[_Problem]:
    """Regions of the file's own whose persons are in every row the sum of the country's other regions: totals."""
    countries = [(code, country) for code, _, country, level in new if level == "region"]
    if not countries:
        return []
    rows = [(code, country, True) for code, country in countries]
    rows += [(code, country, False) for code, country in context.lookups.regions.items()]
    context.connection.execute("CREATE TABLE placed_regions (region_code VARCHAR, country VARCHAR, is_new BOOLEAN)")
    context.connection.executemany("INSERT INTO placed_regions VALUES (?, ?, ?)", rows)
    same = "OVER (PARTITION BY p.country, traded_cluster_id, year)"
    totals = context.connection.execute(
        f"SELECT region_code FROM (SELECT region_code, is_new, employment, sum(employment) {same} AS whole, "
        f"count(employment) {same} AS regions FROM {sql_literal(parquet)} JOIN placed_regions p USING (region_code)) "
        "GROUP BY region_code HAVING bool_and(is_new AND employment IS NOT NULL AND 2 * employment = whole "
        f"AND regions > 2) AND max(employment) >= {_MIN_SUM} ORDER BY region_code"
    ).fetchall()
    return [
        (code, "has in every row the sum of the other regions of its country: it is a total", _DELETE_TOTAL)
        for (code,) in totals
    ]


def _lies_in(code: str, whole: str) -> tuple[str, str]:
    if code == f"{US}-{whole}":
        return (
            f"is the territory {whole}, which the file has too, so that it would count twice",
            "Keep one of both codes.",
        )
    return (
        f"lies in {whole}, which the file has too, so that its country would count twice",
        "Give the regions of one level only, and the country itself under its own code if you have it.",
    )


def _covers(newer: str, older: str, changes: NutsChanges) -> str:
    return (
        f"({changes.version_of(newer)}) covers territory of {older} ({changes.version_of(older)}), which the file has "
        "for the same year too"
    )


def counts_as_region(code: str, lookups: Lookups) -> bool:
    """Whether a code is of a part of a country: not of a country, unless that is a territory of the United States."""
    return code not in lookups.countries or (code in lookups.us_codes and code != US)


def nested(codes: set[str], fips: dict[str, str]) -> list[tuple[str, str]]:
    """(part, whole) of NUTS regions that are part of others, of counties of US states, and of US-PR and PR."""
    found = [
        (code, code[:length])
        for code in sorted(codes)
        if is_nuts(code)
        for length in range(3, len(code))
        if code[:length] in codes
    ]
    territories = [(code, code[3:]) for code in sorted(codes) if code.startswith(f"{US}-") and code[3:] in codes]
    counties = [code for code in codes if len(code) == 5 and code.isdigit()]
    return (
        found
        + territories
        + [(code, state) for code in sorted(counties) if (state := fips.get(code[:2])) in codes and state]
    )


def _reject_regions(file: CsvFile, problems: list[_Problem], code_of: Callable[[dict[str, str]], str]) -> NoReturn:
    """Raise InputError about the first problem; the other codes are named with their lines."""
    waiting = {code for code, *_ in problems[: MAX_NAMED + 1]}
    lines: dict[str, int] = {}
    for line, cells in records(file):
        if not waiting - lines.keys():
            break
        lines.setdefault(code_of(cells), line)
    problems = (
        sorted(problems, key=lambda problem: lines.get(problem[0], 0)) if len(problems) <= MAX_NAMED else problems
    )
    code, rule, fix = problems[0]
    others = [f"{other} (line {lines[other]})" for other, *_ in problems[1 : MAX_NAMED + 1] if other in lines]
    if others:
        left = len(problems) - 1 - len(others)
        more = f" and {left:,} more" if left > 0 else ""
        rule += f"; the same or another fault is in {', '.join(others)}{more}"
    file.reject(rule, fix, lines.get(code), "region", code)
