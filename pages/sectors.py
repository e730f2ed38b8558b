"""What happens in my sector?"""

from cards import chart_cards
from ui.panels import chart_card, empty_state
from ui.sector_section import choose_sector, chosen_sectors
from ui.shell import current_filters, page_header
from ui.state import url_choice
from warehouse import queries
from warehouse.answers import ask

filters = current_filters()
page_header("sectors", filters, "Years do not apply to organisations.")

scheme = url_choice("scheme", {"theme": "Themes", "traded_cluster": "Traded clusters"}, "Scheme")
counts = ask(queries.sector_counts, filters, scheme)
if counts[["eu_organisations", "us_organisations"]].sum().sum() == 0:
    empty_state(lambda other: ask(queries.organisations, other), filters, "cluster organisations")
else:
    chart_card(chart_cards.sectors(counts, ask(queries.organisations, filters), scheme, filters.sectors))

if filters.sectors:
    chosen_sectors(filters)
else:
    choose_sector(filters)
