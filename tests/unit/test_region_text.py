"""What is known in a region, said of none, one and several."""

import pytest

from cards.region_text import region_sentences

COUNTS = ("cluster_count", "regional_cluster_count", "cooperation_count", "project_count", "horizon_project_count")
SENTENCES = {
    0: [
        "No cluster organisation of today is recorded in this country; that does not mean that there is none.",
        "No recorded EU–US cooperation has a party that is known to be of this country.",
        "No ESCP-4i partnership has a member that is known to be of this country.",
        "No Horizon project with US participation in this build has a participant of this country.",
    ],
    1: [
        (
            "1 cluster organisation of today is recorded in this country. "
            "1 regional cluster for which no source names an organisation is recorded too."
        ),
        "1 EU–US cooperation, whatever the status, intentions included, has a party of this country.",
        "1 ESCP-4i partnership has a member of this country.",
        "1 Horizon project with US participation in this build has a participant of this country.",
    ],
    2: [
        (
            "2 cluster organisations of today are recorded in this country. "
            "2 regional clusters for which no source names an organisation are recorded too."
        ),
        "2 EU–US cooperations, whatever the status, intentions included, have a party of this country.",
        "2 ESCP-4i partnerships have a member of this country.",
        "2 Horizon projects with US participation in this build have a participant of this country.",
    ],
}


@pytest.mark.parametrize("count", SENTENCES)
def test_none_one_and_several(count):
    """One says as much as several do, in the singular."""
    row = {"level": "country", "side": "EU", "unplaced_cluster_count": 0} | dict.fromkeys(COUNTS, count)
    assert region_sentences(row, True) == SENTENCES[count]


@pytest.mark.parametrize(("more", "verb"), [(1, "organisation of today is"), (2, "organisations of today are")])
def test_organisations_of_the_country_without_a_region(more, verb):
    row = {"level": "nuts2", "side": "EU", "unplaced_cluster_count": more} | dict.fromkeys(COUNTS, 0)
    assert f" {more} cluster {verb} placed in no region, " in region_sentences(row, False)[0]
