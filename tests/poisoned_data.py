"""A build whose free texts all carry marks that a browser, Streamlit, a spreadsheet or a template could act on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from unittest.mock import patch

from etl import pipeline
from etl.pipeline import Inputs, build
from etl.schema import Table, declared_schema
from etl.transform import TypedTable
from settings import load_settings

HOST = "poison.test"
# Every payload names POISON, so that a text on a screen or in a file can be recognised, and a host that none may ask.
PAYLOADS = (
    f"![POISON](https://{HOST}/i.png)",
    f"[POISON](https://{HOST}/l)",
    f"<img src=https://{HOST}/i.png alt=POISON>",
    f"<script>fetch('https://{HOST}/POISON')</script>",
    "**POISON** _POISON_ `POISON` ~~POISON~~ # POISON",
    "$\\frac{POISON}{2}$ $$POISON$$",
    ":material/skull: :red[POISON] :streamlit: :smile: :small[POISON]",
    "{{ POISON }} {% raw %} ${POISON} {0}",
    '=HYPERLINK("https://poison.test","POISON")',
    "\n\n- POISON\n# POISON\n| POISON | b |\n|---|---|",
    f"POISON https://{HOST}/bare www.{HOST} a@{HOST}",
    'POISON" onmouseover="alert(1)" \'x\' --> </style></textarea> &lt;b&gt;POISON',
    "POISON سام רעל",
)
# A reference that leads to one of several tables, which the schema cannot declare, and a name that queries look for.
NOT_FREE = {("figures", "subject_id"), ("projects", "programme")}
# Texts that are part of a key, or that a CHECK requires, and yet free.
FREE = {
    ("activities", "description"),
    ("alternative_values", "value"),
    ("citations", "locator"),
    ("cooperation_parties", "party_stated"),
    ("organisation_aliases", "alias"),
    ("project_aliases", "alias"),
}
NOT_SHOWN = {"corrections"}


def free_texts(table: Table) -> list[str]:
    """Columns of text that are neither keys nor references nor restricted by a CHECK."""
    bound = {*table.key, *(name for key in table.foreign_keys for name in key.columns)}
    bound |= {name for check in table.checks for name in check.columns}
    return [
        column.name
        for column in table.columns
        if column.type == "VARCHAR"
        and table.name not in NOT_SHOWN
        and ((table.name, column.name) in FREE or column.name not in bound)
        and (table.name, column.name) not in NOT_FREE
    ]


def poisoned_database(folder: Path) -> Path:
    """A database built by the ETL from the facts of data/ with poisoned texts; returns its path.

    The poison comes in behind the conversion, so that corrections still find what they correct. What guards the data
    against such texts is switched off: names that are alike, references by an alias, and the declared checks.
    """
    settings = load_settings()
    link = folder / "clusters.duckdb"
    with _poison_behind_the_conversion():
        build(Inputs(settings.data_dir, "data", settings.static_dir, settings.schema_version), link)
    return link


@contextmanager
def _poison_behind_the_conversion() -> Iterator[None]:
    transform = pipeline.transform

    def poisoned(texts, schema):
        tables, problems = transform(texts, schema)
        return {name: _poisoned(table) for name, table in tables.items()}, problems

    with (
        patch.object(pipeline, "transform", poisoned),
        patch.object(pipeline, "verify_names", lambda _tables: []),
        patch.object(pipeline, "verify_references", lambda *_arguments: []),
        patch.object(pipeline.declared, "failures", lambda *_arguments: []),
    ):
        yield


def _poisoned(typed: TypedTable) -> TypedTable:
    columns, number = free_texts(declared_schema().tables[typed.table.name]), count()
    rows = tuple(
        replace(
            row,
            values=row.values
            | {
                name: f"{row.values[name]} {PAYLOADS[next(number) % len(PAYLOADS)]}"
                for name in columns
                if row.values[name] is not None
            },
        )
        for row in typed.rows
    )
    return replace(typed, rows=rows)
