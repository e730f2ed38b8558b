"""Turns what the user named into a text file in UTF-8: refuses other kinds of files, unpacks gzip, converts encodings.

An encoding is never guessed. UTF-8 is read as it is, UTF-16 where the first bytes say so, any other one only when the
user names it. Lines stay lines, so a line number of the copy is one of the file.
"""

import codecs
import gzip
import zlib
from dataclasses import dataclass, field
from pathlib import Path

from etl.errors import InputError, Problem

HEAD_BYTES = 1 << 20
CHUNK_BYTES = 1 << 20
MAX_UNPACKED_BYTES = 4 << 30
# Tables of figures pack to about a thirtieth; the ratio is checked once it could do harm.
MAX_RATIO = 200
MIN_RATIO_BYTES = 50 << 20
UTF8_SIGNATURE = b"\xef\xbb\xbf"
ZIP_START = b"PK\x03\x04"
# What Excel and editors of Western Europe write when they are not told to write UTF-8.
USUAL_ENCODING = "windows-1252"

# First bytes of other kinds of files, with the rule and fix to report.
_OTHER_KINDS = (
    (b"PK\x05\x06", "is an empty zip archive, not a table", "Download the file again."),
    (b"%PDF", "is a PDF document, not a table", "Look for a data file where you found the document."),
    (b"PAR1", "is a Parquet file", "Export it as CSV."),
    (
        b"\xd0\xcf\x11\xe0",
        "is an Excel workbook of the old kind (.xls), or one with a password",
        "Open it and save it as .xlsx without a password, or as CSV UTF-8.",
    ),
    (b"SQLite format 3\0", "is an SQLite database", "Export the table as CSV."),
)
_UTF16 = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


@dataclass(frozen=True)
class Reading:
    """How the user asked to read a file; each is None where nothing was asked for.

    encoding: name of a text encoding. decimal: 'comma' or 'point', the mark before decimals. header_line: line of the
    header, if not the first. sheet: name of the sheet of a workbook.
    """

    encoding: str | None = None
    decimal: str | None = None
    header_line: int | None = None
    sheet: str | None = None


AS_THE_FILE_SAYS = Reading()


@dataclass
class TextInput:
    """A text file in UTF-8. path: it, or a copy of it. display_path: its path for messages; notes: how it was read."""

    path: Path
    display_path: str
    notes: list[str] = field(default_factory=list)


def refuse(
    display_path: str, rule: str, fix: str, line: int | None = None, column: str | None = None, value: str | None = None
) -> InputError:
    """An InputError of one problem, for the caller to raise."""
    return InputError([Problem(display_path, line, column, value, rule, fix)])


def require_file(path: Path, display_path: str) -> None:
    """Raise InputError when there is no file at the path."""
    if not path.is_file():
        rule = "it is a folder, not a file" if path.is_dir() else "there is no such file"
        raise refuse(display_path, rule, "Name the data file.")


def first_bytes(path: Path) -> bytes:
    """The first megabyte of a file."""
    with path.open("rb") as stream:
        return stream.read(HEAD_BYTES)


def text_input(path: Path, display_path: str, reading: Reading, work_dir: Path) -> TextInput:
    """The file as UTF-8 text. Raises InputError when it is no text file or not in the encoding that was asked for."""
    require_file(path, display_path)
    text = TextInput(path, display_path)
    head = first_bytes(path)
    if head.startswith(b"\x1f\x8b"):
        text.path = _unpacked(path, display_path, work_dir)
        head = first_bytes(text.path)
    validate_kind(display_path, head)
    encoding = _encoding(text, head, reading)
    if encoding:
        text.path = _converted(text, encoding, work_dir)
        text.notes.append(f"The file was read as {encoding.upper()}.")
        head = first_bytes(text.path)
    elif problem := utf8_problem(display_path, head):
        raise problem
    if _has_other_line_ends(head):
        text.path = _with_plain_line_ends(text.path, work_dir / "lines.txt")
    return text


def validate_kind(display_path: str, head: bytes) -> None:
    """Raise InputError when these first bytes are those of something else than a text file."""
    if not head.strip():
        raise refuse(display_path, "the file is empty", "Download or export it again.")
    for magic, rule, fix in _OTHER_KINDS:
        if head.startswith(magic):
            raise refuse(display_path, rule, fix)
    if head.startswith(ZIP_START):
        raise _refused_archive(display_path, head)
    start = head.removeprefix(UTF8_SIGNATURE).lstrip()[:200].lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")) or b"<html" in start:
        fix = "Open the address in a browser, accept or log in if asked, and save the data file itself."
        raise refuse(display_path, "it is a web page (HTML or XML) with the name of a data file", fix)
    if start.startswith((b"{", b"[")):
        raise refuse(display_path, "it is a JSON file, not a table", "Export the data as CSV.")


def _refused_archive(display_path: str, head: bytes) -> InputError:
    if b"application/vnd.oasis.opendocument" in head[:200]:
        return refuse(
            display_path,
            "is a spreadsheet of LibreOffice (.ods), which is not read",
            "Save it as Excel workbook (.xlsx) or as CSV UTF-8.",
        )
    return refuse(
        display_path,
        "is a zip archive or an Excel workbook where a CSV file is needed",
        "Unpack it and name the data file, or save the sheet as CSV (UTF-8).",
    )


def _encoding(text: TextInput, head: bytes, reading: Reading) -> str | None:
    """The encoding to convert from; None for UTF-8. Raises InputError for a name that is none, or a plain mistake."""
    declared = next((name for mark, name in _UTF16 if head.startswith(mark)), None)
    if reading.encoding is None:
        if declared is None and b"\0" in head:
            fix = "Name a CSV or TSV file; if it is UTF-16 without its mark, add --encoding utf-16-le."
            raise refuse(text.display_path, "it is not a text file (it contains zero bytes)", fix)
        return declared
    try:
        name = codecs.lookup(reading.encoding).name
        # Codecs such as zip and base64 turn bytes into bytes.
        "".encode(name)
    except (LookupError, ValueError):
        fix = f"Write one such as utf-8, utf-16, {USUAL_ENCODING} or iso-8859-2."
        raise refuse(text.display_path, f"'{reading.encoding}' is no text encoding", fix) from None
    if name in ("utf-8", "utf-8-sig"):
        return None
    if declared and not name.startswith(("utf-16", "utf-32")):
        fix = "Leave out --encoding."
        raise refuse(text.display_path, f"it is {declared.upper()}, not {reading.encoding}", fix)
    if not declared and not name.startswith(("utf-16", "utf-32")) and _has_utf8_letters(head):
        rule = f"it is valid UTF-8 and has letters beyond ASCII, which {reading.encoding} would garble"
        raise refuse(text.display_path, rule, "Leave out --encoding.")
    return reading.encoding if name.startswith(("utf-16-", "utf-32-")) or not declared else declared


def _has_utf8_letters(head: bytes) -> bool:
    return not head.isascii() and utf8_problem("", head) is None


def utf8_problem(display_path: str, head: bytes) -> InputError | None:
    """Why these first bytes are not UTF-8, with the line and the cure; None when they are."""
    try:
        # The first megabyte may end within a character.
        codecs.getincrementaldecoder("utf-8")().decode(head, final=len(head) < HEAD_BYTES)
    except UnicodeDecodeError as error:
        return not_utf8(display_path, head[: error.start].count(b"\n") + 1, _line_around(head, error.start))
    return None


def not_utf8(display_path: str, line: int, raw_line: bytes) -> InputError:
    """The refusal of a line that is not UTF-8; the cure shows how the usual encoding would read it."""
    try:
        excerpt = " ".join(raw_line.decode(USUAL_ENCODING).split())
        as_usual = f" (this line then reads '{excerpt[:60]}')"
    except UnicodeDecodeError:
        as_usual = ""
    fix = f"Save it as CSV UTF-8, or name its encoding, such as --encoding {USUAL_ENCODING}{as_usual}."
    return refuse(display_path, "it is not valid UTF-8", fix, line)


def _line_around(text: bytes, at: int) -> bytes:
    begin = text.rfind(b"\n", 0, at) + 1
    end = text.find(b"\n", at)
    return text[begin : end if end >= 0 else len(text)]


def _converted(text: TextInput, encoding: str, work_dir: Path) -> Path:
    """A copy in UTF-8. Raises InputError with the line of the first bytes that the encoding does not have."""
    target, line = work_dir / "utf8.txt", 1
    try:
        with (
            text.path.open(encoding=encoding, newline="") as source,
            target.open("w", encoding="utf-8", newline="") as to,
        ):
            while chunk := source.read(CHUNK_BYTES):
                line += chunk.count("\n")
                to.write(chunk)
    except UnicodeError as error:
        fix = "Name the encoding it was saved in, or save it as CSV UTF-8."
        rule = f"it cannot be read as {encoding} ({getattr(error, 'reason', error)})"
        raise refuse(text.display_path, rule, fix, line if line > 1 else None) from error
    return target


def _unpacked(path: Path, display_path: str, work_dir: Path) -> Path:
    target = work_dir / "unpacked.txt"
    written, packed = 0, path.stat().st_size
    try:
        with gzip.open(path) as source, target.open("wb") as to:
            while chunk := source.read(CHUNK_BYTES):
                written += len(chunk)
                too_dense = written > MIN_RATIO_BYTES and written > MAX_RATIO * packed
                if written > MAX_UNPACKED_BYTES or too_dense:
                    rule = "it unpacks to far more than a table of figures (a gzip bomb)"
                    raise refuse(display_path, rule, "Do not use it; download it from the statistical office.")
                to.write(chunk)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        rule = f"the gzip archive is damaged or cut off ({error})"
        raise refuse(display_path, rule, "Download it again.") from error
    return target


def _has_other_line_ends(head: bytes) -> bool:
    """Whether lines end as on old Macs, or in several ways, as where a line was put above what Excel wrote."""
    windows = head.count(b"\r\n")
    return b"\r" in head and (b"\n" not in head or 0 < windows < head.count(b"\n"))


def _with_plain_line_ends(source: Path, target: Path) -> Path:
    """A copy with line feeds alone; every byte is a character of Latin-1, so that the others stay as they are."""
    with (
        source.open(encoding="latin-1", newline=None) as stream,
        target.open("w", encoding="latin-1", newline="") as to,
    ):
        while chunk := stream.read(CHUNK_BYTES):
            to.write(chunk)
    return target
