"""Map of native shapes in one group: a shape per country, a circle per place, a line per link."""

from collections.abc import Iterator
from itertools import count
from typing import Any

import numpy as np
import shapely

from cards.card import MapCard
from charts.theme import SIDE_COLOURS
from domain.vocabulary import SIDE_LABELS
from exports.pptx.deck import Stage
from exports.pptx.map_shapes import (
    add_group,
    area_names,
    basemap_shapes,
    centred,
    first_free_number,
    path,
    rectangle,
    shape,
)
from exports.pptx.outlines import View
from exports.pptx.palette import BACKGROUND, EDGE, Theme, scheme_of
from exports.pptx.text import MIN_FONT_SIZE_PT, Box, TextRun
from maps.circles import MIN_COUNT_SHOWN, ends_of
from maps.cooperation_map import map_legend
from maps.deck import DISCLAIMER
from maps.extents import EXTENTS
from maps.geometry import Point, clip_lines, great_circle, lines, to_pixels
from maps.links import drawn_links
from maps.points import group_points

RADIUS_PT = 3.4  # of a circle for one organisation
MERGE_FACTOR = 1.6  # of the distance within which the screen merges places: a slide is smaller
COUNT_SIZE_PT = MIN_FONT_SIZE_PT
# Every dash that Plotly has, as Office names it and as text for the legend.
DASHES = {
    "solid": "solid",
    "longdash": "lgDash",
    "dash": "dash",
    "dot": "sysDot",
    "dashdot": "dashDot",
    "longdashdot": "lgDashDot",
}
KEYS = {
    "solid": "——",
    "longdash": "– –",
    "dash": "- - -",
    "dot": "· · ·",
    "dashdot": "- · -",
    "longdashdot": "– · –",
}


def add_map(stage: Stage, card: MapCard) -> int:
    """Add outlines, links and circles of the card, with its alt text; returns the number of organisations in view."""
    box = stage.take("Picture")
    view = View(box, EXTENTS[card.extent])
    numbers = count(first_free_number(stage))
    own = next(numbers)
    parts = basemap_shapes(numbers, view)
    circles = placed(card)
    spots = [
        (*to_pixels(circle["longitude"], circle["latitude"], view.zoom), RADIUS_PT * circle["sqrt"])
        for circle in circles
    ]
    parts += area_names(numbers, spots, view)
    parts += _links(numbers, card, circles, view)
    inside = _in_view(circles, view)
    parts += [_circle(numbers, circle, point, stage.theme) for circle, point in inside]
    parts.append(rectangle(numbers, "Frame", box, None, EDGE))
    add_group(stage, "Map", own, box, card.alt, parts)
    return sum(circle["count"] for circle, _ in inside)


def legend(card: MapCard) -> list[list[TextRun]]:
    """Paragraphs of the legend of colours and lines."""
    lines: list[list[TextRun]] = [[TextRun("Organisations", is_bold=True)]]
    links: list[list[TextRun]] = []
    for row in map_legend(card.points, card.links):
        if row["shape"] == "circle":
            lines.append([TextRun("●  ", colour=scheme_of(row["colour"])), TextRun(row["label"])])
        else:
            links.append(
                [
                    TextRun(f"{KEYS[row['dash']]}  ", is_bold=True, colour=scheme_of(row["colour"])),
                    TextRun(row["label"]),
                ]
            )
    if links:
        lines += [[TextRun("Links", is_bold=True)], *links]
    return lines


def legend_notes(card: MapCard, inside: int) -> list[str]:
    """What sizes mean and what is not shown; `inside` is the number of organisations in view."""
    notes = ["The area of a circle is the number of organisations at its place."]
    if inside < len(card.points):
        notes.append(f"{inside} of {len(card.points)} drawn are in this view.")
    others = len(set(card.points["organisation_id"]) - set(card.rows["organisation_id"]))
    if others:
        notes.append(f"{others} of those drawn are shown only as the other end of a link.")
    return [" ".join(notes), DISCLAIMER]


def placed(card: MapCard) -> list[dict[str, Any]]:
    """The circles: those of the screen, with neighbours merged at a larger distance."""
    return group_points(card.points, EXTENTS[card.extent].merge_km * MERGE_FACTOR or 40)


def _in_view(circles: list[dict[str, Any]], view: View) -> list[tuple[dict[str, Any], Point]]:
    spots = [(circle, view.place(circle["longitude"], circle["latitude"])) for circle in circles]
    return [(circle, point) for circle, point in spots if view.contains(point)]


def _links(numbers: Iterator[int], card: MapCard, circles: list[dict[str, Any]], view: View) -> list[str]:
    """Great circles as on the page, in the same order."""
    parts = []
    for link in drawn_links(card.links, ends_of(circles)):
        arc = view.to_slide(np.array(great_circle(link.us, link.eu, steps=60)))
        drawn = lines(clip_lines(np.array([shapely.LineString(arc)]), view.bounds))
        if drawn:
            name = f"{link.title} ({link.status_label.lower()})"
            dash = DASHES[link.style.dash]
            parts.append(
                path(
                    numbers,
                    name,
                    drawn,
                    fill=None,
                    line=scheme_of(link.style.colour),
                    width=link.style.width_px,
                    dash=dash,
                )
            )
    return parts


def _circle(numbers: Iterator[int], circle: dict[str, Any], point: Point, theme: Theme) -> str:
    """The area is proportional to the number of organisations; larger circles carry it."""
    radius = RADIUS_PT * circle["sqrt"]
    box = Box(point[0] - radius, point[1] - radius, 2 * radius, 2 * radius)
    colour = scheme_of(SIDE_COLOURS[circle["side"]])
    place = circle["tip"].split("\n")[1 if circle["count"] == 1 else 0]
    name = f"{SIDE_LABELS[circle['side']]}: {place}" + ("" if circle["count"] > 1 else ": 1 organisation")
    body = (
        centred(str(circle["count"]), COUNT_SIZE_PT, theme.text_on(colour), is_bold=True)
        if circle["count"] >= MIN_COUNT_SHOWN
        else ""
    )
    form = '<a:prstGeom prst="ellipse"><a:avLst/></a:prstGeom>'
    return shape(numbers, name, box, form, colour, BACKGROUND, 0.75, body=body)
