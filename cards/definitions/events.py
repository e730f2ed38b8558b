"""Card of the page Timeline: the events in lanes."""

import pandas as pd

from cards.card import Card
from cards.definition import CardRequest, define
from cards.few import small_cards
from cards.seed_note import seed_horizon
from charts.lanes import event_lanes
from domain.evidence import Evidence
from domain.filters import COUNTRIES, REGIONS, SIDES, STATES, Filters
from domain.record_types.events import EVENTS as EVENT_TYPE
from domain.records import PERIOD
from domain.text import agree
from warehouse.populations import EVENTS
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows

PLACE_DECIDES = "the side, country and region of an event are those of its place, not of who takes part"
AS_EXACT = "Dates are as exact as the source gives them"
DETAILS = {PERIOD: "Date", "status_in_source": "Status in the source", "kind": "Kind", "places": "Place"}


def by_place(filters: Filters) -> bool:
    """Whether the filters narrow events by their place."""
    return any(definition.is_active(filters) for definition in (SIDES, COUNTRIES, REGIONS, STATES))


@define("event_dates", page="events", population=EVENTS)
def event_dates(request: CardRequest) -> Card | None:
    """Events by kind, at the precision of their source, and those without a date."""
    events = run_query(rows, EVENTS, request.filters)
    if events.empty:
        return None
    to_the_day = int((events["date_precision"] == "day").sum())
    undated = int((events["date_precision"] == "undated").sum())
    few = small_cards(events, "events", DETAILS)
    is_drawn = not few and undated < len(events)
    kinds = events.assign(kind=events["kind"].map(labels("events.kind")))
    return Card(
        title=f"{EVENTS.name(len(events))}{request.scope}, {_exact(to_the_day, len(events))}",
        subtitle=(
            "By kind; a mark is a day or a few days, a bar a longer time or the month, season or year of the source"
            if is_drawn
            else AS_EXACT
        )
        + (f"; {undated:,} undated" if undated else "")
        + _as_told(events)
        + (f"; {PLACE_DECIDES}" if by_place(request.filters) else ""),
        chart=event_lanes(kinds, seed_horizon()) if is_drawn else None,
        rows=events,
        columns=EVENT_TYPE.register_columns,
        evidence=Evidence("events", tuple(events["event_id"])),
        method="Rows of view event_register after filtering, at the precision of the source. "
        f"{PLACE_DECIDES.capitalize()}.",
        small_cards=few,
    )


def _as_told(events: pd.DataFrame) -> str:
    """'; 17 planned in the source, of 5 it is not stated whether they were held': what is not told as held."""
    planned, unstated = (int((events["status_in_source"] == status).sum()) for status in ("planned", "not stated"))
    parts = [f"; {planned:,} planned in the source"] if planned else []
    were_held = f"{agree(unstated, 'it was', 'they were')} held"
    parts += [f"; of {unstated:,} it is not stated whether {were_held}"] if unstated else []
    return "".join(parts)


def _exact(to_the_day: int, total: int) -> str:
    """'37 of them dated to the day'; of a single event only whether it is."""
    if total == 1:
        return "dated to the day" if to_the_day else "not dated to the day"
    return f"{to_the_day} of them dated to the day"
