"""The page Policies and the 2015 workshop: conclusions of 2015, instruments by kind and date, and the register."""

from cards.seed_note import seed_note
from domain.filters import Filters
from ui import screen
from ui.frame.shell import current_filters, page_header
from ui.parts.cards import show_card
from ui.parts.registers import folded_register
from warehouse.populations import CONCLUSIONS_2015, POLICIES
from warehouse.query_cache import run_query
from warehouse.registers import count, rows

filters = current_filters()
page_header("policies", filters)

policies = run_query(rows, POLICIES, filters)
if run_query(count, CONCLUSIONS_2015, filters):
    show_card("conclusions", filters)
else:  # the page is where they are looked for, whatever the filters
    screen.caption(
        "No conclusion of the workshop of 2015 matches the filters. These are all of them, without a filter:"
    )
    show_card("conclusions", Filters())
show_card("policy_kinds", filters)
if len(policies):
    screen.caption(seed_note(POLICIES, policies))
folded_register(POLICIES, filters, "Register of policy instruments")
