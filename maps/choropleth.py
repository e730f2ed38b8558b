"""Location quotients on the map: areas filled by class, on the same basemap as the map of organisations."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf
from types import MappingProxyType
from typing import Any

import pandas as pd
import pydeck as pdk

from charts.chart import require
from charts.theme import GREY
from domain.frames import records
from domain.text import format_list
from maps.basemap_layers import label_layers, outline_layers
from maps.deck import STATIC_URL, map_deck, rgb
from maps.extents import DESIGN_WIDTH_PX, extent_of, min_label_area, zoom_of
from maps.insets import FRAMES, frame_outline, in_frame, with_framed_names
from maps.labels import place_labels
from maps.view_fit import fitted

LAYER = "quotients"
FRAME_LAYER, FRAMED_LAYER = "frames", "framed-quotients"


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


# A zero is a finding of its own.
ZERO = QuotientClass(0.0, 0.0, "#FFFFFF", "0")


@dataclass(frozen=True)
class MissingStyle:
    """How areas without a quotient are filled, and their row of the legend."""

    colour: str
    label: str


# By quotient_gap of view location_quotients. No colour of the scale is a grey.
MISSING_STYLES = MappingProxyType(
    {
        "withheld": MissingStyle("#6B7278", "withheld by the source"),
        "not available": MissingStyle("#989FA5", "not available from the source"),
        "not applicable": MissingStyle("#B3A79B", "not applicable"),
        "not stated": MissingStyle("#C4C8CC", "no figure, without a reason"),
    }
)
NO_QUOTIENT = MissingStyle("#E2DDD6", "figure known, no quotient")


def missing_style(gap: str) -> MissingStyle:
    """The style of areas without a quotient for this reason, a value of quotient_gap."""
    return MISSING_STYLES.get(gap, NO_QUOTIENT)


def quotient_class(value: float) -> QuotientClass:
    """The class of a quotient; ValueError for a missing or negative one."""
    if value == 0:
        return ZERO
    for step in CLASSES:
        if step.lower <= value < step.upper:
            return step
    raise ValueError(f"{value} is not a location quotient: it is a number from 0 on")


def framed_states(frame: pd.DataFrame) -> list[str]:
    """Codes of Alaska and Hawaii, which stand in frames when another area has a quotient."""
    is_far = frame["region_code"].isin(list(FRAMES))
    is_beside_others = bool((frame["location_quotient"].notna() & ~is_far).any())
    return frame.loc[is_far, "region_code"].tolist() if is_beside_others else []


def quotient_map(
    frame: pd.DataFrame,
    outlines: Mapping[str, dict[str, Any]],
    extent: str,
    *,
    labels: Sequence[Mapping[str, Any]] = (),
    width: int = DESIGN_WIDTH_PX,
) -> pdk.Deck:
    """Deck of filled areas, in a view that contains all areas with a quotient; those of framed_states are insets.

    frame: region_code, region, location_quotient, quotient_gap (why it is missing), tip (the text under the name in
    the tooltip).
    `outlines`: GeoJSON geometry of each region_code; `extent`: a key of maps.extents.EXTENTS, which decides what is
    labelled, and whose view is taken when no area has a quotient; `labels`: rows of
    static/labels.json; `width` in pixels.
    Raises ValueError for an empty frame, an unknown extent and a region without an outline.
    """
    require(frame, "region_code", "region", "location_quotient", "quotient_gap", "tip")
    wanted = extent_of(extent)
    missing = [code for code in frame["region_code"] if code not in outlines]
    if missing:
        raise ValueError(f"no outline of {format_list(missing[:5])}: such regions belong in the chart beside the map")
    framed = framed_states(frame)
    is_framed = frame["region_code"].isin(framed)
    insets = {code: in_frame(code, outlines[code]) for code in framed}
    with_quotient = frame.loc[frame["location_quotient"].notna() & ~is_framed, "region_code"]
    view = fitted(wanted, [*(outlines[code] for code in with_quotient), *map(frame_outline, framed)], width)
    names = with_framed_names(labels, framed)
    placed = place_labels(names, [], zoom_of(view, width), min_label_area(view, width), view.state_names)
    # The areas are drawn over the land, under lakes, borders and labels.
    layers = outline_layers(STATIC_URL)
    land = [layer.id for layer in layers].index("countries") + 1
    areas = _areas(frame[~is_framed], outlines, LAYER)
    over = [*_frames(framed), _areas(frame[is_framed], insets, FRAMED_LAYER)] if framed else []
    return map_deck([*layers[:land], areas, *layers[land:], *over, *label_layers(placed)], view, width)


def _areas(frame: pd.DataFrame, outlines: Mapping[str, dict[str, Any]], layer: str) -> pdk.Layer:
    """Layer of these areas, filled by class."""
    return pdk.Layer(
        "GeoJsonLayer",
        data={"type": "FeatureCollection", "features": [_feature(row, outlines) for row in records(frame)]},
        id=layer,
        pickable=True,
        auto_highlight=True,
        stroked=True,
        get_fill_color="properties.fill",
        get_line_color=[255, 255, 255],
        get_line_width=0.8,
        line_width_units=pdk.types.String("pixels"),
    )


def _frames(codes: Sequence[str]) -> list[pdk.Layer]:
    """Layer of the frames, which hide what the map has there."""
    features = [{"type": "Feature", "geometry": frame_outline(code), "properties": {}} for code in codes]
    return [
        pdk.Layer(
            "GeoJsonLayer",
            data={"type": "FeatureCollection", "features": features},
            id=FRAME_LAYER,
            stroked=True,
            get_fill_color=[255, 255, 255],
            get_line_color=[*rgb(GREY)],
            get_line_width=1,
            line_width_units=pdk.types.String("pixels"),
        )
    ]


def _feature(row: Mapping[str, Any], outlines: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    value = row["location_quotient"]
    colour = missing_style(row["quotient_gap"]).colour if pd.isna(value) else quotient_class(value).colour
    return {
        "type": "Feature",
        "geometry": outlines[row["region_code"]],
        "properties": {"fill": [*rgb(colour), 235], "tip": f"{row['region']}\n{row['tip']}"},
    }


def quotient_legend(frame: pd.DataFrame) -> list[dict[str, str]]:
    """Legend rows: label and colour of each class, and of zero and the kinds of missing quotients that occur."""
    classes = (ZERO, *CLASSES) if (frame["location_quotient"] == 0).any() else CLASSES
    rows = [{"label": style.label, "colour": style.colour} for style in classes]
    return rows + [{"label": style.label, "colour": style.colour} for style in _missing_counts(frame)]


def _missing_counts(frame: pd.DataFrame) -> dict[MissingStyle, int]:
    """Number of areas of each kind of missing quotient, without kinds that have none."""
    gaps = frame.loc[frame["location_quotient"].isna(), "quotient_gap"]
    styles = [missing_style(gap) for gap in gaps]
    return {style: styles.count(style) for style in (*MISSING_STYLES.values(), NO_QUOTIENT) if styles.count(style) > 0}


def quotient_map_alt(frame: pd.DataFrame) -> str:
    """Text alternative: number of areas in each class, and the three highest quotients."""
    return f"Map of {len(frame)} areas filled by location quotient. {quotient_summary(frame)}"


def quotient_summary(frame: pd.DataFrame) -> str:
    """Number of areas in each class of quotients and of each kind of missing one, and the three highest."""
    known = frame[frame["location_quotient"].notna()]
    above_zero = known[known["location_quotient"] > 0]["location_quotient"]
    counts = [(ZERO.label, len(known) - len(above_zero))] + [
        (step.label, int(above_zero.between(step.lower, step.upper, inclusive="left").sum())) for step in CLASSES
    ]
    classes = "; ".join(f"{label}: {count}" for label, count in counts if count)
    top = known.sort_values(["location_quotient", "region"], ascending=[False, True]).head(3)
    highest = ", ".join(f"{row['region']} {row['location_quotient']:.2f}" for row in records(top))
    missing = "".join(f"; {style.label}: {count}" for style, count in _missing_counts(frame).items())
    of_known = " of those with one" if missing else ""
    return (classes or "None has a quotient") + missing + (f". Highest{of_known}: {highest}." if highest else ".")
