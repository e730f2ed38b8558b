"""Whom could this organisation work with across the Atlantic?"""

from ui.frame.shell import current_filters, page_header
from views.partners import partner_page

filters = current_filters()
page_header("partners", filters)
partner_page(filters)
