"""Rows are added, changed and removed; every other byte of a file stays as it was."""

import pytest
from etl_dataset import write_dataset
from maintain_data import copy_of_the_data, facts_of, guard_every_table

from settings import ROOT

HEADER = "organisation_id,alias"


@pytest.fixture
def aliases(data):
    """`aliases(text)` gives the sheet of organisation_aliases.csv with this content."""

    def write(content):
        (data / "organisation_aliases.csv").write_bytes(content.encode())
        return facts_of(data).sheets["organisation_aliases"]

    return write


def add(sheet, organisation_id, alias):
    """Add a row and return the file as text."""
    sheet.add({"organisation_id": organisation_id, "alias": alias})
    return sheet.content().decode()


def test_every_shipped_file_is_kept_byte_by_byte():
    """Reading and writing without a change gives the file itself."""
    facts = facts_of(ROOT / "data")
    assert len(facts.sheets) > 40
    assert [sheet.file for sheet in facts.sheets.values() if sheet.original not in (None, sheet.content())] == []
    assert facts.changed() == [] and list(facts.diff()) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # sorted: at its place
        (f"{HEADER}\na,1\nc,1\n", f"{HEADER}\na,1\nb,x\nc,1\n"),
        # sorted but for rows that were appended: in the sorted part, not behind them
        (f"{HEADER}\na,1\nc,1\nd,1\na,0\n", f"{HEADER}\na,1\nb,x\nc,1\nd,1\na,0\n"),
        # Windows line ends, and none at the end of the file
        (f"{HEADER}\r\na,1\r\nc,1", f"{HEADER}\r\na,1\r\nb,x\r\nc,1"),
        (f"{HEADER}\r\na,1", f"{HEADER}\r\na,1\r\nb,x"),
        # a byte order mark, blank lines, quotes that nobody needs, and a cell of two lines
        (f'\ufeff{HEADER}\n"a","1"\n\n"c","two\nlines"\n', f'\ufeff{HEADER}\n"a","1"\n\nb,x\n"c","two\nlines"\n'),
        # no rows at all
        (f"{HEADER}\n", f"{HEADER}\nb,x\n"),
        (f"{HEADER}", f"{HEADER}\nb,x"),
    ],
)
def test_a_new_row_goes_where_the_order_wants_it(aliases, before, after):
    """Order, quoting and line ends of the file stay."""
    assert add(aliases(before), "b", "x") == after


def test_columns_keep_the_order_of_the_file(aliases):
    """A file may have them in another order than the schema."""
    assert add(aliases("alias,organisation_id\n1,a\n"), "b", "x") == "alias,organisation_id\n1,a\nx,b\n"


@pytest.mark.parametrize(
    ("cell", "text"), [("a, b", '"a, b"'), ('"q"', '"""q"""'), ("two\nlines", '"two\nlines"'), ("plain", "plain")]
)
def test_a_cell_is_quoted_when_it_must_be(aliases, cell, text):
    """As the csv module of Python and every spreadsheet program write it."""
    assert add(aliases(f"{HEADER}\n"), "b", cell) == f"{HEADER}\nb,{text}\n"


def test_numbers_are_sorted_as_numbers(data):
    """The tenth party comes after the second."""
    sheet = facts_of(data).sheets["cooperation_parties"]
    for order in ("10", "9"):
        sheet.add({"cooperation_id": "exchange-nwp-wiintech", "party_order": order, "side": "EU"})
    orders = [row.cells["party_order"] for row in sheet.where(cooperation_id="exchange-nwp-wiintech")]
    assert orders == ["1", "2", "3", "9", "10"]


def test_a_changed_row_moves_only_when_it_must(aliases):
    """A row in order goes to its new place; one that stood out of order stays where it is."""
    sheet = aliases(f"{HEADER}\na,1\nb,1\nc,1\na,0\n")
    sheet.change(sheet.find("a|1"), {"organisation_id": "d"})
    sheet.change(sheet.find("a|0"), {"alias": "9"})
    assert sheet.content().decode() == f"{HEADER}\nb,1\nc,1\nd,1\na,9\n"


def test_an_unknown_column_is_a_mistake_of_the_program(aliases):
    """It would be lost without a word."""
    with pytest.raises(KeyError, match=r"organisation_aliases\.csv has no column nickname"):
        aliases(f"{HEADER}\n").add({"nickname": "x"})


def test_a_table_without_a_file_gets_one_with_its_first_row(tmp_path, monkeypatch):
    """And none when it has no rows."""
    monkeypatch.chdir(tmp_path)
    data = write_dataset(tmp_path)
    guard_every_table(data)
    facts = facts_of(data)
    assert not (data / "source_states.csv").exists() and facts.changed() == []
    facts.add("source_states", source_id="d35", state="gone", seen_on="2026-11-27")
    facts.verify()
    facts.write()
    assert (data / "source_states.csv").read_text() == "source_id,state,seen_on,archive_url\nd35,gone,2026-11-27,\n"


def test_the_diff_names_each_file_and_its_rows(tmp_path):
    """As programmers read it: file, line, what goes and what comes."""
    data = copy_of_the_data(tmp_path)
    facts = facts_of(data)
    facts.change("organisation_aliases", "accio|ACCIO", alias="ACCIO!")
    assert list(facts.diff()) == [
        "--- data/organisation_aliases.csv",
        "+++ data/organisation_aliases.csv",
        "@@ -3 +3 @@",
        "-accio,ACCIO",
        "+accio,ACCIO!",
    ]
