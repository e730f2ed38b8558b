"""Squares that can be counted: one for each record, and those that a source counts without a name."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.waffle import COLUMNS, SquareStyle, waffle

STYLES = {"yes": SquareStyle("yes, listed", "square", "#000000"), "no": SquareStyle("no", "square-open", "#000000")}
FRAME = pd.DataFrame(
    [
        (f"r{number}", f"Name {number:02}", 1 if number < 15 else 2, "yes" if number % 3 else "no")
        for number in range(17)
    ],
    columns=["project_id", "name", "generation", "state"],
)


def drawn(frame: pd.DataFrame = FRAME, **other):
    known = {"headings": {1: "First", 2: "Second"}, "details": {1: "of the first", 2: "of the second"}}
    return waffle(
        frame,
        table="projects",
        row_id="project_id",
        name="name",
        group="generation",
        state="state",
        styles=STYLES,
        nouns="records",
        **{**known, **other},
    )


def test_every_record_has_its_own_square():
    own = drawn()
    go.Figure(own.figure)  # validates every attribute
    assert json.loads(json.dumps(own.figure)) == own.figure
    places = [place for trace in own.figure["data"] for place in zip(trace["x"], trace["y"], strict=True)]
    assert len(places) == len(set(places)) == 17 and max(x for x, _ in places) == COLUMNS - 1
    ids = [data[0] for trace in own.figure["data"] for data in trace["customdata"]]
    assert sorted(ids) == sorted(FRAME["project_id"]) == sorted(own.marks.names)


def test_states_are_counted_by_group_and_the_certain_come_first():
    own = drawn()
    # Of 0 to 14 every third is a no: 0, 3, 6, 9, 12; 15 is one too, 16 is not.
    assert [(series.name, series.values) for series in own.data.series] == [("yes, listed", (10, 1)), ("no", (5, 1))]
    assert own.alt == "One square for each of 17 records. First: yes, listed 10, no 5; Second: yes, listed 1, no 1."
    first = own.figure["data"][0]
    assert [x for x, data in zip(first["x"], first["customdata"], strict=True) if data[0] == "r1"] == [0]


def test_squares_without_a_record_open_nothing():
    own = drawn(not_here=(SquareStyle("not here", "circle-open", "#777777"), {2: 3}))
    assert own.figure["data"][-1]["customdata"] == [[""], [""], [""]]
    assert own.data.series[-1].values == (0, 3) and own.alt.endswith("no 1, not here 3.")


def test_unknown_values_and_empty_frames_are_refused():
    with pytest.raises(ValueError, match="unknown state maybe"):
        drawn(FRAME.assign(state="maybe"))
    with pytest.raises(ValueError, match="unknown generation 3"):
        drawn(FRAME.assign(generation=3))
    with pytest.raises(ValueError, match="no rows"):
        drawn(FRAME.iloc[:0])
