"""The four headline figures, each with k of n and its evidence."""

from dataclasses import dataclass

import pandas as pd

from cards.card import Evidence, FiguresCard
from domain.filters import Filters
from domain.shares import Share, plural, with_words
from warehouse import queries
from warehouse.query_cache import run_query


@dataclass(frozen=True)
class Headline:
    """One figure: what it counts, the figure in words, and what to know of it."""

    key: str
    label: str
    value: str
    note: str
    evidence: Evidence
    method: str


def headlines(filters: Filters) -> tuple[Headline, ...]:
    """Partnerships that target the USA, links by firmness, organisations by side, events."""
    return _usa_share(), _links(filters), _organisations(filters), _events(filters)


def headline_card(filters: Filters) -> FiguresCard:
    """The four figures as one card, for a slide or a step."""
    found = headlines(filters)
    return FiguresCard(
        key="headlines",
        title="EU–US cluster cooperation in four figures",
        subtitle="The share of partnerships is of a whole generation: no filter applies to it",
        chart=None,
        rows=pd.DataFrame([{"label": one.label, "value": one.value, "note": one.note} for one in found]),
        columns={"label": "Figure", "value": "Value", "note": "What to know"},
        evidence=found[0].evidence,
        more_evidence=tuple(one.evidence for one in found[1:]),
        method=" ".join(f"{one.label}: {one.method}" for one in found),
    )


def _usa_share() -> Headline:
    readings = with_words(run_query(queries.usa_share)).set_index("measure_id")
    row, printed = readings.loc["gen1-listed-of-final"], readings.loc["printed-47"]
    share = Share(int(row["numerator"]), int(row["denominator"]), "first-generation ESCP-4i partnerships")
    return Headline(
        "usa_share",
        "ESCP-4i partnerships targeting the USA",
        f"{share.numerator} of {share.denominator}",
        f"{share.percent} of the first-generation partnerships, at least. The discussion paper prints that the USA is the top target of "
        f"{printed['words']}, a survey result without a denominator.",
        Evidence("usa_share", ("gen1-listed-of-final", "printed-47")),
        "Partnerships of generation 1 that list the USA as a target, divided by the partnerships in the final count (view usa_share).",
    )


def _links(filters: Filters) -> Headline:
    links = run_query(queries.cooperations, filters, eu_us_only=True)
    signed = int(links["status"].isin(["signed", "renewed"]).sum())
    return Headline(
        "links",
        "EU–US links, signed or renewed",
        f"{signed} of {len(links)}",
        f"Of {plural(len(links), 'recorded link')} of every status, from aspiration to renewal; {_undated(links)}.",
        Evidence("cooperations", tuple(links["cooperation_id"])),
        "Rows of view cooperation_register with a party on each side; numerator: status signed or renewed.",
    )


def _organisations(filters: Filters) -> Headline:
    frame = run_query(queries.organisations, filters)
    sides = frame["side"].value_counts()
    placed = int((frame["location_precision"] == "city").sum())
    return Headline(
        "organisations",
        "Cluster organisations, EU and USA",
        f"{sides.get('EU', 0)} + {sides.get('US', 0)}",
        f"{placed} of {len(frame)} known here, on all sides, are placed to the city. The numbers tell what our sources cover, not how many exist.",
        Evidence("organisations", tuple(frame["organisation_id"])),
        "Rows of view organisation_register that are cluster organisations, networks or regional cluster initiatives, by side.",
    )


def _events(filters: Filters) -> Headline:
    frame = run_query(queries.events, filters)
    to_the_day = int((frame["date_precision"] == "day").sum())
    return Headline(
        "events",
        "Events",
        str(len(frame)),
        f"{to_the_day} of {len(frame)} dated to the day; {_undated(frame)}.",
        Evidence("events", tuple(frame["event_id"])),
        "Rows of view event_register; one row however many sources tell of an event.",
    )


def _undated(frame: pd.DataFrame) -> str:
    return f"{int((frame['date_precision'] == 'undated').sum())} undated"
