"""Slides of a presentation in its own look: every slide has a title, a footer, its number and notes."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime
from itertools import product
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.slide import Slide
from pptx.util import Length, Pt

from domain.product import AUTHOR
from exports.plain_text import clean
from exports.pptx.foreign_masters import table_style, theme_element, typefaces
from exports.pptx.frames import Frame, Frames, Place, place_of, placeholders_of
from exports.pptx.master import Kind
from exports.pptx.palette import MUTED, TEXT, Theme, theme_of
from exports.pptx.template import Template, open_presentation
from exports.pptx.text import (
    ELLIPSIS,
    MEASURED_FONTS,
    OTHER_FONT_FACTOR,
    OWN_FONT_FACTOR,
    Box,
    Ruler,
    TextRun,
    add_text,
    one_line,
    size_on,
    write,
)

MAX_TITLE_PT, MIN_TITLE_PT = 40, 18
PART = re.compile(r" \(\d+\u00a0of\u00a0\d+\)$")  # of a title: which of several slides it is


_NUMBERS = (PP_PLACEHOLDER.SLIDE_NUMBER,)


class Stage:
    """A slide to be filled: its placeholders by the name of the part, and free boxes for parts without one."""

    def __init__(self, slide: Slide, frame: Frame, ruler: Ruler, theme: Theme, table_style: str) -> None:
        self.slide, self.frame, self.ruler, self.theme, self.table_style = slide, frame, ruler, theme, table_style
        self._extended: Box | None = None

    def place(self, name: str) -> Place:
        """The place of a part."""
        return self.frame.places[name]

    def box(self, name: str) -> Box:
        """The box of a part."""
        return self.frame.places[name].box

    def placeholder(self, name: str) -> Any:
        """The placeholder of a part on the slide, None where the layout has none."""
        index = self.frame.places[name].index if name in self.frame.places else None
        if index is None:
            return None
        return next((shape for shape in self.slide.placeholders if shape.placeholder_format.idx == index), None)

    def line(self, name: str, text: str, *, smallest: float | None = None) -> None:
        """Write a text into a part, as large as it is there or smaller, so that it fits."""
        place = self.place(name)
        sizes = _sizes(place.size, smallest or self.ruler.smallest)
        shown, size = self.ruler.fit(text, place.inner, sizes, is_bold=name in ("Step", "Title"))
        if name == "Finding":
            shown, size = self.ruler.fit_sentences(text, place.inner, sizes)
            self._extended = extended(self.frame, self.ruler, text) if "Picture" in self.frame.places else None
        own = size == place.size and place.is_sized
        self.write(name, [[TextRun(shown, None if own else size)]], is_bottom=name == "Source")

    def legend(self, keys: Sequence[Sequence[TextRun]], notes: Sequence[str] = (), *, space: float) -> str:
        """Write the legend and its notes, smaller where they would not fit.

        Returns the notes where there is no room for them at all, for the line of sources.
        """
        place, least = self.place("Legend"), self.ruler.of_sources
        box, own = place.inner, place.size

        def height(paragraphs: Iterable[str], size: float) -> float:
            return sum(self.ruler.height(text, box.width, size) + space for text in paragraphs)

        texts = ["".join(run.text for run in runs) for runs in keys]
        sizes = _sizes(own, least)
        pairs = product(sizes, (least, least - 1, least - 2))
        fitting = ((one, two) for one, two in pairs if height(texts, one) + height(notes, two) <= box.height)
        size, note_size = next(fitting, (0, 0))
        if is_apart := not size:
            size = next((one for one in sizes if height(texts, one) <= box.height), sizes[-1])
        shown = [[run if size == own else _sized(run, size) for run in runs] for runs in keys]
        shown += [[TextRun(text, note_size, colour=MUTED)] for text in notes if not is_apart]
        self.write("Legend", shown, space=space)
        return " ".join(notes) if is_apart else ""

    def write(
        self,
        name: str,
        paragraphs: Iterable[Sequence[TextRun]],
        *,
        space: float | Sequence[float] = 0,
        is_bottom: bool = False,
    ) -> None:
        """Write paragraphs into a part."""
        shape, place = self.placeholder(name), self.place(name)
        if shape is None:
            # Colour too, since a file need not say which colour text has outside placeholders.
            runs = [
                [replace(_sized(run, place.size), colour=run.colour or TEXT) for run in paragraph]
                for paragraph in paragraphs
            ]
            add_text(self.slide, place.box, runs, name, space=space, is_bottom=is_bottom)
            return
        shape.name = name
        self._move(shape, name)
        if not place.is_sized:
            paragraphs = [[_sized(run, place.size) for run in paragraph] for paragraph in paragraphs]
        write(shape.text_frame, paragraphs, space=space)

    def _move(self, shape: Any, name: str) -> None:
        """Give a placeholder the box of its part where others without a placeholder take room from it."""
        if self.frame.is_moved and name != "Title":
            shape.left, shape.top, shape.width, shape.height = (Pt(value) for value in self.box(name))

    def take(self, name: str, *, is_extended: bool = False) -> Box:
        """Remove the placeholder of a part, for an object that cannot stand in it; returns its box.

        ``is_extended``: with the room that the text of the finding, written before, leaves above it.
        """
        shape, box = self.placeholder(name), self.box(name)
        if shape is not None:
            shape._element.getparent().remove(shape._element)
        if not is_extended or self._extended is None:
            return box
        finding: Any = next(shape for shape in self.slide.shapes if shape.name == "Finding")
        place = self.box("Finding")
        finding.left, finding.top, finding.width, finding.height = (
            Pt(value) for value in place._replace(height=place.height - (box.top - self._extended.top))
        )
        return self._extended


def extended(frame: Frame, ruler: Ruler, finding: str) -> Box:
    """The box of a picture with the room that this text of the finding leaves above it."""
    box, place = frame.places["Picture"].box, frame.places["Finding"]
    shown, size = ruler.fit_sentences(finding, place.inner, _sizes(place.size, ruler.smallest))
    spare = place.inner.height - ruler.height(shown, place.inner.width, size)
    return box._replace(top=box.top - spare, height=box.height + spare)


class Deck:
    """A presentation that slides are added to one by one. Raises TemplateError for a template that cannot be used."""

    def __init__(self, template: Template | None = None) -> None:
        self.presentation = open_presentation(template)
        frames = Frames(self.presentation, template.name if template else "")
        self.frames, self.gaps = frames.frames, frames.gaps
        master = self.presentation.slide_master
        self.theme = theme_of(theme_element(master), master._element.find("{*}clrMap"))
        is_measured = typefaces(self.presentation) <= set(MEASURED_FONTS)
        factor = OWN_FONT_FACTOR if is_measured else OTHER_FONT_FACTOR
        self.ruler = Ruler(factor, Length(self.presentation.slide_height or 0).pt)
        self.table_style = table_style(self.presentation)

    def add(self, kind: Kind, step: str, title: str, notes: str) -> Stage:
        """Add a slide with a title, the name of its step above it where the layout has a place, and speaker notes."""
        frame = self.frames[kind]
        slide: Slide = self.presentation.slides.add_slide(frame.layout)
        stage = Stage(slide, frame, self.ruler, self.theme, self.table_style)
        place = stage.place("Title")
        least = size_on(self.ruler.page_height, MIN_TITLE_PT)
        shown, size = _fitted_title(self.ruler, title, place.inner, _sizes(place.size, least, MAX_TITLE_PT))
        heading: Any = slide.shapes.title
        heading.text_frame.text = shown
        if size != place.size or not place.is_sized:
            heading.text_frame.paragraphs[0].runs[0].font.size = Pt(size)
        if step and stage.placeholder("Step") is not None:
            stage.line("Step", step)
        frame_of_notes = slide.notes_slide.notes_text_frame
        if frame_of_notes is not None:
            frame_of_notes.text = clean(notes)
        return stage

    def finish(self, stage: Stage, footer: str) -> None:
        """Remove placeholders that stayed empty, add footer and slide number, last in the reading order."""
        tree = stage.slide.shapes._spTree
        for shape in list(stage.slide.placeholders):
            if shape.has_text_frame and not shape.text_frame.text.strip():
                tree.remove(shape._element)
        for shape in placeholders_of(stage.frame.layout):
            kind = shape.placeholder_format.type
            if kind not in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
                continue
            element = deepcopy(shape._element)
            ids = (int(value) for value in tree.xpath(".//p:cNvPr/@id"))
            element.nvSpPr.cNvPr.set("id", str(max(ids) + 1))
            tree.append(element)
            if kind == PP_PLACEHOLDER.FOOTER:
                self._write_footer(stage, stage.slide.shapes[-1], place_of(shape), footer)
        for properties in tree.iter("{*}rPr", "{*}endParaRPr"):
            properties.set("lang", "en-GB")

    def _write_footer(self, stage: Stage, shape: Any, place: Place, footer: str) -> None:
        """Write the footer on one line; where it is too short for it, from the left end of the title to the number."""
        box = place.inner
        if self.ruler.width(footer, self.ruler.of_sources) > box.width:
            others = [one for one in placeholders_of(stage.frame.layout) if one.placeholder_format.type in _NUMBERS]
            left, right = stage.box("Title").left, stage.box("Title").left + stage.box("Title").width
            right = min([place_of(one).box.left for one in others if place_of(one).box.left > box.left] + [right])
            if right - left > place.box.width:
                shape.left, shape.top, shape.width, shape.height = (
                    Pt(value) for value in (left, place.box.top, right - left, place.box.height)
                )
                box = box._replace(width=right - left - place.box.width + box.width)
        shown = self.ruler.cut(one_line(footer), box.width, self.ruler.of_sources, 1)
        shape.text_frame.clear()  # of the example in the layout
        write(shape.text_frame, [[TextRun(shown, self.ruler.of_sources)]])

    def save(self, title: str, subject: str, keywords: str, made_on: date) -> bytes:
        """The file. The same content of the same day gives the same bytes."""
        properties = self.presentation.core_properties
        day = datetime(made_on.year, made_on.month, made_on.day)
        properties.title, properties.subject, properties.keywords = (
            one_line(text)[:255] for text in (title, subject, keywords)
        )
        properties.author = properties.last_modified_by = AUTHOR
        properties.comments = properties.category = ""
        properties.created = properties.modified = day
        properties.revision, properties.language = 1, "en-GB"
        _list_notes_master(self.presentation)
        file = io.BytesIO()
        self.presentation.save(file)
        return _with_fixed_time(file, day)


def _sizes(own: float, smallest: float, largest: float = 1000) -> list[float]:
    """Font sizes to be tried: the own one, then smaller ones down to the smallest."""
    first = min(own, largest)
    return [first, *range(math.ceil(first) - 1, math.ceil(smallest) - 1, -1)]


def _fitted_title(ruler: Ruler, title: str, box: Box, sizes: Sequence[float]) -> tuple[str, float]:
    """The title and its font size; one that has to be cut keeps which part of several its slide is."""
    shown, size = ruler.fit(title, box, sizes, is_bold=True)
    part = PART.search(title)
    if part is None or shown.endswith(part[0]):
        return shown, size
    words = title.removesuffix(part[0]).split(" ")
    while (len(words) > 1 and ruler.height(shown, box.width, size, is_bold=True) > box.height) or part[0] not in shown:
        words.pop()
        shown = " ".join(words).rstrip(" ,;:–") + ELLIPSIS + part[0]
    return shown, size


def _sized(run: TextRun, size: float) -> TextRun:
    return run if run.size is not None else TextRun(run.text, size, run.is_bold, run.colour)


def _list_notes_master(presentation: Any) -> None:
    """Name the notes master in the presentation: python-pptx adds it without, and some programs refuse the file."""
    element = presentation._element
    if element.find("{*}notesMasterIdLst") is not None:
        return
    key = presentation.part.relate_to(presentation.part.notes_master_part, RELATIONSHIP_TYPE.NOTES_MASTER)
    listed = parse_xml(f'<p:notesMasterIdLst {nsdecls("p", "r")}><p:notesMasterId r:id="{key}"/></p:notesMasterIdLst>')
    element.find("{*}sldMasterIdLst").addnext(listed)


def _with_fixed_time(file: io.BytesIO, day: datetime) -> bytes:
    """The same ZIP archive with this day as the time of every entry."""
    result = io.BytesIO()
    with zipfile.ZipFile(file) as made, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in made.infolist():
            stamp = zipfile.ZipInfo(entry.filename, (max(day.year, 1980), day.month, day.day, 0, 0, 0))
            stamp.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(stamp, made.read(entry))
    return result.getvalue()
