"""How to cite a card or a file: in a text, in full, and as BibTeX."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

import pandas as pd

from cards.card import Card
from cards.sources import combined_source_summary
from domain.filter_values import NO_FILTER
from domain.product import AUTHOR, LICENCES, NAME
from domain.text import format_locators, format_period, plural
from domain.urls import Choices
from exports.licences import licence_sentence, part_licences
from exports.plain_text import clean

MAX_SOURCES = 1  # one line; the others are counted
MAX_LOCATORS = 3  # of each source

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
    """One work cited in three forms: ``inline`` for running text, ``full`` for a list of references, ``bibtex``."""

    inline: str
    full: str
    bibtex: str


def citation(
    card: Card,
    page_url: str | None,
    path: str,
    release: str,
    made_on: date,
    filter_label: str = NO_FILTER,
    choices: Choices = (),
) -> Citation:
    """How to cite a card.

    ``page_url`` is the absolute URL of its view; it is None when no public URL is set, and ``path``, the URL within the
    dashboard, is named instead. ``release`` is the value of warehouse.query_cache.release_name(). ``choices`` are the
    parameters of the page in that URL (domain.urls.deep_link): another choice is another work, with a key of its own.
    """
    sources = combined_source_summary(one for one in card.all_evidence if one.table != "sources")
    details = f"{_sentence(card.note)} Filter: {filter_label}. {_underlying(sources)}"
    key = _key(card.key, release, filter_label, choices)
    parts = part_licences(one for one in card.all_evidence if one.table != "sources")
    place = f"Page {path} of the dashboard"
    return _citation(key, (card.title, details, licence_sentence(parts)), page_url, place, release, made_on)


def file_citation(
    title: str,
    page_url: str,
    release: str,
    made_on: date,
    filter_label: str,
    sources: int,
    listed_in: str = "the file",
) -> Citation:
    """How to cite a whole file of the dashboard, with its address unless ``page_url`` is ''.

    ``sources`` is the number of documents behind it, which ``listed_in`` lists.
    """
    details = f"Filter: {filter_label}. Underlying sources: {plural(sources, 'document')}, listed in {listed_in}."
    key, licence = _key("pack", release, filter_label), f"{LICENCES['data'].short_name}."
    return _citation(key, (title, details, licence), page_url, "", release, made_on)


def release_label(release: str) -> str:
    """'release 2026-11-22-2', or 'build b3c5302f' for a build that is not released."""
    return release if release.startswith("build ") else f"release {release}"


def _citation(
    key: str, work: tuple[str, str, str], page_url: str | None, place: str, release: str, made_on: date
) -> Citation:
    """The three forms of a work: its title, details and the sentence about its licence.

    Without a URL ``place`` stands there; '' for none.
    """
    title, details, licence = work
    version = release_label(release)
    day = format_period(made_on, made_on, "day")
    location = page_url or place
    title = clean(title)
    full = (
        f"{AUTHOR} ({made_on.year}): “{title}”. {NAME}, {version}. {clean(details).strip()} "
        f"{f'{location}, as' if location else 'As'} of {day}. {clean(licence)}"
    )
    fields = {
        "author": f"{{{_tex(AUTHOR)}}}",
        "title": f"{{{_tex(title)}}}",
        "year": str(made_on.year),
        "publisher": f"{{{_tex(NAME)}}}",
        "version": _tex(version),
        "note": _tex(clean(f"{details} {licence}").strip()),
        "urldate": made_on.isoformat(),
    }
    fields |= {"url": _tex_url(page_url)} if page_url else {"howpublished": _tex(location)} if location else {}
    body = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return Citation(f"({NAME}, {version})", full, f"@misc{{{key},\n{body}\n}}\n")


def _underlying(sources: pd.DataFrame) -> str:
    """Titles and locators: 'Underlying sources: Discussion paper … (Table 1; footnote 5); and 3 more.'."""
    if sources.empty:
        return "Underlying sources: no source is cited for these rows."
    named = [
        f"{row['title']} ({format_locators(list(row['locators']), MAX_LOCATORS)})"
        for row in sources.head(MAX_SOURCES).to_dict("records")
    ]
    left_out = len(sources) - len(named)
    return f"Underlying sources: {'; '.join(named)}" + (f"; and {left_out} more." if left_out else ".")


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def _key(key: str, release: str, filter_label: str, choices: Choices = ()) -> str:
    """BibTeX key, e.g. 'clusters-usa_share-2026-11-22-2', made of card, release, filters and page parameters."""
    parts = ["clusters", key, release.removeprefix("build ")]
    if filter_label != NO_FILTER or choices:
        view = f"{filter_label}?{urlencode(choices)}" if choices else filter_label
        parts.append(hashlib.sha256(view.encode()).hexdigest()[:6])
    return re.sub(r"[^A-Za-z0-9_-]+", "-", "-".join(parts))


def _tex(text: str) -> str:
    """Text with LaTeX's special characters escaped. A brace becomes a command: BibTeX counts even escaped braces."""
    return "".join(_TEX.get(c, c) for c in " ".join(text.split()))


def _tex_url(url: str) -> str:
    """The URL with braces and backslashes percent-encoded, so that it cannot end its BibTeX field."""
    return url.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D").replace("%", r"\%")
