"""Counts of the sector pages are the rows of their registers, for every sector and under filters."""

import pytest

from domain.filters import Filters
from warehouse import queries

REGISTERS = {
    "organisations": queries.organisations,
    "projects": queries.projects,
    "cooperations": queries.cooperations,
    "stories": queries.stories,
    "events": queries.events,
    "policies": queries.policies,
    "opportunities": queries.opportunities,
}


@pytest.mark.parametrize(
    "filters",
    [Filters(), Filters(sides=("US",)), Filters(countries=("FR",), year_from=2012, year_to=2016, keep_unknown=False)],
    ids=["sector only", "side", "country and years"],
)
@pytest.mark.parametrize("sector_id", ["energy", "water", "maritime", "tc-plastics", "tc-insurance-services"])
def test_counts_are_rows(db, sector_id, filters):
    """Every count of a sector equals the rows its register shows, the target countries those of its projects."""
    only = Filters(
        (sector_id,), filters.sides, filters.countries, filters.year_from, filters.year_to, filters.keep_unknown
    )
    counts = queries.register_counts(db, only)
    frames = {name: question(db, only) for name, question in REGISTERS.items()}
    assert {name: counts[name] for name in REGISTERS} == {name: len(frame) for name, frame in frames.items()}
    sides = frames["organisations"]["side"].value_counts()
    assert (counts["eu_organisations"], counts["us_organisations"]) == (sides.get("EU", 0), sides.get("US", 0))
    targets = queries.co_targets(db, frames["projects"]["project_id"].tolist())
    assert counts["targets"] == targets["country_code"].nunique()


@pytest.mark.parametrize("scheme", ["theme", "traded_cluster"])
def test_the_overview_of_sectors_counts_the_same(db, scheme):
    """The chart of all sectors and the section of one never disagree on what is known to be of the sector."""
    for row in queries.sector_counts(db, Filters(), scheme).to_dict("records"):
        counts = queries.register_counts(db, Filters(sectors=(row["sector_id"],), keep_unknown=False))
        assert {name: row[name] for name in row if name in counts} == {
            name: counts[name] for name in row if name in counts
        }


def test_the_bridge_speaks_only_for_records_without_a_theme(db, facts):
    """A water cluster that is also in Environmental Services is not one of energy."""
    schemes = {fact["sector_id"]: fact["scheme"] for fact in facts("lookups/sectors")}
    own: dict[str, set[str]] = {}
    for fact in facts("organisation_sectors"):
        own.setdefault(fact["organisation_id"], set()).add(fact["sector_id"])
    shown = dict(db.execute("SELECT organisation_id, theme_ids FROM organisation_register").fetchall())
    plain = [
        (key, sectors)
        for key, sectors in own.items()
        if any(schemes[s] == "theme" for s in sectors)
        and all(schemes[s] in ("theme", "traded_cluster") for s in sectors)
    ]
    assert len(plain) > 100
    assert {key for key, sectors in plain if set(shown[key]) != {s for s in sectors if schemes[s] == "theme"}} == set()
