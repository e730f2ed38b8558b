"""Cards of the page Partnerships: share of partnerships that target the USA, generations, other target countries."""

from typing import cast

import pandas as pd

from cards.card import Card
from cards.definition import CardRequest, define
from charts.matrix import cotarget_matrix
from charts.share_readings import share_readings
from charts.theme import ACCENT, GREY
from charts.waffle import SquareStyle
from domain.evidence import Evidence
from domain.filters import Filters
from domain.frames import records
from domain.shares import Share, leader, with_share_labels
from domain.text import agree
from warehouse import queries
from warehouse.populations import ESCP4I_PARTNERSHIPS, TABLE_1_PARTNERSHIPS
from warehouse.query_cache import run_query
from warehouse.registers import rows

WHY_NOT_ALL = (
    "**Why not 18 of 18?** Table 1 of the discussion paper lists only partnerships that target the USA, so a share of "
    "its rows would be 100 % by construction. The number of all partnerships comes from other sources. The printed "
    "47.37 % answers another question: which country is the *top* target, in a survey whose number of answers is not "
    "printed."
)
FIRST_GENERATION_READING = "gen1-listed-of-final"
# Symbols differ, so that colour is not the only key.
TARGET_STYLES = {
    "listed": SquareStyle("lists the USA", "square", ACCENT),
    "not listed": SquareStyle("complete list without the USA", "square-open", ACCENT),
    "unknown": SquareStyle("not known: list partial or unknown", "square-open-dot", GREY),
}
NOT_HERE = SquareStyle("counted by a source, not known here", "circle-open", GREY)


def first_generation_share(readings: pd.DataFrame) -> Share:
    """Partnerships of the first generation that list the USA, of those in the final count."""
    row = readings.set_index("measure_id").loc[FIRST_GENERATION_READING]
    return Share(int(cast(int, row["numerator"])), int(cast(int, row["denominator"])), "first-generation partnerships")


@define("usa_share", page="projects", noun="readings")
def usa_share(_: CardRequest) -> Card:
    """Every reading of the share of ESCP-4i partnerships that target the USA."""
    readings = with_share_labels(run_query(queries.usa_share))
    return Card(
        title=f"At least {first_generation_share(readings)} list the USA as a target",
        subtitle="Share of ESCP-4i partnerships that target the USA: every reading with its own population",
        chart=share_readings(readings),
        rows=readings,
        columns={
            "label": "Reading",
            "share_label": "k of n",
            "share": "Share (fraction)",
            "population": "Population",
            "basis": "Basis",
            "note": "Note",
        },
        evidence=Evidence("usa_share", tuple(readings["measure_id"])),
        method="Counted readings divide the partnerships of a generation that list the USA by the partnerships of that "
        "generation (view usa_share); printed ones are quoted; the inferred one is our reading of the printed "
        "percentage.",
    )


@define("generations", page="projects", population=ESCP4I_PARTNERSHIPS, filters=())
def generations(_: CardRequest) -> Card:
    """Known partnerships of each generation, and what is known of their targets."""
    counts = run_query(queries.generations)
    partnerships = run_query(rows, ESCP4I_PARTNERSHIPS, Filters())
    parts = [
        f"{row['known_count']} of {int(row['total_count'])} of generation {row['generation']}"
        for row in records(counts[counts["total_count"].notna()])
    ]
    return Card(
        title="Partnerships known here: " + ", ".join(parts),
        subtitle="ESCP-4i partnerships by generation: how many are known here, and what is known of their target "
        "lists. Our lists are partial; an unknown target is not a no",
        chart=None,
        rows=counts,
        columns={
            "generation": "Generation",
            "known_count": "Known here",
            "total_count": "Of",
            "listed_count": "List the USA",
            "not_listed_count": "Complete list without the USA",
            "unknown_count": "Unknown",
            "with_members_count": "With known members",
        },
        evidence=Evidence("projects", tuple(partnerships["project_id"])),
        method="View escp4i_generations; the totals are figures of public pages. Partnerships of the defence call of "
        "2017 are in the register, not in these counts.",
    )


@define("co_targets", page="projects", population=TABLE_1_PARTNERSHIPS)
def co_targets(request: CardRequest) -> Card | None:
    """Countries that the partnerships of Table 1 target besides the USA."""
    partnerships = run_query(rows, TABLE_1_PARTNERSHIPS, request.filters)
    if partnerships.empty:
        return None
    ids = tuple(partnerships["project_id"])
    pairs = run_query(queries.co_targets, list(ids))
    target_usa = f"that {agree(len(ids), 'targets', 'target')} the USA"
    return Card(
        title=_co_target_title(pairs, request.scope),
        subtitle=f"Of the {TABLE_1_PARTNERSHIPS.name(len(ids))}{request.scope} {target_usa}: the countries listed as "
        "targets. This is not a share of all ESCP-4i partnerships",
        chart=cotarget_matrix(pairs, population=f"{agree(len(ids), 'partnership', 'partnerships')} {target_usa}"),
        rows=pairs,
        columns={"project": "Partnership", "country": "Target country"},
        evidence=Evidence("projects", ids),
        method="One square for each pair of partnership and listed target country (table project_targets); a listed "
        "target is not a cooperation.",
    )


def _co_target_title(pairs: pd.DataFrame, scope: str) -> str:
    others = pairs[pairs["country_code"] != "US"]
    counts = others.groupby("country").size().rename("projects").reset_index()
    first = leader(counts, "country", "projects")
    if not first:
        return f"Targets listed beside the USA{scope}"
    share = Share(first[1], pairs["project_id"].nunique(), f"partnerships of Table 1{scope}")
    return f"{first[0]} is listed beside the USA by {share}"
