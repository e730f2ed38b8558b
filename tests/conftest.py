"""What every kind of test shares: one database, built once by the real ETL from the shipped data."""

import csv
import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from settings import ROOT
from tests.approval.files import Approved
from tests.imported_data import imported
from tests.old_release import old_release
from tests.oracle import Oracle
from tests.poisoned_data import poisoned_database as poisoned_build
from tools.server import build_database

# The same examples in every run, and no limit of time for one of them: machines differ.
settings.register_profile("tests", deadline=None, derandomize=True)
settings.load_profile("tests")


APPROVED = pytest.StashKey[Approved]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--approve` writes the files of tests/approved anew: see `make approve`."""
    parser.addoption("--approve", action="store_true", help="write tests/approved anew, by the tests that compare it")


def pytest_configure(config: pytest.Config) -> None:
    """One writer or comparer of approved files for the run."""
    config.stash[APPROVED] = Approved(is_writing=config.getoption("--approve"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With `--approve` only the tests that compare approved files."""
    if config.getoption("--approve"):
        items[:] = [item for item in items if "approved" in getattr(item, "fixturenames", ())]


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """After every approved file was written, those that no test asks for any more are deleted."""
    approved = session.config.stash[APPROVED]
    # With several workers none of them has seen all tests, and their parent has seen none.
    is_alone = not session.config.getoption("numprocesses", None) and "PYTEST_XDIST_WORKER" not in os.environ
    is_whole = is_alone and session.config.args_source is not pytest.Config.ArgsSource.ARGS
    if approved.is_writing and exitstatus == pytest.ExitCode.OK and is_whole:
        approved.remove_unused()


@pytest.fixture(scope="session")
def approved(request: pytest.FixtureRequest) -> Approved:
    """`approved(name, text)` fails when the text is not that of tests/approved/NAME.txt."""
    return request.config.stash[APPROVED]


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], Path]], Path]:
    """`built_once(name, make)` gives the path that `make(folder)` returns, made by the first worker that asks for it.

    A build takes seconds, and the workers of a run only read it.
    """
    own = tmp_path_factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def built(name: str, make: Callable[[Path], Path]) -> Path:
        folder, done = shared / name, shared / f"{name}.path"
        with FileLock(shared / f"{name}.lock"):
            if not done.exists():
                folder.mkdir()
                done.write_text(str(make(folder)))
        return Path(done.read_text())

    return built


@pytest.fixture(scope="session")
def shipped_database(built_once: Callable[[str, Callable[[Path], Path]], Path]) -> Path:
    """Path of a database that `python -m etl build` made from data/, in a directory of its own."""
    return built_once("shipped", build_database)


@pytest.fixture(scope="session")
def imported_database(built_once: Callable[[str, Callable[[Path], Path]], Path]) -> Path:
    """Path of a database that also has imports of every kind, those of tests/imported_data.py."""
    return built_once("imported", imported)


@pytest.fixture(scope="session")
def imports_alone_database(built_once: Callable[[str, Callable[[Path], Path]], Path]) -> Path:
    """Path of a database with these imports and without the shipped data sets."""
    return built_once("imports_alone", partial(imported, with_data_sets=False))


@pytest.fixture(scope="session")
def old_database(shipped_database: Path, built_once: Callable[[str, Callable[[Path], Path]], Path]) -> Path:
    """Path of the database of an earlier release: tests/old_release.py."""
    return built_once("old_release", partial(old_release, shipped_database))


@pytest.fixture(scope="session")
def poisoned_database(built_once: Callable[[str, Callable[[Path], Path]], Path]) -> Path:
    """Path of a database whose free texts all carry mark-up, formulas and the like: tests/poisoned_data.py."""
    return built_once("poisoned", poisoned_build)


@pytest.fixture(scope="module")
def published(shipped_database: Path) -> Iterator[None]:
    """For the tests of a module the shipped database is the published one, and no public address is set."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLUSTERS_DB", str(shipped_database))
        patch.delenv("CLUSTERS_PUBLIC_URL", raising=False)
        yield


@pytest.fixture(scope="module")
def published_imports(imported_database: Path) -> Iterator[None]:
    """For the tests of a module the database with imports is the published one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLUSTERS_DB", str(imported_database))
        patch.delenv("CLUSTERS_PUBLIC_URL", raising=False)
        yield


@pytest.fixture(scope="session")
def facts() -> Callable[[str], list[dict[str, str]]]:
    """`facts(name)` gives the rows of a file of data/ as they stand there."""

    def read(name: str) -> list[dict[str, str]]:
        with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    return read


@pytest.fixture(scope="session")
def oracle() -> Oracle:
    """What must be counted, worked out from the files of data/ without the database."""
    return Oracle(ROOT / "data")
