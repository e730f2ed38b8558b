"""Groups of cooperation statuses in words, as the table cooperation_statuses declares them."""

from domain.text import format_choice
from warehouse import queries
from warehouse.query_cache import run_query


def _of(commitment: str) -> list[str]:
    statuses = run_query(queries.cooperation_statuses)
    named: list[str] = statuses.loc[statuses["commitment"] == commitment, "status"].tolist()
    return named


def agreement_statuses() -> str:
    """'signed or renewed': the statuses of an agreement, from the firmest."""
    return format_choice(_of("agreement"))


def activity_statuses() -> str:
    """'completed or ongoing': the statuses of what is carried out without being an agreement."""
    return format_choice(_of("activity"))


def intention_statuses() -> str:
    """'planned, possible or an aspiration': the statuses of what is not agreed or carried out, from the firmest."""
    return format_choice(["an aspiration" if status == "aspiration" else status for status in _of("intention")])


def current_statuses() -> str:
    """'signed, renewed or ongoing': the statuses of what is not finished, from the firmest."""
    statuses = run_query(queries.cooperation_statuses)
    return format_choice(statuses.loc[statuses["is_current"], "status"].tolist())
