"""Palette, plotly template and status styles for a white background.

Every colour is assigned by name, never by position, so that a theme, side or status
looks the same on map, bar, timeline, slide and export. Marks keep at least 3:1 and
text at least 4.5:1 against white; tests/unit/test_charts_theme.py measures both.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

INK = "#1B2733"
MUTED_INK = "#56616B"
ACCENT = "#0B4F8A"
GRID = "#E3E8EC"  # decoration only; carries no information
GREY = "#7A8288"
PAPER = "#FFFFFF"

# That of the screen, which Streamlit brings along, and system fonts: a web font would be a request to another host.
FONT = (
    "'Source Sans', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', "
    "sans-serif"
)

SIDE_COLOURS = MappingProxyType({"EU": "#12436D", "US": "#F46A25", "BOTH": "#6A3D7C", "OTHER": GREY})


@dataclass(frozen=True)
class StatusStyle:
    """Name and colour of one cooperation status; where it is drawn as a line or dot it has the look of its group."""

    label: str
    colour: str


# In the order of every list and legend, which is that of table cooperation_statuses.
_STATUS_COLOURS: Mapping[str, str] = {
    "signed": "#3B0F70",
    "renewed": "#1F5F5B",
    "completed": "#2D708E",
    "ongoing": "#8C2981",
    "planned": "#A8326A",
    "possible": "#6F777D",
    "aspiration": "#8A9096",
}
STATUS_STYLES: Mapping[str, StatusStyle] = MappingProxyType(
    {status: StatusStyle(status.capitalize(), colour) for status, colour in _STATUS_COLOURS.items()}
)


@dataclass(frozen=True)
class CommitmentStyle:
    """How a group of statuses is drawn where there are only three: a colour of one scale, and a plotly symbol.

    Lines of maps have a width in pixels and a plotly dash besides.
    """

    colour: str
    symbol: str
    width_px: float
    dash: str


# The firmer, the darker; an intention is not filled.
COMMITMENT_STYLES: Mapping[str, CommitmentStyle] = MappingProxyType(
    {
        "agreement": CommitmentStyle("#0F4C45", "circle", 2.8, "solid"),
        "activity": CommitmentStyle("#3F8F86", "circle", 1.8, "solid"),
        "intention": CommitmentStyle("#6B9A95", "circle-open", 1.0, "dash"),
    }
)


def luminance(colour: str) -> float:
    """Relative luminance of '#RRGGBB' by WCAG 2.2, 0 (black) to 1 (white)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def text_on(colour: str) -> str:
    """White or dark ink, whichever has more contrast on the colour."""
    against_white = 1.05 / (luminance(colour) + 0.05)
    against_ink = (luminance(colour) + 0.05) / (luminance(INK) + 0.05)
    return PAPER if against_white >= against_ink else INK


def template() -> dict[str, Any]:
    """Plotly template: light, system fonts, faint grid, no legend unless a chart asks."""
    axis = {
        # No automargin: each chart computes its margins, and measuring labels again doubles the time to draw.
        "gridcolor": GRID,
        "zeroline": False,
        "linecolor": GRID,
        "automargin": False,
        "tickfont": {"size": 13, "color": INK},
        "title": {"font": {"size": 13, "color": MUTED_INK}},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 13, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "colorway": [ACCENT, GREY],
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis,
            "yaxis": axis,
            "hoverlabel": {"font": {"family": FONT, "size": 13}, "align": "left"},
            "showlegend": False,
            "bargap": 0.32,
        }
    }
