"""Bring your own file: whether the dashboard can read a file of the reader, what of it, and how to import it."""

from ui.frame.shell import current_filters, page_header
from views.own_file import own_file

page_header("own_file", current_filters())
own_file()
