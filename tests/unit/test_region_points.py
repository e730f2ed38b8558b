"""Regions as circles: size by figure, colour by quotient, and what legend, note and alternative text say."""

import json
import math

import pandas as pd
import pytest

from exports.images.outlines import basemap_geometry
from exports.pptx.deck import Deck
from exports.pptx.master import Kind
from exports.pptx.region_map import add_region_map, region_legend, region_legend_notes
from maps.choropleth import missing_style
from maps.region_points import (
    MAX_RADIUS_PX,
    MIN_RADIUS_PX,
    RegionPoints,
    region_circles,
    region_point_alt,
    region_point_legend,
    region_point_map,
    region_point_note,
)
from maps.static_region_map import static_region_map

# Invented figures: Milan has four times those of Turin, Oslo a published zero, Rome a withheld figure, Bari no centre.
FRAME = pd.DataFrame(
    {
        "region_code": ["ITC1", "ITC4", "NO01", "ITI4", "ITF4"],
        "region": ["Piemonte", "Lombardia", "Oslo og Akershus", "Lazio", "Puglia"],
        "latitude": [45.07, 45.46, 59.91, 41.89, None],
        "longitude": [7.69, 9.19, 10.75, 12.48, None],
        "amount": [1000, 4000, 0, None, 7000],
        "location_quotient": [1.2, 2.4, 0.0, None, 0.4],
        "quotient_gap": [None, None, None, "withheld", None],
        "tip": ["a", "b", "c", "d", "e"],
    }
)
POINTS = RegionPoints(FRAME, "Europe")


def test_area_and_colour_of_circles():
    """Four times the persons is twice the radius; zero and an unknown figure are drawn small."""
    circles = {row["name"]: row for row in region_circles(POINTS)}
    assert next(iter(circles)) == "Lombardia" and "Puglia" not in circles
    assert circles["Lombardia"]["radius"] == MAX_RADIUS_PX
    assert circles["Piemonte"]["radius"] == pytest.approx(MAX_RADIUS_PX * math.sqrt(1000 / 4000))
    assert circles["Lazio"]["radius"] == circles["Oslo og Akershus"]["radius"] == MIN_RADIUS_PX
    assert circles["Lombardia"]["colour"] == "#1D2E83"  # 2 and more
    assert circles["Piemonte"]["colour"] == "#43ADC4"  # 1 to 1.5
    assert circles["Oslo og Akershus"]["colour"] == "#FFFFFF"  # a published zero
    assert circles["Lazio"]["colour"] == missing_style("withheld").colour


def test_deck_of_circles():
    """One layer with a tooltip for each region that has a centre, over the basemap."""
    deck = json.loads(region_point_map(POINTS, width=400).to_json())
    layer = next(layer for layer in deck["layers"] if layer["id"] == "region-points")
    assert layer["data"][0]["tip"] == "Lombardia\nb"
    assert len(layer["data"]) == 4
    assert layer["data"][0]["radius"] < MAX_RADIUS_PX  # smaller on a phone


def test_legend_note_and_alternative_text():
    """What a circle stands for, and what is not drawn."""
    legend = region_point_legend(POINTS)
    assert {row["shape"] for row in legend} == {"circle"}
    assert legend[0]["label"] == "0"
    assert legend[-1]["label"] == "withheld by the source"
    assert region_point_note(POINTS, "persons employed") == (
        "The area of a circle stands for persons employed; the largest, Lombardia, has 4,000. A circle stands at the "
        "largest city of the region, or at its population centre (GeoNames); it is no outline. "
        "1 small circle: persons employed not known. 1 region has no centre and no circle."
    )
    assert region_point_alt(POINTS) == (
        "Map of 4 regions as circles, coloured by location quotient. 0: 1; 1 to 1.5 (1: as in "
        "the whole country): 1; 2 and more: 1; withheld by the source: 1. "
        "Highest of those with one: Lombardia 2.40, Piemonte 1.20, Oslo "
        "og Akershus 0.00."
    )


def test_map_for_files():
    """A trace for each row of the legend, and the text of each circle."""
    chart = static_region_map(POINTS, basemap_geometry())
    traces = {trace["name"]: trace for trace in chart.figure["data"]}
    assert [row["label"] for row in region_point_legend(POINTS)] == list(traces)[-len(region_point_legend(POINTS)) :]
    assert traces["2 and more"]["hovertext"] == ["Lombardia<br>b"]
    assert traces["2 and more"]["marker"]["size"] == [2 * MAX_RADIUS_PX]
    assert chart.alt == region_point_alt(POINTS)
    beyond = RegionPoints(FRAME.assign(latitude=[45.07, 45.46, 59.91, -20.9, None]), "Europe")
    assert static_region_map(beyond, basemap_geometry()).alt.endswith(" 1 of them lies beyond this view.")


def test_map_on_a_slide():
    """A group of native shapes with an alternative text, and a legend."""
    stage = Deck().add(Kind.DRAWING, "Step", "Title", "Notes")
    assert add_region_map(stage, POINTS) == 4
    stage.legend(region_legend(POINTS), space=1)
    assert region_legend_notes(POINTS, "A note.", 4)[0].startswith("A note.")
    elements = [element for element in stage.slide.shapes._spTree.iter() if element.get("name")]
    assert region_point_alt(POINTS) in [element.get("descr") for element in elements]
    names = [element.get("name") for element in elements]
    assert "Lombardia b" in names
    texts = [shape.text_frame.text for shape in stage.slide.shapes if shape.has_text_frame]
    assert any("2 and more" in text for text in texts)


def test_nothing_to_draw_and_unknown_extent():
    """Errors say what to do."""
    with pytest.raises(ValueError, match="no region has a centre"):
        region_circles(RegionPoints(FRAME.assign(latitude=None), "Europe"))
    with pytest.raises(ValueError, match="unknown extent"):
        region_point_map(RegionPoints(FRAME, "Mars"))
