"""The page Bring your own file: choose a file, see what the import would read of it, and get the command."""

import shlex
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from domain.text import format_count, plural
from settings import load_settings
from ui import screen, state
from ui.markup import Markdown, code, md
from views.file_check import MAX_MEGABYTES, FileCheck, check_file, shown_name

TEMPLATE = "regional_statistics_template.csv"
_CHECKED = "own_file_check"
_AS_DECLARED = "UTF-8 or UTF-16"
_ENCODINGS = (_AS_DECLARED, "windows-1252", "iso-8859-1", "iso-8859-2", "windows-1250", "mac-roman", "cp850")
_NOT_SAID = "not named"
_HOW_WRITTEN = "How the file is written, if it does not say so itself"
# Options that a refusal may name, and that the page offers.
_CHOICES = ("--encoding", "--decimal", "--header-line", "--sheet")


@dataclass(frozen=True)
class _Kind:
    """A kind of file: its command, label, endings, what is read, and whether its way of writing can be chosen."""

    command: str
    label: str
    endings: tuple[str, ...]
    reads: Markdown
    has_options: bool


_KINDS = {
    kind.command: kind
    for kind in (
        _Kind(
            "regional-statistics",
            "Regional statistics",
            ("csv", "tsv", "txt", "gz", "xlsx"),
            md(
                "The plain template, as CSV or as a sheet of an Excel workbook: one row for each region, industry and "
                "year. Columns may be separated by commas, semicolons, tabs or bars; a first line `sep=;`, decimal "
                "commas and flags such as `: c` are understood. Regional tables of Eurostat are read as downloaded, "
                "as TSV or SDMX-CSV (such as sbs_r_nuts06_r2 or sbs_r_nuts2021)."
            ),
            True,
        ),
        _Kind(
            "us-cluster-mapping",
            "Export of US Cluster Mapping",
            ("csv", "gz", "xlsx"),
            md(
                "The export of the portal clustermapping.us, unchanged: traded clusters of the states and of the "
                "country."
            ),
            True,
        ),
        _Kind(
            "cordis",
            "Horizon projects of CORDIS",
            ("zip",),
            md(
                "The ZIP archive of a framework programme as CORDIS publishes it (CSV edition): projects with a "
                "participant in the United States and their organisations. Natural persons are left out."
            ),
            False,
        ),
    )
}


def own_file() -> None:
    """Draw the walk-through: kinds of files, the file, the report of the check, and the command."""
    screen.markdown(
        "Choose a file to see what an import would read of it, what it would leave out and why. The check changes "
        "nothing: the file is held in memory while this page is open, a temporary copy is deleted as soon as it is "
        "checked, and nothing else is written on the server. To show its figures here, import it on the machine that "
        "runs the dashboard, with the command below."
    )
    screen.header("1. Which file", anchor=False)
    kind = _KINDS[state.url_choice("file", {name: one.label for name, one in _KINDS.items()}, "Kind of file")]
    screen.markdown(kind.reads)
    if kind.command == "regional-statistics":
        _template()
    screen.header("2. Check it", anchor=False)
    uploaded = _uploader(kind)
    options = _options(kind) if kind.has_options and load_settings().takes_uploads else ()
    name = "FILE" if kind.command != "cordis" else "ZIP_OR_FOLDER"
    if uploaded is None:
        screen.caption(
            md(
                "A larger file is checked on your own machine: {}.",
                code(f"python -m etl import {kind.command} {name} --check"),
            )
        )
    else:
        name = shown_name(uploaded.name)
        _report(_checked(kind, uploaded, name, options))
    screen.header("3. Import it on your own machine", anchor=False)
    _commands(kind, name, options)


def _uploader(kind: _Kind) -> UploadedFile | None:
    """Draw the box for the file where the operator lets files be checked; returns the file."""
    if not load_settings().takes_uploads:
        screen.info("Files are not checked on this server. Check yours on your own machine.", icon=":material/block:")
        return None
    return screen.file_uploader(
        f"Your file, up to {MAX_MEGABYTES} MB",
        type=list(kind.endings),
        key=f"file_{kind.command}",
        max_upload_size=MAX_MEGABYTES,
    )


def _template() -> None:
    """A button to download the template, whose numbers are made up."""
    path = load_settings().data_dir / "imports" / TEMPLATE
    screen.download_button(
        "Download the template",
        path.read_bytes(),
        TEMPLATE,
        "text/csv",
        key="template",
        on_click="ignore",
        icon=":material/download:",
        help="Its regions and numbers are made up. A file that still has them is refused.",
    )


def _options(kind: _Kind) -> tuple[str, ...]:
    """How the file is written, where it does not say so itself, as options of the command."""
    options: list[str] = []
    with screen.expander(_HOW_WRITTEN), st.container(horizontal=True):
        encoding = screen.selectbox("Encoding", _ENCODINGS, key=f"encoding_{kind.command}")
        options += [] if encoding == _AS_DECLARED else [f"--encoding={encoding}"]
        if kind.command == "regional-statistics":
            decimal = screen.selectbox("Mark before decimals", (_NOT_SAID, "comma", "point"), key="decimal")
            options += [] if decimal == _NOT_SAID else [f"--decimal={decimal}"]
            line = screen.number_input("Line of the header", 1, 1000, value=None, step=1, key="header_line")
            options += [] if line is None else [f"--header-line={line}"]
        sheet = screen.text_input("Sheet of a workbook", key=f"sheet_{kind.command}", max_chars=31)
        options += [f"--sheet={sheet}"] if sheet else []
    return tuple(options)


def _checked(kind: _Kind, uploaded: Any, name: str, options: tuple[str, ...]) -> FileCheck:
    """The report, made once for a file and its options."""
    key = (kind.command, uploaded.file_id, options)
    kept: tuple[object, FileCheck] | None = st.session_state.get(_CHECKED)
    if kept is not None and kept[0] == key:
        return kept[1]
    with screen.spinner("Checking the file …"):
        uploaded.seek(0)
        report = check_file(kind.command, name, uploaded, options)
    st.session_state[_CHECKED] = (key, report)
    return report


def _report(report: FileCheck) -> None:
    """The report in words: refused with the reason and the cure, or what is read and what is left out."""
    if not report.is_accepted:
        screen.error(md("**This file would not be imported.** {}", report.message), icon=":material/block:")
        if any(option in report.message for option in _CHOICES):
            screen.caption(f"On this page you choose it above: {_HOW_WRITTEN}.")
        return
    screen.success(
        md(
            "**This file can be imported:** {} of {} would be read.",
            format_count(report.rows_imported),
            plural(report.rows_read, "row"),
        ),
        icon=":material/check_circle:",
    )
    if report.reach:
        reach = "; ".join(f"{name}: {value}" for name, value in report.reach.items())
        screen.markdown(f"{reach[:1].upper()}{reach[1:]}.")
    for note in report.notes:
        screen.info(note, icon=":material/info:")
    if report.left_out:
        screen.markdown(
            md("**Left out, or left blank.** {} would not be imported.", plural(report.rows_rejected, "row"))
        )
        st.dataframe(
            pd.DataFrame(
                {
                    "Reason": [one.reason for one in report.left_out],
                    "Number": [one.count for one in report.left_out],
                    "First lines": [", ".join(map(str, one.lines)) or "not listed" for one in report.left_out],
                }
            ),
            hide_index=True,
        )
    else:
        screen.markdown("No row would be left out.")
    screen.markdown(md("**The first {} as read.**", plural(len(report.rows), "row")))
    st.dataframe(pd.DataFrame(report.rows, columns=list(report.columns)), hide_index=True)


def _commands(kind: _Kind, name: str, options: tuple[str, ...]) -> None:
    """The commands that import the file; the licence is for the user to state."""
    parts = ["python", "-m", "etl", "import", kind.command, name, *options]
    if kind.command == "regional-statistics":
        parts += ["--origin", "WHERE IT IS FROM"]
    parts += ["--licence", "TERMS OF USE"]
    screen.markdown(
        "In the project folder, with the path of your file, its origin and its licence, which are shown with it:"
    )
    st.code(" ".join(map(shlex.quote, parts)), language=None, wrap_lines=True)
    screen.markdown("Then build the database and reload the page:")
    st.code("python -m etl build", language=None, wrap_lines=True)
    screen.caption(
        md(
            "`python` is that of `.venv`, which `make run` creates. A second file of one kind needs a name of its own "
            "(`--name NAME`) or takes the place of the first (`--replace`). `python -m etl import --list` lists "
            "the imports."
        )
    )
