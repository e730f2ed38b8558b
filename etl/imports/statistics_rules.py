"""Rules for regional statistics from any kind of file, checked for all rows at once."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.parquet as pq

from etl.database import fetch_value
from etl.errors import shorten
from etl.imports.csv_source import CsvFile, find, first_lines
from etl.imports.run import ImportContext

# Columns of table regional_statistics that the Parquet file of an import has, in the order of the table.
COLUMNS = (
    "region_code",
    "traded_cluster_id",
    "year",
    "employment",
    "employment_missing",
    "establishments",
    "establishments_missing",
    "mean_wage",
    "wage_currency",
    "location_quotient",
    "quotient_total_basis",
    "is_strong",
    "flags",
)
# Rows of totals have one of these in the column traded_cluster_id; see statistics_totals.total_basis.
ALL_INDUSTRIES, TRADED_CLUSTERS = "all industries", "traded clusters"
BUSINESS_ECONOMY, INDUSTRY_AND_SERVICES = "business economy", "industry and services"
IS_TOTAL = (
    f"traded_cluster_id IN ('{ALL_INDUSTRIES}', '{TRADED_CLUSTERS}', '{BUSINESS_ECONOMY}', '{INDUSTRY_AND_SERVICES}')"
)
# The cells that identify a row of the file, as text.
Key = tuple[str, ...]
# region_code, name, country_code, level
Region = tuple[str, str, str, str]
REGION_COLUMNS = ("region_code", "name", "country_code", "level")
# More persons or establishments than any country has, and more than any wage: this code for a missing figure of nine
# nines, or a larger figure, which is an error.
TOO_LARGE = 999_999_999
# How tables call a row that is the sum of others, in small letters.
TOTAL_WORDS = frozenset(
    {
        *("total", "totals", "grand total", "sum", "all", "subtotal", "gesamt", "insgesamt", "summe", "totale", "tot"),
        *("zwischensumme", "gesamtsumme", "ensemble", "totaal", "suma", "somma", "soma", "razem", "celkem", "totalt"),
        *("all regions", "all states", "sous-total", "subtotale", "somme"),
    }
)
# Words that no name of a region has.
_TOTAL_TOKENS = {"total", "totals", "subtotal", "insgesamt", "summe"}


def is_total(text: str) -> bool:
    """Whether a table calls a row like this that is the sum of others: Total, Summe, Total Germany."""
    words = text.casefold().replace(":", " ").split()
    return " ".join(words) in TOTAL_WORDS or not _TOTAL_TOKENS.isdisjoint(words)


# Further lines and names that a message gives after the first.
MAX_LINES = 5


def reject_rows(
    file: CsvFile,
    keys: Iterable[Key],
    key_of: Callable[[dict[str, str]], Key],
    row_count: int,
    column: str,
    rule: str,
    fix: str,
) -> NoReturn:
    """Raise InputError with the lines of rows that make the whole file unusable, the first one in full.

    keys: keys of some of the row_count rows; key_of: the key of a record of the file.
    """
    wanted = set(keys)
    found = find(file, lambda cells: key_of(cells) in wanted, MAX_LINES + 1)
    line, cells = found[0] if found else (None, {})
    where = f" ({' | '.join(key_of(cells))})" if cells else ""
    others = also_in_lines([line for line, _ in found[1:]], max(row_count, len(found)) - 1)
    file.reject(f"{rule}{where}{others}", fix, line, column, cells.get(column.lower()))


def also_in_lines(lines: list[int], count: int) -> str:
    """', also in lines 3, 5 and 12 more': the end of a message that names one of several rows; '' for none."""
    if count < 1:
        return ""
    shown, more = lines[:MAX_LINES], count - len(lines[:MAX_LINES])
    if not shown:
        return f", also in {count:,} more"
    return f"; also in line{'s' if count > 1 else ''} {', '.join(map(str, shown))}" + (
        f" and {more:,} more" if more > 0 else ""
    )


def reject_unknown_clusters(context: ImportContext, file: CsvFile, column: str, names: list[str]) -> NoReturn:
    """Raise InputError with the first line of the first names that are no traded cluster, and the most similar one."""
    lines = first_lines(file, column, names)
    first, *others = sorted(names, key=lambda name: (lines.get(name, 0), name))
    rule, fix = _unknown_cluster(context, column, first)
    if others:
        shown = ", ".join(f"'{shorten(name)}' (line {lines.get(name, '?')})" for name in others[:MAX_LINES])
        more = f" and {len(others) - MAX_LINES:,} more" if len(others) > MAX_LINES else ""
        rule += f", nor {'is' if len(others) == 1 else 'are'} {shown}{more}"
    file.reject(rule, fix, lines.get(first), column, first)


def _unknown_cluster(context: ImportContext, column: str, name: str) -> tuple[str, str]:
    """Rule and fix of a text that is no traded cluster."""
    rule = "is not a traded cluster"
    if not name:
        return rule, "Write the industry; if the row is a sum or a note below the table, delete it."
    if name.casefold() == column:
        return "is the header again, not a traded cluster", "Delete the line."
    if is_total(name) and column == "traded_cluster":
        return rule, "Write All industries or All traded clusters, whichever it is the total of; else delete the row."
    near = context.lookups.nearest_cluster(name)
    return rule, f"Did you mean '{near}'?" if near else "Write one of the 51 names in data/lookups/sectors.csv."


def create_states(context: ImportContext) -> None:
    """Create the temporary table states: FIPS code of a US state and its code under ISO 3166-2."""
    context.connection.execute("CREATE TABLE states (fips_code VARCHAR, state_code VARCHAR)")
    if context.lookups.fips:
        context.connection.executemany("INSERT INTO states VALUES (?, ?)", list(context.lookups.fips.items()))


def write_regions(context: ImportContext, regions: list[Region]) -> Path:
    """Path of a Parquet file of the new regions."""
    path = context.folder / "regions.parquet"
    columns = list(zip(*regions, strict=True)) or [()] * len(REGION_COLUMNS)
    table = pa.table([pa.array(values, pa.string()) for values in columns], names=list(REGION_COLUMNS))
    pq.write_table(table, path)
    return path


def duplicate_keys(context: ImportContext, relation: str) -> list[tuple[str, str, str, int]]:
    """(region, cluster, year, rows) of the keys that occur more than once in a relation with these columns."""
    key = "region_code, traded_cluster_id, year"
    # Distinct hashes need a third of the memory of the keys; only a shortfall is worth the exact answer.
    if not fetch_value(context.connection, f"SELECT count(*) - count(DISTINCT hash({key})) FROM {relation}"):
        return []
    return context.connection.execute(
        f"SELECT {key}, count(*) FROM {relation} GROUP BY ALL HAVING count(*) > 1 ORDER BY ALL"
    ).fetchall()
