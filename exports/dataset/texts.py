"""Texts of the dataset for people: what is in it, whose it is, and how to cite it."""

import json
from collections.abc import Mapping
from importlib.metadata import version

from domain.product import AUTHOR, LICENCES, NAME
from domain.text import format_period
from exports.citation import release_label
from exports.csv.metadata import PACKAGE
from exports.csv.table import LIST_DELIMITER
from exports.dataset.contents import (
    CSV_FOLDER,
    DATABASE,
    DESCRIPTION,
    KEYWORDS,
    PARQUET_FOLDER,
    TITLE,
    Dataset,
)
from settings import load_settings
from warehouse.whole_data import FLAG_SUFFIX, DataTable

NEW_LINE = "\n"  # an expression in a string cannot hold a backslash before Python 3.12
PARTS_FILE = "LICENCES-OF-PARTS.md"


def readme(dataset: Dataset, counts: Mapping[str, int]) -> str:
    """README.md; ``counts`` has the number of rows of each table."""
    day = format_period(dataset.day, dataset.day, "day")
    stored = [table for table in dataset.tables if not table.is_computed]
    computed = [table for table in dataset.tables if table.is_computed]
    public = load_settings().public_url
    return f"""# {TITLE}

{DESCRIPTION}

- Version: {release_label(dataset.release)}, {day}
- Build: `{dataset.build_id}`
- Licence: {LICENCES["data"].name} for what we compiled, see `{LICENCES["data"].path}`;
  for the rows of others see `{PARTS_FILE}`
- Credit: {AUTHOR}, {LICENCES["data"].short_name}, {release_label(dataset.release)}
{f"- Dashboard: {public}{NEW_LINE}" if public else ""}
## Files

| file | what |
|---|---|
| `{DATABASE}` | the database of the dashboard: all tables, views, keys, comments (DuckDB {version("duckdb")}) |
| `{CSV_FOLDER}/` | one CSV file for each table, in UTF-8 |
| `{PACKAGE}` | types, meanings, keys and rules of all CSV files (Data Package 2.0) |
| `{PARQUET_FOLDER}/` | the same tables as Parquet files with their types |
| `dataset.jsonld`, `dcat-ap.jsonld` | descriptions for search engines (schema.org) and data portals (DCAT-AP 3) |
| `CITATION.cff` | how to cite it |
| `SHA256SUMS` | check sums of all other files: `sha256sum -c SHA256SUMS` |

## How to read it

- Number columns hold numbers, dates are ISO 8601, booleans are `true` or `false`. An empty cell is a missing value.
- A missing value is neither *no* nor zero. Where the reason is recorded, it stands in a column of its own beside the
  value, with `{FLAG_SUFFIX}` at the end of its name, after the manner of Eurostat's flags; the table `terms` defines
  the reasons under `missing_values.reason`. Regional statistics have the reasons in `employment_missing` and
  `establishments_missing`, and the flags of their source in `flags`.
- A date is the first day of the period that the source states; its `…_precision` says day, month, season or year.
- Lists in CSV are joined by `{LIST_DELIMITER}`. Text that a spreadsheet would run as a formula begins with an
  apostrophe in CSV; Parquet and the database have it as it is.
- Every fact that we compiled has its sources in `citations` (table, record, field, place in the source) and `sources`;
  rows of regional statistics and of Horizon projects name the source that they came with.
- Organisations, not persons, are recorded.

## Tables

{_table_list(stored, counts)}

## Computed tables

These follow from the tables above; the table `view_sql` of the database has their SQL.

{_table_list(computed, counts)}
"""


def _table_list(tables: list[DataTable], counts: Mapping[str, int]) -> str:
    lines = ["| table | rows | what |", "|---|--:|---|"]
    for table in tables:
        what = " ".join(table.definition.comment.split()).replace("|", "\\|")
        lines.append(f"| `{table.name}` | {counts[table.name]:,} | {what} |")
    return "\n".join(lines)


def licences_of_parts(dataset: Dataset) -> str:
    """The licence of the rows that come with a shipped data set or an import of the user."""
    lines = [
        "# Licences of the rows of others",
        "",
        f"What the contributors of the {NAME} compiled is under",
        f"{LICENCES['data'].name}: see `{LICENCES['data'].path}`, which also names the material of others",
        "within it. Rows of these tables come from others, under their own licences:",
        "",
        "| tables | from | publisher | licence | read on | how it came here |",
        "|---|---|---|---|---|---|",
    ]
    for part in dataset.parts:
        name = f"[{part.title}]({part.url})" if part.url else part.title
        tables = ", ".join(f"`{table}`" for table in part.tables)
        how = "shipped with the dashboard" if part.is_shipped else "imported by the owner of this copy"
        lines.append(
            f"| {tables} | {name} | {part.publisher} | {part.licence} | {part.accessed_on.isoformat()} | {how} |"
        )
    if not dataset.parts:
        lines.append("| none | | | | | |")
    return "\n".join(lines) + "\n"


def citation_file(dataset: Dataset) -> str:
    """CITATION.cff (https://citation-file-format.github.io); a string of JSON is one of YAML too."""
    entries = {
        "cff-version": "1.2.0",
        "message": "Please cite the dataset with its version, and the source that is named beside each fact.",
        "type": "dataset",
        "title": TITLE,
        "abstract": DESCRIPTION,
        "authors": [{"name": AUTHOR}],
        "version": dataset.release,
        "date-released": dataset.day.isoformat(),
        "license": LICENCES["data"].spdx_id,
        "keywords": list(KEYWORDS),
        **({"url": dataset.url} if dataset.url else {}),
    }
    return "".join(f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in entries.items())
