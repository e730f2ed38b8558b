"""What every kind of test shares: one database, built once by the real ETL from the shipped data."""

from pathlib import Path

import pytest

from scripts.server import build_database
from tests.imported_data import imported


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of a database that `python -m etl build` made from data/, in a directory of its own."""
    return build_database(tmp_path_factory.mktemp("shipped"))


@pytest.fixture(scope="session")
def imported_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of a database that also has imports of every kind, those of tests/imported_data.py."""
    return imported(tmp_path_factory.mktemp("imported"))
