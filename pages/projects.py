"""The page Partnerships: which ESCP-4i partnerships list the USA, the printed share, co-targets and registers."""

from ui.frame.shell import current_filters, page_header
from views.partnerships import partnerships_page

filters = current_filters()
page_header("projects", filters)
partnerships_page(filters)
