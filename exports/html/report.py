"""The report as one HTML file: opens without a network, draws its charts itself, and prints with every row."""

import re
from functools import lru_cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from plotly.offline import get_plotlyjs

from charts.chart import PLOTLY_CONFIG
from domain.product import CREDIT, LICENCES, NAME, VERSION
from domain.progress import Progress, no_progress
from domain.text import format_period
from exports.content import Content
from exports.html.parts import ListedRows, Part, RegisterPart, figures_json, numbered, part, register_part
from exports.plain_text import clean
from maps.deck import DISCLAIMER
from maps.static_map import MAP_CONFIG

MIME = "text/html"
LICENCE_NOTES = (
    (
        f"Compiled data: {LICENCES['data'].short_name}. Credit “{CREDIT}” with the data release, and the source that "
        "is cited for each fact."
    ),
    DISCLAIMER,
    "Coordinates of cities: GeoNames, CC BY 4.0.",
    "Charts: plotly.js, MIT licence, included in this file.",
)


def report(content: Content, progress: Progress = no_progress) -> bytes:
    """The file in UTF-8; ``progress`` is called before each section and may raise to cancel."""
    sources = numbered(content.sources)
    units = len(content.steps) + len(content.registers) + 1
    listed: ListedRows = {}
    parts: list[Part] = []
    for step in content.steps:
        progress(len(parts) / units, step.title)
        parts.append(part(len(parts) + 1, step, sources, listed))
    registers: list[RegisterPart] = []
    for spec, rows in content.registers:
        progress((len(parts) + len(registers)) / units, spec.title)
        registers.append(register_part(spec, rows, content.filters, content.not_counted.get(spec.table, "")))
    progress((units - 1) / units, "Writing the file")
    page = (
        _environment()
        .get_template("report.html")
        .render(
            content=content,
            generator=f"{NAME} {VERSION}",
            made_on=format_period(content.made_on, content.made_on, "day"),
            parts=parts,
            titles={each.anchor: each.title for each in parts},
            registers=registers,
            sources=list(sources.values()),
            licences=LICENCE_NOTES,
            figures=Markup(figures_json(parts)),
            configs={"map": dict(MAP_CONFIG), "chart": dict(PLOTLY_CONFIG)},
            plotly=Markup(get_plotlyjs()),
            css_text=css_text,
        )
    )
    progress(1.0, "Done")
    return page.encode("utf-8")


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
