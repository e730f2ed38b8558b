"""Writes the dataset as a folder, whole or not at all, or as one ZIP file."""

import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from domain.product import LICENCES
from domain.progress import Progress, no_progress
from exports.csv.metadata import PACKAGE
from exports.csv.table import LIST_DELIMITER, typed_csv
from exports.dataset.catalogues import File, dcat_ap, schema_org
from exports.dataset.contents import CSV_FOLDER, DATABASE, PARQUET_FOLDER, Dataset, gather_dataset
from exports.dataset.package import data_package
from exports.dataset.texts import PARTS_FILE, citation_file, licences_of_parts, readme
from exports.pack import BadRequestError
from exports.zipped import zipped
from settings import load_settings
from warehouse import query_cache, whole_data
from warehouse.whole_data import DataTable

SUMS = "SHA256SUMS"
_OTHER_FOLDER = "Choose another folder with --out."


def dataset_files(url: str = "", progress: Progress = no_progress) -> Iterator[tuple[str, bytes]]:
    """Path within the folder and content of every file, one after the other; ``url`` as in Dataset.

    The same data, release and ``url`` give the same bytes. Raises BadRequestError when a table cannot be written.
    """
    with query_cache.pinned():
        dataset = gather_dataset(url)
        files: dict[str, File] = {}
        counts: dict[str, int] = {}
        for path, data in _data_files(dataset, counts, progress):
            files[path] = File(len(data), hashlib.sha256(data).hexdigest())
            yield path, data
        for path, data in _descriptions(dataset, files, counts):
            files[path] = File(len(data), hashlib.sha256(data).hexdigest())
            yield path, data
    yield SUMS, "".join(f"{file.digest}  {path}\n" for path, file in sorted(files.items())).encode()


def _data_files(dataset: Dataset, counts: dict[str, int], progress: Progress) -> Iterator[tuple[str, bytes]]:
    """The database, and each table as CSV and Parquet; fills ``counts`` with the rows of the tables."""
    progress(0.0, "Database")
    yield DATABASE, dataset.database.read_bytes()
    for number, table in enumerate(dataset.tables):
        progress((number + 1) / (len(dataset.tables) + 2), f"Table {table.name}")
        content = query_cache.run_uncached(whole_data.rows, table)
        counts[table.name] = content.num_rows
        _verify_lists(table.name, content)
        yield f"{CSV_FOLDER}/{table.name}.csv", typed_csv(content)
        yield f"{PARQUET_FOLDER}/{table.name}.parquet", _parquet(table, content)
    progress(1.0, "Descriptions")


def _verify_lists(name: str, content: pa.Table) -> None:
    """Raise BadRequestError where the entries of a list could not be told apart in CSV."""
    for column in content.column_names:
        if pa.types.is_list(content.schema.field(column).type):
            for items in content[column].to_pylist():
                if broken := next((item for item in items or [] if LIST_DELIMITER in (item or "")), None):
                    raise BadRequestError(
                        f"{name}.{column}: the entry “{broken}” contains {LIST_DELIMITER}, which separates the entries "
                        "of a list in CSV. Change the entry in the data, and build again."
                    )


def _parquet(table: DataTable, content: pa.Table) -> bytes:
    """Parquet with the meaning of each column as its metadata ``description``."""
    meanings = {column.name: column.comment for column in table.definition.columns}
    fields = [
        field.with_metadata({"description": meanings[field.name]}) if field.name in meanings else field
        for field in content.schema
    ]
    buffer = io.BytesIO()
    described = content.cast(pa.schema(fields, metadata={"description": table.definition.comment}))
    pq.write_table(described, buffer, compression="zstd")
    return buffer.getvalue()


def _descriptions(dataset: Dataset, files: dict[str, File], counts: dict[str, int]) -> Iterator[tuple[str, bytes]]:
    tables = {
        table.name: (file.size, file.digest, counts[table.name])
        for table in dataset.tables
        for file in (files[f"{CSV_FOLDER}/{table.name}.csv"],)
    }
    licence = LICENCES["data"].path
    yield PACKAGE, _json(data_package(dataset, tables))
    yield "dataset.jsonld", _json(schema_org(dataset, files))
    yield "dcat-ap.jsonld", _json(dcat_ap(dataset, files))
    yield "README.md", readme(dataset, counts).encode()
    yield licence, (load_settings().root / licence).read_bytes()
    yield PARTS_FILE, licences_of_parts(dataset).encode()
    yield "CITATION.cff", citation_file(dataset).encode()


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def write_dataset(folder: Path, url: str = "", progress: Progress = no_progress) -> list[Path]:
    """Write the dataset into a new or empty folder; returns the paths of the files.

    The files are made in a hidden folder beside it, which takes its place at the end: after an error or a cancellation
    there is nothing. Raises BadRequestError when the folder has content or cannot be written.
    """
    scratch = _scratch(folder)
    try:
        names = []
        for name, data in dataset_files(url, progress):
            path = scratch / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(data)
            names.append(name)
        scratch.chmod(0o755)  # mkdtemp makes it readable by its owner alone
        if folder.is_dir():
            folder.rmdir()  # it is empty; fails when something was put there meanwhile
        os.rename(scratch, folder)
    except OSError as error:
        raise BadRequestError(f"{folder} cannot be written: {error.strerror or error}. {_OTHER_FOLDER}") from error
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    return [folder / name for name in names]


def _scratch(folder: Path) -> Path:
    """A temporary folder beside the target: on the same disk, moving it into place is one step."""
    try:
        if folder.is_dir() and any(folder.iterdir()):
            raise BadRequestError(f"{folder} is not empty. Name a new or an empty folder with --out.")
        if os.path.lexists(folder) and not folder.is_dir():
            raise BadRequestError(f"{folder} is a file, not a folder. {_OTHER_FOLDER}")
        folder.parent.mkdir(parents=True, exist_ok=True)
        return Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    except OSError as error:
        raise BadRequestError(f"{folder} cannot be written: {error.strerror or error}. {_OTHER_FOLDER}") from error


def dataset_zip(progress: Progress = no_progress) -> bytes:
    """All files of the dataset in one ZIP."""
    return zipped(dataset_files(progress=progress))
