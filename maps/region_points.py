"""Regions without outlines on the map: a circle at the centre of each, sized by a figure, coloured by its quotient."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import require
from domain.frames import records
from domain.text import agree, plural
from maps.basemap_layers import PAINT_IN_ORDER, label_layers, outline_layers
from maps.choropleth import missing_style, quotient_class, quotient_legend, quotient_summary
from maps.circles import NARROW_FACTOR, OUTLINE_WIDTH_PX
from maps.deck import STATIC_URL, map_deck, rgb
from maps.extents import DESIGN_WIDTH_PX, extent_of, is_narrow, min_label_area, zoom_of
from maps.geometry import to_pixels
from maps.labels import Circle, place_labels

LAYER = "region-points"
COLUMNS = ("region_code", "region", "latitude", "longitude", "amount", "location_quotient", "quotient_gap", "tip")
MAX_RADIUS_PX = 22.0  # of the largest figure drawn
MIN_RADIUS_PX = 2.5  # also of a region whose figure is not known
FILL_OPACITY = 0.85
# Round a circle; the colours of the scale begin light, and the land is light too.
LINE_COLOUR = "#56616B"


@dataclass(frozen=True, eq=False)
class RegionPoints:
    """The regions that a map draws, a frame of the columns `COLUMNS`, and its extent, a key of maps.extents.EXTENTS.

    amount: what the area of a circle stands for, such as persons employed; missing where it is not known.
    tip: the text under the name in the tooltip. Regions without latitude and longitude are not drawn.
    """

    frame: pd.DataFrame
    extent: str

    @property
    def drawn(self) -> pd.DataFrame:
        """The rows that have a centre."""
        return self.frame[self.frame["latitude"].notna()]


def region_circles(points: RegionPoints, max_radius: float = MAX_RADIUS_PX) -> list[dict[str, Any]]:
    """Circles, the largest first: longitude, latitude, radius (in the unit of `max_radius`), colour, name and tip.

    The area is proportional to the amount, down to a smallest circle. Raises ValueError when nothing can be drawn.
    """
    require(points.frame, *COLUMNS)
    drawn = points.drawn
    if drawn.empty:
        raise ValueError("no region has a centre: show the chart without the map")
    largest, smallest = drawn["amount"].max(), max_radius * MIN_RADIUS_PX / MAX_RADIUS_PX
    rows = [
        {
            "longitude": row["longitude"],
            "latitude": row["latitude"],
            "radius": round(max(_share(row["amount"], largest) * max_radius, smallest), 2),
            "colour": _colour(row),
            "name": row["region"],
            "tip": f"{row['region']}\n{row['tip']}",
        }
        for row in records(drawn.sort_values("region_code"))
    ]
    return sorted(rows, key=lambda row: -row["radius"])


def _share(amount: float, largest: float) -> float:
    """Radius of an amount as a share of the radius of the largest; 0 where either is missing or zero."""
    return math.sqrt(amount / largest) if pd.notna(amount) and pd.notna(largest) and largest > 0 else 0.0


def _colour(row: Mapping[str, Any]) -> str:
    value = row["location_quotient"]
    return missing_style(row["quotient_gap"]).colour if pd.isna(value) else quotient_class(value).colour


def circle_pixels(circles: Sequence[Mapping[str, Any]], zoom: float) -> list[Circle]:
    """The circles in pixels of web Mercator, for placing labels beside them."""
    return [(*to_pixels(row["longitude"], row["latitude"], zoom), row["radius"]) for row in circles]


def region_point_map(
    points: RegionPoints, *, labels: Sequence[Mapping[str, Any]] = (), width: int = DESIGN_WIDTH_PX
) -> pdk.Deck:
    """Deck of the regions that have a centre. labels: rows of static/labels.json; width in pixels.

    Raises ValueError for an unknown extent and where no region has a centre.
    """
    view = extent_of(points.extent)
    zoom = zoom_of(view, width)
    circles = region_circles(points, MAX_RADIUS_PX * (NARROW_FACTOR if is_narrow(width) else 1))
    placed = place_labels(labels, circle_pixels(circles, zoom), zoom, min_label_area(view, width), view.state_names)
    layer = pdk.Layer(
        "ScatterplotLayer",
        data=[row | {"fill": [*rgb(row["colour"]), round(255 * FILL_OPACITY)]} for row in circles],
        id=LAYER,
        get_position="[longitude, latitude]",
        get_radius="radius",
        radius_units=pdk.types.String("pixels"),
        pickable=True,
        auto_highlight=True,
        parameters=PAINT_IN_ORDER,
        stroked=True,
        get_fill_color="fill",
        get_line_color=rgb(LINE_COLOUR),
        line_width_units=pdk.types.String("pixels"),
        get_line_width=OUTLINE_WIDTH_PX / 2,
    )
    return map_deck([*outline_layers(STATIC_URL), *label_layers(placed), layer], view, width)


def region_point_legend(points: RegionPoints) -> list[dict[str, str]]:
    """Legend rows: label, colour and shape of each class, and of zero and the kinds of missing quotients that occur."""
    return [row | {"shape": "circle"} for row in quotient_legend(points.drawn)]


def region_point_note(points: RegionPoints, noun: str) -> str:
    """What position and area of a circle stand for, and how many regions are not drawn.

    noun: what `amount` counts, such as 'persons employed'.
    """
    drawn = points.drawn
    known = drawn[drawn["amount"].notna()]
    size = f"The area of a circle stands for {noun}"
    if len(known) and known["amount"].max() > 0:
        top = known.sort_values(["amount", "region_code"], ascending=[False, True]).iloc[0]
        size += f"; the largest, {top['region']}, has {top['amount']:,.0f}"
    unknown = len(drawn) - len(known)
    parts = [
        size + ".",
        "A circle stands at the largest city of the region, or at its population centre (GeoNames); it is no outline.",
    ]
    if unknown:
        parts.append(f"{plural(unknown, 'small circle')}: {noun} not known.")
    if missing := len(points.frame) - len(drawn):
        parts.append(f"{plural(missing, 'region')} {agree(missing, 'has', 'have')} no centre and no circle.")
    return " ".join(parts)


def region_point_alt(points: RegionPoints) -> str:
    """Text alternative: number of regions in each class of the quotient, and the three highest quotients."""
    drawn = points.drawn
    return f"Map of {plural(len(drawn), 'region')} as circles, coloured by location quotient. {quotient_summary(drawn)}"
