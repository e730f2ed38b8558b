"""The page Timeline: the events in lanes by kind, year by year, as a calendar and in a register."""

from ui.frame.shell import current_filters, page_header
from views.timeline import timeline_page

filters = current_filters()
page_header("events", filters)
timeline_page(filters)
