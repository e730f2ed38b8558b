"""Where is this industry strong?"""

from ui.import_help import STATISTICS, import_help
from ui.shell import current_filters, page_header
from ui.statistics_views import beside_organisations, choose_view, compared, where_strong
from warehouse import statistics as questions
from warehouse.answers import ask

filters = current_filters()
page_header(
    "statistics",
    filters,
    "Side and country are those of the regions; of the sectors, traded clusters apply, and themes by the traded clusters linked with them. The years of the filters do not: choose the year here.",
)

if ask(questions.imports).empty or not ask(questions.years):
    import_help(STATISTICS)
else:
    view = choose_view(filters)
    where_strong(view)
    compared(view)
    beside_organisations(view)
