"""Characters that a reader cannot see or takes for others: refused with file, line and what to do."""

from datetime import date

import pytest
from etl_dataset import messages

from domain.characters import look_alike, unseen, visible
from exports.xlsx.workbook import Book

INVISIBLE = {
    "zero width space": "\u200b",
    "zero width joiner": "\u200d",
    "byte order mark": "\ufeff",
    "soft hyphen": "\u00ad",
    "right-to-left override": "\u202e",
    "left-to-right isolate": "\u2066",
    "word joiner": "\u2060",
    "hangul filler": "\u3164",
    "line separator": "\u2028",
    "tag": "\U000e0041",
    "bell": "\x07",
}


@pytest.mark.parametrize("name", INVISIBLE)
def test_invisible_characters_are_found_and_left_out(name):
    text = f"Clus{INVISIBLE[name]}ter"
    found = unseen(text)
    assert f"U+{ord(INVISIBLE[name]):04X}" in found and 'behind "Clus"' in found
    assert visible(text) == "Cluster" and unseen(visible(text)) == ""


@pytest.mark.parametrize(
    "text", ["Pôle Mer, Bretagne", "Κλάδος Αττικής", "Клъстер", "שלום", "a\u00a0b", "two\nlines\tand", "10 µm", "日本"]
)
def test_other_texts_are_as_they_should_be(text):
    assert unseen(text) == look_alike(text) == "" and visible(text) == text


@pytest.mark.parametrize(
    ("text", "says"), [("Сluster", "Cyrillic"), ("Clυster", "Greek"), ("Ｃluster", "full-width"), ("A Κаlos", "Greek")]
)
def test_letters_that_pass_for_others(text, says):
    assert says in look_alike(text)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("Mil\u200bwaukee", "contains the invisible character U+200B (ZERO WIDTH SPACE) behind"),
        ("Milwаukee", 'letters of several alphabets in one word, M (Latin) and а (Cyrillic) in "Milwаukee"'),
    ],
)
def test_the_build_refuses_them(inputs, data, typed, says):
    """With file, line, column and what to do."""
    path = data / "opportunities.csv"
    path.write_text(f"opportunity_id,sector_id,statement\nwater-reuse,water,{typed}\n", encoding="utf-8")
    found = messages(inputs)
    assert len(found) == 1 and found[0].startswith("data/opportunities.csv line 2, statement: ")
    assert says in found[0] and found[0].endswith(".")


@pytest.mark.parametrize("name", ["🌍" * 40, "Water 🌍 " * 6, "a" * 40])
def test_names_of_sheets_count_an_emoji_as_two(name):
    """As spreadsheets do: at most 31 units of UTF-16, also with the number of a second sheet of that name."""
    book = Book("title", "subject", date(2026, 11, 27))
    book.sheet(name)
    book.sheet(name)
    assert all(len(sheet.encode("utf-16-le")) <= 62 for sheet in book.sheets) and len(set(book.sheets)) == 2
    assert book.finish()[:2] == b"PK"
