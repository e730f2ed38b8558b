"""Lanes show how precisely a date is known, keep marks apart and draw undated records at the right end."""

import json
from datetime import date

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.lane_figure import Horizon
from charts.lanes import EVENT_STYLES, POLICY_STYLES, event_lanes, policy_lanes

EVENTS = pd.DataFrame(
    [
        ("month", "Matchmaking", "matchmaking", "planned", "2017-10-01", "2017-10-31", "month"),
        ("day", "Workshop", "workshop", "held", "2015-11-17", "2015-11-17", "day"),
        ("days", "Fair", "trade fair", "held", "2016-04-25", "2016-04-29", "day"),
        ("year", "Launch", "launch", "not stated", "2013-01-01", "2013-12-31", "year"),
        ("none", "Meeting", "meeting", "not stated", None, None, "undated"),
    ],
    columns=["event_id", "name", "kind", "status_in_source", "start_on", "end_on", "date_precision"],
)
POLICIES = EVENTS.rename(columns={"event_id": "policy_id"}).assign(side=["EU", "US", "BOTH", "OTHER", "EU"])

HORIZON = Horizon(date(2016, 6, 30), "The paper ends")


def trace(figure: dict, **wanted) -> dict:
    """The one trace with these values."""
    (match,) = [own for own in figure["data"] if all(own.get(key) == value for key, value in wanted.items())]
    return match


@pytest.mark.parametrize("own", [event_lanes(EVENTS, HORIZON), policy_lanes(POLICIES)], ids=["events", "policies"])
def test_plotly_accepts_them(own):
    for figure in (own.figure, own.narrow):
        drawn = go.Figure(figure)
        assert json.loads(json.dumps(figure)) == figure
        assert drawn.layout.xaxis.fixedrange and drawn.layout.yaxis.fixedrange
        assert figure["layout"]["height"] < 768


def test_the_text_of_the_line_has_room_below_the_legend():
    """Of a narrow window, whose legend has three lines: 20 pixels each, then the text and the word "undated"."""
    layout = event_lanes(EVENTS, HORIZON).narrow["layout"]
    (text,) = [note for note in layout["annotations"] if note["text"] == HORIZON.text]
    assert layout["margin"]["t"] - text["yshift"] - text["font"]["size"] * 1.3 >= 3 * 20


def test_days_are_marks_and_periods_bars_over_all_their_days():
    figure = event_lanes(EVENTS).figure
    assert sorted(trace(figure, type="scatter", name="held")["x"]) == ["2015-11-17", "2016-04-25"]
    month = trace(figure, type="bar", name="planned in the source")
    assert (month["base"], month["x"]) == (["2017-10-01"], [31 * 86_400_000])
    assert month["marker"]["color"] == "#FFFFFF", "what was planned is hollow"
    year = trace(figure, type="bar", name="held or not: not stated")
    assert (year["base"], year["x"]) == (["2013-01-01"], [365 * 86_400_000])


def test_undated_records_stand_right_of_the_last_day_and_are_named():
    own = event_lanes(EVENTS)
    marks = trace(own.figure, type="scatter", name="held or not: not stated")
    assert marks["customdata"] == [["none"]] and marks["x"][0] > "2017-11-01"
    assert "undated" in [note["text"] for note in own.figure["layout"]["annotations"]]
    assert own.alt.startswith(
        "Lanes of 4 dated events by kind, in the order of the first day of their dates, from 2013 to October 2017, and "
        "1 undated. 2013: Launch ("
    )
    assert own.alt.endswith("; undated: Meeting (meeting, held or not: not stated).")
    assert own.marks.names["none"] == "Meeting (undated)" and own.marks.table == "events"
    dated = event_lanes(EVENTS[EVENTS["date_precision"] != "undated"])
    assert (
        "undated" not in [note["text"] for note in dated.figure["layout"]["annotations"]] and "undated" not in dated.alt
    )


def test_every_record_is_drawn_once_and_no_mark_covers_another():
    many = pd.concat(
        [EVENTS.iloc[[1]].assign(event_id=f"d{day}", start_on=f"2015-11-{day:02}") for day in range(10, 16)]
    )
    figure = event_lanes(many.assign(end_on=many["start_on"])).figure
    marks = trace(figure, name="held")
    assert [data[0] for data in marks["customdata"]] == many["event_id"].tolist()
    rows = {y: [x for x, own in zip(marks["x"], marks["y"], strict=True) if own == y] for y in marks["y"]}
    assert len(rows) == 3, "days of one row are three days apart"
    assert next(iter(rows.values())) == ["2015-11-10", "2015-11-13"]


def test_lanes_are_in_the_order_of_their_size_with_their_counts():
    layout = event_lanes(pd.concat([EVENTS, EVENTS.iloc[[2]].assign(event_id="again")])).figure["layout"]
    assert layout["yaxis"]["ticktext"][0] == "trade fair <b>2</b>" and len(layout["yaxis"]["ticktext"]) == 5
    assert layout["yaxis"]["tickvals"] == sorted(layout["yaxis"]["tickvals"])


def test_the_horizon_is_a_line_where_it_lies_on_the_axis():
    def lines(horizon):
        return [s["x0"] for s in event_lanes(EVENTS, horizon).figure["layout"]["shapes"] if s.get("yref") == "paper"]

    assert "2016-06-30" in lines(HORIZON)
    assert "2030-01-01" not in lines(Horizon(date(2030, 1, 1), "Later"))


def test_policies_differ_by_symbol_and_are_counted_by_kind_and_side():
    assert len({style.symbol for style in POLICY_STYLES.values()}) == len(POLICY_STYLES) == 4
    assert len({style.symbol for style in EVENT_STYLES.values()}) == 3
    own = policy_lanes(POLICIES)
    assert trace(own.figure, type="bar", name="EU")["customdata"] == [["month"]]
    assert own.data.is_stacked and [series.name for series in own.data.series] == ["EU", "USA", "EU and USA", "other"]
    assert dict(zip(own.data.categories, own.data.series[0].values, strict=True)) == {
        "launch": 0,
        "matchmaking": 1,
        "meeting": 1,
        "trade fair": 0,
        "workshop": 0,
    }


def test_what_cannot_be_drawn_is_refused():
    with pytest.raises(ValueError, match="none of the 1 events has a date"):
        event_lanes(EVENTS[EVENTS["date_precision"] == "undated"])
    with pytest.raises(ValueError, match="rumoured"):
        event_lanes(EVENTS.assign(status_in_source="rumoured"))
    with pytest.raises(ValueError, match="no rows"):
        event_lanes(EVENTS.iloc[:0])
