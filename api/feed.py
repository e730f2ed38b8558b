"""Atom feed (RFC 4287) of the data releases, each with the facts that it changed."""

from xml.etree import ElementTree

from domain.product import AUTHOR, NAME, SLUG
from domain.text import format_list, plural
from warehouse import query_cache
from warehouse.releases import ReleaseChanges, releases_with_changes

_ATOM = "http://www.w3.org/2005/Atom"
MAX_NAMED = 50  # facts listed in an entry


def atom(base_url: str) -> bytes:
    """The feed, newest release first; links lead to the dashboard under ``base_url``."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    releases = query_cache.run_query(releases_with_changes)
    _text(feed, "title", f"{NAME}: data releases")
    _text(feed, "id", f"urn:{SLUG}:releases")
    _text(feed, "updated", _moment(releases[0]) if releases else "1970-01-01T00:00:00Z")
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", AUTHOR)
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", rel="self", href=f"{base_url}/api/v1/feed.atom")
    ElementTree.SubElement(feed, f"{{{_ATOM}}}link", rel="alternate", href=f"{base_url}/sources")
    for release in releases:
        _entry(feed, release, base_url, is_first=release is releases[-1])
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text


def _entry(feed: ElementTree.Element, release: ReleaseChanges, base_url: str, *, is_first: bool) -> None:
    entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    changed = "the first release" if is_first else f"{plural(release.count, 'fact')} changed"
    _text(entry, "title", f"Data {release.release_id}: {changed}")
    _text(entry, "id", f"urn:{SLUG}:release:{release.release_id}")
    _text(entry, "updated", _moment(release))
    ElementTree.SubElement(entry, f"{{{_ATOM}}}link", href=f"{base_url}/sources?release={release.release_id}")
    named = [f"{change}: {label} ({table})" for change, table, label in release.changes[:MAX_NAMED]]
    if release.count > len(named):
        named.append(f"and {release.count - len(named)} more")
    if release.tables:
        named.append(f"Changed as well: {format_list(release.tables)}.")
    element = ElementTree.SubElement(entry, f"{{{_ATOM}}}content", type="text")
    element.text = "\n".join(named) or ("There is no earlier release." if is_first else "Nothing changed.")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = text


def _moment(release: ReleaseChanges) -> str:
    return f"{release.released_on.isoformat()}T00:00:00Z"
