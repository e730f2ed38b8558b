"""Cards of the page Partnerships: share of partnerships that target the USA, generations, other target countries."""

from typing import cast

import pandas as pd

from cards.area_nouns import with_article
from cards.card import Card
from cards.definition import CardRequest, define
from cards.few import small_cards
from charts.chart import Chart
from charts.cotargets import cotarget_matrix
from charts.share_readings import share_readings
from charts.theme import ACCENT, GREY
from charts.waffle import SquareStyle, waffle
from domain.evidence import Evidence
from domain.filters import Filters
from domain.shares import Share, leader, with_share_labels
from domain.text import agree, capitalised
from warehouse import queries
from warehouse.populations import ESCP4I_PARTNERSHIPS, TABLE_1_PARTNERSHIPS
from warehouse.query_cache import run_query
from warehouse.registers import rows

FIRST_GENERATION_READING = "gen1-listed-of-final"


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


# Symbols differ, so that colour is not the only key.
TARGET_STYLES = {
    "listed": SquareStyle("lists the USA", "square", ACCENT),
    "not listed": SquareStyle("complete list without the USA", "square-open", ACCENT),
    "unknown": SquareStyle("not known: list partial or unknown", "square-open-dot", GREY),
}
NOT_HERE = SquareStyle("counted by a source, not known here", "circle-open", GREY)
PARTNERSHIP_COLUMNS = {
    "generation": "ESCP-4i generation",
    "label": "Partnership",
    "targets_usa": "USA among the targets",
    "targets": "Target countries",
    "themes": "Themes",
}


@define("generations", page="projects", population=ESCP4I_PARTNERSHIPS)
def generations(request: CardRequest) -> Card | None:
    """Every partnership known here by generation, and whether it lists the USA as a target."""
    partnerships = run_query(rows, ESCP4I_PARTNERSHIPS, request.filters)
    if partnerships.empty:
        return None
    states = partnerships["targets_usa"].value_counts()
    listed, without, unknown = (int(states.get(state, 0)) for state in TARGET_STYLES)
    share = Share(listed, len(partnerships), f"ESCP-4i partnerships known here{request.scope_for(ESCP4I_PARTNERSHIPS)}")
    few = small_cards(
        partnerships, "projects", {k: v for k, v in PARTNERSHIP_COLUMNS.items() if k != "label"}, title="label"
    )
    return Card(
        title=f"{'At least ' if unknown else ''}{share} {agree(listed, 'lists', 'list')} the USA as a target",
        subtitle=f"By generation; {without} {agree(without, 'has', 'have')} a complete list without the USA"
        + (f"; for {unknown} it is not known, which does not mean no" if unknown else "")
        + "; those of the defence call in the second generation are not counted",
        chart=None if few else _generation_squares(partnerships, request.filters),
        rows=partnerships,
        columns=PARTNERSHIP_COLUMNS,
        evidence=Evidence("projects", tuple(partnerships["project_id"])),
        method="ESCP-4i partnerships of view project_register after filtering, with a generation; the total of a "
        "generation is a figure of a public page. Partnerships of the defence call of 2017 are in the register, not in "
        "these counts.",
        small_cards=few,
    )


def _generation_squares(partnerships: pd.DataFrame, filters: Filters) -> Chart:
    """One square a partnership; without a filter also those that a source counts and that are not known here."""
    totals = run_query(queries.generations).set_index("generation")["total_count"] if filters.is_empty() else None
    details, not_here = {}, {}
    for generation, own in partnerships.groupby("generation"):
        listed = int((own["targets_usa"] == "listed").sum())
        at_least = "at least " if (own["targets_usa"] == "unknown").any() else ""
        details[generation] = f"{at_least}{listed} of {len(own)} {agree(listed, 'lists', 'list')} the USA"
        if totals is not None and pd.notna(totals[generation]):
            details[generation] += f"; {int(totals[generation])} in all"
            not_here[generation] = int(totals[generation]) - len(own)
    names = [f"{label} (generation {generation})" for label, generation in _label_and_generation(partnerships)]
    return waffle(
        partnerships.assign(mark=names),
        table="projects",
        row_id="project_id",
        name="mark",
        group="generation",
        state="targets_usa",
        styles=TARGET_STYLES,
        headings={generation: f"Generation {generation}" for generation in details},
        details=details,
        nouns=ESCP4I_PARTNERSHIPS.name_of_many,
        not_here=(NOT_HERE, not_here),
    )


def _label_and_generation(partnerships: pd.DataFrame) -> list[tuple[str, int]]:
    return list(partnerships[["label", "generation"]].itertuples(index=False, name=None))


@define("co_targets", page="projects", population=TABLE_1_PARTNERSHIPS)
def co_targets(request: CardRequest) -> Card | None:
    """Countries that the partnerships of Table 1 target besides the USA."""
    partnerships = run_query(rows, TABLE_1_PARTNERSHIPS, request.filters)
    if partnerships.empty:
        return None
    ids = tuple(partnerships["project_id"])
    every_pair = run_query(queries.co_targets, list(ids))
    pairs = every_pair[every_pair["country_code"] != "US"]
    target_usa = f"that {agree(len(ids), 'targets', 'target')} the USA"
    few = small_cards(partnerships, "projects", {"targets": "Target countries", "themes": "Themes"}, title="label")
    population = f"{agree(len(ids), 'partnership', 'partnerships')} {target_usa}"
    shows_pairs = not few and len(pairs) > 0
    scope = request.scope_for(TABLE_1_PARTNERSHIPS)
    return Card(
        title=_co_target_title(pairs, len(ids), scope),
        subtitle=f"The countries listed beside the USA by {TABLE_1_PARTNERSHIPS.name(len(ids))}{scope}. Table 1 holds "
        "only partnerships that target the USA. This is not a share of all ESCP-4i partnerships",
        chart=cotarget_matrix(pairs, total=len(ids), population=population) if shows_pairs else None,
        rows=pairs if shows_pairs else partnerships,
        columns={"project": "Partnership", "country": "Target country"}
        if shows_pairs
        else {"label": "Partnership", "targets": "Target countries"},
        evidence=Evidence("projects", ids),
        method="One square for each pair of partnership and listed target country other than the USA (table "
        "project_targets); a listed target is not a cooperation.",
        small_cards=few,
    )


def _co_target_title(pairs: pd.DataFrame, total: int, scope: str) -> str:
    counts = pairs.groupby("country").size().rename("projects").reset_index()
    first = leader(counts, "country", "projects")
    if not first:
        return f"Targets listed beside the USA by partnerships of Table 1{scope}"
    share = Share(first[1], total, f"partnerships of Table 1{scope}")
    return f"{capitalised(with_article(first[0]))} is listed beside the USA by {share}"
