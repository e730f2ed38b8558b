"""Thresholds and caps that change what readers see, pinned by literal cases on both sides of each."""

import importlib
import inspect

import pandas as pd
import pytest

from cards.catalogue import make_card
from cards.definition import CardRequest
from charts.bars import count_bars
from charts.chart import ChartData, Series, row_text
from charts.stacked_columns import stacked_years
from charts.workshop_charts import row_limit, with_others
from domain.filters import Filters
from domain.shares import Share, leader
from domain.text import format_some
from maps.points import group_points
from warehouse import horizon, statistics
from warehouse.populations import CLUSTERS, EVENTS


@pytest.mark.parametrize(
    ("k", "n", "text"),
    [
        (2, 4, "2 of 4 x"),
        (2, 5, "2 of 5 x (40\u00a0%)"),
        (33, 99, "33 of 99 x (33\u00a0%)"),
        (33, 100, "33 of 100 x (33.0\u00a0%)"),
        (1, 3000, "1 of 3,000 x (0.0\u00a0%)"),
        (23, 40, "23 of 40 x (58\u00a0%)"),
        (1, 8, "1 of 8 x (13\u00a0%)"),
        (1, 400, "1 of 400 x (0.3\u00a0%)"),
    ],
)
def test_a_rate_needs_five_cases_and_a_decimal_a_hundred(k, n, text):
    assert str(Share(k, n, "x")) == text


@pytest.mark.parametrize(("counts", "found"), [((3, 1), None), ((3, 2), ("a", 3)), ((5,), ("a", 5)), ((4,), None)])
def test_a_leader_needs_five_cases(counts, found):
    frame = pd.DataFrame({"label": list("ab")[: len(counts)], "value": counts})
    assert leader(frame, "label", "value") == found


def test_three_names_are_written_out():
    assert format_some(["a", "b", "c"]) == "a, b and c"
    assert format_some(["a", "b", "c", "d"]) == "a, b, c and 1 more"


@pytest.mark.parametrize(("length", "scope"), [(0, ""), (60, " for " + "A" * 60), (61, " for this filter")])
def test_a_title_holds_sixty_characters_of_the_filters(published, length, scope):
    """A code that the vocabulary does not know is its own label."""
    filters = Filters(countries=("A" * length,) if length else ())
    request = CardRequest(filters, "", {})
    assert request.scope == scope and request.scope_for(EVENTS) == scope


def test_years_do_not_scope_a_population_without_years(published):
    request = CardRequest(Filters(year_from=2016), "", {})
    assert request.scope_for(CLUSTERS) == "" and request.scope_for(EVENTS) == " since 2016"


def table(number: int) -> pd.DataFrame:
    return pd.DataFrame({"label": [f"r{at:02d}" for at in range(number)], "value": list(range(number, 0, -1))})


def test_an_alternative_text_lists_twelve_rows():
    twelve, thirteen = (row_text(table(n), "label", ["1"] * n) for n in (12, 13))
    assert twelve.endswith("r11 1") and twelve.count(";") == 11
    assert thirteen.endswith("r11 1; and 1 more")


def test_an_alternative_text_names_four_leaders():
    tied = pd.DataFrame({"label": list("abcdef"), "value": [2, 2, 2, 2, 2, 1]})
    assert "a, b, c, d and 1 more lead with 2 x each" in count_bars(tied, label="label", value="value", unit="x").alt


@pytest.mark.parametrize(("sectors", "is_there"), [(1, False), (2, True), (4, True), (5, False)])
def test_two_to_four_sectors_are_compared(published, sectors, is_there):
    chosen = ("energy", "water", "aerospace", "ict", "health")[:sectors]
    assert (make_card("sector_comparison", Filters(sectors=chosen)) is not None) is is_there


@pytest.mark.parametrize(("groups", "names"), [(4, ["a", "b", "c", "d"]), (5, ["a", "b", "c", "other"]), (1, ["a"])])
def test_four_groups_of_a_column_keep_their_names(groups, names):
    frame = pd.DataFrame({"year": 2020, "group": list("abcde")[:groups], "value": [9, 8, 7, 6, 5][:groups]})
    figure = stacked_years(frame, year="year", group="group", value="value", unit="projects").figure
    assert [trace["name"] for trace in figure["data"] if trace["type"] == "bar"] == names


def bars(categories: int, series: int, is_stacked: bool = False) -> ChartData:
    one = Series(name="x", values=tuple(range(categories)), colour="#000000")
    return ChartData(
        categories=tuple(f"r{at}" for at in range(categories)), series=(one,) * series, unit="x", is_stacked=is_stacked
    )


def test_rows_that_a_room_can_read():
    """Twelve bars; of a stack the rest is added up."""
    assert (row_limit(bars(9, 1)), row_limit(bars(20, 1)), row_limit(bars(20, 2, True))) == (12, 12, 12)
    assert with_others(bars(7, 1), 7).categories[-1] == "r6"
    cut = with_others(bars(8, 1), 7)
    assert cut.categories[-1] == "2 others" and cut.series[0].values == (0, 1, 2, 3, 4, 5, 6 + 7)


def organisations(number: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "organisation_id": [f"o{at:02d}" for at in range(number)],
            "name": [f"n{at:02d}" for at in range(number)],
            "side": "EU",
            "place": "Lyon",
            "country_code": "FR",
            "latitude": 45.76,
            "longitude": 4.84,
        }
    )


def test_a_tooltip_of_the_map_names_twelve_organisations():
    twelve, thirteen = (group_points(organisations(number))[0]["tip"] for number in (12, 13))
    assert twelve.splitlines()[0] == "Lyon, FR: 12 organisations" and twelve.splitlines()[-1] == "n11"
    assert thirteen.splitlines()[0] == "Lyon, FR: 13 organisations" and thirteen.splitlines()[-2:] == [
        "n11",
        "and 1 more",
    ]


def test_ten_regions_are_compared():
    with pytest.raises(ValueError, match="At most 10 regions can be compared, got 11"):
        statistics.compare_regions(None, [f"R{at}" for at in range(11)], "traded_cluster", "2020")  # type: ignore[arg-type]  # not reached


def test_fifty_organisations_of_horizon_projects_are_listed():
    assert inspect.signature(horizon.eu_organisations).parameters["limit"].default == 50


# Caps of what only the screen or a file shows; each is a number of things that a reader sees.
PINNED = {
    "cards.statistics_cards.MAX_DRAWN": 20,
    "cards.region_comparison_cards.MAX_INDUSTRIES": 20,
    "cards.sources.MAX_LOCATORS": 2,
    "cards.definitions.partner_proposals.MAX_DRAWN": 12,
    "charts.workshop_charts.MAX_COLUMNS": 16,
    "exports.citation.MAX_SOURCES": 1,
    "exports.citation.MAX_LOCATORS": 3,
    "exports.pptx.presentation.MAX_SOURCE_SLIDES": 2,
    "exports.pptx.plan.MAX_TABLE_SLIDES": 6,
    "exports.pptx.plan.MAX_COLUMNS": 6,
    "exports.pptx.notes.NAMED_SOURCES": 2,
    "exports.pptx.tables.MAX_CELL_LINES": 4,
    "exports.pptx.charts.MAX_LABEL_LINES": 16,
    "exports.pptx.charts.MAX_LINES": 32,
    "exports.pptx.charts.MAX_SLIDES": 4,
    "exports.xlsx.workbook.MAX_CELL_CHARS": 32_000,
    "maps.circles.MIN_COUNT_SHOWN": 4,
    "partners.shortlist.MAX_SOURCES": 2,
    "ui.parts.citations.MAX_DOCUMENTS": 8,
    "ui.parts.citations.MAX_LOCATORS": 12,
    "views.workshop_step.MAX_TABLE_ROWS": 10,
    "views.workshop_step.MAX_FOOTER_WORDS": 12,
}


@pytest.mark.parametrize("name", PINNED)
def test_caps(name):
    module, _, constant = name.rpartition(".")
    assert getattr(importlib.import_module(module), constant) == PINNED[name]
