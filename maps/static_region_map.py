"""Regions as circles, as maps.region_points draws them, as a plotly figure for files."""

from charts.chart import Chart, figure
from domain.text import agree
from maps.basemap import BasemapGeometry, view_of
from maps.circles import OUTLINE_WIDTH_PX
from maps.extents import DESIGN_WIDTH_PX, extent_of
from maps.labels import place_labels
from maps.region_points import (
    FILL_OPACITY,
    LINE_COLOUR,
    RegionPoints,
    circle_pixels,
    region_circles,
    region_point_alt,
    region_point_legend,
)
from maps.static_map import ASPECT, STATIC_MAP_HEIGHT_PX, basemap_traces, hover_text, label_trace, map_layout


def static_region_map(points: RegionPoints, basemap: BasemapGeometry) -> Chart:
    """The regions that have a centre, a trace for each colour in the order of the legend.

    Raises ValueError for an unknown extent and where no region has a centre.
    """
    wanted = extent_of(points.extent)
    circles = region_circles(points)
    view = view_of(wanted.latitude, wanted.longitude, wanted.zoom, DESIGN_WIDTH_PX, ASPECT)
    placed = place_labels(
        basemap.labels, circle_pixels(circles, wanted.zoom), wanted.zoom, wanted.label_area, wanted.state_names
    )
    inside = [row for row in circles if view.contains(view.at(row["longitude"], row["latitude"]))]
    data = [*basemap_traces(basemap, view), label_trace(placed, view)]
    for rank, entry in enumerate(region_point_legend(points), start=1):
        rows = [row for row in inside if row["colour"] == entry["colour"]]
        places = [view.at(row["longitude"], row["latitude"]) for row in rows]
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": entry["label"],
                "legendrank": rank,
                "x": [round(x, 1) for x, _ in places] or [None],
                "y": [round(y, 1) for _, y in places] or [None],
                "marker": {
                    "color": entry["colour"],
                    "opacity": FILL_OPACITY,
                    "line": {"color": LINE_COLOUR, "width": OUTLINE_WIDTH_PX / 2},
                    "size": [round(2 * row["radius"], 1) for row in rows] or [10],
                },
                "hovertext": [hover_text(row["tip"]) for row in rows],
                "hoverinfo": "text",
            }
        )
    beyond = len(circles) - len(inside)
    more = f" {beyond} of them {agree(beyond, 'lies', 'lie')} beyond this view." if beyond else ""
    return Chart(figure(data, STATIC_MAP_HEIGHT_PX, **map_layout(view)), region_point_alt(points) + more)
