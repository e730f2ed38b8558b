"""Where is this industry strong?"""

from ui.frame.shell import current_filters, page_header
from views.statistics import statistics_page

filters = current_filters()
page_header("statistics", filters)
statistics_page(filters)
