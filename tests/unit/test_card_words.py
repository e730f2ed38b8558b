"""Numbers and verbs of the cards of Horizon projects agree, at one as at many."""

import pandas as pd
import pytest

from cards import horizon_cards as cards


def projects(count: int) -> pd.DataFrame:
    """So many projects."""
    return pd.DataFrame({"horizon_project_id": [str(number) for number in range(count)]})


@pytest.mark.parametrize(
    ("none", "words"), [(1, "; 1 is not classified"), (2, "; 2 are not classified"), (0, "; 0 are not classified")]
)
def test_projects_without_a_theme(none, words):
    """One is, others are."""
    counts = pd.DataFrame(
        {
            "theme_id": ["water", None],
            "theme": ["Water", "not classified"],
            "projects": [5, none],
            "basis": ["assigned", None],
        }
    )
    assert cards.by_theme(counts, projects(5 + none)).subtitle.endswith(words)


@pytest.mark.parametrize(
    ("placed", "title"),
    [
        (1, "1 of 7 participations in these projects (14\u00a0%) has a point on the map"),
        (4, "4 of 7 participations in these projects (57\u00a0%) have a point on the map"),
    ],
)
def test_participations_on_the_map(placed, title):
    """One has, others have."""
    assert (
        cards.on_the_map(pd.DataFrame(), pd.DataFrame({"placed": [placed], "participations": [7]}), projects(2)).title
        == title
    )


def test_one_project_is_not_plural():
    """In the line under a title too."""
    counts = pd.DataFrame(
        {
            "programme": ["H2020"],
            "projects": [1],
            "us_participations": [1],
            "eu_participations": [1],
            "eu_contribution_eur": [1.0],
        }
    )
    assert cards.by_programme(counts, projects(1)).subtitle.startswith("1 project with US participation by")
    assert cards.by_programme(counts.assign(projects=2), projects(2)).subtitle.startswith(
        "2 projects with US participation by"
    )
