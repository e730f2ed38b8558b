"""The page Sectors: organisations by sector, and every register of the chosen sectors."""

from ui import state
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from views.sectors import choose_sector, chosen_sectors

filters = current_filters()
page_header("sectors", filters)

scheme = state.url_choice("scheme", {"theme": "Themes", "traded_cluster": "Traded clusters"}, "Scheme")
show_card(f"sectors_{scheme}", filters)
if filters.sectors:
    chosen_sectors(filters)
else:
    choose_sector(filters)
