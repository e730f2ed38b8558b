"""The page Sources: coverage, documents, missing values, contradictions, changes, checks and the build."""

from ui.frame.shell import current_filters, page_header
from views.sources import sources_page

filters = current_filters()
page_header("sources", filters)
sources_page(filters)
