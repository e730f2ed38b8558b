"""Card of the page Timeline: the timeline."""

from cards.card import Card
from cards.definition import CardRequest, define
from charts.timeline import event_timeline
from domain.evidence import Evidence
from domain.record_types.events import EVENTS as EVENT_TYPE
from domain.text import plural
from warehouse.populations import EVENTS
from warehouse.query_cache import labels, run_query
from warehouse.registers import rows


@define("event_dates", page="events", population=EVENTS, noun="dated events")
def event_dates(request: CardRequest) -> Card | None:
    """Dated events at the precision of their source; undated ones are counted, not drawn."""
    events = run_query(rows, EVENTS, request.filters)
    dated = events[events["date_precision"] != "undated"]
    if dated.empty:
        return None
    to_the_day = int((events["date_precision"] == "day").sum())
    undated = len(events) - len(dated)
    return Card(
        title=f"{EVENTS.name(len(events))}{request.scope}, {to_the_day} of them dated to the day",
        subtitle=f"{plural(len(dated), 'dated event')} at the precision of their source: the day, month, season or year"
        + (f"; {undated:,} undated, not drawn" if undated else ""),
        chart=event_timeline(dated.assign(kind=dated["kind"].map(labels("events.kind")))),
        rows=events,
        columns=EVENT_TYPE.register_columns,
        evidence=Evidence("events", tuple(events["event_id"])),
        method="Rows of view event_register after filtering, at the precision of the source.",
    )
