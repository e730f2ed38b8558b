"""Charts for a room: letters of at least 24 pixels, few rows, and a word on what is left out."""

import csv
from dataclasses import replace

import pandas as pd
import pytest

from cards.catalogue import make_card
from cards.workshop_charts import in_short, stage_chart
from charts.chart import ChartData, Series
from charts.workshop_charts import FONT_SIZE_PX, MAX_COLUMNS, MAX_ROWS, workshop_bars, workshop_columns
from domain.filters import Filters
from settings import ROOT

pytestmark = pytest.mark.usefixtures("published")
with (ROOT / "data/lookups/terms.csv").open(encoding="utf-8", newline="") as _terms:
    STEPS = [row["term"] for row in csv.DictReader(_terms) if row["vocabulary"] == "workshop_steps.chart"]


def sizes(figure: object) -> list[float]:
    """Every letter size in a figure, wherever it stands, the template aside."""
    if isinstance(figure, dict):
        own = [figure["size"]] if "size" in figure and "color" in figure and "symbol" not in figure else []
        return own + [size for key, value in figure.items() if key != "template" for size in sizes(value)]
    if isinstance(figure, list):
        return [size for value in figure for size in sizes(value)]
    return []


def bars(count: int, label: str = "Row") -> ChartData:
    """Rows named by number; the longest first."""
    names = tuple(f"{label} {number}" for number in range(count))
    return ChartData(
        categories=names,
        series=(Series(name="things", values=tuple(range(count, 0, -1)), colour="#0B4F8A"),),
        unit="things",
    )


def test_the_first_rows_are_drawn_in_their_order():
    """The caller sorts; the stage cuts."""
    chart = workshop_bars(bars(12))
    (trace,) = chart.figure["data"]
    assert trace["y"] == [f"Row {number}" for number in range(MAX_ROWS)]
    assert trace["x"] == list(range(12, 12 - MAX_ROWS, -1))
    assert trace["text"][0] == "12" and "Row 0: things 12" in chart.alt


def test_long_labels_stand_above_their_bars():
    """Labels that would take three lines beside the bar; the bars stand at 0, 1, 2 …"""
    chart = workshop_bars(
        bars(3, "A label so long that beside its bar it would take three lines or more, which is too many")
    )
    (trace,) = chart.figure["data"]
    assert trace["y"] == [0, 1, 2] and len(chart.figure["layout"]["annotations"]) == 3
    assert trace["x"] == [3, 2, 1]


def test_words_and_formats_stand_at_the_bars():
    """A share says k of n; a side says its name; what is not stated says so."""
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


@pytest.mark.parametrize("name", STEPS)
def test_every_letter_of_every_step_is_large(name):
    """Nothing on the stage is smaller than 24 pixels."""
    found = stage_chart(make_card(name, Filters()))
    if found:
        assert sizes(found.chart.figure) and min(sizes(found.chart.figure)) >= FONT_SIZE_PX
        assert found.chart.alt and found.words


def test_what_is_left_out_is_said():
    """Sixteen themes do not fit; five pairs of bars do."""
    card = make_card("sectors_theme", Filters())
    total = len(card.chart.data.categories)
    assert stage_chart(card).words.startswith(f"The first 5 of {total} are drawn.")


@pytest.mark.parametrize(("name", "file"), [("event_dates", "events"), ("policy_dates", "policies")])
def test_years_count_rows_by_their_beginning(facts, name, file):
    """Counted from the file: the last sixteen years, those without any in between included; undated rows are not."""
    starts = [int(fact["start_on"][:4]) for fact in facts(file) if fact["date_precision"] != "undated"]
    found = stage_chart(make_card(name, Filters()))
    (trace,) = found.chart.figure["data"]
    drawn = range(max(min(starts), max(starts) - MAX_COLUMNS + 1), max(starts) + 1)
    assert dict(zip(trace["x"], trace["y"], strict=True)) == {str(year): starts.count(year) for year in drawn}
    assert found.words.startswith(f"{len(starts)} with a date, ") and 0 < len(starts) < len(facts(file))
    earlier = sum(year < drawn[0] for year in starts)
    assert (f"nor {earlier} before {drawn[0]}" in found.words) is bool(earlier)


def test_a_plan_is_not_told_as_held(facts):
    """The words under the columns count what the sources tell as held, as planned and as neither."""
    dated = [fact["status_in_source"] for fact in facts("events") if fact["date_precision"] != "undated"]
    words = stage_chart(make_card("event_dates", Filters())).words
    for status, told in (("held", "told as held"), ("planned", "told as planned")):
        assert f"{dated.count(status)} {told}" in words


def test_old_years_that_do_not_fit_are_said():
    """More years than columns: the last ones are drawn, the others counted."""
    card = make_card("event_dates", Filters())
    old = card.rows.head(1).assign(start_on=pd.Timestamp("1970-05-01"))
    found = stage_chart(replace(card, rows=pd.concat([card.rows, old], ignore_index=True)))
    assert "nor 1 before" in found.words


def test_columns_take_one_series():
    """Values and words at the columns."""
    (trace,) = workshop_columns(bars(3)).figure["data"]
    assert trace["y"] == [3, 2, 1] and trace["text"] == ["3", "2", "1"]


def test_bars_cut_by_status_keep_every_record():
    """Kinds that do not fit are added up in a last bar: what is drawn sums to what the title counts."""
    card = make_card("statuses", Filters())
    traces = stage_chart(card).chart.figure["data"]
    drawn = {trace["name"]: sum(trace["x"]) for trace in traces}
    assert sum(drawn.values()) == card.rows["count"].sum()
    assert drawn["Signed"] == card.rows.loc[card.rows["status"] == "signed", "count"].sum()
    assert traces[0]["y"][-1].endswith(" others") and len(traces[0]["y"]) == MAX_ROWS


def test_the_alt_text_says_each_name_once():
    """'EU 72', not 'EU EU 72'."""
    assert "EU EU" not in stage_chart(make_card("sectors_theme", Filters())).chart.alt


@pytest.mark.parametrize("name", ["sectors_theme", "statuses", "usa_share", "event_dates"])
def test_a_larger_stage_is_the_same_chart_larger(name):
    """On 1920 by 1080 pixels letters are 36 pixels, the rows are those of 1280 by 720, and the words too."""
    card = make_card(name, Filters())
    plain, large = stage_chart(card), stage_chart(card, 1.5)
    assert set(sizes(large.chart.figure)) == {1.5 * size for size in sizes(plain.chart.figure)}
    assert [trace["x"] for trace in large.chart.figure["data"]] == [trace["x"] for trace in plain.chart.figure["data"]]
    assert large.words == plain.words


def test_a_smaller_stage_has_fewer_rows_in_letters_as_large():
    """And says how many it leaves out; what is stacked still holds every record."""
    found = stage_chart(make_card("usa_share", Filters()), 0.8)
    assert found.words.startswith("The first 4 of 5 are drawn.") and min(sizes(found.chart.figure)) == FONT_SIZE_PX
    card = make_card("statuses", Filters())
    traces = stage_chart(card, 0.8).chart.figure["data"]
    assert sum(sum(trace["x"]) for trace in traces) == card.rows["count"].sum()


def test_texts_end_with_a_sentence_where_one_fits():
    """Whole sentences first; a sentence that is too long ends with its last whole word."""
    assert in_short("One. Two.") == "One. Two."
    assert in_short("First one. " + "x" * 245 + ". Second one.") == "First one. " + "x" * 245 + "."
    assert in_short("word, " * 60) == "word, " * 42 + "word …"
    assert len(in_short("word " * 60, 0.5)) <= 65 < len(in_short("word " * 60))
