"""Counts of the sector pages are those of SQL written here, for several sectors and under filters."""

from dataclasses import replace

import pytest

from domain.filters import Filters
from warehouse import queries

# Register of each count and the records in it that are counted, in SQL; views are tested against the files elsewhere.
EXISTING = (
    "is_cluster_organisation AND successor_id IS NULL "
    "AND organisation_id NOT IN (SELECT organisation_id FROM organisation_ends)"
)
COUNTED = {
    "organisations": ("organisation_register", EXISTING),
    "eu_organisations": ("organisation_register", f"{EXISTING} AND kind <> 'regional_cluster' AND side = 'EU'"),
    "us_organisations": ("organisation_register", f"{EXISTING} AND kind <> 'regional_cluster' AND side = 'US'"),
    "regional_clusters": ("organisation_register", f"{EXISTING} AND kind = 'regional_cluster'"),
    "projects": ("project_register", "true"),
    "cooperations": ("cooperation_register", "true"),
    "success_stories": ("story_register", "true"),
    "events": ("event_register", "true"),
    "policies": ("policy_register", "true"),
    "opportunities": ("opportunity_register", "true"),
}
UNDATED = ("organisation_register", "story_register", "opportunity_register")
UNPLACED = ("opportunity_register",)


def condition(register: str, sector_id: str, side: str, country: str, years: tuple[int, int] | None) -> str:
    """What a record must be known to meet, written without the filters of the app."""
    parts = [f"list_contains(sector_ids, '{sector_id}')"]
    if side and register not in UNPLACED:
        parts.append(f"list_contains(sides, '{side}')")
    if country and register not in UNPLACED:
        parts.append(f"list_contains(country_codes, '{country}')")
    if years and register not in UNDATED:
        parts.append(
            f"coalesce(year(start_on) <= {years[1]} AND year(coalesce(end_on, start_on)) >= {years[0]}, false)"
        )
    return " AND ".join(parts)


@pytest.mark.parametrize(
    ("side", "country", "years"),
    [("", "", None), ("US", "", None), ("", "FR", (2012, 2016))],
    ids=["sector only", "side", "country and years"],
)
@pytest.mark.parametrize("sector_id", ["energy", "water", "maritime", "tc-plastics", "tc-insurance-services"])
def test_counts_are_of_records_known_to_match(db, rows, sector_id, side, country, years):
    """Every count of a sector equals SQL written here; the target countries are those of its projects."""
    filters = Filters((sector_id,), (side,) if side else (), (country,) if country else (), *(years or (None, None)))
    counts = queries.register_counts(db, filters)
    expected = {}
    for name, (register, counted) in COUNTED.items():
        where = condition(register, sector_id, side, country, years)
        # A renewal counts with the agreement that it renews.
        once = "count(DISTINCT coalesce(renewed_cooperation_id, cooperation_id))"
        number = once if name == "cooperations" else "count(*)"
        ((expected[name],),) = rows(f"SELECT {number} FROM {register} WHERE {counted} AND {where}")
    where = condition("project_register", sector_id, side, country, years)
    ((expected["targets"],),) = rows(
        "SELECT count(DISTINCT country_code) FROM project_targets WHERE project_id IN "
        f"(SELECT project_id FROM project_register WHERE {where})"
    )
    assert counts == expected
    assert queries.register_counts(db, replace(filters, show_possible=False)) == expected


@pytest.mark.parametrize("scheme", ["theme", "traded_cluster"])
def test_the_overview_of_sectors_counts_the_same(db, scheme):
    """The chart of all sectors and the section of one never disagree on what is known to be of the sector."""
    for row in queries.sector_counts(db, Filters(), scheme).to_dict("records"):
        counts = queries.register_counts(db, Filters(sectors=(row["sector_id"],)))
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
