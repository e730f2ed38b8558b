"""Colours of slides: slots of the theme and shades of them, never fixed values, so that a template recolours a deck.

The colours of cards and maps are those of charts/theme.py; `scheme_of` says which slot each has. Our own theme fills
the slots with these colours, so that slides look like the screen.
"""

import colorsys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from charts.theme import ACCENT, COMMITMENT_STYLES, GREY, GRID, INK, MUTED_INK, PAPER, SIDE_COLOURS, luminance
from maps.choropleth import CLASSES, MISSING_STYLES, NO_QUOTIENT


@dataclass(frozen=True)
class SchemeColour:
    """A slot of the theme and how much of its lightness is kept, added and covered, in percent."""

    slot: str
    lum_mod: int = 100
    lum_off: int = 0
    alpha: int = 100

    @property
    def xml(self) -> str:
        """The colour in DrawingML, with the prefix a."""
        parts = {"lumMod": (self.lum_mod, 100), "lumOff": (self.lum_off, 0), "alpha": (self.alpha, 100)}
        inner = "".join(f'<a:{name} val="{value * 1000}"/>' for name, (value, usual) in parts.items() if value != usual)
        return f'<a:schemeClr val="{self.slot}">{inner}</a:schemeClr>'


TEXT, BACKGROUND = SchemeColour("tx1"), SchemeColour("bg1")
MUTED = SchemeColour("tx1", 75, 25)  # grey on a light page, and still white on a dark one
EMPHASIS = SchemeColour("accent3")
EDGE = SchemeColour("tx1", alpha=40)


# From light to dark, for a scale, and greys, for what is missing in it.
_SCALE = (
    BACKGROUND,
    *(SchemeColour("accent1", mod, off) for mod, off in ((20, 80), (40, 60), (60, 40), (75, 25), (100, 0))),
)
_GREYS = tuple(SchemeColour("accent6", mod, off) for mod, off in ((100, 0), (75, 25), (60, 40), (40, 60), (20, 80)))
_SLOTS: Mapping[str, SchemeColour] = {
    INK: TEXT,
    PAPER: BACKGROUND,
    MUTED_INK: MUTED,
    GRID: SchemeColour("tx1", alpha=15),
    SIDE_COLOURS["EU"]: SchemeColour("accent1"),
    SIDE_COLOURS["US"]: SchemeColour("accent2"),
    ACCENT: EMPHASIS,
    COMMITMENT_STYLES["agreement"].colour: SchemeColour("accent4"),
    COMMITMENT_STYLES["activity"].colour: SchemeColour("accent4", 75, 25),
    COMMITMENT_STYLES["intention"].colour: SchemeColour("accent6"),
    SIDE_COLOURS["BOTH"]: SchemeColour("accent5"),
    GREY: SchemeColour("accent6"),
    **dict(zip((step.colour for step in CLASSES), _SCALE[1:], strict=True)),
    **dict(zip((style.colour for style in (*MISSING_STYLES.values(), NO_QUOTIENT)), _GREYS, strict=True)),
}
# What our own theme has in each slot.
THEME_COLOURS: Mapping[str, str] = {
    "dk1": INK,
    "lt1": PAPER,
    "dk2": SIDE_COLOURS["EU"],
    "lt2": "#F3F5F7",
    "accent1": SIDE_COLOURS["EU"],
    "accent2": SIDE_COLOURS["US"],
    "accent3": ACCENT,
    "accent4": COMMITMENT_STYLES["agreement"].colour,
    "accent5": SIDE_COLOURS["BOTH"],
    "accent6": GREY,
    "hlink": ACCENT,
    "folHlink": SIDE_COLOURS["BOTH"],
}


def scheme_of(colour: str) -> SchemeColour:
    """The slot of a colour '#RRGGBB' of cards and maps; a colour without one has the slot of the nearest."""
    value = colour.upper()
    nearest = min(_SLOTS, key=lambda known: (_distance(known, value), known))
    return _SLOTS[nearest]


def solid_fill(colour: SchemeColour, namespaces: str = "") -> str:
    """XML of a fill; ``namespaces`` declares those of a part that is parsed by itself."""
    return f"<a:solidFill {namespaces}>{colour.xml}</a:solidFill>"


class Theme:
    """The colours of one theme as the master of a presentation uses them."""

    def __init__(self, values: Mapping[str, str], names: Mapping[str, str]) -> None:
        """Values are '#RRGGBB' by slot; names map tx1, bg1 and so on to slots, as in the clrMap of the master."""
        self._values, self._names = values, names

    def text_on(self, colour: SchemeColour) -> SchemeColour:
        """Text or background of the theme, whichever has more contrast on the colour."""
        return self.clearest_on(self._value(colour))

    def clearest_on(self, ground: str) -> SchemeColour:
        """Text or background of the theme, whichever has more contrast on a colour '#RRGGBB'."""

        def contrast(ink: SchemeColour) -> float:
            light, dark = sorted((luminance(self._value(ink)), luminance(ground)), reverse=True)
            return (light + 0.05) / (dark + 0.05)

        return max((BACKGROUND, TEXT), key=contrast)

    def _value(self, colour: SchemeColour) -> str:
        value = self._values.get(self._names.get(colour.slot, colour.slot), INK)
        red, green, blue = (int(value[at : at + 2], 16) / 255 for at in (1, 3, 5))
        hue, light, saturation = colorsys.rgb_to_hls(red, green, blue)
        light = min(1.0, light * colour.lum_mod / 100 + colour.lum_off / 100)
        return "#" + "".join(f"{round(part * 255):02X}" for part in colorsys.hls_to_rgb(hue, light, saturation))


def theme_of(theme: Any, colour_map: Any) -> Theme:
    """The theme of the XML elements of a theme and of the clrMap of its master."""
    values = {}
    for slot in theme.find(".//{*}clrScheme"):
        for colour in slot:
            values[slot.tag.rpartition("}")[2]] = f"#{(colour.get('lastClr') or colour.get('val') or '000000').upper()}"
    return Theme(values, dict(colour_map.attrib))


def _distance(one: str, other: str) -> int:
    return sum((int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) ** 2 for at in (1, 3, 5))
