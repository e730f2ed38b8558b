"""Links between two organisations as rows to be drawn, for the map of the page and for static maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.theme import STATUS_STYLES, StatusStyle
from domain.frames import records
from maps.geometry import Point

ARC_WIDTH_FACTOR = 0.6  # of the width of a line in a chart: forty arcs cross one ocean


@dataclass(frozen=True)
class DrawnLink:
    """A link with its style, its ends as (longitude, latitude), and the lines of its tooltip.

    ``is_intention``: nothing has been agreed or carried out yet.
    """

    cooperation_id: str
    title: str
    status: str
    style: StatusStyle
    eu: Point
    us: Point
    tip: str
    is_intention: bool

    @property
    def width_px(self) -> float:
        """Width of its arc."""
        return self.style.width * ARC_WIDTH_FACTOR


def drawn_links(links: pd.DataFrame, ends: Mapping[str, Point]) -> list[DrawnLink]:
    """Links in the order of drawing: intentions first, agreements last, so that they are on top.

    Columns as for maps.cooperation_map.cooperation_map. `ends`: where the circles of organisations are; a link to an
    organisation without a circle ends at the coordinates of the link.
    """
    order = list(STATUS_STYLES)
    rows = sorted(records(links) if len(links) else [], key=lambda link: -order.index(link["status"]))
    return [_drawn(link, ends) for link in rows]


def _drawn(link: dict[str, Any], ends: Mapping[str, Point]) -> DrawnLink:
    style = STATUS_STYLES[link["status"]]
    return DrawnLink(
        cooperation_id=link["cooperation_id"],
        title=link["title"],
        status=link["status"],
        style=style,
        eu=ends.get(link["eu_organisation_id"], (link["eu_longitude"], link["eu_latitude"])),
        us=ends.get(link["us_organisation_id"], (link["us_longitude"], link["us_latitude"])),
        tip=f"{link['title']}\n{link['kind']}, {style.label.lower()}\n{link['eu_name']} – {link['us_name']}",
        is_intention=link["commitment"] == "intention",
    )
