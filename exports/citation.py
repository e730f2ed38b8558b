"""How to cite a card or a file: in a text, in full, and as BibTeX."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from cards.card import Card
from cards.sources import source_summary
from domain.shares import plural
from domain.text import MONTHS
from domain.urls import Choices
from exports.plain_text import clean

DASHBOARD = "EU–US cluster cooperation dashboard"
# As LICENSE-data asks to be credited.
AUTHOR = "EU–US Cluster Cooperation Dashboard contributors"
LICENCE = "CC BY 4.0"
MAX_SOURCES, MAX_PLACES = 3, 3

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{c: "\\" + c for c in "#$%&_"},
}


@dataclass(frozen=True)
class Citation:
    """One work cited in three forms: ``inline`` for a text, ``full`` for a list of references, ``bibtex``."""

    inline: str
    full: str
    bibtex: str


def citation(
    card: Card,
    page_url: str | None,
    path: str,
    release: str,
    made_on: date,
    filter_label: str = "no filter",
    choices: Choices = (),
) -> Citation:
    """How to cite a card.

    ``page_url`` is the whole address of its view, None when no public address is known: then ``path``, the address
    within the dashboard, is named. ``release`` is that of warehouse.query_cache.release_name(). ``choices`` are those of the
    page that the address carries (domain.urls.deep_link): another choice is another work.
    """
    summaries = [source_summary(found) for found in card.all_evidence if found.table != "sources"]
    sources = pd.concat(summaries).drop_duplicates("source_id") if summaries else pd.DataFrame()
    details = f"{_sentence(card.subtitle)} Filter: {filter_label}. {_underlying(sources)}"
    key = _key(card.key, release, filter_label, choices)
    return _citation(key, card.title, details, page_url, path, release, made_on)


def file_citation(
    title: str, page_url: str | None, path: str, release: str, made_on: date, filter_label: str, sources: int
) -> Citation:
    """How to cite a whole file of the dashboard; ``sources`` is the number of documents behind it."""
    details = f"Filter: {filter_label}. Underlying sources: {plural(sources, 'document')}, listed in the file."
    return _citation(_key("pack", release, filter_label), title, details, page_url, path, release, made_on)


def release_label(release: str) -> str:
    """'release 2026-11-22-2'; a build that is not released is called by its own id."""
    return release if release.startswith("build ") else f"release {release}"


def _citation(
    key: str, title: str, details: str, page_url: str | None, path: str, release: str, made_on: date
) -> Citation:
    words = release_label(release)
    day = f"{made_on.day} {MONTHS[made_on.month - 1]} {made_on.year}"
    where = page_url or f"Page {path} of the dashboard"
    title = clean(title)
    full = (
        f"{AUTHOR} ({made_on.year}): “{title}”. {DASHBOARD}, {words}. {clean(details).strip()} "
        f"{where}, as of {day}. {LICENCE}."
    )
    fields = {
        "author": f"{{{_tex(AUTHOR)}}}",
        "title": f"{{{_tex(title)}}}",
        "year": str(made_on.year),
        "publisher": f"{{{_tex(DASHBOARD)}}}",
        "version": _tex(words),
        "note": _tex(clean(details).strip()),
        "urldate": made_on.isoformat(),
    }
    fields |= {"url": _url(page_url)} if page_url else {"howpublished": _tex(where)}
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(f"({DASHBOARD}, {words})", full, f"@misc{{{key},\n{body}\n}}\n")


def _underlying(sources: pd.DataFrame) -> str:
    """'Underlying sources: Discussion paper … (Table 1; footnote 5); and 3 more.'"""
    if sources.empty:
        return "Underlying sources: none is cited for what is shown."
    named = [f"{row.title} ({_some(row.locators)})" for row in sources.head(MAX_SOURCES).itertuples()]
    rest = len(sources) - len(named)
    return f"Underlying sources: {'; '.join(named)}" + (f"; and {rest} more." if rest else ".")


def _some(places: Iterable[str]) -> str:
    places = list(places)
    rest = len(places) - MAX_PLACES
    return "; ".join(places[:MAX_PLACES]) + (f" and {plural(rest, 'more place')}" if rest > 0 else "")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _key(key: str, release: str, filter_label: str, choices: Choices = ()) -> str:
    """'clusters-usa_share-2026-11-22-2': the same for the same card, release, filters and choices of the page."""
    parts = ["clusters", key, release.removeprefix("build ")]
    if filter_label != "no filter" or choices:
        view = f"{filter_label}?{urlencode(choices)}" if choices else filter_label
        parts.append(hashlib.sha256(view.encode()).hexdigest()[:6])
    return re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(parts))


def _tex(text: str) -> str:
    """Text as LaTeX shows it. A brace becomes a command: BibTeX counts even escaped braces."""
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))


def _url(address: str) -> str:
    """An address that no brace or backslash can break out of."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace("%", r"\%")
