"""Charts and maps of the imports: the numbers they were given, a text alternative, and a clear error for bad input."""

import itertools
import json

import pandas as pd
import plotly.graph_objects as go
import pytest

from charts import region_comparison
from charts.location_quotients import quotient_dots
from charts.stacked_columns import stacked_years
from maps import choropleth
from maps.participation_map import MAX_RADIUS_PX, participation_alt, participation_map

REGIONS = pd.DataFrame(
    {"region": ["Ohio", "Texas", "FRK2"], "lq": [1.84, 0.9, 1.67], "basis": ["stated", "stated", "computed"]}
)
COMPARED = pd.DataFrame(
    [
        ("Plastics", "Ohio", 2015, 1.2),
        ("Plastics", "Texas", 2015, None),
        ("Plastics", "Ohio", 2017, 1.84),
        ("Plastics", "Texas", 2017, 0.9),
    ],
    columns=["cluster", "region", "year", "lq"],
)
NEWEST = COMPARED[COMPARED["year"] == 2017]
YEARS = pd.DataFrame([(2016, "H2020", 3), (2018, "H2020", 1), (2018, "HORIZON", 4)], columns=["year", "programme", "n"])
SQUARE = {"type": "MultiPolygon", "coordinates": [[[[-84, 39], [-81, 39], [-81, 42], [-84, 42], [-84, 39]]]]}
AREAS = pd.DataFrame(
    {
        "region_code": ["US-OH", "US-ME"],
        "region": ["Ohio", "Maine"],
        "location_quotient": [1.0, None],
        "quotient_gap": [None, "not stated"],
        "tip": ["1.00", "no figure"],
    }
)
PLACES = pd.DataFrame(
    [
        ("EU", "Lyon", 45.75, 4.85, 90, 4, 80),
        ("EU", "Villeurbanne", 45.77, 4.88, 10, 1, 10),
        ("US", "Boston", 42.36, -71.06, 25, 3, 20),
        ("OTHER", None, 59.9, 10.7, 1, 1, 1),
    ],
    columns=["side", "city", "latitude", "longitude", "participations", "organisations", "projects"],
)

ORDER = ["Texas", "Ohio"]


def dots(frame=REGIONS):
    return quotient_dots(frame, label="region", value="lq", basis="basis")


def comparison(frame=NEWEST, order=ORDER):
    return region_comparison.quotient_comparison(frame, row="cluster", region="region", value="lq", order=order)


def series(frame=COMPARED, order=ORDER):
    return region_comparison.quotient_series(frame, year="year", region="region", value="lq", order=order)


def columns(frame=YEARS):
    return stacked_years(frame, year="year", group="programme", value="n", unit="projects")


def layers(deck) -> dict[str, dict]:
    """Layers of a map by id."""
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


@pytest.mark.parametrize("draw", [dots, comparison, series, columns])
def test_plotly_accepts_every_figure(draw):
    own = draw()
    figure = go.Figure(own.figure)  # validates every attribute
    assert figure.layout.height == own.height > 0 and len(own.alt.split()) > 5
    assert figure.layout.xaxis.fixedrange and figure.layout.yaxis.fixedrange
    assert json.loads(json.dumps(own.figure)) == own.figure


def test_dots_show_the_highest_first_and_the_basis():
    (trace,) = dots().figure["data"]
    assert list(zip(trace["y"], trace["x"], trace["marker"]["symbol"], strict=True)) == [
        ("Ohio", 1.84, "circle"),
        ("FRK2", 1.67, "circle-open"),
        ("Texas", 0.9, "circle"),
    ]
    assert dots().alt == (
        "Dots of location quotients, 3 rows, 2 of them above 1, the share in the whole country. "
        "Ohio 1.84; FRK2 1.67; Texas 0.90."
    )


def test_the_comparison_names_the_highest_of_each_region():
    frame = pd.DataFrame(
        [("Plastics", "Ohio", 1.2), ("Video", "Ohio", 1.9), ("Plastics", "Texas", 0.9), ("Video", "Texas", None)],
        columns=["cluster", "region", "lq"],
    )
    assert comparison(frame).alt == (
        "Dots of location quotients of Texas and Ohio in 2 industries. "
        "Highest of each region: Texas Plastics 0.90; Ohio Video 1.90."
    )


def test_a_region_looks_the_same_in_both_charts():
    """By its place in the choice, whatever rows it has."""

    def look(chart):
        return {trace["name"]: (trace["marker"]["symbol"], trace["marker"]["color"]) for trace in chart.figure["data"]}

    assert (
        look(comparison()) == look(series())
        and look(comparison(NEWEST[NEWEST["region"] == "Ohio"])).items() <= look(series()).items()
    )
    assert len({(style.symbol, style.dash) for style in region_comparison.REGION_STYLES}) == 10


def test_series_leave_a_gap_and_say_the_course():
    lines = {trace["name"]: (trace["x"], trace["y"]) for trace in series().figure["data"]}
    assert lines == {"Texas": ([2015, 2017], [None, 0.9]), "Ohio": ([2015, 2017], [1.2, 1.84])}
    assert "Texas 0.90 in 2017 alone; Ohio 1.20 in 2015, 1.84 in 2017" in series().alt


def test_columns_have_every_year_and_their_total():
    first, second, total = columns().figure["data"]
    assert first["x"] == [2016, 2017, 2018] and (first["name"], first["y"], second["name"], second["y"]) == (
        "H2020",
        [3, 0, 1],
        "HORIZON",
        [0, 0, 4],
    )
    assert total["text"] == ["3", "", "5"]
    assert columns().alt == (
        "Columns of projects by year, divided by programme: H2020 4 and HORIZON 4. 2016 3; 2017 0; 2018 5."
    )


def test_columns_have_at_most_four_groups():
    many = pd.DataFrame([(2016, f"P{number}", 10 - number) for number in range(6)], columns=["year", "programme", "n"])
    bars = [trace for trace in columns(many).figure["data"] if trace["type"] == "bar"]
    assert [(bar["name"], bar["y"]) for bar in bars] == [("P0", [10]), ("P1", [9]), ("P2", [8]), ("other", [7 + 6 + 5])]


@pytest.mark.parametrize(
    ("value", "label"),
    [
        (0, "0"),
        (0.001, "under 0.5"),
        (0.499, "under 0.5"),
        (0.5, "0.5 to 1"),
        (0.999, "0.5 to 1"),
        (1.5, "1.5 to 2"),
        (2, "2 and more"),
        (40, "2 and more"),
    ],
)
def test_classes_of_quotients(value, label):
    assert choropleth.quotient_class(value).label == label


def test_one_is_a_border_of_classes_that_darken():
    """Whoever sees no hue sees the order."""
    assert choropleth.quotient_class(1).lower == 1

    def light(colour):
        return sum(weight * int(colour[at : at + 2], 16) for weight, at in ((0.299, 1), (0.587, 3), (0.114, 5)))

    steps = [light(step.colour) for step in choropleth.CLASSES]
    assert all(lighter - darker > 20 for lighter, darker in itertools.pairwise(steps))


def test_the_map_fills_areas_under_borders_and_names():
    ohio = {"name": "Ohio", "kind": "state", "lon": -82.7, "lat": 40.3, "area": 12}
    deck = choropleth.quotient_map(AREAS, {"US-OH": SQUARE, "US-ME": SQUARE}, "USA", labels=[ohio])
    drawn = layers(deck)
    assert list(drawn) == ["ocean", "countries", "quotients", "country-lines", "lakes", "inner-lines", "labels"]
    features = drawn["quotients"]["data"]["features"]
    assert [(own["properties"]["tip"], own["properties"]["fill"][:3]) for own in features] == [
        ("Ohio\n1.00", [67, 173, 196]),
        ("Maine\nno figure", [196, 200, 204]),
    ]
    assert "http" not in deck.to_json()
    assert choropleth.quotient_map_alt(AREAS) == (
        "Map of 2 areas filled by location quotient. 1 to 1.5 (1: as in the whole country): 1; "
        "no figure, without a reason: 1. Highest of those with one: Ohio 1.00."
    )
    assert [row["label"] for row in choropleth.quotient_legend(AREAS)][-1] == "no figure, without a reason"


def test_withheld_not_available_and_zero_look_different():
    """Each has its own colour, row of the legend and number in the text alternative."""
    gaps = [None, "withheld", "not available", "not stated", "country incomplete"]
    codes = [f"US-{at}" for at in range(len(gaps))]
    frame = pd.DataFrame({"region_code": codes, "region": codes, "location_quotient": [0.0, *[None] * 4]})
    frame = frame.assign(quotient_gap=gaps, tip="x")
    deck = choropleth.quotient_map(frame, dict.fromkeys(codes, SQUARE), "USA")
    features = layers(deck)["quotients"]["data"]["features"]
    fills = [tuple(feature["properties"]["fill"]) for feature in features]
    scale = {step.colour for step in choropleth.CLASSES}
    assert len(set(fills)) == 5
    legend = [(row["label"], row["colour"]) for row in choropleth.quotient_legend(frame) if row["colour"] not in scale]
    assert [label for label, _ in legend] == [
        "0",
        "withheld by the source",
        "not available from the source",
        "no figure, without a reason",
        "figure known, no quotient",
    ]
    assert [tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5)) for _, colour in legend] == [f[:3] for f in fills]
    assert all(f"{label}: 1" in choropleth.quotient_map_alt(frame) for label, _ in legend)


def test_places_are_circles_by_number():
    """Villeurbanne lies on Lyon in every wide view; the fullest circle is the largest."""
    circles = {
        key: layer["data"]
        for key, layer in layers(participation_map(PLACES, "Europe")).items()
        if key.startswith("points-")
    }
    (lyon,), (boston,), (unnamed,) = circles["points-eu"], circles["points-us"], circles["points-other"]
    assert (lyon["count"], boston["count"]) == (100, 25) and lyon["sqrt"] == 2 * boston["sqrt"] == MAX_RADIUS_PX / 5
    assert lyon["tip"] == "Lyon and around (EU)\n100 participations"
    assert unnamed["tip"].startswith("place without a name (Other)\n1 participation\n")
    assert participation_alt(PLACES).startswith(
        "Map of 126 participations with a point (EU 100, USA 25, Other 1). Most in one place: Lyon 90, Boston 25"
    )


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: dots(REGIONS.head(0)), "no rows"),
        (lambda: dots(REGIONS.assign(region="Ohio")), "more than once"),
        (lambda: dots(REGIONS.assign(lq=[1, None, 2])), "Texas has no location quotient"),
        (lambda: dots(REGIONS.assign(basis="guessed")), "unknown basis guessed"),
        (lambda: comparison(order=["Ohio"]), "Texas is not one of the regions compared"),
        (lambda: comparison(order=[*map(str, range(9)), "Ohio", "Texas"]), "at most 10 regions"),
        (lambda: comparison(COMPARED), "more than once"),
        (lambda: comparison(NEWEST.assign(lq=None)), "none of Texas and Ohio"),
        (lambda: series(NEWEST), "two years"),
        (lambda: series(pd.concat([COMPARED, NEWEST])), "more than once"),
        (lambda: columns(YEARS.assign(year=[2016, None, 2018])), "no year"),
        (lambda: choropleth.quotient_class(-1), "not a location quotient"),
        (lambda: choropleth.quotient_map(AREAS, {"US-OH": SQUARE}, "USA"), "no outline of US-ME"),
        (lambda: choropleth.quotient_map(AREAS, {"US-OH": SQUARE, "US-ME": SQUARE}, "Mars"), "unknown extent"),
        (lambda: participation_map(PLACES, "Mars"), "unknown extent"),
        (lambda: participation_map(PLACES.assign(side="EAST"), "Europe"), "unknown side EAST"),
        (lambda: participation_map(PLACES.assign(latitude=None), "Europe"), "no coordinates"),
        (lambda: participation_map(PLACES.drop(columns="city"), "Europe"), "no column city"),
    ],
)
def test_bad_input_is_told(act, message):
    with pytest.raises(ValueError, match=message):
        act()
