"""Finds the CORDIS files in a folder, or unpacks them from a zip archive with checks against malicious ones."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

from etl.errors import InputError, Problem

# The largest release unpacks to well under a gigabyte, at a ratio of about five.
MAX_BYTES = 4 << 30
MAX_RATIO = 100
# The ratio is checked from this size on; smaller files cannot do harm.
MIN_RATIO_BYTES = 10 << 20
MAX_MEMBERS = 1000
CHUNK_BYTES = 1 << 20


# Names that a message lists of the files that are there instead.
MAX_NAMES = 5
SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx")


def find_files(
    path: Path, display_path: str, wanted: Mapping[str, re.Pattern[str]], required: Iterable[str], work_dir: Path
) -> dict[str, Path]:
    """Kind -> path of its file in a folder, or unpacked from an archive into work_dir.

    wanted: kind, such as project.csv -> pattern of the name of its file without the suffix, which is one of SUFFIXES.
    Files are found at any depth and in upper or lower case. Raises InputError, also when a required one is missing.
    """
    if path.is_dir():
        files, others = _in_folder(path, display_path, wanted)
    elif path.is_file():
        files, others = _in_zip(path, display_path, wanted, work_dir)
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
            f"the {container} has no {' and no '.join(missing)}{_instead(others)}",
            _cure(missing, others, container),
        )
    return files


def _instead(others: list[str]) -> str:
    more = f" and {len(others) - MAX_NAMES:,} more" if len(others) > MAX_NAMES else ""
    return f"; it has {', '.join(others[:MAX_NAMES])}{more}" if others else ""


def _cure(missing: list[str], others: list[str], container: str) -> str:
    if others:
        renamed = " and that of the ".join(map(_content, missing))
        return f"Rename the file of the {renamed}, or name another {container}."
    return "Name the folder or archive that holds the files as CORDIS publishes them."


def _content(name: str) -> str:
    return f"{name.split('.')[0]}s to {name}"


def kind_of(name: str, wanted: Mapping[str, re.Pattern[str]]) -> str | None:
    """The kind of file that a name stands for; None for another file."""
    path = PurePosixPath(name.lower())
    if path.suffix not in SUFFIXES:
        return None
    return next((kind for kind, pattern in wanted.items() if pattern.fullmatch(path.stem)), None)


def _input_error(display_path: str, rule: str, fix: str) -> InputError:
    return InputError([Problem(display_path, None, None, None, rule, fix)])


def _is_table(name: str) -> bool:
    """Whether a file may be a table; names with . and ~$ at the start are those of the system and of open workbooks."""
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))


def _in_folder(
    path: Path, display_path: str, wanted: Mapping[str, re.Pattern[str]]
) -> tuple[dict[str, Path], list[str]]:
    """The wanted files, and the names of other tables."""
    files: dict[str, Path] = {}
    others: list[str] = []
    for file in sorted(path.rglob("*")):
        if not _is_table(file.name) or not file.is_file():
            continue
        kind = kind_of(file.name, wanted)
        if kind is None:
            others.append(file.name)
        elif kind in files:
            raise _several(display_path, "folder", kind, files[kind].name, file.name)
        else:
            files[kind] = file
    return files, others


def _several(display_path: str, container: str, kind: str, first: str, second: str) -> InputError:
    names = f"several files named {first}" if first == second else f"{first} and {second}, which are both {kind}"
    article = "an" if container == "archive" else "a"
    return _input_error(display_path, f"the {container} has {names}", f"Name {article} {container} with one release.")


def _in_zip(
    path: Path, display_path: str, wanted: Mapping[str, re.Pattern[str]], work_dir: Path
) -> tuple[dict[str, Path], list[str]]:
    try:
        with zipfile.ZipFile(path) as archive:
            members, others = _trusted_members(archive, display_path, wanted)
            files = {
                kind: _unpack(
                    archive, member, display_path, work_dir / PurePosixPath(member.filename.replace("\\", "/")).name
                )
                for kind, member in members.items()
            }
            return files, others
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
            display_path,
            "it is neither a zip archive nor a folder",
            "Name the zip archive that CORDIS offers, or the folder that holds its files.",
        ) from error


def _trusted_members(
    archive: zipfile.ZipFile, display_path: str, wanted: Mapping[str, re.Pattern[str]]
) -> tuple[dict[str, zipfile.ZipInfo], list[str]]:
    members: dict[str, zipfile.ZipInfo] = {}
    others: list[str] = []
    infos = archive.infolist()
    if len(infos) > MAX_MEMBERS:
        raise _input_error(
            display_path, f"the archive has {len(infos):,} files", "Name the zip archive that CORDIS offers."
        )
    for info in infos:
        if not info.filename:  # zipfile cuts a name at a zero byte
            raise zipfile.BadZipFile("one of its files has no name")
        inside = PurePosixPath(info.filename.replace("\\", "/"))
        if inside.is_absolute() or ".." in inside.parts or (inside.parts and inside.parts[0].endswith(":")):
            raise _input_error(
                display_path,
                f"the archive names a file outside itself, '{info.filename}'",
                "Do not use it; download it from CORDIS.",
            )
        if info.is_dir() or not _is_table(inside.name):
            continue
        kind = kind_of(inside.name, wanted)
        if kind is None:
            others.append(inside.name)
        elif kind in members:
            raise _several(display_path, "archive", kind, PurePosixPath(members[kind].filename).name, inside.name)
        elif info.flag_bits & 1:
            raise _input_error(
                display_path, f"{info.filename} is encrypted", "Name the zip archive that CORDIS offers."
            )
        else:
            members[kind] = info
    return members, others


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
