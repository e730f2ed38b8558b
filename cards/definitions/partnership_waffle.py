"""Card of the start page: the partnerships of the first generation, one square each, and which list the USA."""

import pandas as pd

from cards.card import Card
from cards.definition import CardRequest, define
from cards.definitions.projects import FIRST_GENERATION_READING, NOT_HERE, TARGET_STYLES, first_generation_share
from charts.chart import Chart
from charts.waffle import waffle
from domain.evidence import Evidence
from domain.filters import Filters
from domain.shares import Share
from domain.text import agree, plural
from warehouse import queries
from warehouse.populations import ESCP4I_PARTNERSHIPS
from warehouse.query_cache import run_query
from warehouse.registers import rows

GENERATION = 1


@define("partnership_waffle", page="overview", noun="partnerships")
def partnership_waffle(_: CardRequest) -> Card:
    """The final count of the first generation as squares: known partnerships, and those that no source here names."""
    share = first_generation_share(run_query(queries.usa_share))
    every = run_query(rows, ESCP4I_PARTNERSHIPS, Filters())
    known = every[every["generation"] == GENERATION].sort_values(["targets_usa", "label"])
    counts = known["targets_usa"].value_counts()
    without, unnamed = int(counts.get("not listed", 0)), max(share.denominator - len(known), 0)
    unknown = int(counts.get("unknown", 0)) + unnamed
    of_these = f", {unnamed} of them because no source here names them" if unnamed else ""
    return Card(
        title=f"At least {share} list the USA as a target",
        subtitle=f"ESCP-4i partnerships of the first generation, whatever the filters: {without} "
        f"{agree(without, 'has', 'have')} a complete list of targets without the USA; of {unknown} it is not known"
        f"{of_these}, which does not mean no",
        chart=_squares(known, share),
        rows=known,
        columns={"label": "Partnership", "targets_usa": "USA among the targets", "targets": "Target countries"},
        evidence=Evidence("projects", tuple(known["project_id"])),
        more_evidence=(Evidence("usa_share", (FIRST_GENERATION_READING,)),),
        method="Partnerships of generation 1 that list the USA as a target, divided by the partnerships in the final "
        f"count (view usa_share). {plural(len(known), 'partnership')} of the generation "
        f"{agree(len(known), 'is', 'are')} known by name; what is known of the targets is in view project_usa_targets.",
    )


def _squares(known: pd.DataFrame, share: Share) -> Chart:
    return waffle(
        known,
        table="projects",
        row_id="project_id",
        name="label",
        group="generation",
        state="targets_usa",
        styles=TARGET_STYLES,
        headings={GENERATION: f"{share.numerator} of {share.denominator}{share.rate}"},
        details={GENERATION: "list the USA"},
        nouns=ESCP4I_PARTNERSHIPS.name_of_many,
        not_here=(NOT_HERE, {GENERATION: max(share.denominator - len(known), 0)}),
    )
