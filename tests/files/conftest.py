"""Files are made from the shipped data and opened with readers that had no part in writing them."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from domain.filters import Filters
from exports.content import Content, gather
from warehouse.connection import open_database

DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True, scope="module")
def _published(published: None) -> None:
    """Every test of this folder."""


@pytest.fixture(scope="module")
def run_query(shipped_database: Path) -> Iterator[Callable[..., list[tuple]]]:
    """`run_query(sql, value, …)` gives the rows of a query, opened as the app opens the database."""
    with open_database(shipped_database) as connection:
        yield lambda sql, *values: connection.execute(sql, list(values)).fetchall()


@pytest.fixture(scope="module")
def everything(published: None) -> Content:
    """The content without a filter."""
    return gather(Filters(), DAY)


@pytest.fixture(scope="module")
def energy(published) -> Content:
    """A smaller content: one sector, and only what is known to have it."""
    return gather(Filters(sectors=("energy",), show_possible=False), DAY)
