"""When the map stays as the visitor moved it, and when it goes back to its view."""

import json
import math

import pytest


def the_map(app):
    """The protocol message of the page's map."""
    return app.get("deck_gl_json_chart")[0].proto


def place(node, kind: str, path: tuple[int, ...] = ()) -> tuple[int, ...] | None:
    """Where the first element of a kind stands: its index at each level of the page."""
    for index, child in getattr(node, "children", {}).items():
        found = (*path, index) if child.type == kind else place(child, kind, (*path, index))
        if found:
            return found
    return None


def test_recentre_makes_a_new_map_of_the_same_view(open_app):
    """A map of another id is drawn anew by the browser, at its first view."""
    app = open_app("map", {"extent": "Europe"})
    before = the_map(app).id, the_map(app).json
    app.run()
    assert (the_map(app).id, the_map(app).json) == before, "any other run leaves the map where it is"
    app.button(key="recentre").click().run()
    assert [error.value for error in app.exception] == []
    assert the_map(app).id != before[0] and the_map(app).json == before[1]


def test_every_press_recentres(open_app):
    """Also the second: the first one's id is not taken again."""
    app = open_app("map")
    ids = [the_map(app).id]
    for _ in range(2):
        app.button(key="recentre").click().run()
        ids.append(the_map(app).id)
    assert len(set(ids)) == 3


@pytest.mark.parametrize("page", ["map", "overview"])
def test_a_filter_leaves_the_map_its_place_among_the_elements(open_app, page):
    """One element more above it, and the browser would throw the map away and load it anew."""
    app = open_app(page)
    before = place(app.main, "deck_gl_json_chart"), the_map(app).id
    app.button_group(key="filter_side").set_value(["US"]).run()
    assert any("Filter:" in text.value for text in app.markdown), "the line of filters is there now"
    assert (place(app.main, "deck_gl_json_chart"), the_map(app).id) == before


@pytest.mark.parametrize(
    ("extent", "shown", "not_shown"),
    [
        ("Atlantic", {"United States", "Canada", "Russia"}, {"Texas", "Ohio"}),
        ("Europe", {"Spain", "Poland", "Ukraine"}, {"Texas"}),
        ("USA", {"Texas", "Montana", "Nevada"}, {"United States"}),
    ],
)
def test_countries_and_states_have_their_names(open_app, extent, shown, not_shown):
    """The largest of all; states stand for the United States where they are named."""
    layers = json.loads(the_map(open_app("map", {"extent": extent, "sector": "water"})).json)["layers"]
    (names,) = [{row["name"] for row in layer["data"]} for layer in layers if layer["id"] == "labels"]
    assert shown <= names and not not_shown & names


def test_a_step_of_zoom_changes_the_zoom_alone_and_stands_in_the_url(open_app):
    """Same id and same centre: the browser keeps the place to which the visitor moved the map."""
    app = open_app("map", {"extent": "Europe"})
    before = the_map(app).id, json.loads(the_map(app).json)["initialViewState"]
    app.button(key="zoom_add").click().run()
    assert app.query_params["zoom"] in ("1", ["1"])
    after = the_map(app).id, json.loads(the_map(app).json)["initialViewState"]
    assert after[0] == before[0]
    assert {name for name in before[1] if before[1][name] != after[1][name]} == {"zoom"}
    app.button_group(key="choice_extent").set_value("USA").run()
    assert "zoom" not in app.query_params, "steps count from the extent"


@pytest.mark.parametrize("text", ["x", "1e9", "--1", "²", "99"])
def test_a_zoom_that_cannot_be_read_is_none(open_app, text):
    app = open_app("map", {"zoom": text})
    assert not app.exception
    assert the_map(app).json == the_map(open_app("map")).json


def pixels(longitude: float, latitude: float, zoom: float) -> tuple[float, float]:
    """Web Mercator, written out here apart from the code under test."""
    south = math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    return longitude / 360 * 512 * 2**zoom, -south / (2 * math.pi) * 512 * 2**zoom


@pytest.mark.parametrize(
    ("extent", "names"),
    [("US North-East", {"Massachusetts", "New York", "Ohio"}), ("Western Europe", {"France", "Belgium", "Germany"})],
)
def test_where_points_crowd_none_hides_another_nor_a_name(open_app, extent, names):
    """All organisations: their circles stand apart, and a name has at most the centre of one circle on it."""
    drawn = json.loads(the_map(open_app("map", {"extent": extent, "kinds": "all"})).json)
    zoom = drawn["initialViewState"]["zoom"]
    layers = {layer["id"]: layer["data"] for layer in drawn["layers"]}
    rows = [row for name, data in layers.items() if name.startswith("points-") for row in data]
    at = [pixels(row["longitude"], row["latitude"], zoom) for row in rows]
    assert len(at) > 100
    assert min(math.dist(a, b) for number, a in enumerate(at) for b in at[:number]) > 9.5, "diameter 10"
    assert names <= {row["name"] for row in layers["labels"]}
    for row in layers["labels"]:
        x, y = pixels(row["lon"], row["lat"], zoom)
        x, y, half = x + row["offset"][0], y + row["offset"][1], len(row["name"]) * row["size"] / 4
        assert sum(abs(a - x) < half and abs(b - y) < row["size"] / 2 for a, b in at) <= 1, row["name"]
