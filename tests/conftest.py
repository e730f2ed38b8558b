"""What every kind of test shares: one database, built once by the real ETL from the shipped data."""

from collections.abc import Iterator
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


@pytest.fixture(scope="module")
def published(shipped_database: Path) -> Iterator[None]:
    """For the tests of a module the shipped database is the published one, and no public address is set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLUSTERS_DB", str(shipped_database))
        patch.delenv("CLUSTERS_PUBLIC_URL", raising=False)
        yield
