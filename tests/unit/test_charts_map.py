"""The map: every organisation reachable, compact JSON, nothing from another host."""

import json
import math

import pandas as pd
import pytest
from map_frames import BOSTON, LABELS, LYON, links_to_boston

from maps import cooperation_map as chart_map
from maps.extents import EXTENTS
from maps.geometry import to_pixels
from maps.points import MAX_SPREAD_KM, group_points, keep_apart, spread_points

VILLEURBANNE = (45.77, 4.88)


def frame(*rows: tuple[str, str, str, tuple[float, float]]) -> pd.DataFrame:
    """Points from (id, side, place, (latitude, longitude))."""
    return pd.DataFrame(
        [
            {
                "organisation_id": key,
                "name": key.title(),
                "side": side,
                "place": place,
                "country_code": "FR",
                "latitude": at[0],
                "longitude": at[1],
                "kind": "cluster_organisation",
                "is_cluster_organisation": True,
                "location_note": None,
            }
            for key, side, place, at in rows
        ]
    )


@pytest.fixture
def points() -> pd.DataFrame:
    crowd = [(f"lyon-{number:02d}", "EU", "Lyon", LYON) for number in range(20)]
    return frame(*crowd, ("villeurbanne", "EU", "Villeurbanne", VILLEURBANNE), ("boston", "US", "Boston", BOSTON))


@pytest.fixture
def links() -> pd.DataFrame:
    return links_to_boston("lyon-00")


def km(here: dict, at: tuple[float, float]) -> float:
    east = (here["longitude"] - at[1]) * math.cos(math.radians(at[0]))
    return 111.2 * math.hypot(here["latitude"] - at[0], east)


def layers(deck) -> dict[str, dict]:
    return {layer["id"]: layer for layer in json.loads(deck.to_json())["layers"]}


@pytest.mark.parametrize("step", [5, 16, 200])
def test_spread_points_are_all_distinct_and_stay_near_their_city(points, step):
    circles = spread_points(points, step)
    assert sorted(key for circle in circles for key in circle["organisation_ids"]) == sorted(points["organisation_id"])
    assert len({(circle["latitude"], circle["longitude"]) for circle in circles}) == len(points)
    crowd = [circle for circle in circles if circle["organisation_ids"][0].startswith("lyon")]
    assert max(km(circle, LYON) for circle in crowd) <= MAX_SPREAD_KM


def test_neighbours_in_a_city_stand_about_one_step_apart(points):
    crowd = [circle for circle in spread_points(points, 10) if circle["organisation_ids"][0].startswith("lyon")]
    nearest = min(km(a, (b["latitude"], b["longitude"])) for a in crowd for b in crowd if a is not b)
    assert 6 <= nearest <= 14


def test_a_city_with_one_organisation_keeps_its_coordinates(points):
    boston = next(circle for circle in spread_points(points) if circle["side"] == "US")
    assert (boston["latitude"], boston["longitude"]) == BOSTON


def test_spread_does_not_depend_on_the_order_of_rows(points):
    assert spread_points(points) == spread_points(points.sample(frac=1, random_state=7))


def test_circles_of_neighbouring_cities_do_not_cover_one_another(points):
    zoom = EXTENTS["Western Europe"].zoom
    before = spread_points(points, 22)
    after = keep_apart(before, 11, zoom)
    assert [circle["organisation_ids"] for circle in after] == [circle["organisation_ids"] for circle in before]
    at = [to_pixels(circle["longitude"], circle["latitude"], zoom) for circle in after]
    assert min(math.dist(a, b) for number, a in enumerate(at) for b in at[:number]) > 10.5
    assert next(circle for circle in after if circle["side"] == "US")["latitude"] == BOSTON[0]  # alone: not moved


def test_circles_are_never_pushed_beyond_the_limit(points):
    before = spread_points(points, 22)
    after = keep_apart(before, 200, 4.6)  # more than there is room for
    assert (
        max(km(a, (b["latitude"], b["longitude"])) for a, b in zip(after, before, strict=True)) < MAX_SPREAD_KM * 1.05
    )


def test_a_number_is_written_only_where_no_smaller_circle_lies_on_it(points, links):
    """In the view Atlantic a degree is 5.7 pixels: 1.5 are within the circle of 21 (radius 23), ten are outside."""

    def numbers(longitude: float) -> list[str]:
        near = points.assign(
            longitude=points["longitude"].where(points["organisation_id"] != "boston", longitude),
            latitude=points["latitude"].where(points["organisation_id"] != "boston", LYON[0]),
        )
        own = layers(chart_map.cooperation_map(near, links))
        return [row["text"] for row in own.get("counts", {"data": []})["data"]]

    assert numbers(LYON[1] + 1.5) == [] and numbers(LYON[1] + 10) == ["21"]


def test_the_map_writes_the_names_it_is_given(points, links):
    assert "labels" not in layers(chart_map.cooperation_map(points, links))
    own = layers(chart_map.cooperation_map(points, links, "Europe", labels=LABELS))
    assert {row["name"] for row in own["labels"]["data"]} == {"France", "United States"}


def test_groups_hold_everybody_and_say_how_many(points):
    circles = group_points(points)
    assert [circle["count"] for circle in circles] == [20, 1, 1]
    assert circles[0]["sqrt"] == pytest.approx(math.sqrt(20), abs=0.001)  # the area shows the number
    assert circles[0]["tip"].startswith("Lyon, FR: 20 organisations\nLyon-00") and "and 8 more" in circles[0]["tip"]


def test_near_places_join_only_within_the_distance_and_the_side(points):
    joined = group_points(points, merge_km=10)
    assert [circle["count"] for circle in joined] == [21, 1]
    assert "Lyon, FR and around: 21 organisations" in joined[0]["tip"]
    mixed = frame(("a", "EU", "Lyon", LYON), ("b", "US", "Lyon", LYON))
    assert [circle["side"] for circle in group_points(mixed, merge_km=10)] == ["EU", "US"]


def test_places_that_would_hide_one_another_share_a_circle(points):
    """Villeurbanne is 0.03 degrees of longitude from Lyon."""
    assert [circle["count"] for circle in group_points(points, radius_degrees=0.1)] == [21, 1]
    assert [circle["count"] for circle in group_points(points, radius_degrees=0.001)] == [20, 1, 1]


def test_a_point_says_what_it_stands_for(points):
    noted = points.assign(location_note="lead organisation in Boston").query("side == 'US'")
    assert spread_points(noted)[0]["tip"] == "Boston\nBoston, FR\nlead organisation in Boston"
    ended = points.assign(ended="Merged: May 2018")
    assert spread_points(ended.query("side == 'US'"))[0]["tip"] == "Boston\nBoston, FR\nMerged: May 2018"
    assert "\nLyon-00 (merged: May 2018)\n" in group_points(ended)[0]["tip"]


def test_a_point_without_coordinates_is_refused(points):
    points.loc[3, "latitude"] = None
    with pytest.raises(ValueError, match="lyon-03 has no coordinates"):
        spread_points(points)


@pytest.mark.parametrize("extent", EXTENTS)
def test_the_json_is_compact_and_names_no_other_host(points, links, extent):
    text = chart_map.cooperation_map(points, links, extent).to_json()
    assert "http" not in text and "mapbox" not in text.lower() and "carto" not in text.lower()
    assert "\n  " not in text and '": ' not in text
    assert len(text) < 16_000
    assert "mapProvider" not in json.loads(text)


def test_outlines_come_by_url_from_the_static_folder(points, links):
    own = layers(chart_map.cooperation_map(points, links))
    for name in ("countries", "country-lines", "lakes", "inner-lines"):
        assert own[name]["data"] == f"app/static/{name}.json"


def test_circles_lie_over_arcs_and_arcs_over_land(points, links):
    order = [
        layer["id"]
        for layer in json.loads(chart_map.cooperation_map(points, links, selected=["boston"]).to_json())["layers"]
    ]
    assert order.index("countries") < order.index("arcs") < order.index("points-us") < order.index("selected")


@pytest.mark.parametrize("extent", ["Atlantic", "Western Europe"])
def test_arcs_end_at_the_circles_of_their_parties(points, links, extent):
    own = layers(chart_map.cooperation_map(points, links, extent))
    circle = next(row for row in own["points-eu"]["data"] if "lyon-00" in row["organisation_ids"])
    assert own["arcs"]["data"][0]["from"] == [circle["longitude"], circle["latitude"]]


def test_firm_links_are_wider_and_drawn_last(points, links):
    arcs = layers(chart_map.cooperation_map(points, links))["arcs"]["data"]
    assert [arc["cooperation_id"] for arc in arcs] == ["possible", "signed"]
    assert arcs[1]["width"] > 2 * arcs[0]["width"] and arcs[0]["colour"] != arcs[1]["colour"]
    assert arcs[1]["tip"] == "Pact signed\nMoU, signed\nLyon-00 – Boston"


def test_without_links_there_is_no_arc_layer(points, links):
    assert "arcs" not in layers(chart_map.cooperation_map(points, links.iloc[:0]))


def test_a_phone_sees_more_of_the_world(points, links):
    wide, narrow = (
        json.loads(chart_map.cooperation_map(points, links, width=width).to_json())["initialViewState"]
        for width in (1000, 360)
    )
    assert narrow["zoom"] < wide["zoom"] - 1


def test_unknown_extents_and_empty_frames_are_refused(points, links):
    with pytest.raises(ValueError, match="Mars"):
        chart_map.cooperation_map(points, links, "Mars")
    with pytest.raises(ValueError, match="no rows"):
        chart_map.cooperation_map(points.iloc[:0], links)


def test_a_selection_leads_back_to_ids(points, links):
    own = layers(chart_map.cooperation_map(points, links))
    group = max(own["points-eu"]["data"], key=lambda row: row["count"])
    picked = {"points-eu": [group], "arcs": [own["arcs"]["data"][1]]}
    assert chart_map.selected_organisations(picked)[:2] == ["lyon-00", "lyon-01"]
    assert len(chart_map.selected_organisations(picked)) == 21
    assert chart_map.selected_cooperations(picked) == ["signed"]
    assert chart_map.selected_organisations({}) == chart_map.selected_cooperations({}) == []


def test_the_legend_lists_what_is_drawn_and_nothing_else(points, links):
    assert [(row["label"], row["shape"]) for row in chart_map.map_legend(points, links)] == [
        ("EU", "circle"),
        ("USA", "circle"),
        ("Agreement (signed)", "line"),
        ("Intention (possible)", "line"),
    ]


@pytest.mark.parametrize("extent", ["Atlantic", "Europe", "Western Europe"])
def test_each_step_of_zoom_groups_anew_and_loses_nobody(points, links, extent):
    """The centre stays, so that the browser keeps the place to which a visitor moved the map."""
    decks = [chart_map.cooperation_map(points, links, extent, steps=steps) for steps in range(-1, 5)]
    views = [deck.initial_view_state for deck in decks]
    assert {(view.latitude, view.longitude) for view in views} == {(views[0].latitude, views[0].longitude)}
    zooms = [view.zoom for view in views]
    assert zooms == sorted(zooms) and zooms[-1] - zooms[-2] == pytest.approx(1, abs=0.01)
    circles = [[row for side in ("eu", "us") for row in layers(deck)[f"points-{side}"]["data"]] for deck in decks]
    assert {sum(row["count"] for row in drawn) for drawn in circles} == {22}
    numbers = [len(drawn) for drawn in circles]
    assert numbers == sorted(numbers) and numbers[-1] == 22


def test_firmer_cooperations_have_wider_and_darker_arcs(points, links):
    arcs = {row["cooperation_id"]: row for row in layers(chart_map.cooperation_map(points, links))["arcs"]["data"]}
    assert arcs["signed"]["width"] > arcs["possible"]["width"]
    assert sum(arcs["signed"]["colour"][:3]) < sum(arcs["possible"]["colour"][:3])


def test_the_alt_text_tells_the_map(points, links):
    alt = chart_map.map_alt(points, links)
    assert (
        "22 organisations and regional clusters (EU 21, USA 1)" in alt
        and "Lyon 20" in alt
        and "signed 1, possible 1" in alt
    )
    assert "No link is drawn" in chart_map.map_alt(points, links.iloc[:0])


def test_streamlit_sends_the_compact_json(points, links):
    """The override counts only if st.pydeck_chart calls it."""
    from streamlit.testing.v1 import AppTest

    def page(points, links):
        import streamlit as st

        from maps.cooperation_map import cooperation_map

        st.pydeck_chart(cooperation_map(points, links))

    app = AppTest.from_function(page, args=(points, links)).run(timeout=30)
    sent = app.get("deck_gl_json_chart")[0].proto.json
    assert sent == chart_map.cooperation_map(points, links).to_json()
