"""Files that cannot be read: one message for each fault, all at once, naming file, line and column."""

import os
from dataclasses import replace

import pytest
from etl_dataset import edit, messages

from etl.pipeline import check

HEADER_OF_ALIASES = "project_id,alias"


def _write(data, table, content):
    next(data.rglob(f"{table}.csv")).write_bytes(content if isinstance(content, bytes) else content.encode())


# Name of the case: (how the data are broken, every message that must follow, in order).
CASES = {
    "missing file": (
        lambda data: (data / "project_aliases.csv").unlink(),
        [
            "data/project_aliases.csv: the file is missing. Add it with the header project_id,alias.",
        ],
    ),
    "missing lookup": (
        lambda data: (data / "lookups" / "terms.csv").unlink(),
        ["data/lookups/terms.csv: the file is missing. Add it with the header vocabulary,term,label,definition."],
    ),
    "file of no table": (
        lambda data: (data / "project.csv").write_text("a\n"),
        ["data/project.csv: no table has this name. Rename it (did you mean 'projects'?) or remove it."],
    ),
    "table in two folders": (
        lambda data: (data / "lookups" / "events.csv").write_text("event_id\n"),
        ["data/lookups/events.csv: the table events has a second file, data/events.csv. Keep one of the two."],
    ),
    "empty file": (
        lambda data: _write(data, "project_aliases", ""),
        ["data/project_aliases.csv: the file is empty. Add the header project_id,alias."],
    ),
    "missing column": (
        lambda data: edit(data, "project_aliases", HEADER_OF_ALIASES, "project_id"),
        ["data/project_aliases.csv line 1, alias: the column is missing. Add it; the header is project_id,alias."],
    ),
    "unknown column": (
        lambda data: edit(data, "project_aliases", HEADER_OF_ALIASES, "project_id,alias,aliass"),
        [
            (
                "data/project_aliases.csv line 1, aliass: the table project_aliases has no such column. "
                "Remove it or correct its name (did you mean 'alias'?)."
            ),
        ],
    ),
    "column twice": (
        lambda data: edit(data, "project_aliases", HEADER_OF_ALIASES, "project_id,alias,alias"),
        ["data/project_aliases.csv line 1, alias: the column occurs 2 times in the header. Keep one of them."],
    ),
    "control characters": (
        lambda data: edit(data, "project_aliases", "WINTTECH 2020", "WINT\x0bTECH\x00 \x8520\x00"),
        [
            (
                "data/project_aliases.csv line 2, alias: 'WINT\\x0bTECH\\x00 \\x8520\\x00' has the control characters "
                "U+000B, U+0000, U+0085, which cannot be displayed. Delete the invisible character; line "
                "breaks and tabs are allowed."
            ),
        ],
    ),
    "control character in a key": (
        lambda data: edit(data, "opportunities", "water-reuse", "water\x07reuse"),
        [
            (
                "data/opportunities.csv line 2, opportunity_id: 'water\\x07reuse' has the control character U+0007, "
                "which cannot be displayed. Delete the invisible character; line breaks and tabs are allowed."
            ),
        ],
    ),
    "quote never closed": (
        lambda data: edit(data, "project_aliases", "WINTTECH 2020", '"WINTTECH 2020'),
        [
            (
                "data/project_aliases.csv line 2, alias: '\"WINTTECH 2020' has a quote that is not opened and closed "
                'around the whole cell. Put the cell between two quotes and write a quote inside it twice ("").'
            ),
        ],
    ),
    "quote never opened": (
        lambda data: edit(data, "project_aliases", "WINTTECH 2020", 'WINTTECH 2020"'),
        [
            (
                "data/project_aliases.csv line 2, alias: 'WINTTECH 2020\"' has a quote that is not opened and closed "
                'around the whole cell. Put the cell between two quotes and write a quote inside it twice ("").'
            ),
        ],
    ),
    "invalid UTF-8": (
        lambda data: _write(data, "project_aliases", b"project_id,alias\nescp4i-wiintech2020,P\xf4le\n"),
        ["data/project_aliases.csv line 2, alias: 'P\\xf4le' is not valid UTF-8. Save the file as UTF-8."],
    ),
    "too many cells": (
        lambda data: edit(data, "project_targets", "escp4i-move,CA,1", "escp4i-move,CA,1,2"),
        [
            (
                "data/project_targets.csv line 4: the row has 4 cells, but the header has 3 columns. "
                "Add or remove commas; a cell with a comma needs quotes around it."
            ),
        ],
    ),
    "too few cells": (
        lambda data: edit(data, "project_targets", "escp4i-move,CA,1", "escp4i-move,CA"),
        [
            (
                "data/project_targets.csv line 4: the row has 2 cells, but the header has 3 columns. "
                "Add or remove commas; a cell with a comma needs quotes around it."
            ),
        ],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_fault_has_its_message(case, inputs, data):
    """Exactly the expected messages, and no others that merely follow from the fault."""
    break_it, expected = CASES[case]
    break_it(data)
    assert messages(inputs) == expected


def test_the_dataset_itself_is_valid(inputs):
    """Otherwise the cases above would prove nothing."""
    summary = check(inputs)
    assert summary.rows_in == summary.rows_out > 100
    assert [warning.location for warning in summary.warnings] == ["data/organisations.csv line 4"]


def test_no_folder(inputs, tmp_path):
    """A folder that is not there is one problem, not one for each file."""
    assert messages(replace(inputs, data_dir=tmp_path / "nothing", display_path="nothing")) == [
        "nothing: there is no such folder. Name the folder of the CSV files."
    ]


def test_everything_is_reported_at_once(inputs, data):
    """Faults of files, cells, keys, references and checks.toml come in one list, sorted by place."""
    (data / "project_aliases.csv").unlink()
    edit(data, "projects", "2016-02-01", "2013-13-01")
    edit(data, "events", "held", "helt")
    edit(data, "figures", "organisation,polymer-ohio", "organisation,polymerohio")
    edit(data, "corrections", "Visit of Standford", "Visit of Stamford")
    (data / "checks.toml").write_text("[[check]")
    found = messages(inputs)
    assert [message.split(",")[0].split(":")[0] for message in found] == [
        "data/checks.toml",
        "data/corrections.csv line 2",
        "data/events.csv line 2",
        "data/figures.csv line 7",
        "data/project_aliases.csv",
        "data/projects.csv line 5",
    ]


def test_bom_crlf_and_quoted_line_breaks_are_accepted(inputs, data):
    """What spreadsheet programs write is read as it was meant, and later lines keep their numbers."""
    path = data / "opportunities.csv"
    path.write_bytes(
        b"\xef\xbb\xbfopportunity_id,sector_id,statement\r\n"
        b'water-reuse,water,"Reuse,\r\nand ""more"""\r\n\r\nwater-two,waters,Two\r\n'
    )
    assert messages(inputs) == [
        (
            "data/opportunities.csv line 5, sector_id: 'waters' is not in data/lookups/sectors.csv. "
            "Did you mean 'water'? Otherwise add a row for it to data/lookups/sectors.csv."
        )
    ]


@pytest.mark.parametrize("kind", ["folder", "pipe", "link to nothing"])
def test_what_is_no_file(inputs, data, kind):
    """A pipe is not waited for."""
    path = data / "opportunities.csv"
    path.unlink()
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("nothing")
    assert messages(inputs) == [
        "data/opportunities.csv: it cannot be read: it is no file. Put a CSV file in its place that may be read."
    ]


def test_a_long_header_is_not_printed_whole(inputs, data):
    path = data / "opportunities.csv"
    path.write_text("x" * 100_000 + "\n")
    assert all(len(message) < 400 for message in messages(inputs))
