"""A suggested change of a fact as a small text, and the links that carry it to the maintainers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

from domain.product import NAME

MAX_PART_CHARS = 1_000  # of a value, a source or an answer
MAX_SOURCES = 5
# Of a whole link: trackers and mail programs cut or refuse longer ones.
MAX_LINK_CHARS = 6_000
_CUT = "\n[The text was too long for this link; please paste the rest.]"
BLANK = "(please write it here)"


@dataclass(frozen=True)
class ShownValue:
    """A value that a profile shows: its heading, its column, the value, and its sources as lines of text."""

    heading: str
    column: str
    value: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Suggestion:
    """What somebody suggests to change.

    record: name of the record. reference: its kind and id. shown: the value, or None for a fact that is missing.
    proposed: what it should be. source: where that stands. link: URL or path of the record. release: name of the data.
    """

    record: str
    reference: str
    shown: ShownValue | None
    proposed: str
    source: str
    link: str
    release: str

    @property
    def title(self) -> str:
        """One line that says what it is about."""
        about = self.shown.heading if self.shown else "a missing fact"
        return _one_line(f"Suggested change: {self.record}, {about}")[:200]

    @property
    def text(self) -> str:
        """The whole suggestion as plain text."""
        lines = [
            f"Suggested change to the data of the {NAME}",
            "",
            f"Record: {_part(self.record)} ({_part(self.reference)})",
        ]
        if self.shown:
            lines += [f"Field: {self.shown.heading} ({self.shown.column})", f"Today's value: {_part(self.shown.value)}"]
            lines += _sources(self.shown.sources)
        else:
            lines.append("Field: none of those shown; a fact is missing, or the record as a whole is wrong")
        lines += [
            "",
            f"It should be: {_part(self.proposed) or BLANK}",
            f"Public source of that: {_part(self.source) or BLANK}",
            "",
            f"Seen in: {self.release}, {_part(self.link)}",
        ]
        return "\n".join(lines) + "\n"


def tracker_link(tracker_url: str, suggestion: Suggestion) -> str:
    """The URL of a new entry of the tracker with title and text filled in.

    ``tracker_url`` holds {title} and {text}; without them both are added to its query as title and body.
    """

    def link(text: str) -> str:
        if "{title}" in tracker_url or "{text}" in tracker_url:
            filled = tracker_url.replace("{title}", quote(suggestion.title, safe=""))
            return filled.replace("{text}", quote(text, safe=""))
        parts = urlsplit(tracker_url)
        query = [*parse_qsl(parts.query, True), ("title", suggestion.title), ("body", text)]
        return urlunsplit(parts._replace(query=urlencode(query)))

    return _short_enough(link, suggestion.text)


def mail_link(suggestion: Suggestion) -> str:
    """A mailto link without a recipient, with subject and text filled in."""

    def link(text: str) -> str:
        body = quote(text.replace("\n", "\r\n"), safe="")
        return f"mailto:?subject={quote(suggestion.title, safe='')}&body={body}"

    return _short_enough(link, suggestion.text)


def _short_enough(link: Callable[[str], str], text: str) -> str:
    """The link with as much of the text as fits."""
    if len(link(text)) <= MAX_LINK_CHARS:
        return link(text)
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if len(link(text[:middle] + _CUT)) <= MAX_LINK_CHARS else (low, middle - 1)
    return link(text[:low] + _CUT)


def _sources(sources: Sequence[str]) -> list[str]:
    if not sources:
        return ["Its source: none is cited"]
    lines = [f"Its source{'s' if len(sources) > 1 else ''}:", *(f"- {_part(line)}" for line in sources[:MAX_SOURCES])]
    left_out = len(sources) - MAX_SOURCES
    return [*lines, f"- and {left_out:,} more"] if left_out > 0 else lines


def _part(text: str) -> str:
    """A text on one line, shortened."""
    line = _one_line(text)
    return line if len(line) <= MAX_PART_CHARS else line[: MAX_PART_CHARS - 1] + "…"


def _one_line(text: str) -> str:
    """Printable characters only, with single blanks: a line of the text cannot pretend to be another one."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
