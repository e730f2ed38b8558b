"""The report as one HTML file: a hand-out that opens without a network and draws its charts itself."""

import re
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from charts.chart import PLOTLY_CONFIG
from domain.product import AUTHOR, CREDIT, LICENCES, NAME, VERSION
from domain.progress import Progress, no_progress
from domain.text import format_period
from exports.citation import file_citation
from exports.content import Content
from exports.html.bibliography import MAX_LOCATORS, Bibliography
from exports.html.parts import Part, RegisterPart, figures_json, part, register_part
from exports.plain_text import clean
from exports.views import view_address
from maps.deck import DISCLAIMER
from maps.static_map import MAP_CONFIG

MIME = "text/html"
HOW_TO_READ = (
    "Every number counts records of the dashboard. The records show what the sources cover, not how many exist.",
    "A share says what it is a share of. “Not stated” means that the source does not say; it never means no.",
    "Dates are as exact as their source. A status is that of the source at its own date.",
    "Numbers in brackets lead to the list of sources at the end.",
)
LICENCE_NOTES = (
    (
        f"Compiled data: {LICENCES['data'].short_name}. Credit “{CREDIT}” with the data release, and the source that "
        "is cited for each fact."
    ),
    DISCLAIMER,
    "Coordinates of cities: GeoNames, CC BY 4.0.",
    "Charts are drawn by plotly.js, MIT licence.",
)


def report(content: Content, progress: Progress = no_progress) -> bytes:
    """The file in UTF-8; ``progress`` is called before each section and may raise to cancel."""
    bibliography = Bibliography(content.sources)
    registers = content.registers if content.has_annex else ()
    units = len(content.steps) + len(registers) + 1
    parts: list[Part] = []
    for step in content.steps:
        progress(len(parts) / units, step.title)
        made = part(len(parts) + 1, step, content, bibliography)
        earlier = next((one for one in parts if made.method and one.method == made.method), None)
        parts.append(replace(made, method=f"As for “{earlier.title}”.") if earlier else made)
    annex: list[RegisterPart] = []
    for spec, rows in registers:
        progress((len(parts) + len(annex)) / units, spec.title)
        annex.append(register_part(spec, rows, content.filters, content.not_counted.get(spec.table, "")))
    progress((units - 1) / units, "Writing the file")
    if content.has_annex:
        bibliography.cite_all()
    page = (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            author=AUTHOR,
            generator=f"{NAME} {VERSION}",
            made_on=format_period(content.made_on, content.made_on, "day"),
            summary=[each for each in parts if each.tiles],
            parts=[each for each in parts if not each.empty and not each.tiles],
            empty=[each for each in parts if each.empty],
            registers=annex,
            sources=bibliography.listed(None if content.has_annex else MAX_LOCATORS),
            source_count=len(content.sources),
            how_to_read=HOW_TO_READ,
            licences=LICENCE_NOTES,
            view=view_address(content),
            cited_as=_cited_as(content),
            figures=Markup(figures_json(parts)),
            configs={"map": dict(MAP_CONFIG), "chart": dict(PLOTLY_CONFIG)},
            plotly=Markup(plotly_script()),
            css_text=css_text,
        )
    )
    progress(1.0, "Done")
    return page.encode("utf-8")


def _cited_as(content: Content) -> str:
    """How to cite the report, with its address where there is one."""
    cited = file_citation(
        content.title,
        view_address(content),
        content.release_id,
        content.made_on,
        content.filter_label,
        len(content.sources),
        "the file" if content.has_annex else "the workbook",
    )
    return cited.full


@lru_cache(maxsize=1)
def plotly_script() -> str:
    """plotly.js as the report carries it: bars and scatter alone; see exports/html/vendor/README.md."""
    return (Path(__file__).parent / "vendor" / "plotly-basic.min.js").read_text(encoding="utf-8")


def css_text(text: str) -> Markup:
    """The text as a CSS string; every character other than a letter, digit or blank becomes a CSS escape.

    The blank after the code of an escape is part of it.
    """
    return Markup('"' + re.sub(r"[^A-Za-z0-9 ]", lambda match: f"\\{ord(match[0]):x} ", clean(text)) + '"')


def _without_controls(value: object) -> object:
    """A value of the template without forbidden characters; our own markup is left as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@lru_cache(maxsize=1)
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("exports.html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_without_controls,
    )
