"""Finds the CORDIS files in a folder, or unpacks them from a zip archive with checks against malicious ones."""

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from etl.errors import InputError, Problem

# The largest release unpacks to well under a gigabyte, at a ratio of about five.
MAX_BYTES = 4 << 30
MAX_RATIO = 100
# The ratio is checked from this size on; smaller files cannot do harm.
MIN_RATIO_BYTES = 10 << 20
MAX_MEMBERS = 1000
CHUNK_BYTES = 1 << 20


def find_files(
    path: Path, display_path: str, wanted: Iterable[str], required: Iterable[str], work_dir: Path
) -> dict[str, Path]:
    """Name -> path of the wanted files in a folder, or unpacked from an archive into work_dir.

    Files are found at any depth and in upper or lower case. Raises InputError, also when a required one is missing.
    """
    if path.is_dir():
        files = _in_folder(path, display_path, set(wanted))
    elif path.is_file():
        files = _in_zip(path, display_path, set(wanted), work_dir)
    else:
        raise _input_error(
            display_path,
            "there is no such file or folder",
            "Name the zip archive that CORDIS offers, or the folder it was unpacked into.",
        )
    if missing := [name for name in required if name not in files]:
        container = "folder" if path.is_dir() else "archive"
        raise _input_error(
            display_path,
            f"the {container} has no {' and no '.join(missing)}",
            "Name the CSV edition of the projects as CORDIS publishes it.",
        )
    return files


def _input_error(display_path: str, rule: str, fix: str) -> InputError:
    return InputError([Problem(display_path, None, None, None, rule, fix)])


def _in_folder(path: Path, display_path: str, wanted: set[str]) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for file in sorted(path.rglob("*.csv")) + sorted(path.rglob("*.CSV")):
        name = file.name.lower()
        if name in wanted:
            if name in files and files[name] != file:
                raise _input_error(
                    display_path, f"the folder has several files named {name}", "Name a folder with one release."
                )
            files[name] = file
    return files


def _in_zip(path: Path, display_path: str, wanted: set[str], work_dir: Path) -> dict[str, Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _trusted_members(archive, display_path, wanted)
            return {name: _unpack(archive, member, display_path, work_dir / name) for name, member in members.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        with path.open("rb") as file:
            is_zip = file.read(2) == b"PK"
        if is_zip:
            raise _input_error(
                display_path,
                f"the zip archive is damaged or cut off ({error})",
                "Download it again; compare its size with the page.",
            ) from error
        raise _input_error(
            display_path, "it is neither a zip archive nor a folder", "Name the zip archive that CORDIS offers."
        ) from error


def _trusted_members(archive: zipfile.ZipFile, display_path: str, wanted: set[str]) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _input_error(
            display_path, f"the archive has {len(infos):,} files", "Name the zip archive that CORDIS offers."
        )
    for info in infos:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or (inside.parts and inside.parts[0].endswith(":")):
            raise _input_error(
                display_path,
                f"the archive names a file outside itself, '{info.filename}'",
                "Do not use it; download it from CORDIS.",
            )
        name = inside.name.lower()
        if name in wanted and not info.is_dir():
            if name in members:
                raise _input_error(
                    display_path, f"the archive has several files named {name}", "Name an archive with one release."
                )
            if info.flag_bits & 1:
                raise _input_error(
                    display_path, f"{info.filename} is encrypted", "Name the zip archive that CORDIS offers."
                )
            members[name] = info
    return members


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, display_path: str, target: Path) -> Path:
    """Write one member, counting the bytes that are unpacked, because the archive may state a false size."""
    written = 0
    with archive.open(info) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK_BYTES):
            written += len(chunk)
            too_dense = written > MIN_RATIO_BYTES and written > MAX_RATIO * max(info.compress_size, 1)
            if written > MAX_BYTES or too_dense:
                rule = f"{info.filename} unpacks to far more than a table of projects (a zip bomb)"
                raise _input_error(display_path, rule, "Do not use it; download it from CORDIS.")
            file.write(chunk)
    return target
