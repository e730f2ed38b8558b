"""Which proposals of the partner finder are shown, what is said of ties, and how their points are drawn and mapped."""

import pandas as pd
import plotly.graph_objects as go
import pytest

from cards.catalogue import make_card
from cards.definitions.partner_proposals import cut_of, points_in_parts, ranking_of, seeker_of, title_of
from domain.filters import Filters
from maps.partner_map import ARC_LAYER, partner_map, partner_map_alt
from partners.score import Seeker
from partners.shortlist import Shortlist


def shortlist(*points: int) -> Shortlist:
    """Proposals with these points of sectors, best first; equal points share a rank."""
    frame = pd.DataFrame(
        {
            "organisation_id": [f"o{at}" for at in range(len(points))],
            "name": [f"Organisation {at}" for at in range(len(points))],
            "score": list(points),
            "rank": [1 + sum(other > one for other in points) for one in points],
            "sector_points": list(points),
            "link_points": 0,
            "target_points": 0,
        }
    )
    seeker = Seeker("Lyon", "EU", ("FR",), {}, {}, "lyon")
    return Shortlist(seeker, frame, pd.DataFrame(), pd.DataFrame())


def test_the_weak_tail_is_less_than_half_of_the_best():
    """70, 70, 40 and 35 stay; 34 and 0 go."""
    ranking = ranking_of(shortlist(70, 70, 40, 35, 34, 0), Filters())
    assert ranking.shown["score"].tolist() == [70, 70, 40, 35] and ranking.cut == 2
    assert cut_of(ranking) == ("4 proposals are listed; 2 with less than half of the points of the best are left out")
    assert cut_of(ranking_of(shortlist(50), Filters())) == "1 proposal is listed"


def test_organisations_without_a_point_are_not_proposed():
    assert ranking_of(shortlist(0, 0), Filters()).shown.empty
    assert ranking_of(shortlist(), Filters()).shown.empty


@pytest.mark.parametrize(
    ("points", "title"),
    [
        ((70, 70, 40), "2 equal matches in the USA for Lyon, 70 points of 100 each, in alphabetical order"),
        ((70, 69), "Organisation 0 is the best match in the USA for Lyon: 70 points of 100"),
    ],
)
def test_ties_are_named_as_such(points, title):
    assert title_of(ranking_of(shortlist(*points), Filters())) == title


def test_the_best_of_a_filter_is_not_called_the_best_of_all(published):
    """Organisations have no years, so years do not restrict the proposals and are not named."""
    ranking = ranking_of(shortlist(70, 69), Filters(sectors=("energy",), year_from=2015))
    assert title_of(ranking) == (
        "Organisation 0 is the best match in the USA for Lyon, among those for Energy: 70 points of 100"
    )


def test_a_place_needs_a_sector_and_a_known_name(published):
    water = Filters(sectors=("water",))
    assert seeker_of({"home": ("NL",)}, water) == ("home", "NL")
    assert seeker_of({"home": ("NL",)}, Filters()) is None and seeker_of({"home": ("ZZ",)}, water) is None
    assert seeker_of({"for": ("plastipolis",)}, Filters()) == ("for", "polymeris"), "its successor"
    assert seeker_of({"for": ("nobody",)}, Filters()) is None and seeker_of({}, Filters()) is None


def test_the_card_has_the_proposals_that_are_shown(published):
    """Every row of the evidence has at least half of the points of the first."""
    card = make_card("partner_proposals", Filters(), {"for": ("lyonbiopole",)})
    assert card is not None and card.evidence.record_ids == tuple(card.rows["organisation_id"])
    assert (card.rows["score"] * 2 >= card.rows["score"].iloc[0]).all()
    assert card.title.startswith(f"{(card.rows['rank'] == 1).sum()} equal matches in the USA for Lyonbiopole")
    assert make_card("partner_proposals", Filters()) is None


def test_points_are_drawn_in_their_parts():
    frame = shortlist(70, 40).proposals.assign(link_points=[10, 0], score=[80, 40])
    chart = points_in_parts(frame)
    assert go.Figure(chart.figure).layout.height == chart.height
    assert [note["text"] for note in chart.figure["layout"]["annotations"]] == ["80 points", "40 points"]
    assert [bar["x"] for bar in chart.figure["data"]] == [[70, 40], [10, 0], [0, 0]]
    assert "Organisation 0 80 (sectors 70, link 10, target 0)" in chart.alt
    assert chart.data.is_stacked and chart.data.axis_max == 100
    assert chart.marks.names == {"o0": "Organisation 0", "o1": "Organisation 1"}


def test_two_organisations_of_one_name_have_a_bar_each():
    frame = shortlist(70, 40).proposals.assign(name="Same")
    chart = points_in_parts(frame)
    assert chart.data.categories == ("Same (o0)", "Same (o1)")


PLACED = pd.DataFrame(
    {
        "organisation_id": ["o0", "o1"],
        "name": ["Boston Bio", "Houston Bio"],
        "side": "US",
        "place": ["Boston", "Houston"],
        "country_code": "US",
        "latitude": [42.36, 29.76],
        "longitude": [-71.06, -95.37],
        "kind": "cluster_organisation",
        "is_cluster_organisation": True,
        "location_note": None,
        "score": [80, 40],
    }
)
LYON = PLACED.head(1).assign(
    organisation_id="lyon", name="Lyon", side="EU", place="Lyon", country_code="FR", latitude=45.76, longitude=4.84
)


def arcs(deck) -> list:
    return [layer for layer in deck.layers if layer.id == ARC_LAYER]


def test_an_arc_leads_to_every_proposal_the_wider_the_more_points():
    (layer,) = arcs(partner_map(PLACED, LYON))
    assert [row["organisation_ids"] for row in layer.data] == [["o0"], ["o1"]]
    assert layer.data[0]["width"] == 2 * layer.data[1]["width"] > 0
    assert layer.data[0]["from"] == pytest.approx((4.84, 45.76), abs=0.01)


def test_a_place_has_no_arcs():
    assert not arcs(partner_map(PLACED, LYON.head(0)))


def test_the_alternative_text_says_what_is_missing():
    assert partner_map_alt(PLACED, "Lyon", 3) == (
        "Map of 2 proposals for Lyon. Among the cities with most: Boston 1, Houston 1. 3 more have no known city."
    )
