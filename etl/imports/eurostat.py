"""Turns the observations of regional tables of Eurostat into rows of the template.

Read are the divisions of NACE Rev. 2 in countries and NUTS 2 regions, from the indicators of persons employed and of
local units. Everything else is counted and left out.
"""

import csv
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from etl.database import Connection, fetch_value, sql_literal
from etl.imports import number_style
from etl.imports.csv_source import CsvFile
from etl.imports.eurostat_tables import observations
from etl.imports.figure_cells import figure
from etl.imports.nuts_versions import NutsChanges, read_nuts_changes
from etl.imports.region_codes import iso_country
from etl.imports.rejects import Rejection, RejectLog
from etl.imports.run import ImportContext
from etl.imports.statistics_rules import BUSINESS_ECONOMY, INDUSTRY_AND_SERVICES
from etl.imports.text_input import TextInput, refuse

# Indicators of the regional structural business statistics, before and since 2021, and the column they fill.
EMPLOYMENT, LOCAL_UNITS = ("V16110", "EMP_LOC_NR"), ("V11210", "LOC_NR")
INDICATOR_DIMENSIONS = ("indic_sb", "indic_sbs")
# What stands for all values of a dimension that the template does not have.
_ALL = ("TOTAL", "T", "_T")
_YEAR = re.compile(r"(19|20)\d\d")
# Sections of NACE Rev. 2 that make up the totals; a total exists where every one of them has a figure.
TOTALS = {
    BUSINESS_ECONOMY: ("B", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "N", "S95"),
    INDUSTRY_AND_SERVICES: ("C", "F", "G", "H", "I", "J", "L", "M", "N"),
}
HEADER = ("region", "country", "traded_cluster", "year", "employment", "establishments", "line")


@dataclass(frozen=True)
class _Scope:
    """Which rows are read. divisions: NACE code -> id of the industry here. countries: those of ISO 3166-1."""

    divisions: dict[str, str]
    countries: frozenset[str]


def as_template(context: ImportContext, text: TextInput, reject_log: RejectLog) -> CsvFile:
    """The table as a template file; line numbers stay those of the original. Raises InputError."""
    scope = _Scope(context.lookups.divisions, context.lookups.countries)
    _validate_dimensions(text)
    indicators = _load(context.connection, text, context.folder, reject_log)
    used = [code for code in (*EMPLOYMENT, *LOCAL_UNITS) if code in indicators]
    if not set(used) & set(EMPLOYMENT):
        found = ", ".join(sorted(indicators)[:8]) or "none"
        raise refuse(
            text.display_path,
            f"the table of Eurostat has no indicator of persons employed (it has: {found})",
            f"Download one with indicator {' or '.join(EMPLOYMENT)}, such as sbs_r_nuts06_r2 or sbs_r_nuts2021.",
        )
    _note_indicators(indicators, used, reject_log)
    _judge(context.connection, scope, reject_log)
    _leave_out_older_codes(context.connection, read_nuts_changes(context.data_dir), reject_log)
    target = context.folder / "eurostat.csv"
    _write(context.connection, scope, target, context.request.reading.decimal)
    return CsvFile(target, text.display_path, ",", HEADER, line_column="line")


def _validate_dimensions(text: TextInput) -> None:
    """Raise InputError when the table is not by indicator and division of NACE Rev. 2."""
    first = next(observations(text), None)
    if first is None:
        raise refuse(text.display_path, "the table of Eurostat has no rows", "Download it again.")
    dimensions = first[0].keys()
    if "nace_r2" not in dimensions or not dimensions & set(INDICATOR_DIMENSIONS):
        raise refuse(
            text.display_path,
            f"the table of Eurostat is not of structural business statistics by NACE Rev. 2 (its dimensions: "
            f"{', '.join(dimensions)})",
            "Download one such as sbs_r_nuts06_r2 or sbs_r_nuts2021.",
        )


def _note_indicators(indicators: set[str], used: list[str], reject_log: RejectLog) -> None:
    others = sorted(indicators - set(used))
    left = f" Not read: {', '.join(others[:8])}{' and more' if len(others) > 8 else ''}." if others else ""
    reject_log.notes.append(f"A table of Eurostat. Indicators read: {', '.join(used)}.{left}")


def _load(connection: Connection, text: TextInput, folder: Path, reject_log: RejectLog) -> set[str]:
    """Create the table observations (geo, nace, indicator, period, cell, line); returns its indicators."""
    path = folder / "observations.csv"
    values: dict[str, set[str]] = defaultdict(set)
    odd: list[Rejection] = []
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for dimensions, period, cell, line in observations(text, odd):
            indicator = next((dimensions[name] for name in INDICATOR_DIMENSIONS if name in dimensions), "")
            other = {name: value for name, value in dimensions.items() if name not in _KEPT}
            for name, value in other.items():
                values[name].add(value)
            writer.writerow(
                (dimensions["geo"], dimensions.get("nace_r2", ""), indicator, period, cell, line, _joined(other))
            )
    reject_log.reject(odd)
    connection.execute(
        f"CREATE TABLE observations AS FROM read_csv({sql_literal(path)}, header=false, auto_detect=false, quote='\"', "
        "escape='\"', columns={'geo': 'VARCHAR', 'nace': 'VARCHAR', 'indicator': 'VARCHAR', 'period': 'VARCHAR', "
        "'cell': 'VARCHAR', 'line': 'BIGINT', 'others': 'VARCHAR'})"
    )
    _keep_totals(connection, text.display_path, values)
    _validate_one_figure_each(connection, text.display_path)
    return {code for (code,) in connection.execute("SELECT DISTINCT indicator FROM observations").fetchall()}


_KEPT = {"geo", "nace_r2", *INDICATOR_DIMENSIONS}


def _joined(values: dict[str, str]) -> str:
    return "|".join(f"{name}={value}" for name, value in sorted(values.items()))


def _keep_totals(connection: Connection, display_path: str, values: dict[str, set[str]]) -> None:
    """Keep one value of each further dimension: its only one or its total. Raises InputError where there is none."""
    wanted = {}
    for name, found in values.items():
        total = next((code for code in _ALL if code in found), None)
        if len(found) > 1 and total is None:
            shown = ", ".join(sorted(found)[:6])
            raise refuse(
                display_path,
                f"the dimension {name} has several values ({shown}), so that a region and industry has several figures",
                f"Download the table with one value of {name}.",
            )
        wanted[name] = next(iter(found)) if len(found) == 1 else total
        if name == "freq" and wanted[name] != "A":
            raise refuse(display_path, f"its figures are not annual (freq {wanted[name]})", "Download annual figures.")
        if name == "unit" and wanted[name] not in ("NR", "PER"):
            rule = f"its figures are in the unit {wanted[name]}, not in persons or numbers"
            raise refuse(display_path, rule, "Download the table in the unit NR.")
    kept = _joined({name: str(value) for name, value in wanted.items()})
    connection.execute("DELETE FROM observations WHERE others <> ?", [kept])


def _validate_one_figure_each(connection: Connection, display_path: str) -> None:
    """Raise InputError when a region, industry and period has several figures of one indicator."""
    key = "geo, nace, indicator, period"
    twice = connection.execute(
        f"SELECT {key}, arg_min(cell, line), arg_max(cell, line), min(line), max(line) FROM observations "
        f"GROUP BY {key} HAVING count(DISTINCT cell) > 1 ORDER BY min(line) LIMIT 1"
    ).fetchone()
    if twice:
        *named, first, second, line, other = twice
        raise refuse(
            display_path,
            f"{', '.join(named)} has several figures, '{first}' and '{second}' (line {other})",
            "Keep the row that is right, or download the table again.",
            line,
        )


def _judge(connection: Connection, scope: _Scope, reject_log: RejectLog) -> None:
    """Create the table kept: the rows (region, industry, year) of the scope and of sections; count the others."""
    connection.execute("CREATE TABLE wanted_divisions (code VARCHAR)")
    codes = [*scope.divisions, *{section for sections in TOTALS.values() for section in sections}]
    connection.executemany("INSERT INTO wanted_divisions VALUES (?)", [(code,) for code in codes])
    connection.execute("CREATE TABLE wanted_geos (geo VARCHAR, reason VARCHAR)")
    geos = connection.execute("SELECT DISTINCT geo FROM observations").fetchall()
    connection.executemany("INSERT INTO wanted_geos VALUES (?, ?)", [(geo, _reason(geo, scope)) for (geo,) in geos])
    columns = {"employment": EMPLOYMENT, "establishments": LOCAL_UNITS}
    cells = ", ".join(
        f"max(cell) FILTER (indicator IN ({', '.join(map(sql_literal, codes))})) AS {column}"
        for column, codes in columns.items()
    )
    connection.execute(
        "CREATE TABLE judged AS SELECT geo, nace, period, line, employment, establishments, CASE "
        "WHEN reason IS NOT NULL THEN reason "
        f"WHEN NOT regexp_full_match(period, {sql_literal(_YEAR.pattern)}) THEN 'period that is not a year' "
        "WHEN nace NOT IN (FROM wanted_divisions) THEN 'industry that is not a NACE division read here' "
        "WHEN employment IS NULL AND establishments IS NULL THEN 'only indicators that are not read' END AS left_out "
        f"FROM (SELECT geo, nace, period, min(line) AS line, {cells} FROM observations GROUP BY ALL) "
        "JOIN wanted_geos USING (geo)"
    )
    for reason, rows in connection.execute(
        "SELECT left_out, count(*) FROM judged WHERE left_out IS NOT NULL GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        reject_log.exclude(reason, rows)
    connection.execute("CREATE TABLE kept AS SELECT * EXCLUDE left_out FROM judged WHERE left_out IS NULL")


def _reason(geo: str, scope: _Scope) -> str | None:
    """Why a region is left out; None for countries and NUTS 2 regions."""
    if iso_country(geo[:2]) not in scope.countries:
        return "aggregate of countries, or country that is not in ISO 3166"
    if geo[2:].startswith("Z"):
        return "territory outside the regions (extra-regio)"
    if len(geo) not in (2, 4):
        return f"region of another level than NUTS 2 (NUTS {len(geo) - 2})" if len(geo) in (3, 5) else "unknown region"
    return None


def _leave_out_older_codes(connection: Connection, changes: NutsChanges, reject_log: RejectLog) -> None:
    """Delete the rows of a code whose territory another code of the table covers in the same year."""
    by_year: dict[str, dict[str, bool]] = defaultdict(dict)
    for geo, period, has_figure in connection.execute(
        "SELECT geo, period, bool_or(regexp_matches(coalesce(employment, ''), '^[0-9]') OR "
        "regexp_matches(coalesce(establishments, ''), '^[0-9]')) FROM kept WHERE strlen(geo) = 4 GROUP BY ALL"
    ).fetchall():
        by_year[period][geo] = has_figure
    dropped = {
        (newer if known[older] and not known[newer] else older, period)
        for period, known in by_year.items()
        for older, newer in changes.overlaps(known)
    }
    if dropped:
        connection.execute("CREATE TABLE dropped (geo VARCHAR, period VARCHAR)")
        connection.executemany("INSERT INTO dropped VALUES (?, ?)", sorted(dropped))
        rows = fetch_value(connection, "SELECT count(*) FROM kept SEMI JOIN dropped USING (geo, period)")
        reject_log.exclude("region of another NUTS version, whose territory another code has in that year", rows)
        connection.execute("DELETE FROM kept WHERE (geo, period) IN (SELECT (geo, period) FROM dropped)")


def _write(connection: Connection, scope: _Scope, target: Path, decimal: str | None) -> None:
    """Write the rows of divisions, and a total where every section of it has a figure of persons employed.

    decimal: the mark before decimals, where the user names it.
    """
    connection.execute("CREATE TABLE divisions (nace VARCHAR, industry VARCHAR)")
    connection.executemany("INSERT INTO divisions VALUES (?, ?)", list(scope.divisions.items()))
    parts = ["SELECT geo, industry, period, employment, establishments, line FROM kept JOIN divisions USING (nace)"]
    # Where numbers have two readings the template asks for one, and nothing is imported.
    if style := decimal or number_style.evidence(connection, "kept", "employment").style:
        parts += [_total(basis, style) for basis in TOTALS]
    country = "upper(geo[1:2])"
    connection.execute(
        f"COPY (SELECT geo, CASE {country} WHEN 'EL' THEN 'GR' WHEN 'UK' THEN 'GB' ELSE {country} END, industry, "
        f"period, employment, establishments, line FROM ({' UNION ALL '.join(parts)}) ORDER BY line, period, industry) "
        f"TO {sql_literal(target)} (FORMAT csv, HEADER false, FORCE_QUOTE (employment, establishments))"
    )
    body = target.read_bytes()
    target.write_bytes(",".join(HEADER).encode() + b"\n" + body)


def _total(basis: str, style: str) -> str:
    """SQL of the rows of a total, with their numbers as the table writes them."""
    sections = TOTALS[basis]
    number = figure(f"({number_style.plain('employment', style)})")
    mark = "," if style == number_style.COMMA else "."
    return (
        f"SELECT geo, {sql_literal(basis)}, period, "
        f"replace(CASE WHEN whole = floor(whole) THEN whole::BIGINT::VARCHAR ELSE whole::VARCHAR END, '.', '{mark}'), "
        f"NULL, line FROM (SELECT geo, period, min(line) AS line, sum({number}) AS whole FROM kept "
        f"WHERE nace IN ({', '.join(map(sql_literal, sections))}) "
        f"GROUP BY geo, period HAVING count({number}) = {len(sections)})"
    )
