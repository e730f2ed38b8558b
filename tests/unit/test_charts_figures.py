"""Every figure shows the numbers it was given, and its alt text says what they mean."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import bars, chart, cotargets, matrix, theme
from charts import share_readings as shares

COUNTS = pd.DataFrame({"name": ["Spain", "France", "Malta", "Italy"], "n": [3, 18350, 0, 3], "id": list("sfmi")})
READINGS = pd.DataFrame(
    [
        {
            "measure_id": "printed",
            "label": "Printed in D3.5",
            "share_label": "“47.37 %”",
            "share": 0.4737,
            "basis": "printed",
            "population": "a survey",
            "note": "",
        },
        {
            "measure_id": "of-25",
            "label": "Final count",
            "share_label": "18 of 25 (72 %)",
            "share": 0.72,
            "basis": "counted",
            "population": "25 partnerships",
            "note": "",
        },
        {
            "measure_id": "of-19",
            "label": "Likely answers",
            "share_label": "9 of 19 (47 %)",
            "share": 9 / 19,
            "basis": "inferred",
            "population": "19 answers",
            "note": "",
        },
    ]
)
PAIRS = pd.DataFrame(
    [("p1", "AdPack", "US", "United States"), ("p2", "Enw", "US", "United States"), ("p1", "AdPack", "CA", "Canada")],
    columns=["project_id", "project", "country_code", "country"],
)
PARTNERS = pd.DataFrame(
    [
        ("1", "OHIO UNIVERSITY", "FR", "France", 2),
        ("1", "OHIO UNIVERSITY", "ES", "Spain", 1),
        ("2", "<b>TEXAS</b> INSTITUTE OF VERY LONG NAMES & SONS", "FR", "France", 1),
    ],
    columns=["organisation_id", "organisation", "country_code", "country", "projects"],
)
ALL = {
    "count_bars": lambda: bars.count_bars(COUNTS, label="name", value="n", unit="organisations"),
    "share_readings": lambda: shares.share_readings(READINGS),
    "cotarget_matrix": lambda: cotargets.cotarget_matrix(PAIRS, total=4, population="projects of the table"),
    "partner_matrix": lambda: matrix.partner_matrix(PARTNERS, population="US organisations"),
}


def trace(figure: dict, **wanted) -> dict:
    """The one trace with these values."""
    (match,) = [own for own in figure["data"] if all(own.get(key) == value for key, value in wanted.items())]
    return match


@pytest.mark.parametrize("name", ALL)
def test_plotly_accepts_every_figure(name):
    own = ALL[name]()
    figure = go.Figure(own.figure)  # validates every attribute
    assert figure.layout.height == own.height > 0
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange  # scrolling the page does not zoom
    assert json.loads(json.dumps(own.figure)) == own.figure  # plain values only


@pytest.mark.parametrize("name", ALL)
def test_alt_is_a_text_of_its_own(name):
    alt = ALL[name]().alt
    assert len(alt) > 40 and alt.endswith(".") and "nan" not in alt and "<" not in alt


@pytest.mark.parametrize(
    ("build", "frame"),
    [
        (lambda f: bars.count_bars(f, label="name", value="n", unit="x"), COUNTS),
        (shares.share_readings, READINGS),
        (lambda f: cotargets.cotarget_matrix(f, total=4, population="projects"), PAIRS),
        (lambda f: matrix.partner_matrix(f, population="organisations"), PARTNERS),
    ],
)
def test_an_empty_frame_or_a_missing_column_is_refused(build, frame):
    with pytest.raises(ValueError, match="no rows"):
        build(frame.iloc[:0])
    with pytest.raises(ValueError, match="no column"):
        build(frame.iloc[:, 1:-1].iloc[:, :1])


def test_count_bars_are_sorted_start_at_zero_and_carry_their_values():
    figure = ALL["count_bars"]().figure
    assert figure["data"][0]["y"] == ["France", "Italy", "Spain", "Malta"]
    assert figure["data"][0]["x"] == [18350, 3, 3, 0]
    assert figure["data"][0]["text"] == ["18,350", "3", "3", "0"]
    assert figure["layout"]["xaxis"]["range"][0] == 0


def test_count_bars_state_the_leader_or_the_tie():
    assert "France leads with 18,350 organisations" in ALL["count_bars"]().alt
    tied = COUNTS.assign(n=[5, 5, 1, 0])
    assert "France and Spain lead with 5 firms each" in bars.count_bars(tied, label="name", value="n", unit="firms").alt
    level = COUNTS.assign(n=2)
    assert "All 4 rows have 2 firms" in bars.count_bars(level, label="name", value="n", unit="firms").alt


def test_count_bars_take_colours_by_name_and_hand_back_ids():
    own = bars.count_bars(
        COUNTS, label="name", value="n", unit="x", colours={"s": "#1B75BC"}, colour_by="id", row_id="id"
    ).figure["data"][0]
    assert own["marker"]["color"] == [theme.GREY, theme.GREY, "#1B75BC", theme.GREY]
    assert own["customdata"] == [["f"], ["i"], ["s"], ["m"]]


def test_two_rows_of_one_label_are_refused():
    with pytest.raises(ValueError, match="Spain"):
        bars.count_bars(pd.concat([COUNTS, COUNTS]), label="name", value="n", unit="x")


def test_readings_show_k_of_n_and_quote_what_is_only_printed():
    own = ALL["share_readings"]()
    written = [note["text"] for note in own.figure["layout"]["annotations"]]
    assert "“47.37 %”, printed" in written
    assert "18 of 25 (72 %), counted" in written
    assert "9 of 19 (47 %), inferred" in written
    assert any("of: 25 partnerships" in text for text in written)


def test_readings_differ_by_shape_and_keep_their_values():
    figure = ALL["share_readings"]().figure
    assert {own["name"]: own["x"] for own in figure["data"]} == {
        "printed": [0.4737],
        "counted": [0.72],
        "inferred": [9 / 19],
    }
    assert len({own["marker"]["symbol"] for own in figure["data"]}) == 3
    assert figure["layout"]["xaxis"]["range"][0] == pytest.approx(0, abs=0.02)


def test_readings_alt_spans_the_range_and_names_populations():
    alt = ALL["share_readings"]().alt
    assert "from 47 % to 72 %" in alt and "18 of 25 (72 %), counted (population: 25 partnerships)" in alt


def test_the_matrix_draws_each_pair_once_and_counts_by_country():
    own = cotargets.cotarget_matrix(pd.concat([PAIRS, PAIRS]), total=4, population="projects of the table")
    squares = own.figure["data"][0]
    cells = list(zip(squares["x"], squares["y"], strict=True))
    assert sorted(cells) == [(0, "AdPack"), (0, "Enw"), (1, "AdPack")]
    assert own.figure["layout"]["yaxis"]["categoryarray"] == ["AdPack", "Enw"]
    assert own.figure["layout"]["xaxis"]["ticktext"] == ["US<br><b>2</b>", "CA<br><b>1</b>"]
    assert [point[0] for point in squares["customdata"]] == ["p1", "p2", "p1"]
    assert dict(own.marks.names) == {"p1": "AdPack", "p2": "Enw"} and own.marks.table == "projects"
    assert "4 projects of the table" in own.alt and "Canada 1 of 4" in own.alt


def test_the_matrix_of_a_phone_names_the_countries_and_packs_the_squares():
    squares = cotargets.cotarget_matrix(PAIRS, total=4, population="projects").narrow["data"][0]
    rows = sorted(zip(squares["y"], squares["x"], strict=True))
    assert rows == [("Canada 1", 0), ("United States 2", 0), ("United States 2", 1)]


def test_the_config_reaches_no_other_host():
    config = dict(chart.PLOTLY_CONFIG)
    assert config["displaylogo"] is False and config["responsive"] is True
    assert "http" not in json.dumps(config)


def test_partner_matrix_counts_organisations_by_country_and_writes_repeated_projects():
    """Countries by the number of organisations that they meet; markup in a name stays text, a long name is whole."""
    own = matrix.partner_matrix(PARTNERS, population="US organisations")
    squares = own.figure["data"][0]
    assert list(zip(squares["x"], squares["y"], squares["text"], strict=True)) == [(0, 0, "2"), (1, 0, ""), (0, 1, "")]
    name = "&lt;b&gt;TEXAS&lt;/b&gt; INSTITUTE OF VERY LONG NAMES &amp; SONS"
    assert own.figure["layout"]["yaxis"]["ticktext"][0] == "OHIO UNIVERSITY"
    assert own.figure["layout"]["yaxis"]["ticktext"][1].replace("<br>", " ") == name
    assert own.figure["layout"]["xaxis"]["ticktext"] == ["FR<br><b>2</b>", "ES<br><b>1</b>"]
    assert [label["text"].replace("<br>", " ") for label in own.narrow["layout"]["annotations"]] == [
        "OHIO UNIVERSITY",
        name,
    ]
    assert squares["customdata"][2][0] == name
    assert own.alt == (
        "Matrix of 3 pairs of organisation and country with common projects: 2 US organisations, 2 countries. "
        "Most often met: France. France 2 of 2; Spain 1 of 2."
    )
    assert own.data.categories == ("France", "Spain") and own.data.series[0].values == (2, 1)
    assert own.data.axis_max == 2


def test_partner_matrix_draws_twelve_organisations_and_counts_all():
    many = pd.DataFrame(
        [(str(number), f"ORGANISATION {number}", "FR", "France", 1) for number in range(20)], columns=PARTNERS.columns
    )
    own = matrix.partner_matrix(many, population="US organisations")
    assert len(own.figure["data"][0]["x"]) == 12 and own.data.series[0].values == (20,)
