"""Where each part of a slide is: the layout of each kind of slide and its placeholders, in our master and in templates.

A layout of ours is known by its name. In a template a layout of the same name is taken, or the one with the fitting
placeholders; what it lacks gets a place of its own beside the rest, and a line in `Frames.gaps`.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER as TYPE
from pptx.presentation import Presentation as OpenPresentation
from pptx.slide import SlideLayout
from pptx.util import Length

from domain.text import format_list
from exports.pptx.master import LAYOUTS, Kind
from exports.pptx.template import TemplateError
from exports.pptx.text import Box, Ruler, size_on

TITLE_TYPES = (TYPE.TITLE, TYPE.CENTER_TITLE)
FURNITURE = (TYPE.FOOTER, TYPE.SLIDE_NUMBER, TYPE.DATE, TYPE.HEADER)
# Types that a placeholder of a template may have for each part, the best first.
_TYPES: Mapping[str, tuple[TYPE, ...]] = {
    "Subtitle": (TYPE.SUBTITLE, TYPE.BODY),
    "Chart": (TYPE.CHART, TYPE.OBJECT),
    "Table": (TYPE.TABLE, TYPE.OBJECT),
    "Picture": (TYPE.OBJECT, TYPE.PICTURE),
    "Text": (TYPE.OBJECT, TYPE.BODY),
    "Left": (TYPE.OBJECT, TYPE.BODY),
    "Right": (TYPE.OBJECT, TYPE.BODY),
}
BESIDE = ("Step", "Finding", "Source", "Legend")  # parts that a template has only under these names
_SOURCE_HEIGHT, _LEGEND_SHARE, _GAP = 28.0, 0.28, 6.0
_DEFAULT_SIZE_PT, _DEFAULT_TITLE_PT = 18.0, 28.0
_DEFAULT_INSETS = (7.2, 3.6, 7.2, 3.6)  # of PowerPoint: left, top, right, bottom


@dataclass(frozen=True)
class Place:
    """A part of a slide: its box, the index of its placeholder or None for a free object, and its own font size.

    ``is_sized``: whether the file states that size; programs have sizes of their own where it does not.
    """

    box: Box
    index: int | None = None
    size: float = _DEFAULT_SIZE_PT
    insets: tuple[float, float, float, float] = (0, 0, 0, 0)
    is_sized: bool = True

    @property
    def inner(self) -> Box:
        """The box within the margins of its text."""
        left, top, right, bottom = self.insets
        box = self.box
        return Box(box.left + left, box.top + top, box.width - left - right, box.height - top - bottom)


@dataclass(frozen=True)
class Frame:
    """The layout of a kind of slide and the places of its parts by name, "Title" and those of master.LAYOUTS.

    ``is_moved``: whether parts without a placeholder take room from the others, which then have boxes of their own.
    """

    layout: SlideLayout
    places: Mapping[str, Place]
    is_moved: bool


class Frames:
    """The frames of all kinds of slides in one presentation."""

    def __init__(self, presentation: OpenPresentation, template: str = "") -> None:
        """Raises TemplateError when no layout has a title; ``template`` is the name of the file, for messages."""
        layouts = [layout for master in presentation.slide_masters for layout in master.slide_layouts]
        self._layouts = [layout for layout in layouts if _title(layout) is not None]
        self._page = Box(0, 0, _pt(presentation.slide_width), _pt(presentation.slide_height))
        if not self._layouts:
            raise TemplateError(
                f"The template {template} has no layout with a title. Add one under View, Slide Master, Insert Layout."
            )
        self._missing: dict[tuple[str, str], list[Kind]] = {}
        self.frames = {kind: self._frame(kind) for kind in Kind}

    @property
    def gaps(self) -> list[str]:
        """What the layouts lack and what is done about it, a sentence for each layout and part."""
        return [_gap(layout, name, kinds) for (layout, name), kinds in self._missing.items()]

    def _frame(self, kind: Kind) -> Frame:
        layout, content = self._chosen(kind)
        named = {name: shape for name in BESIDE if (shape := _named(layout, name)) is not None}
        wanted = [name for name, *_ in LAYOUTS[kind]]
        missing = [name for name in wanted if name not in content and name not in named]
        places = {
            name: place_of(shape) for name, shape in (content | named | {"Title": _title(layout)}).items() if shape
        }
        for name in missing:
            self._missing.setdefault((layout.name, name), []).append(kind)
        self._give_room(kind, missing, places, _floor(layout))
        is_moved = any(name in missing for name in ("Finding", "Source", "Legend"))
        return Frame(layout, places, is_moved)

    def _chosen(self, kind: Kind) -> tuple[SlideLayout, dict[str, Any]]:
        """The layout of a kind, and its placeholders for the content by name."""
        names = [name for name, *_ in LAYOUTS[kind] if name not in BESIDE]
        fitting = []
        for position, layout in enumerate(self._layouts):
            content, cost = _content(layout, names)
            is_named = layout.name.strip().casefold() == kind.casefold()
            others = len(list(_free(layout))) - len(content)
            is_title = (_title(layout).placeholder_format.type == TYPE.CENTER_TITLE) == (kind == Kind.TITLE)
            rank = (not is_named, len(names) - len(content), not is_title, others, cost, position)
            fitting.append((rank, layout, content))
        _, layout, content = min(fitting, key=lambda entry: entry[0])
        return layout, content

    def _give_room(self, kind: Kind, missing: Sequence[str], places: dict[str, Place], floor: float) -> None:
        """Add places for the missing parts above the floor, taking their room from the content."""
        content = [name for name, *_ in LAYOUTS[kind] if name not in BESIDE]
        if any(name in missing for name in content):
            area = self._free_area(places["Title"].box)
            width = (area.width - 24 * (len(content) - 1)) / len(content)
            for number, name in enumerate(content):
                box = Box(area.left + number * (width + 24), area.top, width, area.height)
                places[name] = Place(box)
        ruler = Ruler(page_height=self._page.height)
        area = _around([places[name].box for name in content])
        top, bottom, right = area.top, min(area.top + area.height, floor), area.left + area.width
        if "Finding" in missing:
            height = next(box.height for name, _, box in LAYOUTS[kind] if name == "Finding")
            places["Finding"] = Place(Box(area.left, top, area.width, height), size=size_on(self._page.height, 16))
            top += height + _GAP
        if "Source" in missing:
            bottom -= _SOURCE_HEIGHT
            places["Source"] = Place(Box(area.left, bottom, area.width, _SOURCE_HEIGHT), size=ruler.of_sources)
            bottom -= _GAP
        if "Legend" in missing:
            width = area.width * _LEGEND_SHARE
            right -= width + 2 * _GAP
            places["Legend"] = Place(
                Box(area.left + area.width - width, top, width, bottom - top),
                size=ruler.smallest,
            )
        for name in content:
            place = places[name]
            left, end = place.box.left, min(place.box.left + place.box.width, right)
            start, stop = max(place.box.top, top), min(place.box.top + place.box.height, bottom)
            places[name] = replace(place, box=Box(left, start, end - left, stop - start))

    def _free_area(self, title: Box) -> Box:
        """Where a layout with a title alone has room: under the title, or above it where it stands low."""
        below = self._page.height * 0.92 - (title.top + title.height)
        if below >= self._page.height * 0.4:
            return Box(title.left, title.top + title.height + _GAP, title.width, below - _GAP)
        return Box(title.left, self._page.height * 0.08, title.width, title.top - self._page.height * 0.08 - _GAP)


def _floor(layout: SlideLayout) -> float:
    """Where footer, number and date at the foot of a layout begin, in points from its top."""
    tops = [_pt(shape.top) for shape in placeholders_of(layout) if shape.placeholder_format.type in FURNITURE]
    half = max(tops, default=0) / 2  # some stand at the head
    return min([top for top in tops if top > half], default=math.inf)


def placeholders_of(layout: SlideLayout) -> list[Any]:
    """The placeholders of a layout."""
    return list(layout.placeholders)


def place_of(shape: Any) -> Place:
    """The place of a placeholder of a layout."""
    box = Box(*(_pt(length) for length in (shape.left, shape.top, shape.width, shape.height)))
    usual = _DEFAULT_TITLE_PT if shape.placeholder_format.type in TITLE_TYPES else _DEFAULT_SIZE_PT
    stated = _size(shape)
    return Place(box, shape.placeholder_format.idx, stated or usual, _insets(shape), is_sized=stated is not None)


def _content(layout: SlideLayout, names: Sequence[str]) -> tuple[dict[str, Any], int]:
    """Placeholders for the parts by name, those of the same name or of the best type, and how far the types are off."""
    free, found, cost = list(_free(layout)), {}, 0
    for name in names:
        fitting = [shape for shape in free if shape.placeholder_format.type in _TYPES[name]]
        same = [shape for shape in free if str(shape.name).casefold() == name.casefold()]
        if not (same or fitting):
            continue
        order = _TYPES[name]
        best = (same or sorted(fitting, key=lambda shape: order.index(shape.placeholder_format.type)))[0]
        cost += 0 if same else order.index(best.placeholder_format.type)
        found[name] = best
        free.remove(best)
    return found, cost


def _free(layout: SlideLayout) -> Iterator[Any]:
    """Placeholders for content: neither title, footer, number nor date, nor one of those known by name alone."""
    for shape in placeholders_of(layout):
        if shape.placeholder_format.type not in (*TITLE_TYPES, *FURNITURE) and not any(
            _is_called(shape, name) for name in BESIDE
        ):
            yield shape


def _title(layout: SlideLayout) -> Any:
    return next((shape for shape in placeholders_of(layout) if shape.placeholder_format.type in TITLE_TYPES), None)


def _named(layout: SlideLayout, name: str) -> Any:
    return next((shape for shape in placeholders_of(layout) if _is_called(shape, name)), None)


def _is_called(shape: Any, name: str) -> bool:
    """Whether the name of a placeholder begins with this word, as in "Source Placeholder 5"."""
    return str(shape.name).casefold().split(" ")[0] == name.casefold()


def _gap(layout: str, name: str, kinds: Sequence[Kind]) -> str:
    slides = f"layout “{layout}” (slides {format_list([f'“{kind.value}”' for kind in kinds])})"
    if name == "Step":
        return f"The {slides} has no placeholder named “Step”: the name of the step is left out."
    if name in BESIDE:
        return f"The {slides} has no placeholder named “{name}”: a text box takes its place."
    return (
        f"The {slides} has no placeholder for “{name}”: it stands free under the title. Add a layout with a content "
        "placeholder to the template."
    )


def _levels(shape: Any) -> Iterator[Any]:
    """The placeholder, and that of the master which it inherits from."""
    yield shape
    base = shape._base_placeholder
    if base is not None:
        yield base


def _size(shape: Any) -> float | None:
    """Font size in points that text of the placeholder has by itself; None where the file does not say."""
    for one in _levels(shape):
        sizes = one._element.xpath("./p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/@sz")
        if sizes:
            return int(sizes[0]) / 100
    style = "titleStyle" if shape.placeholder_format.type in TITLE_TYPES else "bodyStyle"
    master = shape.part.slide_master if hasattr(shape.part, "slide_master") else shape.part
    sizes = master._element.xpath(f"./p:txStyles/p:{style}/a:lvl1pPr/a:defRPr/@sz")
    return int(sizes[0]) / 100 if sizes else None


def _insets(shape: Any) -> tuple[float, float, float, float]:
    values = []
    for name, usual in zip(("lIns", "tIns", "rIns", "bIns"), _DEFAULT_INSETS, strict=True):
        own = [value for one in _levels(shape) for value in one._element.xpath(f"./p:txBody/a:bodyPr/@{name}")]
        values.append(int(own[0]) / 12700 if own else usual)
    left, top, right, bottom = values
    return left, top, right, bottom


def _around(boxes: Sequence[Box]) -> Box:
    left, top = min(box.left for box in boxes), min(box.top for box in boxes)
    right = max(box.left + box.width for box in boxes)
    bottom = max(box.top + box.height for box in boxes)
    return Box(left, top, right - left, bottom - top)


def _pt(length: int | None) -> float:
    return Length(length or 0).pt
