"""The chart cards of the dashboard: finding, measure, figure, rows, evidence and method of each."""

import pandas as pd

from cards import findings
from cards.card import Card, Evidence
from cards.registers import EVENTS, POLICIES
from charts.bars import count_bars, side_bars, status_bars
from charts.matrix import cotarget_matrix
from charts.share_readings import share_readings
from charts.timeline import event_timeline, policy_timeline
from domain.shares import plural, with_words
from warehouse.query_cache import labels


def usa_share(readings: pd.DataFrame) -> Card:
    """Every reading of the share of ESCP-4i partnerships that target the USA."""
    worded = with_words(readings)
    return Card(
        key="usa_share",
        title=findings.usa_share(readings),
        subtitle="Share of ESCP-4i partnerships that target the USA: every reading, each of its own population",
        chart=share_readings(worded),
        rows=worded,
        columns={
            "label": "Reading",
            "words": "k of n",
            "share": "Share (fraction)",
            "population": "Population",
            "basis": "Basis",
            "note": "What to know",
        },
        evidence=Evidence("usa_share", tuple(readings["measure_id"])),
        is_filtered=False,
        method="Counted readings divide the partnerships of a generation that list the USA by the partnerships known from "
        "public pages (view usa_share); printed ones are quoted; the inferred one is our reading of the printed "
        "percentage.",
    )


def generations(frame: pd.DataFrame, partnership_ids: list[str]) -> Card:
    """How much of each generation is known here; ``partnership_ids`` are those counted."""
    return Card(
        key="generations",
        title=findings.generations(frame),
        subtitle="ESCP-4i partnerships by generation: known here, and what is known of their target lists. Our lists are partial; "
        "an unknown target is not a no",
        chart=None,
        rows=frame,
        columns={
            "generation": "Generation",
            "known_count": "Known here",
            "total_count": "Of",
            "listed_count": "List the USA",
            "not_listed_count": "Complete list without the USA",
            "unknown_count": "Unknown",
            "with_members_count": "With known members",
        },
        evidence=Evidence("projects", tuple(partnership_ids)),
        is_filtered=False,
        method="View escp4i_generations; the totals are figures of public pages. Partnerships of the defence call of 2017 are "
        "in the register, not in these counts.",
    )


def co_targets(pairs: pd.DataFrame) -> Card:
    """Countries that the partnerships of Table 1 target beside the USA."""
    ids = tuple(pairs["project_id"].unique())
    return Card(
        key="co_targets",
        title=findings.co_targets(pairs),
        subtitle=f"Of the {len(ids)} first-generation partnerships shown that target the USA, never of all ESCP-4i: the "
        "countries they list as targets",
        chart=cotarget_matrix(pairs, population="partnerships that target the USA"),
        rows=pairs,
        columns={"project": "Partnership", "country": "Target country"},
        evidence=Evidence("projects", ids),
        method="One square for each pair of partnership and listed target country (table project_targets); a listed target "
        "is not a cooperation.",
    )


def statuses(links: pd.DataFrame) -> Card:
    """Links by kind and status."""
    kinds = links.assign(kind=links["kind"].map(labels("cooperations.kind")))
    counted = kinds.groupby(["kind", "status"]).size().reset_index(name="count")
    return Card(
        key="statuses",
        title=findings.statuses(links),
        subtitle="Links by kind and by status in the source; a signature is never counted with an intention",
        chart=status_bars(counted, label="kind", unit="links"),
        rows=counted,
        columns={"kind": "Kind", "status": "Status", "count": "Links"},
        evidence=Evidence("cooperations", tuple(links["cooperation_id"])),
        method="Rows of view cooperation_register after filtering, counted by kind and status; one alliance is one row with "
        "all its parties. EU–US means at least one party on each side.",
    )


def event_dates(events: pd.DataFrame) -> Card:
    """Dated events at the precision of their source; ``events`` are all, the undated ones are counted."""
    dated = events[events["date_precision"] != "undated"]
    return Card(
        key="event_dates",
        title=findings.events(events),
        subtitle=f"{plural(len(dated), 'dated event')} at the precision of their source: the day, month, season or year"
        + (f"; {len(events) - len(dated)} undated not drawn" if len(events) > len(dated) else ""),
        chart=event_timeline(dated.assign(kind=dated["kind"].map(labels("events.kind")))),
        rows=dated,
        columns=EVENTS.columns,
        evidence=Evidence("events", tuple(dated["event_id"])),
        method="Rows of view event_register with a date, at the precision of the source.",
    )


def policy_kinds(policies: pd.DataFrame) -> Card:
    """Every policy instrument by kind, dated or not."""
    kinds = policies.assign(kind=policies["kind"].map(labels("policies.kind")))
    counted = (
        kinds.groupby("kind").size().reset_index(name="count").sort_values(["count", "kind"], ascending=[False, True])
    )
    sides = policies["side"].map(labels("policies.side")).value_counts().sort_index()
    by_side = ", ".join(f"{side} {count}" for side, count in sides.items())
    return Card(
        key="policy_kinds",
        title=findings.policy_kinds(counted),
        subtitle=f"{plural(len(policies), 'policy instrument')} that the sources name, by kind; by side: {by_side}",
        chart=count_bars(counted, label="kind", value="count", unit="policy instruments"),
        rows=counted,
        columns={"kind": "Kind", "count": "Instruments"},
        evidence=Evidence("policies", tuple(policies["policy_id"])),
        method="Rows of view policy_register after filtering, counted by kind; one row is one instrument, with or without a date.",
    )


def policy_dates(policies: pd.DataFrame) -> Card:
    """Dated policy instruments by side; the undated ones are counted."""
    dated = policies[policies["date_precision"] != "undated"]
    return Card(
        key="policy_dates",
        title=findings.policies(policies),
        subtitle=f"{len(dated)} dated instruments by side; {len(policies) - len(dated)} undated ones stand in the register",
        chart=policy_timeline(dated.assign(kind=dated["kind"].map(labels("policies.kind")))),
        rows=dated,
        columns=POLICIES.columns,
        evidence=Evidence("policies", tuple(dated["policy_id"])),
        method="Rows of view policy_register with a date; a bar covers the whole period that the source allows.",
    )


def sectors(counts: pd.DataFrame, organisations: pd.DataFrame, scheme: str, chosen: tuple[str, ...] = ()) -> Card:
    """Cluster organisations by theme or traded cluster; sectors without any are counted, not drawn.

    ``chosen`` are the sectors of the filter: that they lead is no finding.
    """
    filled = counts[counts["eu_organisations"] + counts["us_organisations"] > 0]
    without = (
        f"; {len(counts) - len(filled)} of {len(counts)} {_SCHEMES[scheme]}s have none"
        if len(filled) < len(counts)
        else ""
    )
    return Card(
        key=f"sectors_{scheme}",
        title=findings.sectors(counts, _SCHEMES[scheme], chosen, int(organisations["side"].isin(["EU", "US"]).sum())),
        subtitle=f"Cluster organisations known here by {_SCHEMES[scheme]}, EU and USA; an organisation with several counts once in each{without}",
        chart=side_bars(
            filled, label="sector", eu="eu_organisations", us="us_organisations", unit="cluster organisations"
        ),
        rows=counts,
        columns={
            "sector": _SCHEMES[scheme].capitalize(),
            "eu_organisations": "EU organisations",
            "us_organisations": "US organisations",
            "projects": "Projects",
            "cooperations": "Links",
            "events": "Events",
            "policies": "Policies",
        },
        evidence=Evidence("organisations", tuple(organisations["organisation_id"])),
        method="Rows of each register whose sectors include the one named (view sector_lists); a theme includes its "
        "sub-sectors, and for records without a theme of their own the linked traded clusters. Most assignments of "
        "organisations are ours, shown as assigned. The number of organisations reflects our sources, not the size of the sector.",
    )


def target_countries(pairs: pd.DataFrame, sector_id: str, sector: str) -> Card:
    """Countries that the projects of one sector list as targets; ``pairs`` are project and country."""
    counts = pairs.groupby("country").size().rename("projects").reset_index()
    ids = tuple(pairs["project_id"].unique())
    return Card(
        key=f"targets_{sector_id}",
        title=findings.targets(pairs, sector),
        subtitle=f"Projects of {sector} that list a country among their targets; {len(ids)} projects list any; a listed target is "
        "not a cooperation",
        chart=count_bars(counts, label="country", value="projects", unit="projects"),
        rows=counts.sort_values(["projects", "country"], ascending=[False, True]),
        columns={"country": "Target country", "projects": "Projects"},
        evidence=Evidence("projects", ids),
        method="Pairs of project and listed target country (table project_targets), counted by country.",
    )


def sector_comparison(counts: pd.DataFrame, organisations: pd.DataFrame) -> Card:
    """Two to four sectors side by side; ``counts`` has a row for each with the counts of every register."""
    return Card(
        key="compare",
        title=findings.comparison(counts),
        subtitle=f"{len(counts)} sectors compared: cluster organisations known here, EU and USA; the table has the other registers. A "
        "record with several of these sectors counts once in each",
        chart=side_bars(
            counts, label="sector", eu="eu_organisations", us="us_organisations", unit="cluster organisations"
        ),
        rows=counts,
        columns={"sector": "Sector"} | COUNTS,
        evidence=Evidence("organisations", tuple(organisations["organisation_id"])),
        method="Rows of each register after filtering by one sector at a time; the same rows stand in the section of that sector.",
    )


COUNTS = {
    "eu_organisations": "EU organisations",
    "us_organisations": "US organisations",
    "projects": "Projects",
    "targets": "Target countries",
    "cooperations": "Links",
    "stories": "Success stories",
    "events": "Events",
    "policies": "Policies",
    "opportunities": "Opportunities",
}
_SCHEMES = {"theme": "theme", "traded_cluster": "traded cluster"}
