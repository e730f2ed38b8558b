"""Links that lead back from a file to the view it was made of."""

from collections.abc import Iterable
from urllib.parse import urlencode, urlsplit

from domain.filters import Filters
from domain.pages import START_PAGE
from settings import load_settings

MAX_URL_CHARS = 2000  # longer ones are cut by some readers
Choices = tuple[tuple[str, str], ...]
RELEASE = "release"  # parameter of the data release whose figures a link shows


def deep_link(
    page: str, filters: Filters, release: str, base: str | None = None, choices: Iterable[tuple[str, str]] = ()
) -> str:
    """URL of a page with these filters and the release: 'https://…/events?sector=energy&release=2026-11-22-2'.

    ``page`` is a file of pages/; ``choices`` are the parameters of that page alone, as pairs of name and value.
    ``base`` is the public URL of the dashboard, by default that of the settings. Without a public URL the link is a
    path.
    """
    base = load_settings().public_url if base is None else base
    path = "" if page == START_PAGE else page
    return f"{base}/{path}?{urlencode([*filters.to_params(), *choices, (RELEASE, release)])}"


def is_web_address(text: object) -> bool:
    """True for a URL that may be made clickable: http or https, a host, only printable characters."""
    if not isinstance(text, str) or not text.startswith(("http://", "https://")):
        return False
    if len(text) > MAX_URL_CHARS or not text.isprintable() or any(c in ' "<>' for c in text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:  # such as an unclosed bracket of an IPv6 address
        return False
