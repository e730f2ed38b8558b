"""Links between two organisations as rows to be drawn, for the map of the page and for static maps."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from charts.theme import COMMITMENT_STYLES, STATUS_STYLES, CommitmentStyle
from domain.frames import records
from domain.text import format_list
from maps.geometry import Point


@dataclass(frozen=True)
class DrawnLink:
    """A link with its ends as (longitude, latitude) and the lines of its tooltip.

    ``commitment`` is what its status expresses: agreement, activity, or intention, when nothing has been agreed or
    carried out yet.
    """

    cooperation_id: str
    title: str
    status_label: str
    commitment: str
    eu: Point
    us: Point
    tip: str

    @property
    def style(self) -> CommitmentStyle:
        """Colour, width and dash of its line."""
        return COMMITMENT_STYLES[self.commitment]


def drawn_links(links: pd.DataFrame, ends: Mapping[str, Point]) -> list[DrawnLink]:
    """Links in the order of drawing: intentions first, agreements last, so that they are on top.

    Columns as for maps.cooperation_map.cooperation_map. `ends`: where the circles of organisations are; a link to an
    organisation without a circle ends at the coordinates of the link.
    """
    order = list(COMMITMENT_STYLES)
    rows = sorted(records(links) if len(links) else [], key=lambda link: -order.index(link["commitment"]))
    return [_drawn(link, ends) for link in rows]


def _drawn(link: dict[str, Any], ends: Mapping[str, Point]) -> DrawnLink:
    status = STATUS_STYLES[link["status"]].label
    return DrawnLink(
        cooperation_id=link["cooperation_id"],
        title=link["title"],
        status_label=status,
        commitment=link["commitment"],
        eu=ends.get(link["eu_organisation_id"], (link["eu_longitude"], link["eu_latitude"])),
        us=ends.get(link["us_organisation_id"], (link["us_longitude"], link["us_latitude"])),
        tip=f"{link['title']}\n{link['kind']}, {status.lower()}\n{link['eu_name']} – {link['us_name']}",
    )


def commitment_labels(links: pd.DataFrame) -> dict[str, str]:
    """Label of each commitment among the links with its statuses there: {'agreement': 'Agreement (signed, renewed)'}.

    From the firmest to the least firm; columns status and commitment.
    """
    found = set(links[["commitment", "status"]].itertuples(index=False, name=None)) if len(links) else set()
    statuses = {one: [name for name in STATUS_STYLES if (one, name) in found] for one in COMMITMENT_STYLES}
    return {one: f"{one.capitalize()} ({format_list(names)})" for one, names in statuses.items() if names}
