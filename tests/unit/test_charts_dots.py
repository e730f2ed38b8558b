"""Dot plots: both sides of every sector, and the same measures of a few sectors."""

import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import dots, theme
from charts.chart import Chart

SECTORS = pd.DataFrame(
    {"id": ["energy", "water", "art"], "name": ["Energy", "Water", "Art"], "eu": [12, 4, 1], "us": [7, 20, 0]}
)
MEASURES = {"eu": "EU organisations", "us": "US organisations"}


def sides(frame: pd.DataFrame = SECTORS, chosen: tuple[str, ...] = ()) -> Chart:
    return dots.side_dots(frame, label="name", eu="eu", us="us", unit="organisations", row_id="id", chosen=chosen)


def measures(frame: pd.DataFrame = SECTORS) -> Chart:
    return dots.measure_dots(frame, label="name", measures=MEASURES, unit="organisations")


def trace(figure: dict, name: str) -> dict:
    (match,) = [own for own in figure["data"] if own.get("name") == name]
    return match


@pytest.mark.parametrize("chart", [sides(), sides(chosen=("water",)), measures()])
def test_plotly_accepts_both_figures(chart):
    for figure in (chart.figure, chart.narrow):
        assert go.Figure(figure).layout.height > 0
        assert json.loads(json.dumps(figure)) == figure
    assert len(chart.alt) > 40 and chart.alt.endswith(".")


def test_the_row_with_most_is_first_and_each_side_has_its_dot():
    """24, 19 and 1 organisations in all."""
    for figure in (sides().figure, sides().narrow):
        assert trace(figure, "EU")["x"] == [4, 12, 1] and trace(figure, "USA")["x"] == [20, 7, 0]
        assert trace(figure, "EU")["customdata"] == [["water"], ["energy"], ["art"]]
    assert [text.strip() for text in sides().figure["data"][2]["text"]] == [
        "EU 4 · USA 20",
        "EU 12 · USA 7",
        "EU 1 · USA 0",
    ]
    assert "EU 17 and USA 27" in sides().alt and "Water EU 4, USA 20" in sides().alt
    assert sides().narrows == ("sectors",)


def test_chosen_sectors_are_in_colour_and_the_others_grey():
    figure = sides(chosen=("energy",)).figure
    assert trace(figure, "EU")["marker"]["color"] == [theme.GREY, theme.SIDE_COLOURS["EU"], theme.GREY]
    assert trace(figure, "USA")["marker"]["color"] == [theme.GREY, theme.SIDE_COLOURS["US"], theme.GREY]
    assert set(trace(sides().figure, "EU")["marker"]["color"]) == {theme.SIDE_COLOURS["EU"]}
    assert sides(chosen=("art",)).data.categories[0] == "Art", "slides have room for few rows"


def test_at_most_a_screen_is_drawn_and_what_is_chosen_always():
    many = pd.DataFrame({"id": [f"s{n}" for n in range(51)], "name": [f"Sector {n}" for n in range(51)]})
    many = many.assign(eu=[51 - n for n in range(51)], us=0)
    assert len(trace(sides(many).figure, "EU")["x"]) == 24
    chosen = trace(sides(many, ("s50",)).figure, "EU")
    assert chosen["x"][-1] == 1 and len(chosen["x"]) == 25
    assert len(sides(many).data.categories) == 51 and sides(many).height < 768


def test_symbols_differ_so_that_colour_is_not_the_only_key():
    assert trace(sides().figure, "EU")["marker"]["symbol"] != trace(sides().figure, "USA")["marker"]["symbol"]
    assert len({symbol for _, symbol in dots.COMPARED}) == len({colour for colour, _ in dots.COMPARED}) == 4
    assert not {colour for colour, _ in dots.COMPARED} & set(theme.SIDE_COLOURS.values()), "sides have their own"


def test_each_sector_has_its_number_in_every_measure():
    figure = measures().figure
    assert trace(figure, "Energy")["x"] == [12, 7] and trace(figure, "Water")["x"] == [4, 20]
    assert [text.strip() for text in trace(figure, "Water")["text"]] == ["4", "20"]
    heights = [place for own in figure["data"] for place in own["y"]]
    assert len(set(heights)) == len(heights), "no dot lies on another"
    assert "EU organisations Energy 12, Water 4, Art 1" in measures().alt


def test_bad_frames_are_refused():
    with pytest.raises(ValueError, match="no rows"):
        sides(SECTORS.iloc[:0])
    with pytest.raises(ValueError, match="us"):
        sides(SECTORS.drop(columns="us"))
    with pytest.raises(ValueError, match="Energy"):
        sides(pd.concat([SECTORS, SECTORS]))
    with pytest.raises(ValueError, match="at most 4"):
        measures(pd.concat([SECTORS, SECTORS.assign(name=["A", "B", "C"])]))
