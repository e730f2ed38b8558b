"""Groups of cooperation statuses in words, as the table cooperation_statuses declares them."""

from domain.text import format_choice
from warehouse import queries
from warehouse.query_cache import run_query


def agreement_statuses() -> str:
    """'signed or renewed': the statuses of an agreement, from the firmest."""
    statuses = run_query(queries.cooperation_statuses)
    return format_choice(statuses.loc[statuses["commitment"] == "agreement", "status"].tolist())


def intention_statuses() -> str:
    """'planned, possible or an aspiration': the statuses of what is not agreed or carried out, from the firmest."""
    statuses = run_query(queries.cooperation_statuses)
    named = statuses.loc[statuses["commitment"] == "intention", "status"]
    return format_choice(["an aspiration" if status == "aspiration" else status for status in named])


def current_statuses() -> str:
    """'signed, renewed or ongoing': the statuses of what is not finished, from the firmest."""
    statuses = run_query(queries.cooperation_statuses)
    return format_choice(statuses.loc[statuses["is_current"], "status"].tolist())
