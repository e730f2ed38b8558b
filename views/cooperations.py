"""The register of the page Links and agreements."""

import pandas as pd

from domain.filters import Filters
from domain.records import Register
from ui import screen, state
from ui.parts.registers import draw_register
from warehouse.query_cache import labels


def register_by_status(register: Register, cooperations: pd.DataFrame, filters: Filters) -> None:
    """Draw the register of the cooperations, or of those of the chosen statuses."""
    chosen = state.url_pills("status", labels("cooperations.status"), set(cooperations["status"]), "Status")
    kept = cooperations[cooperations["status"].isin(chosen)] if chosen else cooperations
    if kept.empty:
        screen.info("No cooperation of this choice has this status.", icon=":material/filter_alt_off:")
    else:
        draw_register(register, kept, filters)
