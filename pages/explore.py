"""The page Explorer: any register by facets, counted, listed and saved as it is shown."""

from domain.filters import Filters
from domain.pages import EXPLORER
from ui.frame.shell import current_filters, page_header
from views.explore import explorer_page

filters = current_filters()
# The page says the choice itself, filters and facets in one sentence.
page_header(EXPLORER, Filters())
explorer_page(filters)
