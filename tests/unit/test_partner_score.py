"""The parts of the partner score, on facts small enough to reckon by hand."""

from dataclasses import replace

import pytest

from partners.facts import Organisation, PartnerFacts
from partners.score import Seeker, ranked, score, seeker_of
from partners.shortlist import why


def organisation(name: str, side: str, is_cluster: bool = True) -> Organisation:
    """An organisation whose id is its name."""
    return Organisation(name, name, side, is_cluster, ("FR",) if side == "EU" else ("US",), None)


def sector_rows(organisation_id: str, *sectors: str) -> tuple[tuple[str, str, str, str], ...]:
    """Rows of PartnerFacts.sectors; traded clusters begin with tc-."""
    return tuple(
        (organisation_id, "traded_cluster" if s.startswith("tc-") else "theme", s, f"{organisation_id}|{s}")
        for s in sectors
    )


@pytest.fixture
def facts() -> PartnerFacts:
    """Two European organisations, four American ones, a network and a project that targets the USA."""
    sectors = sector_rows("seeker", "tc-a", "tc-b", "water") + sector_rows("twin", "tc-a", "tc-b", "water")
    sectors += sector_rows("near", "tc-c", "water", "energy") + sector_rows("thin", "water")
    names = ("tc-a", "tc-b", "tc-c", "tc-d", "water", "energy")
    everyone = {
        "seeker": "EU",
        "fellow": "EU",
        "twin": "US",
        "near": "US",
        "thin": "US",
        "bare": "US",
        "network": "OTHER",
    }
    return PartnerFacts(
        organisations={name: organisation(name, side) for name, side in everyone.items()},
        successors={name: name for name in everyone} | {"merged": "seeker"},
        predecessors={},
        sector_names={name: name for name in names},
        crosswalk=(("water", "tc-a"), ("water", "tc-c"), ("energy", "tc-c"), ("energy", "tc-d")),
        sectors=sectors,
        co_occurrences=tuple((f"organisations/{o}", s) for o, scheme, s, _ in sectors if scheme == "traded_cluster"),
        cooperations={},
        carried_out=frozenset({"signed", "ongoing", "completed"}),
        current=frozenset({"signed", "ongoing"}),
        titles={},
        parties=(),
        members=(),
        targets=(),
        project_labels={"project": "Project"},
        project_themes=(("project", "energy"),),
    )


def cooperating(facts: PartnerFacts, status: str, *parties: str) -> PartnerFacts:
    """The facts with one more cooperation; a party of PartnerFacts.project_labels is a project."""
    key = f"c{len(facts.cooperations)}"
    rows = tuple((key, None, p) if p in facts.project_labels else (key, p, None) for p in parties)
    return replace(
        facts,
        cooperations={**facts.cooperations, key: status},
        titles={**facts.titles, key: "A visit"},
        parties=facts.parties + rows,
    )


def joined(facts: PartnerFacts, *members: str, targets: tuple = ()) -> PartnerFacts:
    """The facts with these members, and targets, of the project."""
    rows = tuple(("project", member, f"project|{member}|partner") for member in members)
    return replace(facts, members=facts.members + rows, targets=tuple(("project", country) for country in targets))


def test_twins_have_all_sector_points(facts):
    """All clusters and themes shared: 70, and nothing for what is not recorded."""
    found = score(facts, seeker_of(facts, "seeker"), "twin")
    assert (found.clusters.label, found.themes.label, found.related.value) == ("2 of 2", "1 of 1", 1.0)
    assert found.points == (70, 0, 0) and found.links.label == found.targets.label == "none known"
    assert ("organisation_sectors", "seeker|tc-a") in found.evidence
    assert ("organisation_sectors", "twin|water") in found.evidence


def test_parts_by_hand(facts):
    """No cluster of three, one theme of two, and the overlap of themes makes tc-a and tc-c related by a quarter."""
    found = score(facts, seeker_of(facts, "seeker"), "near")
    assert (found.clusters.value, found.themes.value) == (0, 0.5)
    # tc-a: {water} against {water, energy} is 1/2, no record in common: 1/4. tc-b has no theme: 0. tc-c back: 1/4.
    assert found.related.value == pytest.approx((0.25 + 0 + 0.25) / 3)
    assert found.total == pytest.approx(70 * (3 * 0 + 3 * 0.5 + found.related.value) / 7)
    assert why(found) == "Shares 1 of 2 themes (water); has related traded clusters (tc-a with tc-c)."


@pytest.mark.parametrize(("one", "other"), [("tc-a", "tc-b"), ("tc-a", "tc-c"), ("tc-c", "tc-d"), ("tc-b", "tc-d")])
def test_relatedness_is_symmetric(facts, one, other):
    """Between 0 and 1, the same both ways, and 1 only with itself."""
    assert facts.related(one, other) == facts.related(other, one)
    assert 0 <= facts.related(one, other) < 1 and facts.related(one, one) == 1


def test_the_score_is_symmetric(facts):
    """Whoever looks, the sector parts and the link are the same."""
    facts = cooperating(joined(facts, "seeker", "fellow", targets=("US",)), "completed", "fellow", "near")
    there, back = score(facts, seeker_of(facts, "seeker"), "near"), score(facts, seeker_of(facts, "near"), "seeker")
    assert there.points == back.points and there.links.label == back.links.label


def test_missing_data_is_neutral(facts):
    """Who has no recorded cluster is judged by the themes alone, as well as who has all in common."""
    thin = score(facts, seeker_of(facts, "seeker"), "thin")
    assert thin.clusters.value is None and thin.clusters.label == thin.related.label == "not known"
    assert thin.total == score(facts, seeker_of(facts, "seeker"), "twin").total == 70


def test_nothing_known_is_no_score(facts):
    """An organisation without any sector is not ranked last: it is not ranked."""
    bare = score(facts, seeker_of(facts, "seeker"), "bare")
    assert bare.points is None and ranked([bare], facts) == []


@pytest.mark.parametrize(
    ("change", "points", "words"),
    [
        (lambda f: cooperating(f, "possible", "seeker", "near"), 20, "direct"),
        (lambda f: joined(f, "seeker", "near"), 15, "shared project"),
        (lambda f: cooperating(joined(f, "seeker"), "signed", "project", "near"), 15, "shared project"),
        (
            lambda f: cooperating(cooperating(f, "signed", "seeker", "network"), "ongoing", "near", "network"),
            10,
            "shared partner",
        ),
        (
            lambda f: cooperating(joined(f, "seeker", "fellow"), "completed", "fellow", "near"),
            5,
            "through a project partner",
        ),
        (
            lambda f: cooperating(cooperating(f, "possible", "seeker", "network"), "signed", "near", "network"),
            0,
            "none known",
        ),
    ],
)
def test_the_shortest_link_counts(facts, change, points, words):
    """From a direct one to a partner of a partner; a wish links nobody at second hand."""
    changed = change(facts)
    found = score(changed, seeker_of(changed, "seeker"), "near")
    assert (found.points[1], found.links.label) == (points, words)
    assert bool(found.links.evidence) == (points > 0)


def test_known_target(facts):
    """A project that targets the USA gives five points, with a theme of the other ten."""
    changed = joined(facts, "seeker", targets=("US", "JP"))
    seeker = seeker_of(changed, "seeker")
    assert [score(changed, seeker, other).points[2] for other in ("thin", "near")] == [5, 10]
    assert ("project_targets", "project|US") in score(changed, seeker, "near").evidence


def test_merged_organisation_seeks_as_its_successor(facts):
    """The list of a merged organisation is that of who it is today."""
    assert seeker_of(facts, "merged") == seeker_of(facts, "seeker")


def test_place_with_a_wish(facts):
    """A place is satisfied by whoever has the sector; peers of the place count as partners."""
    changed = cooperating(facts, "signed", "fellow", "near")
    seeker = Seeker("France", "EU", ("FR",), {}, {"water": ()}, peers=frozenset({"fellow"}))
    found = score(changed, seeker, "near")
    assert (found.themes.label, found.points) == ("1 of 1", (70, 10, 0))


def test_ranking_is_by_points_then_name(facts):
    """Ties stand in the order of names."""
    seeker = seeker_of(facts, "seeker")
    order = [s.organisation_id for s in ranked([score(facts, seeker, o) for o in ("near", "twin", "thin")], facts)]
    assert order == ["thin", "twin", "near"]
