"""Names of imported regions in charts: as text, whatever marks they hold, and whole however long they are."""

import json

import pandas as pd
import pytest

from charts.chart import MAX_LABEL_CHARS
from charts.location_quotients import MAX_WIDE_LABEL_CHARS, quotient_dots
from charts.region_comparison import quotient_comparison, quotient_series

LONG = "District with a long official name that does not fit on the axis and goes on"
NAMES = ["<b>Bavaria</b> & <i>Co</i>", '<a href="x">%{x}</a>', LONG]
DOTS = pd.DataFrame({"region": NAMES, "lq": [1.8, 0.9, 1.2], "basis": "stated"})
SERIES = pd.DataFrame(
    [("Plastics", name, year, 1.5) for name in NAMES for year in (2014, 2015)],
    columns=["cluster", "region", "year", "lq"],
)
NEWEST = SERIES[SERIES["year"] == 2015]
CHARTS = {
    "dots": lambda: quotient_dots(DOTS, label="region", value="lq", basis="basis"),
    "comparison": lambda: quotient_comparison(NEWEST, row="cluster", region="region", value="lq", order=NAMES),
    "series": lambda: quotient_series(SERIES, year="year", region="region", value="lq", order=NAMES),
}


@pytest.mark.parametrize("chart", CHARTS)
def test_no_mark_of_a_name_is_drawn(chart):
    """Plotly reads <b>, links and %{x}: in the figure they are references, in the words they stay as written."""
    drawn = CHARTS[chart]()
    text = json.dumps(drawn.figure, ensure_ascii=False)
    assert "&lt;b&gt;Bavaria&lt;/b&gt; &amp;" in text
    assert "<b>" not in text and "<a " not in text and "%{x}<" not in text
    assert NAMES[0] in drawn.alt


@pytest.mark.parametrize(("figure", "max_chars"), [("figure", MAX_WIDE_LABEL_CHARS), ("narrow", MAX_LABEL_CHARS)])
def test_long_names_are_whole(figure, max_chars):
    """On several lines, none longer than the axis has room for, fewer in a narrow window."""
    texts = getattr(CHARTS["dots"](), figure)["layout"]["yaxis"]["ticktext"]
    (label,) = [text for text in texts if text.startswith("District")]
    lines = label.split("<br>")
    assert " ".join(lines) == LONG and all(len(line) <= max_chars for line in lines)
