"""The page Partner finder: possible partners on the other side of the Atlantic."""

from ui.frame.shell import current_filters, page_header
from views.partners import partner_page

filters = current_filters()
page_header("partners", filters)
partner_page(filters)
