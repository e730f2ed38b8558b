"""What every kind of test shares: one database, built once by the real ETL from the shipped data."""

from pathlib import Path

import pytest

from scripts.server import build_database


@pytest.fixture(scope="session")
def shipped_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Path of a database that `python -m etl build` made from data/, in a directory of its own."""
    return build_database(tmp_path_factory.mktemp("shipped"))
