"""The report as one HTML file: opens from a stick, draws its charts without a network, prints with every row."""

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from charts.chart import PLOTLY_CONFIG
from domain.text import format_period
from exports.content import Content, Progress, no_progress
from exports.html import parts as report_parts
from exports.plain_text import clean
from maps.deck import DISCLAIMER
from maps.static_map import MAP_CONFIG

LICENCES = (
    "Compiled data: CC BY 4.0, credit “EU–US Cluster Cooperation Dashboard contributors, CC BY 4.0” with the data "
    "release, and the source named beside each fact.",
    DISCLAIMER,
    "Coordinates of cities: GeoNames, CC BY 4.0.",
    "Charts: plotly.js, MIT licence, included in this file.",
)


def report(content: Content, progress: Progress = no_progress) -> bytes:
    """The file as UTF-8; ``progress`` hears of every section and may raise to cancel."""
    known = report_parts.numbered(content.sources)
    shown: dict = {}
    parts, steps = [], len(content.sections) + len(content.registers) + 1
    for done, section in enumerate(content.sections):
        progress(done / steps, section.title)
        parts.append(report_parts.part(done + 1, section, known, shown))
    registers = []
    for done, (spec, rows) in enumerate(content.registers, len(parts)):
        progress(done / steps, spec.title)
        registers.append(report_parts.register_part(spec, rows))
    progress((steps - 1) / steps, "Writing the file")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            made_on=format_period(content.made_on, content.made_on, "day"),
            parts=parts,
            titles={part.anchor: part.title for part in parts},
            registers=registers,
            sources=list(known.values()),
            licences=LICENCES,
            figures=Markup(report_parts.figures_json(parts)),
            configs={"map": dict(MAP_CONFIG), "chart": dict(PLOTLY_CONFIG)},
            plotly=Markup(get_plotlyjs()),
            css_text=css_text,
        )
    )
    progress(1.0, "Done")
    return page.encode("utf-8")


def css_text(words: str) -> Markup:
    """Words as a string of a style sheet; whatever is no letter, digit or blank is written as its number.

    The blank after a number belongs to it.
    """
    return Markup('"' + re.sub(r"[^A-Za-z0-9 ]", lambda found: f"\\{ord(found[0]):x} ", clean(words)) + '"')


def _without_controls(value: object) -> object:
    """What stands in the page, without characters that no file may hold; markup of the program's own as it is."""
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
