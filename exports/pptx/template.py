"""The presentation that slides are added to: ours, or the template of an office with its master, without its slides."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.presentation import Presentation as OpenPresentation
from pptx.slide import SlideLayout

from domain.errors import ReadableError
from exports.pptx.foreign_masters import complete
from exports.pptx.master import new_presentation

PRESENTATION_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
OTHER_TYPES = (
    "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml",
    "application/vnd.openxmlformats-officedocument.presentationml.slideshow.main+xml",
)
_OLE = b"\xd0\xcf\x11\xe0"  # how files of Office before 2007, and those with a password, begin
# LibreOffice relates the properties by a name of its own; python-pptx would write a second file of them.
_PROPERTIES_OF_LIBREOFFICE = (
    "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties"
)
_NOT_KEPT = {  # of the presentation and of the package: what belongs to the slides or the printer of the template
    RELATIONSHIP_TYPE.PRINTER_SETTINGS,
    RELATIONSHIP_TYPE.THUMBNAIL,
    RELATIONSHIP_TYPE.EXTENDED_PROPERTIES,
    RELATIONSHIP_TYPE.CUSTOM_PROPERTIES,
    RELATIONSHIP_TYPE.COMMENT_AUTHORS,
    _PROPERTIES_OF_LIBREOFFICE,
}


class TemplateError(ReadableError):
    """A template cannot be used; the message says which, why, and what to do."""


@dataclass(frozen=True)
class Template:
    """A file of PowerPoint whose master and layouts slides take; ``name`` is that of the file, for messages."""

    name: str
    data: bytes


def read_template(path: Path) -> Template:
    """The template in a file. Raises TemplateError when it cannot be read."""
    try:
        return Template(path.name, path.read_bytes())
    except OSError as error:
        raise TemplateError(
            f"The template {path} cannot be read: {error.strerror or error}. Check its path."
        ) from error


def open_presentation(template: Template | None) -> OpenPresentation:
    """A presentation without slides: of the template, or with our own master.

    Raises TemplateError for a file that is no presentation of PowerPoint without macros.
    """
    presentation = _opened(template) if template else new_presentation()
    _drop_slides(presentation)
    for master in presentation.slide_masters:
        for layout in master.slide_layouts:
            _number_placeholders(layout)
    complete(presentation)
    for relations in (presentation.part._rels, presentation.part.package._rels):
        for key in [key for key, relation in relations.items() if relation.reltype in _NOT_KEPT]:
            relations.pop(key)
    # Size and name can contradict each other, and some programs then refuse the file.
    presentation._element.find("{*}sldSz").attrib.pop("type", None)
    return presentation


def _opened(template: Template) -> OpenPresentation:
    if template.data.startswith(_OLE):
        raise TemplateError(
            f"The template {template.name} has a password or is of PowerPoint before 2007. "
            "Save it without a password as .potx or .pptx."
        )
    try:
        return Presentation(io.BytesIO(_as_presentation(template)))
    except (zipfile.BadZipFile, KeyError, ValueError, AttributeError, SyntaxError) as error:
        raise TemplateError(
            f"The template {template.name} is not a presentation of PowerPoint, or is damaged. "
            "Open it in PowerPoint and save it as .potx or .pptx."
        ) from error


def _as_presentation(template: Template) -> bytes:
    """The file with the type of a presentation instead of that of a template, which python-pptx does not open."""
    with zipfile.ZipFile(io.BytesIO(template.data)) as file:
        types = file.read("[Content_Types].xml")
        if b"macroEnabled" in types:
            raise TemplateError(f"The template {template.name} has macros. Save it without them, as .potx or .pptx.")
        if not any(other.encode() in types for other in OTHER_TYPES):
            return template.data
        for other in OTHER_TYPES:
            types = types.replace(other.encode(), PRESENTATION_TYPE.encode())
        result = io.BytesIO()
        with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in file.infolist():
                target.writestr(entry, types if entry.filename == "[Content_Types].xml" else file.read(entry))
    return result.getvalue()


def _number_placeholders(layout: SlideLayout) -> None:
    """Give placeholders of one layout that share a number numbers of their own: slides know them by it alone.

    LibreOffice writes content and title without a number, which is the same one.
    """
    marks = layout._element.xpath(".//p:nvPr/p:ph")
    free = max((mark.idx for mark in marks), default=0) + 1
    taken: set[int] = set()
    for mark in marks:
        if mark.idx in taken:
            mark.idx, free = free, free + 1
        taken.add(mark.idx)


def _drop_slides(presentation: OpenPresentation) -> None:
    """Remove the slides of a template, and its sections and custom shows, which name slides."""
    element = presentation._element
    for slide in list(presentation.slides._sldIdLst):
        presentation.part.drop_rel(slide.rId)
        presentation.slides._sldIdLst.remove(slide)
    for name in ("custShowLst", "extLst"):
        for part in element.findall(f"{{*}}{name}"):
            element.remove(part)
