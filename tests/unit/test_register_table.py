"""Tables of registers on the screen: dates that sort, constant columns left out, blanks, and rows with a text."""

from datetime import date

import pandas as pd
import pytest

from domain.text import sortable_period
from ui.parts.register_table import ONE_LINE_PX, TO_SORT, rows_with, screen_table, text_columns

pytestmark = pytest.mark.usefixtures("published")

COLUMNS = {"title": "Cooperation", "period": "Date", "status": "Status", "eu_parties": "EU side", "kind": "Kind"}


def _frame(**changed: list[object]) -> pd.DataFrame:
    values: dict[str, list[object]] = {
        "cooperation_id": ["one", "two", "three"],
        "title": ["A joint mission", "Pôle Eau and others", "Łódź memorandum"],
        "start_on": [date(2013, 10, 1), date(2013, 1, 1), None],
        "end_on": [date(2013, 10, 31), date(2013, 12, 31), None],
        "date_precision": ["month", "year", "undated"],
        "status": ["signed", "signed", "signed"],
        "eu_parties": [["Pôle Eau", "Plastipolis"], [], ["Bzura Cluster"]],
        "kind": ["mou", "mission", "mou"],
    }
    return pd.DataFrame(values | changed)


@pytest.mark.parametrize(
    ("start", "end", "precision", "expected"),
    [
        (date(2017, 6, 19), None, "day", "2017-06-19"),
        (date(2017, 5, 4), date(2017, 5, 10), "day", "2017-05-04/2017-05-10"),
        (date(2017, 10, 1), date(2017, 10, 31), "month", "2017-10"),
        (date(2017, 9, 1), date(2017, 11, 30), "season", "2017-09/2017-11"),
        (date(2016, 12, 1), None, "season", "2016-12/2017-02"),
        (date(2013, 1, 1), date(2013, 12, 31), "year", "2013"),
        (date(2014, 1, 1), date(2020, 12, 31), "year", "2014/2020"),
        (None, None, "undated", ""),
    ],
)
def test_sortable_period_says_no_more_than_the_source(start, end, precision, expected):
    assert sortable_period(start, end, precision) == expected


def test_stated_dates_have_a_column_beside_that_sorts():
    drawn = screen_table(_frame(), COLUMNS, "cooperations")
    assert drawn.rows["Date"].tolist() == ["October 2013", "2013", ""]
    assert drawn.rows[TO_SORT.format("Date")].tolist() == ["2013-10", "2013", ""]


def test_days_are_dates():
    frame = pd.DataFrame(
        {
            "source_id": ["a", "b"],
            "title": ["A", "B"],
            "accessed_on": pd.to_datetime(["2026-11-02", "2026-10-30"]),
        }
    )
    drawn = screen_table(frame, {"title": "Source", "accessed_on": "Accessed"}, "sources")
    assert drawn.rows["Accessed"].tolist() == [date(2026, 11, 2), date(2026, 10, 30)]


def test_a_column_with_one_value_is_left_out_and_told():
    drawn = screen_table(_frame(eu_parties=[[], [], []]), COLUMNS, "cooperations")
    assert [*drawn.rows] == ["Cooperation", "Date", "Date, to sort", "Kind"]
    assert drawn.describe_same().startswith("The same in every row: Status: Signed")


def test_a_single_row_shows_all_its_columns():
    drawn = screen_table(_frame().head(1), COLUMNS, "cooperations")
    assert {"Status", "EU side", "Kind"} <= {*drawn.rows}
    assert drawn.describe_same() == ""


def test_what_is_not_stated_is_blank_and_a_known_reason_stays():
    frame = pd.DataFrame(
        {
            "organisation_id": ["x-1", "x-2"],
            "name": ["A", "B"],
            "place": ["Lyon", None],
            "ended": [None, "Merged: 2019"],
            "member_count": [12, None],
        }
    )
    columns = {"name": "Organisation", "place": "Place", "ended": "Ended", "member_count": "Members"}
    drawn = screen_table(frame, columns, "organisations")
    assert drawn.rows["Place"].tolist() == ["Lyon", ""]
    assert drawn.rows["Ended"].tolist() == ["no end known", "Merged: 2019"]
    assert drawn.rows["Members"].tolist()[0] == 12 and pd.isna(drawn.rows["Members"].iloc[1])


def test_the_name_is_pinned_also_after_a_rank():
    frame = pd.DataFrame({"organisation_id": ["a", "b"], "rank": [1, 2], "name": ["A", "B"]})
    drawn = screen_table(frame, {"rank": "Rank", "name": "Organisation"}, "organisations")
    assert drawn.name == "Organisation"
    assert drawn.config["Organisation"]["pinned"] is True


def test_long_texts_run_on_into_further_lines():
    one_line = screen_table(_frame(), COLUMNS, "cooperations")
    broken = screen_table(_frame(title=["x" * 90, "b", "c"]), COLUMNS, "cooperations")
    assert one_line.row_height_px == 35 and broken.row_height_px > 64


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [True, True, True]),
        ("pole eau", [True, True, False]),
        ("LODZ", [False, False, True]),
        ("eau plastip", [True, False, False]),
        ("%", [True, True, True]),  # no word in it
        ("nothing of this", [False, False, False]),
    ],
)
def test_rows_that_have_the_words_of_a_text(text, expected):
    readable = pd.DataFrame(
        {"Cooperation": _frame()["title"], "EU side": ["Pôle Eau, Plastipolis", "", "Bzura Cluster"]}
    )
    assert rows_with(readable, text).tolist() == expected


def test_a_blank_cell_of_the_screen_has_no_word():
    readable = pd.DataFrame({"Name": ["Not stated here", "B", "C"], "Place": ["Lyon", "not stated", "undated"]})
    assert rows_with(readable, "stated").tolist() == [True, False, False]
    assert not rows_with(readable, "undated").any()


@pytest.mark.parametrize(("name", "lines"), [("Pôle Mer Méditerranée", 1), ("Regional Cluster Initiative " * 3, 3)])
def test_a_name_longer_than_its_column_takes_further_lines(name, lines):
    """At least 64 pixels: in a lower row a table of Streamlit cuts the text."""
    _, row_height_px = text_columns({"Organisation": ["Odense Robotics", name]}, "", max_px=330)
    assert row_height_px == ONE_LINE_PX if lines == 1 else row_height_px > 64
