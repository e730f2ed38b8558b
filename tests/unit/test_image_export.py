"""The texts around a chart in an image, and the message without a browser; drawing is a browser test."""

import time
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.bars import count_bars
from charts.ladder import status_ladder
from exports.images import browser, render
from exports.images.caption import ImageCaption, captioned_figure
from exports.images.render import ImageExportError, render_image, unavailable_reason

pytestmark = pytest.mark.slow  # draws pictures in a browser

CAPTION = ImageCaption(
    "Finding <b>first</b>", "Measure", "Source: a paper (p. 3)", "Energy, 2015", "Data x, 22 November 2026"
)


@pytest.fixture
def chart():
    return count_bars(pd.DataFrame({"name": ["A", "B"], "count": [3, 2]}), label="name", value="count", unit="links")


@pytest.fixture
def no_browser(monkeypatch):
    """A machine without any browser, and a renderer that has not looked for one yet."""
    monkeypatch.setattr(browser, "candidates", lambda environ: iter(()))
    monkeypatch.setattr(render, "_RENDERER", render._ImageRenderer())


def notes(figure: dict) -> str:
    return "\n".join(note["text"].replace("<br>", " ") for note in figure["layout"]["annotations"])


def test_the_image_can_be_quoted(chart):
    """Finding, measure, source, filters and release are in it; markup stays text."""
    text = notes(captioned_figure(chart, CAPTION))
    assert "<b>Finding &lt;b&gt;first&lt;/b&gt;</b>" in text
    for words in (CAPTION.subtitle, CAPTION.source_line, "Filter: Energy, 2015", CAPTION.release_line):
        assert words in text
    go.Figure(captioned_figure(chart, CAPTION))


def test_the_chart_keeps_its_size_and_is_not_changed(chart):
    """The height of the texts is added to the margins above and below the chart."""
    before = chart.figure["layout"]["margin"].copy()
    layout = captioned_figure(chart, CAPTION, 900)["layout"]
    inner = layout["height"] - layout["margin"]["t"] - layout["margin"]["b"]
    assert inner == chart.height - before["t"] - before["b"] and layout["width"] == 900
    assert chart.figure["layout"]["margin"] == before and "annotations" not in chart.figure["layout"]


def test_a_long_title_takes_more_lines_and_more_height(chart):
    long = ImageCaption("word " * 60, "s", "s", "f", "r")
    tall, short = captioned_figure(chart, long)["layout"], captioned_figure(chart, CAPTION)["layout"]
    assert tall["height"] > short["height"] + 30
    assert max(len(line) for line in tall["annotations"][0]["text"].split("<br>")) < 120


def test_a_legend_keeps_its_place_over_the_chart():
    """It is placed on the sheet, which has become taller: as far above the plot as before, in pixels."""
    row = {"cooperation_id": "a", "title": "A", "status": "signed", "commitment": "agreement", "when": "2013"}
    chart = status_ladder(pd.DataFrame([row]), nouns="cooperations")
    layout = captioned_figure(chart, CAPTION)["layout"]
    from_top = (1 - layout["legend"]["y"]) * layout["height"]
    assert from_top == pytest.approx(layout["margin"]["t"] - chart.figure["layout"]["margin"]["t"])


def test_unknown_format(chart):
    with pytest.raises(ValueError, match="unknown image format 'gif'; use one of png, svg"):
        render_image(chart, "gif", CAPTION)


def test_without_a_browser_it_says_so(chart, no_browser):
    """The reason is for the reader of the page: what is missing, how to get it, what works without."""
    assert "CHROME_PATH" in unavailable_reason() and "camera button" in unavailable_reason()
    with pytest.raises(ImageExportError, match="none was found"):
        render_image(chart, "png", CAPTION)


def test_a_browser_that_does_not_answer_is_given_up(chart, monkeypatch, tmp_path):
    """A program that is no browser: an error in time instead of waiting for ever, and the next try starts anew."""
    program = tmp_path / "chromium"
    program.write_text("#!/bin/sh\necho $$ >> " + str(tmp_path / "started") + "\nexec sleep 30\n")
    program.chmod(0o755)
    monkeypatch.setattr(browser, "find", lambda environ: str(program))
    monkeypatch.setattr(render, "START_TIMEOUT_SECONDS", 3)
    monkeypatch.setattr(render, "CLOSE_TIMEOUT_SECONDS", 1)
    renderer = render._ImageRenderer()
    monkeypatch.setattr(render, "_RENDERER", renderer)
    with pytest.raises(ImageExportError, match=f"{program} (did not draw the image in time|could not)"):
        render_image(chart, "png", CAPTION)
    assert renderer._session is None, "the next image starts a new browser"
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
