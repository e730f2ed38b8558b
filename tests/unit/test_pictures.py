"""The frame of a picture, and what is said when there is no browser to draw it; drawing itself is a browser test."""

import time
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.bars import count_bars, status_bars
from exports.images import browser
from exports.images import render as pictures
from exports.images.render import ImageExportError, Words, can_draw, framed, picture

pytestmark = pytest.mark.slow  # draws pictures in a browser

WORDS = Words("Finding <b>first</b>", "Measure", "Source: a paper (p. 3)", "Energy, 2015", "Data x, 22 November 2026")


@pytest.fixture
def chart():
    return count_bars(pd.DataFrame({"name": ["A", "B"], "count": [3, 2]}), label="name", value="count", unit="links")


@pytest.fixture
def no_browser(monkeypatch):
    """A machine without any browser, and a pen that has not looked for one yet."""
    monkeypatch.setattr(browser, "candidates", lambda environ: iter(()))
    monkeypatch.setattr(pictures, "_PEN", pictures._Pen())


def notes(figure: dict) -> str:
    return "\n".join(note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"])


def test_the_picture_can_be_quoted(chart):
    """Finding, measure, source, filters and release stand in it; markup stays text."""
    text = notes(framed(chart, WORDS))
    assert "<b>Finding &lt;b&gt;first&lt;/b&gt;</b>" in text
    for words in (WORDS.subtitle, WORDS.source_line, "Filter: Energy, 2015", WORDS.release_line):
        assert words in text
    go.Figure(framed(chart, WORDS))


def test_the_chart_keeps_its_size_and_is_not_changed(chart):
    """What the words take is added to the sheet: above and below, by margins."""
    before = chart.figure["layout"]["margin"].copy()
    layout = framed(chart, WORDS, 900)["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert inner == chart.height - before["t"] - before["b"] and layout["width"] == 900
    assert chart.figure["layout"]["margin"] == before and "annotations" not in chart.figure["layout"]


def test_a_long_title_takes_more_lines_and_more_room(chart):
    long = Words("word " * 60, "s", "s", "f", "r")
    tall, short = framed(chart, long)["layout"], framed(chart, WORDS)["layout"]
    assert tall["height"] > short["height"] + 30
    assert max(len(line) for line in tall["annotations"][0]["text"].split("<br>")) < 120


def test_a_legend_keeps_its_place_over_the_chart():
    """It is placed on the sheet, which has become taller: as far above the plot as before, in pixels."""
    frame = pd.DataFrame({"kind": ["MoU"], "status": ["signed"], "count": [2]})
    chart = status_bars(frame, label="kind")
    layout = framed(chart, WORDS)["layout"]
    from_top = (1 - layout["legend"]["y"]) * layout["height"]
    assert from_top == pytest.approx(layout["margin"]["t"] - chart.figure["layout"]["margin"]["t"])


def test_unknown_format(chart):
    with pytest.raises(ValueError, match="unknown image format 'gif'; use one of png, svg"):
        picture(chart, "gif", WORDS)


def test_without_a_browser_it_says_so(chart, no_browser):
    """The reason is for the reader of the page: what is missing, how to get it, what works without."""
    assert "CHROME_PATH" in can_draw() and "camera button" in can_draw()
    with pytest.raises(ImageExportError, match="none was found"):
        picture(chart, "png", WORDS)


def test_a_browser_that_does_not_answer_is_given_up(chart, monkeypatch, tmp_path):
    """A program that is no browser: an error in time instead of waiting for ever, and the next try starts anew."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho $$ >> " + str(tmp_path / "started") + "\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(browser, "find", lambda environ: str(program))
    monkeypatch.setattr(pictures, "START_SECONDS", 3)
    monkeypatch.setattr(pictures, "CLOSE_SECONDS", 1)
    pen = pictures._Pen()
    monkeypatch.setattr(pictures, "_PEN", pen)
    with pytest.raises(ImageExportError, match=f"{program} (did not draw the picture in time|could not)"):
        picture(chart, "png", WORDS)
    assert pen._loop is None, "the next picture starts a new browser"
    started = [int(line) for line in (tmp_path / "started").read_text().split()]
    deadline = time.monotonic() + 5
    while any(map(is_running, started)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert started and not any(map(is_running, started)), "a browser was left behind"


def is_running(process: int) -> bool:
    """True for a process that has not ended; one that waits to be collected has."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
