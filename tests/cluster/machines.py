"""Machines of the tests of a lake: one that builds the tiny dataset, and one that reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from domain.database_file import open_database
from etl.lake.copies import fetch, hand_over
from etl.pipeline import BuildSummary, Inputs, build
from settings import Settings, load_settings
from tests.cluster.postgres import READER
from tests.unit.etl_dataset import write_dataset


@dataclass(frozen=True)
class Machines:
    """A machine that builds the tiny dataset, and one that reads; for a folder both are one."""

    writer: Settings
    reader: Settings

    def build(self, data: Path | None = None) -> BuildSummary:
        return build(self.inputs(data), self.writer.database, hand_over=hand_over(self.writer))

    def inputs(self, data: Path | None = None) -> Inputs:
        return Inputs(data or self.writer.data_dir, "data", self.writer.static_dir, self.writer.schema_version)

    def link(self) -> Path:
        """What a reader opens, with all that was published."""
        if self.reader.lake:
            fetch(self.reader)
        return self.reader.database

    def read(self, sql: str) -> tuple:
        return row_of(self.link(), sql)


def row_of(database: Path, sql: str) -> tuple:
    with open_database(database) as connection:
        return connection.execute(sql).fetchone()


def machines_of(tmp_path: Path, lake: Callable[[str], str] = lambda _role: "", lake_data: str = "") -> Machines:
    settings = replace(load_settings({}), data_dir=write_dataset(tmp_path), lake_data=lake_data)
    writer = replace(settings, database=tmp_path / "build" / "clusters.duckdb", lake=lake("writer"))
    if not writer.lake:
        return Machines(writer, writer)
    return Machines(writer, replace(settings, database=tmp_path / "copies" / "clusters.duckdb", lake=lake(READER)))
