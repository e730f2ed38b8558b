"""SQL: queries of the reader over the documented views, each in a process of its own."""

from ui.frame.shell import current_filters, page_header
from views.sql import sql_page

page_header("sql", current_filters())
sql_page()
