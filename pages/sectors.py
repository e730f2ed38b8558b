"""What happens in my sector?"""

from cards import chart_cards
from ui.frame.shell import current_filters, page_header
from ui.parts.panels import chart_card, empty_state
from ui.state import url_choice
from views.sectors import choose_sector, chosen_sectors
from warehouse import queries
from warehouse.query_cache import run_query

filters = current_filters()
page_header("sectors", filters, "Years do not apply to organisations.")

scheme = url_choice("scheme", {"theme": "Themes", "traded_cluster": "Traded clusters"}, "Scheme")
counts = run_query(queries.sector_counts, filters, scheme)
if counts[["eu_organisations", "us_organisations"]].sum().sum() == 0:
    empty_state(lambda other: run_query(queries.organisations, other), filters, "cluster organisations")
else:
    chart_card(chart_cards.sectors(counts, run_query(queries.organisations, filters), scheme, filters.sectors))

if filters.sectors:
    chosen_sectors(filters)
else:
    choose_sector(filters)
