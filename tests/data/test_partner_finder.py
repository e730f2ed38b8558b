"""The partner finder on the shipped facts: known partners, mergers, filters, and the published validation."""

import pytest

from bench import partner_validation as validation
from domain.filters import Filters
from partners import shortlist as partners
from partners.facts import PartnerFacts, load_partner_facts

pytestmark = pytest.mark.slow  # ranks the partners of many organisations


@pytest.fixture(scope="module")
def known(db) -> PartnerFacts:
    """Everything the score reads."""
    return load_partner_facts(db)


def listed(db, organisation_id: str) -> tuple[list[str], list[str]]:
    """Ids proposed, best first, and ids already linked."""
    found = partners.for_organisation(db, organisation_id, Filters())
    return found.proposals["organisation_id"].tolist(), found.agreements["partner_id"].unique().tolist()


@pytest.mark.parametrize(
    ("one", "other", "kind", "status", "year"),
    [
        # s3.1: an MoU of 2014 between Pôle EAU, today Aqua-Valley, and the water council of Milwaukee.
        ("Pôle EAU", "Milwaukee Water Council", "MoU", "signed", 2014),
        # s2.4: both are charter members of the BlueTech alliance of 2017.
        ("Pôle Mer Méditerranée", "The Maritime Alliance", "alliance", "signed", 2017),
        # s2.3: Plastipolis, today Polymeris, signed with PolymerOhio in 2011 and renewed in 2015.
        ("Plastipolis", "PolymerOhio", "MoU", "signed", 2011),
        ("Plastipolis", "PolymerOhio", "MoU", "renewed", 2015),
    ],
)
def test_agreements_are_shown_and_not_proposed(db, organisation, one, other, kind, status, year):
    """From both ends, through a merger, with kind and date."""
    one, other = (partners.current_id(db, organisation(name)) for name in (one, other))
    for seeker, partner in ((one, other), (other, one)):
        found = partners.for_organisation(db, seeker, Filters())
        rows = found.agreements[found.agreements["partner_id"] == partner]
        assert (kind, status, year) in set(zip(rows["kind"], rows["status"], rows["start_on"].dt.year, strict=True))
        assert partner not in set(found.proposals["organisation_id"])


def test_water_finds_water(db, organisation):
    """The paper's water clusters are proposed to the American one in the first places: s3.1 names two of them."""
    proposed, _ = listed(db, organisation("Milwaukee Water Council"))
    assert {organisation("Water Alliance"), organisation("Netherlands Water Partnership")} <= set(proposed[:7])


def test_merged_organisations_are_never_proposed(db, column):
    """Their successors are; a link to a merged organisation gives its successor's list."""
    merged = set(column("SELECT organisation_id FROM organisations WHERE successor_id IS NOT NULL"))
    proposed, linked = listed(db, "polymer-ohio")
    assert merged and not merged & {*proposed, *linked} and "polymeris" in linked
    assert listed(db, "plastipolis") == listed(db, "polymeris")


def test_ended_organisations_neither_seek_nor_are_proposed(db, column):
    """They have no successor to stand for them."""
    ended = set(column("SELECT organisation_id FROM organisation_ends WHERE how <> 'merged'"))
    assert ended >= {"veneto-nanotech", "france-water-team", "nolaba", "biobased-delta"}
    assert not ended & partners.seekers(db).keys()
    assert {partners.current_id(db, organisation_id) for organisation_id in ended} == {None}
    for seeker in ("nwp", "milwaukee-water-council", "polymeris"):
        proposed, linked = listed(db, seeker)
        assert not ended & {*proposed, *linked}


def test_the_other_side_only_and_as_filtered(db):
    """Everyone proposed is on the other side, and passes the filters."""
    filters = Filters(sectors=("energy",), countries=("FR", "ES"))
    found = partners.for_organisation(db, "milwaukee-water-council", filters)
    assert set(found.proposals["side"]) == {"EU"}
    assert all("energy" in ids for ids in found.proposals["sector_ids"])
    assert all({"FR", "ES"} & set(codes) for codes in found.proposals["country_codes"])


def test_every_row_says_why_and_cites_it(db, column):
    """A sentence for each row, a source for each row with a reason, and evidence that stands in citations."""
    found = partners.for_organisation(db, "polymeris", Filters()).proposals
    assert found["why"].str.endswith(".").all()
    with_reason = found[found["score"] > 5]
    assert len(with_reason) and (with_reason["sources"] != "").all()
    cited = set(column("SELECT table_name || ' ' || record_id FROM citations"))
    assert {f"{table} {record}" for rows in found["evidence"] for table, record in rows} <= cited
    assert (found["score"] == found[["sector_points", "link_points", "target_points"]].sum(axis=1)).all()
    assert found["score"].is_monotonic_decreasing


def test_a_place_and_a_sector(db):
    """Water in the Netherlands: American water organisations, and what the Dutch ones have agreed already."""
    found = partners.for_place(db, "NL", Filters(sectors=("water",)))
    assert found.seeker.other_side == "US" and "nwp" in found.seeker.peers
    assert set(found.proposals["side"]) == {"US"} and "milwaukee-water-council" in set(
        found.proposals["organisation_id"]
    )
    assert len(found.agreements)


def test_hold_out_removes_what_is_derived(db, known):
    """The alliance goes with all its pairs, the story with its cooperations, and sectors that stand nowhere else."""
    hold_out = validation.HoldOut(db)
    link = next(
        link
        for link in validation.known_links(known, True)
        if (link.eu, link.us) == ("marine-institute", "the-maritime-alliance")
    )
    reduced = hold_out(known, link)
    gone = set(known.cooperations) - set(reduced.cooperations)
    assert "alliance-btca-2017" in gone and "visit-the-maritime-alliance-netherlands" in gone, "of the same story"
    assert not {row[0] for row in reduced.parties} & gone
    left = set(reduced.links.get("the-maritime-alliance", ()))
    assert left == {"the-ocean-foundation"}, "other pairs of the alliance are gone too; the white paper of 2021 is not"
    assert "tc-water-transportation" not in reduced.clusters.get("marine-institute", {}), "cited with the story only"
    assert "tc-water-transportation" in reduced.clusters["the-maritime-alliance"], "cited from its own page too"
    assert not any("alliance-btca-2017" in record for record, _ in reduced.co_occurrences)
    assert "alliance-btca-2017" in known.cooperations, "the facts themselves stay"


def test_hold_out_knows_a_link_through_the_project_of_one_end(db, known):
    """Niedersachsen Aviation led the mission of its project to PNAA: that is no independent sign of the link."""
    ends = ("niedersachsen-aviation", "pnaa")
    link = next(link for link in validation.known_links(known, True) if (link.eu, link.us) == ends)
    reduced = validation.HoldOut(db)(known, link)
    assert "mission-eacp-abroad-pnaa-2017" in known.cooperations
    assert "mission-eacp-abroad-pnaa-2017" not in reduced.cooperations


@pytest.mark.parametrize(
    ("totals", "rank", "is_comparable"),
    [
        ({"true": 3.0, "a": 2.0, "b": 1.0}, 1, True),
        ({"true": 2.0, "a": 2.0, "b": 2.0, "c": 5.0}, 3, True),
        ({"true": None, "a": 0.0, "b": None}, 2.5, False),
    ],
)
def test_ties_share_the_middle_and_no_score_comes_last(totals, rank, is_comparable):
    """Neither the order of the names nor a gap makes a rank better than it is."""
    assert validation.placement(totals, "true") == validation.Placement(rank, len(totals), is_comparable)


def test_published_validation_is_what_the_command_gives(db):
    """The tables of docs/partner-finder.md are made from these facts; `--write` makes them anew."""
    published = validation.DOCUMENT.read_text(encoding="utf-8").split(validation.BEGIN)[1].split(validation.END)[0]
    assert published.strip() == validation.table(db).strip()
