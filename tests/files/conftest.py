"""Files are made from the shipped data and opened with readers that had no part in writing them."""

import csv
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from exports.content import Content, gather
from settings import ROOT
from warehouse.connection import open_database
from warehouse.filters import Filters

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True, scope="module")
def _published(published: None) -> None:
    """Every test of this folder."""


@pytest.fixture(scope="module")
def ask(shipped_database: Path) -> Iterator[Callable[..., list[tuple]]]:
    """`ask(sql, value, …)` gives the rows of a query, opened as the app opens the database."""
    with open_database(shipped_database) as connection:
        yield lambda sql, *values: connection.execute(sql, list(values)).fetchall()


@pytest.fixture(scope="module")
def everything(published: None) -> Content:
    """The content without a filter."""
    return gather(Filters(), DAY)


@pytest.fixture(scope="session")
def facts() -> Callable[[str], list[dict[str, str]]]:
    """`facts(name)` gives the rows of a file of data/ as they stand there."""

    def read(name: str) -> list[dict[str, str]]:
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read
