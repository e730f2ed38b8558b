"""Where is this industry strong?"""

from ui.frame.shell import current_filters, page_header
from views.import_help import STATISTICS, import_help
from views.statistics import beside_organisations, choose_view, compared, where_strong
from warehouse import statistics
from warehouse.query_cache import run_query

filters = current_filters()
page_header(
    "statistics",
    filters,
    "Side and country are those of the regions; of the sectors, traded clusters apply, and themes by the traded clusters linked with them. The years of the filters do not: choose the year here.",
)

if run_query(statistics.imports).empty or not run_query(statistics.years):
    import_help(STATISTICS)
else:
    view = choose_view(filters)
    where_strong(view)
    compared(view)
    beside_organisations(view)
