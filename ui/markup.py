"""Markdown for Streamlit in which text of the data has no effect.

`plain` makes any text inert; `md` fills a template of ours with values that become inert. Everything that ui/screen.py
draws goes through `marked`, which makes inert what is not Markdown of these functions.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from string import Formatter
from typing import Any

from domain.characters import visible

_SPACES = re.compile("[ \t\n\r]+")
_SPECIAL = re.compile(r"([\\`*_\[\]<>#$|~:&])")
# At the beginning of a line these make a list, a rule or a heading.
_LINE_START = re.compile(r"^( ?)(?:([-+=])|([0-9]{1,9})([.)]))")
# The browser looks for addresses, icons and arrows in the finished text, where no backslash can stop it: an invisible
# character within them does.
_BREAK = "\u2060"
_FOUND_LATER = re.compile(
    r"(?i)(?<=://)(?=[-.\w])|(?<=\bwww)(?=\.)|(?<=@)(?=[-\w]+\.)|(?<=:)(?=[\w+-][\w/+-]*:)"
    r"|(?<=(?<!\S)[<>~-])(?=[-=>]+(?!\S))"
)
_MAY_BE_FOUND = re.compile(r"[:@<>~]|--|->|www", re.IGNORECASE)
MAX_CACHED_CHARS = 1_000


class Markdown(str):
    """Markdown of our own, in which all text of others is inert already."""

    __slots__ = ()


def plain(text: object) -> Markdown:
    """The text in one line, as Markdown that shows its characters and nothing else: no mark-up, link, image or icon."""
    line = str(text)
    return _short(line) if len(line) <= MAX_CACHED_CHARS else _inert(line)


def _inert(text: str) -> Markdown:
    line = _SPACES.sub(" ", visible(text))
    if _MAY_BE_FOUND.search(line):
        line = _FOUND_LATER.sub(_BREAK, line)
    return Markdown(_LINE_START.sub(_escaped_start, _SPECIAL.sub(r"\\\1", line)))


# A page has hundreds of texts, most of them on every page and for every reader.
_short = lru_cache(maxsize=5_000)(_inert)


def _escaped_start(found: re.Match[str]) -> str:
    space, mark, number, point = found.groups(default="")
    return f"{space}\\{mark}" if mark else f"{space}{number}\\{point}"


def marked(text: object) -> Markdown:
    """Markdown of ours as it is, any other text inert."""
    return text if isinstance(text, Markdown) else plain(text)


def md(template: str, *values: object) -> Markdown:
    """Markdown from a template as for `str.format`, written where it is used; the values become inert.

    Values that are Markdown stay as they are. tests/test_architecture.py makes sure that no template is put together
    from other texts.
    """
    return Markdown(_FORMATTER.vformat(template, values, {}))


class _MarkdownFormatter(Formatter):
    def format_field(self, value: Any, format_spec: str) -> str:
        return marked(format(value, format_spec) if format_spec else value)


_FORMATTER = _MarkdownFormatter()


def joined(separator: str, parts: Iterable[object]) -> Markdown:
    """The parts as Markdown with a separator of ours between them."""
    return Markdown(separator.join(marked(part) for part in parts))


def code(text: str) -> Markdown:
    """The text as a piece of code in a line: between more backticks than it has in a row itself."""
    line = _SPACES.sub(" ", visible(text)) or " "
    longest = max((len(run) for run in re.findall("`+", line)), default=0)
    fence, space = "`" * (longest + 1), " " if line.startswith("`") or line.endswith("`") else ""
    return Markdown(f"{fence}{space}{line}{space}{fence}")


def markdown_link(title: str, url: str) -> Markdown:
    """A link to a web address (domain.urls.is_web_address), whatever characters both hold."""
    # Between angle brackets only a backslash and an ampersand have a meaning of their own.
    return Markdown(f"[{plain(title)}](<{url.replace(chr(92), '%5C').replace('&', '&amp;')}>)")
