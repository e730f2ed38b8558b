"""Finds the record that somebody means: by its id, name, acronym or another name; a source also by its URL."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from rapidfuzz import fuzz, process, utils

from etl.duplicates import normalised
from etl.iso_codes import ISO_CODE_OF
from etl.maintain.facts import Facts

# Tables whose records have other names, with the table of these.
ALIASES = {"organisations": "organisation_aliases", "projects": "project_aliases"}
_NAME_COLUMNS = ("name", "title", "acronym")
_MAX_SUGGESTIONS = 3
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id")


class AnswerError(ValueError):
    """An answer that cannot be used; the text is a sentence that says why and how to mend it."""


def names_of(facts: Facts, table: str) -> Iterator[tuple[str, str]]:
    """(name, record id) of every name, acronym and other name of a table's records."""
    sheet = facts.sheets[table]
    for row in sheet.rows:
        yield from ((row.cells[c], sheet.record_id(row.cells)) for c in _NAME_COLUMNS if row.cells.get(c))
    if table in ALIASES:
        key = sheet.table.key[0]
        yield from ((cells["alias"], cells[key]) for cells in facts.rows(ALIASES[table]))


def find_record(facts: Facts, table: str, text: str) -> str:
    """The id of the record that is meant. Raises AnswerError, with suggestions, when none or several can be."""
    for spelling in (text, normalised(text).replace(" ", "-")):
        if facts.record(table, spelling) is not None:
            return spelling
    names = list(names_of(facts, table))
    found = {record_id for name, record_id in names if normalised(name) == normalised(text)}
    if len(found) == 1:
        return found.pop()
    if found:
        raise AnswerError(f"'{text}' may be any of {', '.join(sorted(found))}. Write the id.")
    near = _suggestions(text, names)
    raise AnswerError(
        f"'{text}' is no record of {facts.sheets[table].file}{near}. Write its id or name, or add it first."
    )


def _suggestions(text: str, names: Iterable[tuple[str, str]]) -> str:
    pairs = list(names) + [(record_id, record_id) for _, record_id in names]
    best = process.extract(
        text,
        [name for name, _ in pairs],
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=75,
        limit=12,
    )
    ids = list(dict.fromkeys(pairs[index][1] for _, _, index in best))[:_MAX_SUGGESTIONS]
    return f"; similar: {', '.join(ids)}" if ids else ""


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for case, accents and punctuation."""
    return bool(one) and normalised(one) == normalised(other)


def find_country(facts: Facts, text: str) -> str:
    """The ISO code of a country by its code, that of the European Union, or its name. Raises AnswerError."""
    code = text.strip().upper()
    return find_record(facts, "countries", ISO_CODE_OF.get(code, code) if len(code) == 2 else text)


def find_source(facts: Facts, text: str) -> str | None:
    """The id of a source by its id, URL or title; None when there is no such source."""
    if facts.record("sources", text) is not None:
        return text
    if is_address(text):
        same = (row["source_id"] for row in facts.rows("sources") if same_page(row["url"], text))
        return next(same, None)
    titles = [row["source_id"] for row in facts.rows("sources") if normalised(row["title"]) == normalised(text)]
    return titles[0] if len(titles) == 1 else None


def is_address(text: str) -> bool:
    """Whether a text is the full address of a page."""
    return bool(re.fullmatch(r"https?://[^\s/]+\.[^\s]+", text))


def same_page(one: str, other: str) -> bool:
    """Whether two addresses lead to the same page. A bare site name stands for a site, not for a page."""
    return is_address(one) and normalised_url(one) == normalised_url(other)


def normalised_url(url: str) -> str:
    """An address without what makes no difference: scheme, www., case of the host, tracking, fragment, last slash."""
    parts = urlsplit(url if "://" in url else f"//{url}")
    host = (parts.hostname or "").removeprefix("www.")
    path = re.sub(r"/(index\.(html?|php))?$", "", unquote(parts.path))
    query = urlencode([(k, v) for k, v in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(k)])
    return f"{host}{path}?{query}".rstrip("?")
