"""The card of an import: what was read, from where, and which files hold the result.

data/imports/<name>.json is the card; the files it names stand beside it. The card is written last
and removed first, so that a result is there as a whole or not at all.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from etl.errors import EtlError, Problem

FOLDER = "imports"
_WORK = ".unfinished-"


@dataclass(frozen=True)
class Card:
    """One import. set_aside: reason to number. files: name to SHA-256. columns: those of the input."""

    name: str
    format: str
    title: str
    publisher: str
    url: str | None
    origin: str
    licence: str
    reliability: str
    input_file: str
    input_sha256: str
    imported_on: date
    rows_read: int
    rows_imported: int
    rows_set_aside: int
    set_aside: dict[str, int]
    columns: dict[str, list[str]]
    files: dict[str, str]

    @property
    def source_id(self) -> str:
        """Its row in sources."""
        return f"import-{self.name}"


def read_cards(data_dir: Path, shown: str) -> tuple[list[Card], list[Problem]]:
    """Every card by name, and what is wrong with the folder."""
    cards, problems = [], []
    for path in sorted((data_dir / FOLDER).glob("*.json")):
        place = f"{shown}/{FOLDER}/{path.name}"
        fix = f"Import the data again, or run `python -m etl import --remove {path.stem}`."
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            card = Card(**values | {"imported_on": date.fromisoformat(values["imported_on"])})
        except (ValueError, TypeError, KeyError, AttributeError):
            problems.append(Problem(place, None, None, None, "it is not a card that an import wrote", fix))
            continue
        for name, digest in card.files.items():
            file = path.parent / name
            if not file.is_file() or file_hash(file) != digest:
                rule = "the file is missing" if not file.is_file() else "the file is not the one that its card names"
                problems.append(Problem(f"{shown}/{FOLDER}/{name}", None, None, None, rule, fix))
        cards.append(card)
    return cards, problems


def card_hashes(data_dir: Path) -> dict[str, str]:
    """SHA-256 of every card, which in turn names those of its files; for the id of a build."""
    return {f"data/{FOLDER}/{path.name}": file_hash(path) for path in sorted((data_dir / FOLDER).glob("*.json"))}


def file_hash(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def put_in_place(data_dir: Path, card: Card, made: dict[str, Path]) -> None:
    """Move the finished files over those of an earlier import of this name, the card last of all."""
    folder = data_dir / FOLDER
    before = _files_of(folder, card.name)
    for name, path in made.items():
        os.replace(path, folder / name)
    unfinished = folder / f".{card.name}.json"
    unfinished.write_text(json.dumps(asdict(card), indent=2, ensure_ascii=False, default=str) + "\n", encoding="utf-8")
    os.replace(unfinished, folder / f"{card.name}.json")
    for path in before - _files_of(folder, card.name, only=made.keys()):
        if path.name != f"{card.name}.json":
            path.unlink(missing_ok=True)


def remove(data_dir: Path, name: str) -> list[str]:
    """Take an import away; the next build is without it. Returns the files removed. Raises EtlError."""
    folder = data_dir / FOLDER
    card = folder / f"{name}.json"
    if not card.is_file():
        known = ", ".join(path.stem for path in sorted(folder.glob("*.json"))) or "there are none"
        raise EtlError(f"There is no import named '{name}'. Imports: {known}.")
    with one_at_a_time(data_dir):
        files = _files_of(folder, name)
        card.unlink()
        for path in files - {card}:
            path.unlink()
    return sorted(path.name for path in files)


def _files_of(folder: Path, name: str, only=None) -> set[Path]:
    found = {path for path in folder.glob(f"{name}.*") if path.suffix in (".json", ".parquet", ".csv")}
    return found if only is None else {path for path in found if path.name in only}


@contextmanager
def one_at_a_time(data_dir: Path) -> Iterator[None]:
    """Keeps a second import out while one is writing. Raises EtlError."""
    folder = data_dir / FOLDER
    folder.mkdir(exist_ok=True)
    with open(folder / ".lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise EtlError("Another import is being written. Wait until it has finished.") from error
        yield


@contextmanager
def working_folder(data_dir: Path) -> Iterator[Path]:
    """A folder beside the results, so that moving a file into place is one step; removed at the end."""
    with one_at_a_time(data_dir):
        folder = data_dir / FOLDER
        for left_over in folder.glob(f"{_WORK}*"):
            shutil.rmtree(left_over)
        work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
        try:
            yield work
        finally:
            shutil.rmtree(work, ignore_errors=True)
