"""Regional statistics: where an industry is strong, and which cluster organisations are there."""

from ui.frame.shell import current_filters, page_header
from views.statistics import statistics_page

filters = current_filters()
page_header("statistics", filters)
statistics_page(filters)
