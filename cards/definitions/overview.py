"""Card of the start page: four headline figures, each with its population and evidence."""

import pandas as pd

from cards.card import NUMBERS, FiguresCard, Headline
from cards.definition import CardRequest, define, might_match
from cards.definitions.events import PLACE_DECIDES, by_place
from cards.definitions.projects import FIRST_GENERATION_READING, first_generation_share
from cards.status_words import agreement_statuses
from domain.evidence import Evidence
from domain.filters import FILTER_NAMES, Filters
from domain.product import SHORT_NAME
from domain.shares import with_share_labels
from domain.text import agree, format_list
from warehouse import queries
from warehouse.populations import CLUSTER_ORGANISATIONS, EU_US_COOPERATIONS, EVENTS, REGIONAL_CLUSTERS
from warehouse.query_cache import run_query
from warehouse.registers import counted_rows, rows

PRINTED_READING = "printed-47"
NONE_RECORDED = "none"
_COUNTED = (EU_US_COOPERATIONS, CLUSTER_ORGANISATIONS, REGIONAL_CLUSTERS, EVENTS)


@define("headlines", page="overview", filters=FILTER_NAMES)
def headlines(request: CardRequest) -> FiguresCard:
    """Partnerships that target the USA, cooperations by commitment, organisations by side, and events."""
    figures = (_usa_share(), _cooperations(request), _organisations(request), _events(request))
    evidence = [part for figure in figures for part in figure.evidence]
    return FiguresCard(
        title=f"{SHORT_NAME} in four figures",
        subtitle="No filter applies to the share of partnerships, which covers a whole generation",
        chart=None,
        rows=_rows(figures),
        columns={"label": "Figure", "value": "Value", "note": "Note"},
        evidence=evidence[0],
        more_evidence=tuple(evidence[1:]),
        method=" ".join(f"{one.label}: {one.method}" for one in figures),
        figures=figures,
        not_counted=might_match(request.filters, *_COUNTED),
    )


def _rows(figures: tuple[Headline, ...]) -> pd.DataFrame:
    """A row for each figure, with its numbers as whole numbers or blanks."""
    texts = pd.DataFrame([{"label": one.label, "value": one.value, "note": one.note} for one in figures])
    return texts.assign(
        **{name: pd.array([one.numbers.get(name) for one in figures], dtype="Int64") for name in NUMBERS}
    )


def _usa_share() -> Headline:
    readings = run_query(queries.usa_share)
    share = first_generation_share(readings)
    printed = with_share_labels(readings).set_index("measure_id").loc[PRINTED_READING]
    return Headline(
        "usa_share",
        "ESCP-4i partnerships targeting the USA",
        f"{share.numerator} of {share.denominator}",
        f"{share.percent} of the first-generation partnerships, at least. The discussion paper prints that the USA is "
        f"the top target of {printed['share_label']}, a survey result without a denominator.",
        (Evidence("usa_share", (FIRST_GENERATION_READING, PRINTED_READING)),),
        "Partnerships of generation 1 that list the USA as a target, divided by the partnerships in the final count "
        "(view usa_share).",
        numbers={"count": share.numerator, "denominator": share.denominator},
    )


def _cooperations(request: CardRequest) -> Headline:
    frame = run_query(counted_rows, EU_US_COOPERATIONS, request.filters)
    signed = int((frame["commitment"] == "agreement").sum())
    scope = request.scope_for(EU_US_COOPERATIONS)
    note = (
        f"Of the {EU_US_COOPERATIONS.name(len(frame))} recorded{scope}, whatever {agree(len(frame), 'its', 'their')} "
        f"status, intentions included; each agreement counts once; {_undated(frame)}."
    )
    return Headline(
        "cooperations",
        f"EU–US cooperations {agreement_statuses()}",
        f"{signed} of {len(frame)}" if len(frame) else NONE_RECORDED,
        note if len(frame) else f"No EU–US cooperation is recorded{scope}.",
        (Evidence("cooperations", tuple(frame["cooperation_id"])),),
        "Rows of view cooperation_register with a party on each side; numerator: status "
        f"{agreement_statuses()}. A renewal is not counted where the agreement that it renews is.",
        numbers={"count": signed, "denominator": len(frame)},
    )


def _organisations(request: CardRequest) -> Headline:
    bodies = run_query(rows, CLUSTER_ORGANISATIONS, request.filters)
    regional = run_query(rows, REGIONAL_CLUSTERS, request.filters)
    sides = bodies["side"].value_counts()
    apart = f" Counted apart: {_regional(regional)}." if len(regional) else ""
    return Headline(
        "organisations",
        "Cluster organisations, EU + USA",
        f"{sides.get('EU', 0)} + {sides.get('US', 0)}" if len(bodies) else NONE_RECORDED,
        f"{_bodies(bodies, request)}{_left_out(bodies, request.filters)}{apart} The numbers show what our sources "
        "cover, not how many exist.",
        (
            Evidence("organisations", tuple(bodies["organisation_id"])),
            Evidence("organisations", tuple(regional["organisation_id"])),
        ),
        "Rows of view organisation_register that are cluster organisations or networks and have not been merged or "
        "ended, by side. Regional clusters and award programmes for which a source names no organisation are counted "
        "apart, on both sides.",
        _of_neither_side(bodies),
        {"count": len(bodies), "eu_count": int(sides.get("EU", 0)), "us_count": int(sides.get("US", 0))},
    )


def _of_neither_side(frame: pd.DataFrame) -> str:
    """'2 of neither side', or '' when all are of a side."""
    number = int((frame["side"] == "OTHER").sum())
    return f"{number} of neither side" if number else ""


def _bodies(frame: pd.DataFrame, request: CardRequest) -> str:
    """'Named organisations and networks of both sides for Energy, besides 2 of neither side; located to …'."""
    scope = request.scope_for(CLUSTER_ORGANISATIONS)
    if frame.empty:
        return f"No named organisation or network is recorded{scope}."
    apart = _of_neither_side(frame)
    located = f"located to the city: {int((frame['location_precision'] == 'city').sum())} of {len(frame)}"
    if (frame["side"] == "OTHER").all():
        return f"Named organisations and networks{scope}: {apart}; {located}."
    others = f", besides {apart}" if apart else ""
    both = "" if request.filters.sides else " of both sides"
    return f"Named organisations and networks{both}{scope}{others}; {located}."


def _left_out(frame: pd.DataFrame, filters: Filters) -> str:
    """Why a side has 0, where the filter by side leaves it out; empty otherwise."""
    out = [name for side, name in (("EU", "EU"), ("US", "USA")) if filters.sides and side not in filters.sides]
    return f" The filter by side leaves out the {format_list(out)}." if out and len(frame) else ""


def _regional(frame: pd.DataFrame) -> str:
    """'60 regional clusters without a named organisation, all in the USA'."""
    us = int((frame["side"] == "US").sum())
    if not us:
        return REGIONAL_CLUSTERS.name(len(frame))
    which = f"{us} " if us < len(frame) else "all " if us > 1 else ""
    return f"{REGIONAL_CLUSTERS.name(len(frame))}, {which}in the USA"


def _events(request: CardRequest) -> Headline:
    frame = run_query(rows, EVENTS, request.filters)
    to_the_day = int((frame["date_precision"] == "day").sum())
    scope = request.scope_for(EVENTS)
    verb = "is" if 1 in (to_the_day, len(frame)) else "are"
    return Headline(
        "events",
        "Events",
        f"{len(frame):,}" if len(frame) else NONE_RECORDED,
        (
            f"{to_the_day} of {EVENTS.name(len(frame))}{scope} {verb} dated to the day; {_undated(frame)}."
            if len(frame)
            else f"No event is recorded{scope}."
        )
        + (f" {PLACE_DECIDES.capitalize()}." if by_place(request.filters) else ""),
        (Evidence("events", tuple(frame["event_id"])),),
        f"Rows of view event_register; one row however many sources mention an event. {PLACE_DECIDES.capitalize()}.",
        "at places of these filters" if by_place(request.filters) and len(frame) else "",
        numbers={"count": len(frame)},
    )


def _undated(frame: pd.DataFrame) -> str:
    return f"{int((frame['date_precision'] == 'undated').sum())} undated"
