"""Charts of the workshop mode: text of at least 24 pixels, few rows, and a note on what is left out."""

from dataclasses import replace

import pandas as pd
import pytest

from cards.catalogue import CATALOGUE, make_card
from cards.workshop_charts import shortened, workshop_chart
from charts.chart import ChartData, Series
from charts.workshop_charts import FONT_SIZE_PX, MAX_COLUMNS, MAX_ROWS, workshop_bars, workshop_columns
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
    chart = workshop_bars(bars(12))
    (trace,) = chart.figure["data"]
    assert trace["y"] == [f"Row {number}" for number in range(MAX_ROWS)]
    assert trace["x"] == list(range(12, 12 - MAX_ROWS, -1))
    assert trace["text"][0] == "12" and "Row 0: things 12" in chart.alt


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
        assert drawn.chart.alt and drawn.note


def test_the_note_says_what_is_left_out():
    """Sixteen themes do not fit; five pairs of bars do."""
    card = make_card("sectors_theme", Filters())
    total = len(card.chart.data.categories)
    assert workshop_chart(card).note.startswith(f"The first 5 of {total} are drawn.")


@pytest.mark.parametrize(("name", "file"), [("event_dates", "events")])
def test_years_count_rows_by_their_beginning(facts, name, file):
    """Counted from the file: the last sixteen years, those without any in between included; undated rows are not."""
    starts = [int(fact["start_on"][:4]) for fact in facts(file) if fact["date_precision"] != "undated"]
    found = workshop_chart(make_card(name, Filters()))
    (trace,) = found.chart.figure["data"]
    drawn = range(max(min(starts), max(starts) - MAX_COLUMNS + 1), max(starts) + 1)
    assert dict(zip(trace["x"], trace["y"], strict=True)) == {str(year): starts.count(year) for year in drawn}
    assert found.note.startswith(f"{len(starts)} with a date, ") and 0 < len(starts) < len(facts(file))
    earlier = sum(year < drawn[0] for year in starts)
    assert (f"{earlier} before {drawn[0]}" in found.note) is bool(earlier)


def test_planned_events_are_counted_apart_from_held_ones(facts):
    """The note counts the dated events that the sources tell as held, as planned and as neither."""
    dated = [fact["status_in_source"] for fact in facts("events") if fact["date_precision"] != "undated"]
    note = workshop_chart(make_card("event_dates", Filters())).note
    for status, label in (("held", "reported as held"), ("planned", "reported as planned")):
        assert f"{dated.count(status)} {label}" in note
    assert note.startswith(f"{len(dated)} with a date")


def test_the_note_counts_years_that_do_not_fit():
    """More years than columns: the last ones are drawn, the others counted in the note."""
    card = make_card("event_dates", Filters())
    old = card.rows.head(1).assign(start_on=pd.Timestamp("1970-05-01"))
    found = workshop_chart(replace(card, rows=pd.concat([card.rows, old], ignore_index=True)))
    assert ", 1 before" in found.note


def test_columns_take_one_series():
    """Values, and their texts at the columns."""
    (trace,) = workshop_columns(bars(3)).figure["data"]
    assert trace["y"] == [3, 2, 1] and trace["text"] == ["3", "2", "1"]


def test_bars_cut_by_side_keep_every_record():
    """Kinds that do not fit are added up in a last bar; what is drawn adds up to what the title counts."""
    card = make_card("policy_kinds", Filters())
    traces = workshop_chart(card).chart.figure["data"]
    drawn = {trace["name"]: sum(trace["x"]) for trace in traces}
    assert drawn["EU"] == (card.rows["side"] == "EU").sum() and sum(drawn.values()) == len(card.rows)
    assert traces[0]["y"][-1].endswith(" others") and len(traces[0]["y"]) == MAX_ROWS


def test_the_alt_text_says_each_name_once():
    """'EU 72', not 'EU EU 72'."""
    assert "EU EU" not in workshop_chart(make_card("sectors_theme", Filters())).chart.alt


@pytest.mark.parametrize("name", ["sectors_theme", "statuses", "usa_share", "event_dates"])
def test_a_larger_window_has_the_same_chart_larger(name):
    """In 1920 by 1080 pixels the text has 36 pixels; rows and note are those of 1280 by 720."""
    card = make_card(name, Filters())
    normal, large = workshop_chart(card), workshop_chart(card, 1.5)
    assert set(sizes(large.chart.figure)) == {1.5 * size for size in sizes(normal.chart.figure)}
    assert [trace["x"] for trace in large.chart.figure["data"]] == [trace["x"] for trace in normal.chart.figure["data"]]
    assert large.note == normal.note


def test_a_smaller_window_has_fewer_rows_in_text_of_the_same_size():
    """The note says how many are left out; stacked bars still add up to every record."""
    found = workshop_chart(make_card("usa_share", Filters()), 0.8)
    assert found.note.startswith("The first 4 of 5 are drawn.") and min(sizes(found.chart.figure)) == FONT_SIZE_PX
    card = make_card("policy_kinds", Filters())
    traces = workshop_chart(card, 0.8).chart.figure["data"]
    assert sum(sum(trace["x"]) for trace in traces) == len(card.rows)


def test_texts_end_with_a_sentence_where_one_fits():
    """Whole sentences where they fit; a first sentence that is too long ends with a whole word."""
    assert shortened("One. Two.") == "One. Two."
    assert shortened("First one. " + "x" * 245 + ". Second one.") == "First one. " + "x" * 245 + "."
    assert shortened("word, " * 60) == "word, " * 42 + "word …"
    assert len(shortened("word " * 60, 0.5)) <= 65 < len(shortened("word " * 60))


def test_undated_rows_are_counted_in_the_note(facts):
    undated = sum(fact["date_precision"] == "undated" for fact in facts("events"))
    assert f"; not drawn: {undated} undated" in workshop_chart(make_card("event_dates", Filters())).note


def test_the_note_of_columns_says_how_many_records_might_match():
    card = replace(make_card("event_dates", Filters()), not_counted="5 more events might match: no recorded country")
    assert workshop_chart(card).note.endswith(". 5 more events might match: no recorded country")
