"""Regional statistics: where is this industry strong, and which cluster organisations are there."""

from ui.frame.shell import current_filters, page_header
from views.import_help import STATISTICS, import_help
from views.statistics import choose_view, compare_regions, compare_with_organisations, show_quotients
from warehouse import statistics
from warehouse.query_cache import run_query

filters = current_filters()
page_header(
    "statistics",
    filters,
    "The filters *Side* and *Country* choose regions. *Sector* chooses a traded cluster, or the traded clusters "
    "linked to a "
    "theme. The filter of years does not apply: choose the year here.",
)

if run_query(statistics.imports).empty or not run_query(statistics.years):
    import_help(STATISTICS)
else:
    view = choose_view(filters)
    show_quotients(view)
    compare_regions(view)
    compare_with_organisations(view)
