"""Addresses that lead from a file back to what it was made of."""

from domain.pages import START_PAGE
from domain.urls import deep_link
from exports.content import Content
from settings import load_settings


def view_address(content: Content, page: str = START_PAGE) -> str:
    """Address of a page under the filters and the release of a content.

    It is '' without a public URL: a path alone leads nowhere.
    """
    return deep_link(page, content.filters, content.release_id) if load_settings().public_url else ""
