"""Location quotients on the map: areas filled by class, on the same basemap as the map of organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import require
from domain.frames import records
from domain.text import format_list
from maps.basemap_layers import label_layers, outline_layers
from maps.deck import STATIC_URL, map_deck, rgb
from maps.extents import DESIGN_WIDTH_PX, extent_of, min_label_area, zoom_of
from maps.labels import place_labels
from maps.view_fit import fitted

LAYER = "quotients"
NO_FIGURE = "#C4C8CC"
# Far from the other states: a view of all would show ocean and tundra more than industry.
FAR_STATES = ("US-AK", "US-HI")


@dataclass(frozen=True)
class QuotientClass:
    """A class of the scale: quotients from `lower` to below `upper`."""

    lower: float
    upper: float
    colour: str
    label: str


# One sequence from light to dark, which is readable in grey and with colour blindness; 1 is a limit between classes.
CLASSES = (
    QuotientClass(0.0, 0.5, "#FFF3B8", "under 0.5"),
    QuotientClass(0.5, 1.0, "#A8DBB5", "0.5 to 1"),
    QuotientClass(1.0, 1.5, "#43ADC4", "1 to 1.5 (1: as in the whole country)"),
    QuotientClass(1.5, 2.0, "#2A73B2", "1.5 to 2"),
    QuotientClass(2.0, inf, "#1D2E83", "2 and more"),
)


def quotient_class(value: float) -> QuotientClass:
    """The class of a quotient; ValueError for a missing or negative one."""
    for step in CLASSES:
        if step.lower <= value < step.upper:
            return step
    raise ValueError(f"{value} is not a location quotient: it is a number from 0 on")


def out_of_view(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of Alaska and Hawaii, which the first view leaves out when another area has a quotient."""
    is_far = frame["region_code"].isin(FAR_STATES)
    return frame[is_far & bool((frame["location_quotient"].notna() & ~is_far).any())]


def quotient_map(
    frame: pd.DataFrame,
    outlines: Mapping[str, dict[str, Any]],
    extent: str,
    *,
    labels: Sequence[Mapping[str, Any]] = (),
    width: int = DESIGN_WIDTH_PX,
) -> pdk.Deck:
    """Deck of filled areas, in a view that contains all areas with a quotient but those of out_of_view.

    frame: region_code, region, location_quotient (missing: no figure), tip (the text under the name in the tooltip).
    `outlines`: GeoJSON geometry of each region_code; `extent`: a key of maps.extents.EXTENTS, which decides what is
    labelled, and whose view is taken when no area has a quotient; `labels`: rows of
    static/labels.json; `width` in pixels.
    Raises ValueError for an empty frame, an unknown extent and a region without an outline.
    """
    require(frame, "region_code", "region", "location_quotient", "tip")
    wanted = extent_of(extent)
    missing = [code for code in frame["region_code"] if code not in outlines]
    if missing:
        raise ValueError(f"no outline of {format_list(missing[:5])}: such regions belong in the chart beside the map")
    areas = pdk.Layer(
        "GeoJsonLayer",
        data={"type": "FeatureCollection", "features": [_feature(row, outlines) for row in records(frame)]},
        id=LAYER,
        pickable=True,
        auto_highlight=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=[255, 255, 255],
        get_line_width=0.8,
        line_width_units=pdk.types.String("pixels"),
    )
    in_view = frame[frame["location_quotient"].notna() & ~frame["region_code"].isin(out_of_view(frame)["region_code"])]
    view = fitted(wanted, [outlines[code] for code in in_view["region_code"]], width)
    placed = place_labels(labels, [], zoom_of(view, width), min_label_area(view, width), view.state_names)
    # The areas are drawn over the land, under lakes, borders and labels.
    layers = outline_layers(STATIC_URL)
    land = [layer.id for layer in layers].index("countries") + 1
    return map_deck([*layers[:land], areas, *layers[land:], *label_layers(placed)], view, width)


def _feature(row: dict[str, Any], outlines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    value = row["location_quotient"]
    colour = NO_FIGURE if pd.isna(value) else quotient_class(value).colour
    return {
        "type": "Feature",
        "geometry": outlines[row["region_code"]],
        "properties": {"fill": [*rgb(colour), 235], "tip": f"{row['region']}\n{row['tip']}"},
    }


def quotient_legend(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Legend rows: label and colour of every class, and of areas without a figure where there are any."""
    rows = [{"label": step.label, "colour": step.colour} for step in CLASSES]
    return rows + ([{"label": "no figure", "colour": NO_FIGURE}] if frame["location_quotient"].isna().any() else [])


def quotient_map_alt(frame: pd.DataFrame) -> str:
    """Text alternative: number of areas in each class, and the three highest quotients."""
    known = frame[frame["location_quotient"].notna()]
    counts = [
        (step.label, int(known["location_quotient"].between(step.lower, step.upper, inclusive="left").sum()))
        for step in CLASSES
    ]
    classes = "; ".join(f"{label}: {count}" for label, count in counts if count)
    top = known.sort_values(["location_quotient", "region"], ascending=[False, True]).head(3)
    highest = ", ".join(f"{row['region']} {row['location_quotient']:.2f}" for row in records(top))
    gaps = len(frame) - len(known)
    return (
        f"Map of {len(frame)} areas filled by location quotient. {classes or 'None has a figure'}"
        + (f"; without a figure: {gaps}" if gaps else "")
        + (f". Highest: {highest}." if highest else ".")
    )
