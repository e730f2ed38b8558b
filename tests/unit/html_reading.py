"""Reads the HTML report back, as a browser would, for the tests of the report."""

import json
import re
from html.parser import HTMLParser

from exports.html.report import plotly_script


class Page(HTMLParser):
    """What a browser would make of a report: elements with their attributes, and the cells of each table."""

    def __init__(self, page: bytes):
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict]] = []
        self.tables: dict[str, list[list[str]]] = {}
        self.scripts: dict[str, str] = {}
        self.text = ""
        self._section, self._cell, self._script = "", False, None
        self.feed(page.decode("utf-8").replace(plotly_script(), ""))  # a megabyte that is no markup

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.append((tag, found))
        if tag == "section":
            self._section = found["id"]
        elif tag == "tr":
            self.tables.setdefault(self._section, []).append([])
        elif tag in ("td", "th"):
            self.tables[self._section][-1].append("")
            self._cell = True
        elif tag in ("script", "style"):
            self._script = found.get("id", "")

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self._cell = False
        elif tag in ("script", "style"):
            self._script = None

    def handle_data(self, data):
        if self._script is not None:
            self.scripts[self._script] = self.scripts.get(self._script, "") + data
            return
        self.text += data
        if self._cell:
            self.tables[self._section][-1][-1] += data

    def rows(self, section: str) -> list[dict[str, str]]:
        """The table of a section, by heading; a step may be named without its number."""
        head, *body = next(
            table for anchor, table in self.tables.items() if re.fullmatch(rf"(step-\d+-)?{section}", anchor)
        )
        return [dict(zip(head, row, strict=True)) for row in body]

    def figures(self) -> dict:
        """The figures as the page's script reads them."""
        return json.loads(self.scripts["figures"])

    def figure(self, name: str) -> dict:
        """The figure of the step with this chart; its anchor begins with the number of the step."""
        return next(figure for anchor, figure in self.figures().items() if re.fullmatch(rf"step-\d+-{name}", anchor))
