"""Numbers and verbs of the cards of Horizon projects agree, at one as at many."""

from datetime import date

import pandas as pd
import pytest

from cards.definition import NO_CHOICES, CardRequest
from cards.definitions import horizon as cards
from domain.filters import Filters
from warehouse import horizon

EVERYTHING = CardRequest(Filters(), "no filter", NO_CHOICES)


@pytest.fixture
def answers(monkeypatch):
    """`answers(query=frame, …)`: what the queries of ``warehouse.horizon`` give in place of a database."""

    def give(**frames: pd.DataFrame) -> None:
        days = {"first_day": [date(2014, 11, 1)], "last_day": [date(2016, 5, 1)]}
        by_query = {horizon.origins: pd.DataFrame({"projects": [61], **days})}
        by_query |= {getattr(horizon, name): frame for name, frame in frames.items()}
        monkeypatch.setattr(cards, "run_query", lambda query, *_: by_query[query])

    return give


def projects(count: int) -> pd.DataFrame:
    """So many projects."""
    return pd.DataFrame({"horizon_project_id": [str(number) for number in range(count)]})


@pytest.mark.parametrize(
    ("none", "words"), [(1, "; 1 is not classified"), (2, "; 2 are not classified"), (0, "; 0 are not classified")]
)
def test_projects_without_a_theme(answers, none, words):
    """One is, others are."""
    counts = pd.DataFrame(
        {
            "theme_id": ["water", None],
            "theme": ["Water", "not classified"],
            "projects": [5, none],
            "basis": ["assigned", None],
        }
    )
    answers(projects=projects(5 + none), projects_by_theme=counts)
    span = "; the data hold 61 projects begun November 2014 to May 2016"
    assert cards.by_theme(EVERYTHING).subtitle.endswith(words + span)


@pytest.mark.parametrize(
    ("placed", "title"),
    [
        (1, "(14\u00a0%) has a point on the map"),
        (4, "(57\u00a0%) have a point on the map"),
    ],
)
def test_participations_on_the_map(answers, placed, title):
    """One has, others have."""
    place = {"side": ["EU"], "city": ["Lyon"], "latitude": [45.75], "longitude": [4.85], "participations": [placed]}
    answers(
        projects=projects(2),
        map_places=pd.DataFrame({**place, "organisations": [1], "projects": [1]}),
        totals=pd.DataFrame({"placed": [placed], "participations": [7]}),
    )
    of_all = f"{placed} of 7 participations in projects in the data with US participation"
    assert cards.participations_on_map(EVERYTHING).title == f"{of_all} {title}"


def test_one_project_is_not_plural(answers):
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
    answers(projects=projects(1), projects_by_programme=counts)
    assert cards.by_programme(EVERYTHING).subtitle.startswith("1 project with US participation by")
    answers(projects=projects(2), projects_by_programme=counts.assign(projects=2))
    assert cards.by_programme(EVERYTHING).subtitle.startswith("2 projects with US participation by")
