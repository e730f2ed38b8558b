"""The ladder of statuses and the matrix of places: every record once, unknown places apart."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts.ladder import COLUMNS, status_ladder
from charts.who_with_whom import country_state_matrix

RECORDS = pd.DataFrame(
    [(f"c{n}", f"Link {n}", "signed", "agreement", "2013") for n in range(COLUMNS + 2)]
    + [("p", "Plan <b>", "planned", "intention", "undated"), ("o", "Work", "ongoing", "activity", "June 2015")],
    columns=["cooperation_id", "title", "status", "commitment", "when"],
)
PAIRS = pd.DataFrame(
    [("FR", "France", "US-OH", "Ohio", 9), ("FR", "France", None, None, 12), (None, None, "US-WA", "Washington", 2)],
    columns=["country_code", "country", "region_code", "state", "count"],
)


@pytest.mark.parametrize(
    "own", [status_ladder(RECORDS, nouns="links"), country_state_matrix(PAIRS, nouns="links")], ids=["ladder", "matrix"]
)
def test_plotly_accepts_them(own):
    for figure in (own.figure, own.narrow):
        if figure:
            go.Figure(figure)
            assert json.loads(json.dumps(figure)) == figure


def test_the_ladder_has_a_dot_for_each_record_and_the_firmest_rung_on_top():
    own = status_ladder(RECORDS, nouns="links")
    dots = {
        data[0]: (x, y) for t in own.figure["data"] for data, x, y in zip(t["customdata"], t["x"], t["y"], strict=True)
    }
    assert len(dots) == len(set(dots.values())) == len(RECORDS)
    assert dots["c0"] == (0, 0) and dots[f"c{COLUMNS}"] == (0, 1)  # a long rung takes two lines
    assert dots["c0"][1] < dots["o"][1] < dots["p"][1]
    assert own.figure["layout"]["yaxis"]["ticktext"] == [
        f"Signed <b>{COLUMNS + 2}</b>",
        "Ongoing <b>1</b>",
        "Planned <b>1</b>",
    ]
    assert own.data.categories == ("Signed", "Ongoing", "Planned") and own.data.series[0].values == (COLUMNS + 2, 1, 1)
    assert {t["name"]: t["marker"]["symbol"] for t in own.figure["data"]} == {
        "agreement": "circle",
        "activity": "circle",
        "intention": "circle-open",
    }
    assert "&lt;b&gt;" in own.figure["data"][-1]["text"][0] and own.marks.names["p"] == "Plan <b>"


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="rumoured"):
        status_ladder(RECORDS.assign(status="rumoured"), nouns="links")
    with pytest.raises(ValueError, match="no rows"):
        status_ladder(RECORDS.iloc[:0], nouns="links")


def test_the_matrix_counts_known_pairs_and_keeps_unknown_places_apart():
    own = country_state_matrix(PAIRS, nouns="links")
    squares = own.figure["data"][0]
    assert squares["customdata"] == [["FR", "US-OH"], ["FR", ""], ["", "US-WA"]] and own.narrows == (
        "countries",
        "states",
    )
    layout = own.figure["layout"]
    assert layout["xaxis"]["ticktext"] == ["FR", "?"]
    assert layout["yaxis"]["ticktext"] == ["Ohio", "Washington", "not recorded"]
    assert squares["text"] == ["9", "12", "2"] and len(set(squares["marker"]["color"])) == 2
    assert own.alt == (
        "Matrix of links by EU country and US state: 1 pair of a recorded country and state. France and Ohio 9."
    )
    assert own.narrow["data"][0]["x"] == [9] and own.data.series[0].values == (9,)


def test_the_matrix_without_a_known_pair_has_no_bars():
    own = country_state_matrix(PAIRS.iloc[1:], nouns="links")
    assert own.data is None and own.narrow is None and "0 pairs" in own.alt
