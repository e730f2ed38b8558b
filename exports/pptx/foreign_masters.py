"""What masters of other programs leave out and slides need: text styles, table styles, colours that can be read.

LibreOffice writes the look of text only into the sample text of a master, from which nothing inherits, and no table
styles; PowerPoint and LibreOffice then show black text of their own size, and tables without lines.
"""

from copy import deepcopy
from typing import Any

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.presentation import Presentation as OpenPresentation

from exports.pptx.palette import BACKGROUND, TEXT, Theme, theme_of

DEFAULT_TABLE_STYLE = "{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}"  # Medium Style 2 - Accent 1, of every PowerPoint
_INHERITED_OF_RUNS = ("sz", "b", "i")
_PARTS_OF_RUNS = ("solidFill", "latin")


def complete(presentation: OpenPresentation) -> None:
    """Add text styles and table styles where the file has none, and make text readable on every master."""
    for master in presentation.slide_masters:
        if master._element.find("{*}txStyles") is None:
            for owner in (master, *master.slide_layouts):
                for text in owner._element.xpath(".//p:sp[p:nvSpPr/p:nvPr/p:ph]/p:txBody"):
                    _state_look(text)
        _make_text_readable(theme_element(master), master._element)
    try:
        presentation.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES)
    except KeyError:
        _add_table_styles(presentation)


def theme_element(master: Any) -> Any:
    """XML element of the theme of a master."""
    return parse_xml(master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob)


def table_style(presentation: OpenPresentation) -> str:
    """Id of the table style that new tables of the presentation have."""
    styles = parse_xml(presentation.part.part_related_by(RELATIONSHIP_TYPE.TABLE_STYLES).blob)
    return str(styles.get("def") or DEFAULT_TABLE_STYLE)


def typefaces(presentation: OpenPresentation) -> set[str]:
    """Typefaces of the themes and of the text that masters and layouts state."""
    names: set[str] = set()
    for master in presentation.slide_masters:
        names.update(theme_element(master).xpath(".//a:fontScheme/*/a:latin/@typeface"))
        for owner in (master, *master.slide_layouts):
            names.update(owner._element.xpath(".//a:defRPr/a:latin/@typeface"))
    return {name for name in names if not name.startswith("+")}  # +mn-lt is that of the theme


def _state_look(text: Any) -> None:
    """Give a placeholder the look of the first line of its sample text, so that slides inherit it."""
    run, paragraph = text.find("{*}p/{*}r/{*}rPr"), text.find("{*}p/{*}pPr")
    styles = text.find("{*}lstStyle")
    if run is None or (styles is not None and len(styles)):
        return
    if styles is None:
        styles = parse_xml(f"<a:lstStyle {nsdecls('a')}/>")
        text.find("{*}bodyPr").addnext(styles)
    level = parse_xml(f"<a:lvl1pPr {nsdecls('a')}><a:defRPr/></a:lvl1pPr>")
    if paragraph is not None and paragraph.get("algn"):
        level.set("algn", paragraph.get("algn"))
    for name in _INHERITED_OF_RUNS:
        if run.get(name):
            level[0].set(name, run.get(name))
    for name in _PARTS_OF_RUNS:
        for part in run.findall(f"{{*}}{name}"):
            level[0].append(deepcopy(part))
    styles.append(level)


def _make_text_readable(theme: Any, master: Any) -> None:
    """Exchange text and background of the theme where the master asks for it.

    A master may state the colour of its page or of its text itself and leave the theme that of another page:
    LibreOffice writes a black page, white titles, and black as the text of charts and tables.
    """
    names = master.find("{*}clrMap")
    if _is_lost(theme_of(theme, names), master):
        for one, other in (("tx1", "bg1"), ("tx2", "bg2")):
            first, second = names.get(one), names.get(other)
            names.set(one, second)
            names.set(other, first)


def _is_lost(theme: Theme, master: Any) -> bool:
    """Whether the page that a master states, or else the colour of its text, asks for the other text colour."""
    if pages := master.xpath("./p:cSld/p:bg/p:bgPr/a:solidFill/a:srgbClr/@val"):
        return theme.clearest_on(f"#{pages[0].upper()}") is BACKGROUND
    stated = master.xpath(
        './/p:sp[p:nvSpPr/p:nvPr/p:ph/@type="body"]/p:txBody/a:lstStyle/a:lvl1pPr/a:defRPr/a:solidFill/a:srgbClr/@val'
    ) or master.xpath("./p:txStyles/p:bodyStyle/a:lvl1pPr/a:defRPr/a:solidFill/a:srgbClr/@val")
    return bool(stated) and theme.clearest_on(f"#{stated[0].upper()}") is TEXT


def _add_table_styles(presentation: OpenPresentation) -> None:
    xml = f'<a:tblStyleLst {nsdecls("a")} def="{DEFAULT_TABLE_STYLE}"/>'
    package = presentation.part.package
    name = PackURI("/ppt/tableStyles.xml")
    part = Part(name, CONTENT_TYPE.PML_TABLE_STYLES, package, xml.encode())
    presentation.part.relate_to(part, RELATIONSHIP_TYPE.TABLE_STYLES)
