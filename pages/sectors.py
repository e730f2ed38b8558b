"""The page Sectors: organisations by sector, and every register of the chosen sectors."""

from ui.frame.shell import current_filters, page_header
from views.sectors import sectors_page

filters = current_filters()
page_header("sectors", filters)
sectors_page(filters)
