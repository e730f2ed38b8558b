"""Templates as offices have them, made by code for the tests of the slides."""

from __future__ import annotations

import io
import re
import zipfile

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

NAMES = {
    "Title Slide": "Titelfolie",
    "Title and Content": "Titel und Inhalt",
    "Two Content": "Zwei Inhalte",
    "Title Only": "Nur Titel",
}
DARK_COLOURS = {
    "dk1": "101820",
    "lt1": "FFFFFF",
    "dk2": "203040",
    "lt2": "E8E8E8",
    "accent1": "5BC0EB",
    "accent2": "FDE74C",
    "accent3": "9BC53D",
    "accent4": "E55934",
    "accent5": "FA7921",
    "accent6": "A0A0A0",
    "hlink": "8AB4F8",
    "folHlink": "C58AF9",
}
CORE_PROPERTIES_OF_LIBREOFFICE = (
    b"http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
MAIN = "application/vnd.openxmlformats-officedocument.presentationml.{}.main+xml"


def dark_template(layouts: dict[str, str] = NAMES, *, width: float = 960, with_slide: bool = True) -> bytes:
    """A dark POTX with a serif typeface and German names of layouts, without any placeholder of ours."""
    presentation = Presentation()
    height = 540
    across, down = Pt(width) / presentation.slide_width, Pt(height) / presentation.slide_height
    presentation.slide_width, presentation.slide_height = Pt(width), Pt(height)
    master = presentation.slide_master
    theme = master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    colours = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in DARK_COLOURS.items())
    text = re.sub(
        r"(<a:clrScheme[^>]*>).*?(</a:clrScheme>)",
        rf"\g<1>{colours}\g<2>",
        theme.blob.decode(),
        flags=re.S,
    )
    theme._blob = text.replace('typeface="Calibri"', 'typeface="Georgia"').encode()
    mapped = master._element.find("{*}clrMap")
    for name, slot in {"bg1": "dk1", "tx1": "lt1", "bg2": "dk2", "tx2": "lt2"}.items():
        mapped.set(name, slot)
    for layout in list(presentation.slide_layouts):
        if layout.name in layouts:
            layout._element.cSld.set("name", layouts[layout.name])
        else:
            presentation.slide_layouts.remove(layout)
    for owner in (master, *presentation.slide_layouts):
        for shape in owner.placeholders:
            if shape._element.spPr.find("{*}xfrm") is not None:
                place = shape.left * across, shape.top * down, shape.width * across, shape.height * down
                shape.left, shape.top, shape.width, shape.height = (round(value) for value in place)
    if with_slide:
        slide = presentation.slides.add_slide(presentation.slide_layouts[0])
        slide.shapes.title.text_frame.text = "Text of the office that no deck of ours may hold"
    file = io.BytesIO()
    presentation.save(file)
    return as_type(file.getvalue(), "template")


def of_libreoffice(file: bytes) -> bytes:
    """The template as LibreOffice 7.4 writes one.

    A name of its own relates the properties, content has no number, footers hold an example, and no master states a
    size of text.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "_rels/.rels":
                data = data.replace(RELATIONSHIP_TYPE.CORE_PROPERTIES.encode(), CORE_PROPERTIES_OF_LIBREOFFICE)
            if entry.filename.startswith("ppt/slideLayouts/slideLayout"):
                data = re.sub(rb'(<p:ph(?![^>]*type="(?:ftr|sldNum|dt)")[^>]*) idx="\d+"', rb"\1", data)
                data = re.sub(
                    rb'(type="ftr".*?<a:p>).*?(</a:p>)',
                    rb"\1<a:r><a:rPr/><a:t>Example</a:t></a:r>\2",
                    data,
                    flags=re.S,
                )
            if entry.filename.startswith("ppt/slideMasters/slideMaster"):
                data = re.sub(rb"<p:txStyles>.*?</p:txStyles>", b"", data, flags=re.S)
            new.writestr(entry, data)
    return result.getvalue()


def as_type(file: bytes, kind: str) -> bytes:
    """The presentation with the content type of a template ('template'), or with macros."""
    names = {
        "template": MAIN.format("template"),
        "macros": "application/vnd.ms-powerpoint.template.macroEnabled.main+xml",
    }
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "[Content_Types].xml":
                for old_kind in ("presentation", "template"):
                    data = data.replace(MAIN.format(old_kind).encode(), names[kind].encode())
            new.writestr(entry, data)
    return result.getvalue()
