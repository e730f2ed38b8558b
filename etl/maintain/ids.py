"""Proposes ids after the pattern of the data: lower-case words joined by hyphens, short, and not yet taken."""

import re
from itertools import count
from urllib.parse import urlsplit

from slugify import slugify

from etl.maintain.facts import Facts

_MAX_CHARS = 60
_LITTLE_WORDS = ("the", "of", "and", "for", "in", "on", "at", "a", "an", "to")
_LEGAL_FORMS = re.compile(
    r",? (e\. ?V\.|GmbH|gGmbH|AG|Inc\.?|LLC|Ltd\.?|S\.?A\.?|S\.?L\.?|S\.?r\.?l\.?|B\.?V\.?|AS|ASBL)$"
)


def free_id(facts: Facts, table: str, *parts: str, year: str = "") -> str:
    """An id made of the parts and the year, with a number where it is taken. What an earlier part says is left out."""
    words: list[str] = []
    for part in parts:
        slug = slugify(part)
        if slug and f"-{slug}-" not in f"-{'-'.join(words)}-":
            words.append(slug)
    stem = slugify("-".join(words), max_length=_MAX_CHARS - len(year), word_boundary=True, save_order=True)
    proposed = "-".join(filter(None, (stem, "" if f"-{year}-" in f"-{stem}-" else year))) or "record"
    candidates = (proposed if number == 1 else f"{proposed}-{number}" for number in count(1))
    return next(candidate for candidate in candidates if facts.record(table, candidate) is None)


def organisation_id(facts: Facts, name: str) -> str:
    """The name without its legal form."""
    return free_id(facts, "organisations", _LEGAL_FORMS.sub("", name))


def event_id(facts: Facts, name: str, place: str, year: str) -> str:
    """The name without little words, the place, the year."""
    return free_id(facts, "events", slugify(name, stopwords=_LITTLE_WORDS), place, year=year)


def source_id(facts: Facts, url: str, title: str) -> str:
    """Host and path of the address, or the title of a source without one."""
    parts = urlsplit(url)
    return free_id(facts, "sources", f"{parts.netloc.removeprefix('www.')} {parts.path}" if parts.netloc else title)
