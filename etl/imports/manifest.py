"""The manifest of an import: what was read, where it came from, and which files hold the result.

data/imports/<name>.json is the manifest; the files it names are in the same folder. The manifest is written
last and removed first, so that a result is complete or absent.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any

from etl.errors import EtlError, Problem
from etl.files import exclusive_lock, file_hash, replacing

FOLDER = "imports"
_WORK_PREFIX = ".unfinished-"
_RESULT_SUFFIXES = (".json", ".parquet", ".csv")


@dataclass(frozen=True)
class Manifest:
    """Description of one import.

    rejected: reason -> number of rows that were not imported or of cells left blank. columns: input file ->
    its columns. files: result file -> SHA-256.
    """

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
    rows_rejected: int
    rejected: dict[str, int]
    columns: dict[str, list[str]]
    files: dict[str, str]

    @property
    def source_id(self) -> str:
        """Id of its row in the table sources."""
        return f"import-{self.name}"

    @property
    def described(self) -> str:
        """What it is, such as "the import of 1_germany.csv (4 rows, imported on 2026-11-27)"."""
        rows = "1 row" if self.rows_imported == 1 else f"{self.rows_imported:,} rows"
        return f"the import of {self.input_file} ({rows}, imported on {self.imported_on.isoformat()})"


def read_manifests(data_dir: Path, display_path: str) -> tuple[list[Manifest], list[Problem]]:
    """The valid manifests sorted by name, and a problem for each invalid manifest and missing or changed file."""
    manifests: list[Manifest] = []
    problems: list[Problem] = []
    for path in sorted((data_dir / FOLDER).glob("*.json")):
        fix = f"Import the data again, or run `python -m etl import --remove {path.stem}`."
        try:
            manifest = parse_manifest(path.read_text(encoding="utf-8"))
        except ValueError as error:
            rule = f"it is not the manifest of an import ({error})"
            problems.append(Problem(f"{display_path}/{FOLDER}/{path.name}", None, None, None, rule, fix))
            continue
        for name, digest in manifest.files.items():
            file = path.parent / name
            if not file.is_file() or file_hash(file) != digest:
                rule = (
                    "the file is missing" if not file.is_file() else "the file is not the one that its manifest names"
                )
                problems.append(Problem(f"{display_path}/{FOLDER}/{name}", None, None, None, rule, fix))
        manifests.append(manifest)
    return manifests, problems


def parse_manifest(text: str) -> Manifest:
    """The manifest in a JSON text. Raises ValueError, which names the first key that is missing, unknown or wrong."""
    values = json.loads(text)
    if not isinstance(values, dict):
        raise ValueError("not a JSON object")
    names = {field.name for field in fields(Manifest)}
    if differing := sorted(names ^ values.keys()):
        raise ValueError(f"the key {differing[0]} is {'missing' if differing[0] in names else 'unknown'}")
    return Manifest(
        **{name: _text(values, name) for name in _TEXT_KEYS},
        url=None if values["url"] is None else _text(values, "url"),
        imported_on=date.fromisoformat(_text(values, "imported_on")),
        rows_read=_count(values, "rows_read"),
        rows_imported=_count(values, "rows_imported"),
        rows_rejected=_count(values, "rows_rejected"),
        rejected={reason: _count(values["rejected"], reason) for reason in _object(values, "rejected")},
        columns={file: _texts(values["columns"], file) for file in _object(values, "columns")},
        files={file: _text(values["files"], file) for file in _object(values, "files")},
    )


_TEXT_KEYS = (
    "name",
    "format",
    "title",
    "publisher",
    "origin",
    "licence",
    "reliability",
    "input_file",
    "input_sha256",
)


def _text(values: dict[str, Any], key: str) -> str:
    value = values[key]
    if not isinstance(value, str):
        raise ValueError(f"{key} is not text")
    return value


def _count(values: dict[str, Any], key: str) -> int:
    value = values[key]
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{key} is not a number of rows")
    return value


def _object(values: dict[str, Any], key: str) -> dict[str, Any]:
    value = values[key]
    if not isinstance(value, dict):
        raise ValueError(f"{key} is not an object")
    return value


def _texts(values: dict[str, Any], key: str) -> list[str]:
    value = values[key]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ValueError(f"{key} is not a list of texts")
    return value


def existing_import(data_dir: Path, name: str) -> Manifest | None:
    """The import of this name; None when there is none, or only the manifest of another version of the project."""
    path = data_dir / FOLDER / f"{name}.json"
    try:
        return parse_manifest(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def validate_replacement(existing: Manifest | None, name: str, file: str, sha256: str, replace: bool) -> None:
    """Raise EtlError when an import of another file has this name, and the user did not ask to replace it."""
    if existing is None or replace or existing.input_sha256 == sha256:
        return
    raise EtlError(
        f"The name '{name}' is taken by {existing.described}. Add --replace to put {file} in its place, or "
        "--name NAME to keep both."
    )


def manifest_hashes(data_dir: Path) -> dict[str, str]:
    """Path -> SHA-256 of every manifest; each contains the hashes of its files, so the id of a build covers them."""
    return {f"data/{FOLDER}/{path.name}": file_hash(path) for path in sorted((data_dir / FOLDER).glob("*.json"))}


def publish(data_dir: Path, manifest: Manifest, made: dict[str, Path]) -> None:
    """Move the finished files (name -> path) to the results, over an earlier import of this name; the manifest last."""
    folder = data_dir / FOLDER
    earlier = _files_of(folder, manifest.name)
    for name, path in made.items():
        os.replace(path, folder / name)
    target = folder / f"{manifest.name}.json"
    with replacing(target) as unfinished:
        text = json.dumps(asdict(manifest), indent=2, ensure_ascii=False, default=str)
        unfinished.write_text(text + "\n", encoding="utf-8")
    for path in earlier - {target} - {folder / name for name in made}:
        path.unlink(missing_ok=True)


def remove(data_dir: Path, name: str) -> list[str]:
    """Delete an import, so that the next build does not include it. Returns the file names. Raises EtlError."""
    folder = data_dir / FOLDER
    manifest = folder / f"{name}.json"
    if not manifest.is_file():
        known = ", ".join(path.stem for path in sorted(folder.glob("*.json"))) or "there are none"
        raise EtlError(f"There is no import named '{name}'. Imports: {known}.")
    with one_at_a_time(data_dir):
        files = _files_of(folder, name)
        manifest.unlink()
        for path in files - {manifest}:
            path.unlink()
    return sorted(path.name for path in files)


def _files_of(folder: Path, name: str) -> set[Path]:
    return {path for path in folder.glob(f"{name}.*") if path.suffix in _RESULT_SUFFIXES}


def one_at_a_time(data_dir: Path) -> AbstractContextManager[None]:
    """A lock on the imports of a data folder. Entering it raises EtlError while another import holds it."""
    folder = data_dir / FOLDER
    folder.mkdir(exist_ok=True)
    busy = EtlError("Another import is being written. Wait until it has finished.")
    return exclusive_lock(folder / ".lock", busy)


@contextmanager
def working_folder(data_dir: Path) -> Iterator[Path]:
    """A locked temporary folder next to the results, so that moving a file there is atomic; removed at the end."""
    with one_at_a_time(data_dir):
        folder = data_dir / FOLDER
        for leftover in folder.glob(f"{_WORK_PREFIX}*"):
            shutil.rmtree(leftover)
        work_dir = Path(tempfile.mkdtemp(prefix=_WORK_PREFIX, dir=folder))
        try:
            yield work_dir
        finally:
            shutil.rmtree(work_dir, ignore_errors=True)
