"""Finds the CORDIS files in a folder, or takes them out of a zip archive without trusting it."""

import zipfile
import zlib
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from etl.errors import InputError, Problem

# The largest release unpacks to well under a gigabyte, at a ratio of about five.
MAX_BYTES = 4 << 30
MAX_RATIO = 100
# Small files may be anything; a bomb is only dangerous when it grows.
RATIO_FROM_BYTES = 10 << 20
MAX_MEMBERS = 1000
CHUNK = 1 << 20


def find_files(path: Path, shown: str, wanted: Iterable[str], required: Iterable[str], work: Path) -> dict[str, Path]:
    """The wanted files by name, taken from a folder or unpacked into work. Raises InputError.

    Files are found at any depth and in any capitals; of required ones none may be missing.
    """
    if path.is_dir():
        found = _in_folder(path, shown, set(wanted))
    elif path.is_file():
        found = _in_zip(path, shown, set(wanted), work)
    else:
        raise _refused(
            shown,
            "there is no such file or folder",
            "Name the zip archive that CORDIS offers, or the folder it was unpacked into.",
        )
    if missing := [name for name in required if name not in found]:
        there = "The folder" if path.is_dir() else "The archive"
        raise _refused(
            shown,
            f"{there.lower()} has no {' and no '.join(missing)}",
            "Name the CSV edition of the projects as CORDIS publishes it.",
        )
    return found


def _refused(shown: str, rule: str, fix: str) -> InputError:
    return InputError([Problem(shown, None, None, None, rule, fix)])


def _in_folder(path: Path, shown: str, wanted: set[str]) -> dict[str, Path]:
    found: dict[str, Path] = {}
    for file in sorted(path.rglob("*.csv")) + sorted(path.rglob("*.CSV")):
        name = file.name.lower()
        if name in wanted:
            if name in found and found[name] != file:
                raise _refused(shown, f"the folder has several files named {name}", "Name a folder with one release.")
            found[name] = file
    return found


def _in_zip(path: Path, shown: str, wanted: set[str], work: Path) -> dict[str, Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = _trusted_members(archive, shown, wanted)
            return {name: _unpack(archive, member, shown, work / name) for name, member in members.items()}
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, OSError) as error:
        with path.open("rb") as file:
            is_zip = file.read(2) == b"PK"
        if is_zip:
            raise _refused(
                shown,
                f"the zip archive is damaged or cut off ({error})",
                "Download it again; compare its size with the page.",
            ) from error
        raise _refused(
            shown, "it is neither a zip archive nor a folder", "Name the zip archive that CORDIS offers."
        ) from error


def _trusted_members(archive: zipfile.ZipFile, shown: str, wanted: set[str]) -> dict[str, zipfile.ZipInfo]:
    members: dict[str, zipfile.ZipInfo] = {}
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _refused(shown, f"the archive has {len(infos):,} files", "Name the zip archive that CORDIS offers.")
    for info in infos:
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or inside.parts[:1] and inside.parts[0].endswith(":"):
            raise _refused(
                shown,
                f"the archive names a file outside itself, '{info.filename}'",
                "Do not trust it; download it from CORDIS.",
            )
        name = inside.name.lower()
        if name in wanted and not info.is_dir():
            if name in members:
                raise _refused(
                    shown, f"the archive has several files named {name}", "Name an archive with one release."
                )
            if info.flag_bits & 1:
                raise _refused(shown, f"{info.filename} is encrypted", "Name the zip archive that CORDIS offers.")
            members[name] = info
    return members


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo, shown: str, target: Path) -> Path:
    """Write one member, counting what really comes out: a bomb may lie about its size."""
    written = 0
    with archive.open(info) as source, target.open("wb") as file:
        while chunk := source.read(CHUNK):
            written += len(chunk)
            too_dense = written > RATIO_FROM_BYTES and written > MAX_RATIO * max(info.compress_size, 1)
            if written > MAX_BYTES or too_dense:
                rule = f"{info.filename} unpacks to far more than a table of projects (a zip bomb)"
                raise _refused(shown, rule, "Do not trust it; download it from CORDIS.")
            file.write(chunk)
    return target
