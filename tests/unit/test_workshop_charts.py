"""Charts of the workshop mode: text of at least 24 pixels, as many rows as fit, and words on what is left out."""

from dataclasses import replace
from itertools import pairwise

import pytest

from cards.catalogue import CATALOGUE, make_card
from cards.workshop_charts import workshop_chart
from charts.chart import Chart, ChartData, Series
from charts.workshop_charts import (
    AREA_HEIGHT_PX,
    FONT_SIZE_PX,
    MAX_BAR_PX,
    MAX_COLUMNS,
    MAX_ROWS,
    workshop_bars,
    workshop_columns,
)
from charts.workshop_marks import MAX_PITCH_PX, workshop_dots, workshop_squares
from domain.filters import Filters

pytestmark = pytest.mark.usefixtures("published")

# Choices and filters without which some cards are empty.
CHOICES = {
    "for": ("lyonbiopole",),
    "region": ("US-OH", "US-TX"),
    "cluster": ("tc-plastics",),
    "gaps": ("all",),
    "home": ("FR",),
}
FILTERS = {"sector_comparison": Filters(sectors=("energy", "health"))}
# Cards whose charts can be drawn neither as bars nor as columns by year: their rows are shown.
WITHOUT_BARS = {"horizon_years", "quotients", "other_side", "regions_compared", "region_series"}


def sizes(figure: object) -> list[float]:
    """Every font size in a figure except those of its template."""
    if isinstance(figure, dict):
        own = [figure["size"]] if "size" in figure and "color" in figure and "symbol" not in figure else []
        return own + [size for key, value in figure.items() if key != "template" for size in sizes(value)]
    if isinstance(figure, list):
        return [size for value in figure for size in sizes(value)]
    return []


def bars(count: int, label: str = "Row") -> ChartData:
    """Rows named by number, the longest first."""
    names = tuple(f"{label} {number}" for number in range(count))
    return ChartData(
        categories=names,
        series=(Series(name="things", values=tuple(range(count, 0, -1)), colour="#0B4F8A"),),
        unit="things",
    )


def test_the_first_rows_are_drawn_in_their_order():
    """The caller sorts; the chart takes the first rows."""
    chart = workshop_bars(bars(20))
    (trace,) = chart.figure["data"]
    assert trace["y"] == [f"Row {number}" for number in range(MAX_ROWS)]
    assert trace["x"] == list(range(20, 20 - MAX_ROWS, -1))
    assert trace["text"][0] == "20" and "Row 0: things 20" in chart.alt


def test_long_labels_are_above_their_bars():
    """Labels that would take three lines beside the bar; the bars are at 0, 1, 2 …"""
    chart = workshop_bars(
        bars(3, "A label so long that beside its bar it would take three lines or more, which is too many")
    )
    (trace,) = chart.figure["data"]
    assert trace["y"] == [0, 1, 2] and len(chart.figure["layout"]["annotations"]) == 3
    assert trace["x"] == [3, 2, 1]


def test_texts_and_formats_are_at_the_bars():
    """A share says k of n, a number its side, a missing value that it is not stated."""
    data = ChartData(
        categories=("a", "b"),
        series=(
            Series(name="EU", values=(4, None), colour="#12436D", number_format='"EU "#,##0'),
            Series(name="share", values=(0.5, 0.2), colour="#12436D", texts=("1 of 2", "1 of 5")),
        ),
        unit="things",
    )
    first, second = workshop_bars(data).figure["data"]
    assert first["text"] == ["EU 4", "not stated"] and second["text"] == ["1 of 2", "1 of 5"]


@pytest.mark.parametrize("name", [name for name in CATALOGUE if not name.startswith("map")])
def test_all_text_of_every_chart_is_large(name, imported_database, monkeypatch):
    """No card, with imported data or without, has text smaller than 24 pixels."""
    monkeypatch.setenv("CLUSTERS_DB", str(imported_database))
    # Plastics stand close to no NACE division.
    card = make_card(name, FILTERS.get(name, Filters()), CHOICES if name != "other_side" else {})
    assert card is not None
    drawn = workshop_chart(card)
    assert (drawn is None) is (card.chart is None or name in WITHOUT_BARS)
    if drawn:
        assert sizes(drawn.chart.figure) and min(sizes(drawn.chart.figure)) >= FONT_SIZE_PX
        assert drawn.chart.alt and len(drawn.left_out.split()) <= 5


def test_words_say_what_is_left_out(facts):
    """Not all countries beside the USA fit."""
    first = {row["project_id"] for row in facts("projects") if row["generation"] == "1"}
    usa = {row["project_id"] for row in facts("project_targets") if row["country_code"] == "US"} & first
    countries = {row["country_code"] for row in facts("project_targets") if row["project_id"] in usa} - {"US"}
    found = workshop_chart(make_card("co_targets", Filters()))
    assert found.left_out == f"First {MAX_ROWS} of {len(countries)} drawn."


def test_few_bars_are_no_slabs():
    """Two bars are as thick as the limit, twelve as the gaps between them allow."""
    (two,) = workshop_bars(bars(2)).figure["data"]
    assert two["width"] * AREA_HEIGHT_PX / 2 == pytest.approx(MAX_BAR_PX)
    (twelve,) = workshop_bars(bars(12)).figure["data"]
    assert "width" not in twelve


def squares(*rows: tuple[int, int]) -> ChartData:
    """Two states in each row."""
    filled, outlined = zip(*rows, strict=True)
    return ChartData(
        categories=tuple(f"Row {number}" for number in range(len(rows))),
        series=(
            Series(name="yes", values=filled, colour="#0B4F8A", symbols=("square",) * len(rows)),
            Series(name="no", values=outlined, colour="#0B4F8A", symbols=("square-open",) * len(rows)),
        ),
        unit="things",
    )


def test_one_mark_for_each_record():
    """The marks of a row do not meet each other or those of another row."""
    traces = workshop_squares(squares((3, 2), (40, 1), (0, 1))).figure["data"]
    assert [len(trace["x"]) for trace in traces] == [43, 4]
    places = [place for trace in traces for place in zip(trace["x"], trace["y"], strict=True)]
    assert len(set(places)) == len(places) == 47
    assert {trace["name"]: set(trace["marker"]["symbol"]) for trace in traces} == {
        "yes": {"square"},
        "no": {"square-open"},
    }
    lines = sorted({y for _, y in places})
    assert min(after - before for before, after in pairwise(lines)) >= 1


def test_marks_lie_within_the_figure_and_few_are_no_slabs():
    for rows in [((1, 0),), ((2, 3), (1, 1)), ((60, 40), (30, 20), (9, 0), (1, 1))]:
        layout = workshop_squares(squares(*rows)).figure
        (_, right), (bottom, top) = layout["layout"]["xaxis"]["range"], layout["layout"]["yaxis"]["range"]
        for trace in layout["data"]:
            assert all(x <= right for x in trace["x"]) and all(top <= y <= bottom for y in trace["y"])
            assert trace["marker"]["size"] < MAX_PITCH_PX


def test_the_squares_of_partnerships_are_those_of_the_file(facts):
    """Generation 1 lists the USA 18 times; each square that a source alone counts is there too."""
    usa = {row["project_id"] for row in facts("project_targets") if row["country_code"] == "US"}
    known = [row["project_id"] for row in facts("projects") if row["generation"] and row["programme"] == "ESCP-4i"]
    traces = {
        trace["name"]: trace for trace in workshop_chart(make_card("generations", Filters())).chart.figure["data"]
    }
    assert len(traces["lists the USA"]["x"]) == len(usa & set(known))
    assert sum(len(trace["x"]) for name, trace in traces.items() if "not known here" not in name) == len(known)


def test_two_series_are_two_dots_a_row_with_both_numbers():
    data = ChartData(
        categories=("a", "b"),
        series=(
            Series(name="EU", values=(4, 1), colour="#12436D", number_format='"EU "#,##0'),
            Series(name="USA", values=(2, 3), colour="#F46A25", number_format='"USA "#,##0'),
        ),
        unit="things",
    )
    eu, us, texts = workshop_dots(data, 5).figure["data"]
    assert (eu["x"], us["x"], eu["y"]) == ([4, 1], [2, 3], [0, 1])
    assert [text.strip() for text in texts["text"]] == ["EU 4 · USA 2", "EU 1 · USA 3"]
    assert texts["x"] == [4, 3], "the numbers stand right of both dots"


@pytest.mark.parametrize(("name", "file"), [("event_dates", "events")])
def test_years_count_rows_by_their_beginning(facts, name, file):
    """Counted from the file: the last sixteen years, those without any in between included; undated rows are not."""
    starts = [int(fact["start_on"][:4]) for fact in facts(file) if fact["date_precision"] != "undated"]
    found = workshop_chart(make_card(name, Filters()))
    (trace,) = found.chart.figure["data"]
    drawn = range(max(min(starts), max(starts) - MAX_COLUMNS + 1), max(starts) + 1)
    counts = {str(year): starts.count(year) for year in drawn}
    assert dict(zip(trace["x"], trace["y"], strict=True)) == counts
    assert found.left_out == f"{len(facts(file)) - sum(counts.values())} not drawn."


def test_columns_take_one_series():
    """Values, and their texts at the columns."""
    (trace,) = workshop_columns(bars(3)).figure["data"]
    assert trace["y"] == [3, 2, 1] and trace["text"] == ["3", "2", "1"]


def test_stacked_bars_keep_every_record():
    """Rows that do not fit are added up in a last bar."""
    names = tuple(f"Row {number}" for number in range(20))
    data = ChartData(
        categories=names,
        series=(Series(name="things", values=tuple(range(20)), colour="#0B4F8A"),),
        unit="things",
        is_stacked=True,
    )
    card = replace(make_card("co_targets", Filters()), chart=Chart({}, "alt", data))
    (trace,) = workshop_chart(card).chart.figure["data"]
    assert sum(trace["x"]) == sum(range(20)) and trace["y"][-1].endswith(" others")


def test_the_alt_text_says_each_name_once():
    """'EU 72', not 'EU EU 72'."""
    assert "EU EU" not in workshop_chart(make_card("sectors_theme", Filters())).chart.alt


@pytest.mark.parametrize("name", ["sectors_theme", "statuses", "usa_share", "event_dates", "generations"])
def test_a_larger_window_has_the_same_chart_larger(name):
    """In 1920 by 1080 pixels the text has 36 pixels; rows and words are those of 1280 by 720."""
    card = make_card(name, Filters())
    normal, large = workshop_chart(card), workshop_chart(card, 1.5)
    assert set(sizes(large.chart.figure)) == {1.5 * size for size in sizes(normal.chart.figure)}
    assert [trace["x"] for trace in large.chart.figure["data"]] == [trace["x"] for trace in normal.chart.figure["data"]]
    assert large.left_out == normal.left_out


def test_a_smaller_window_has_fewer_rows_in_text_of_the_same_size():
    found = workshop_chart(make_card("co_targets", Filters()), 0.5)
    assert found.left_out.startswith(f"First {MAX_ROWS // 2} of ") and min(sizes(found.chart.figure)) == FONT_SIZE_PX
