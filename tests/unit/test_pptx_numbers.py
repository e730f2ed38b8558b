"""The numbers on the slides are those of the database: read back with python-pptx, counted here anew."""

from collections import Counter
from datetime import date

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx_reading import charts, numbers, read, step, table_rows, words

from domain.filters import Filters
from domain.text import format_period
from exports.content import gather
from exports.pptx.presentation import slides
from warehouse import queries, query_cache

FILTERS = [Filters(), Filters(sectors=("energy",))]


@pytest.fixture(scope="module", params=FILTERS, ids=["everything", "energy"])
def made(request, shipped_database):
    """Filters and the slides made from them."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTERS_DB", str(shipped_database))
        yield request.param, read(slides(gather(request.param, date(2026, 11, 22))))


def test_sectors(made):
    """Cluster organisations by theme and side; a theme without any has no bar."""
    filters, found = made
    counts = Counter()
    for row in query_cache.run_query(queries.organisations, filters).itertuples():
        counts.update((row.side, theme) for theme in set(row.themes))
    drawn = numbers(step(found, "Sectors"))
    names = {theme for side, theme in counts if side in ("EU", "US")}
    assert names and set(drawn["EU"]) == names
    assert drawn["EU"] == {name: counts["EU", name] for name in names}
    assert drawn["USA"] == {name: counts["US", name] for name in names}


def test_statuses(made):
    """Links by kind and status, each counted once."""
    filters, found = made
    links = query_cache.run_query(queries.cooperations, filters, eu_us_only=True)
    kinds, statuses = query_cache.labels("cooperations.kind"), query_cache.labels("cooperations.status")
    counts = Counter((kinds[row.kind], statuses[row.status]) for row in links.itertuples())
    drawn = numbers(step(found, "Status of cooperations"))
    assert {(kind, status): n for status, column in drawn.items() for kind, n in column.items() if n} == counts
    assert sum(counts.values()) == len(links) > 0


def test_co_targets(made):
    """Partnerships by target country; the number format names the population."""
    filters, found = made
    ids = query_cache.run_query(queries.usa_targeting_table1, filters)["project_id"].tolist()
    pairs = query_cache.run_query(queries.co_targets, ids)
    counts = Counter(country for _, country in {(row.project_id, row.country) for row in pairs.itertuples()})
    part = step(found, "Other target countries")
    (drawn,) = numbers(part).values()
    assert drawn == counts
    assert list(drawn.values()) == sorted(drawn.values(), reverse=True)
    for chart in charts(part):
        assert chart.plots[0].series[0].data_labels.number_format == f'0" of {pairs["project_id"].nunique()}"'


def test_usa_share(made):
    """k of n at each bar, and the bar is as long as k by n. No filter applies to the readings."""
    chart = charts(step(made[1], "Targeting the USA"))[0]
    series = chart.plots[0].series[0]
    readings = query_cache.run_query(queries.usa_share)
    assert len(series.values) == len(readings) == 5
    for position, row in enumerate(readings.itertuples()):
        label = series.points[position].data_label.text_frame.text
        assert (
            row.label in chart.plots[0].categories[position] and row.population in chart.plots[0].categories[position]
        )
        assert row.basis in label
        if row.measure_id == "printed-47":
            assert "47.37\xa0%" in label and series.values[position] == pytest.approx(0.4737)
        else:
            assert label.startswith(f"{row.numerator} of {row.denominator}")
            assert series.values[position] == pytest.approx(row.numerator / row.denominator)


def test_every_chart_starts_at_zero_and_is_labelled(made):
    """Axis from 0, the same on all slides of a chart; a number at every bar; editable: a workbook inside."""
    for chart in charts(made[1]):
        assert chart.value_axis.minimum_scale == 0
        assert all(series.data_labels.show_value for series in chart.plots[0].series)
        assert chart.part.chart_workbook.xlsx_part.blob.startswith(b"PK")
    for name in ("Sectors", "Other target countries"):
        assert len({chart.value_axis.maximum_scale for chart in charts(step(made[1], name))}) == 1


def test_measure_and_source_travel_inside_the_chart(made):
    """Who copies the chart alone keeps what it measures, where it is from, the release and the filters."""
    filters, found = made
    unfiltered = {chart.part for chart in charts(step(found, "Targeting the USA"))}
    for chart in charts(found):
        source = " ".join(chart.value_axis.axis_title.text_frame.text.split())
        assert chart.chart_title.text_frame.text and source.startswith("Source")
        assert query_cache.release_line() in source
        is_filtered = not filters.is_empty() and chart.part not in unfiltered
        assert ("Filters: Energy" in source) is is_filtered


def test_headlines(made):
    """The figures of signed links, organisations and events."""
    filters, found = made
    links = query_cache.run_query(queries.cooperations, filters, eu_us_only=True)
    signed = links["status"].isin(["signed", "renewed"]).sum()
    sides = Counter(query_cache.run_query(queries.organisations, filters)["side"])
    text = words(step(found, "In four figures")[0])
    events = len(query_cache.run_query(queries.events, filters))
    for figure in (f"{signed} of {len(links)}", f"{sides['EU']} + {sides['US']}", f"\n{events}\nEvents"):
        assert figure in text


def test_dated_events_as_rows(made):
    """Every dated event, in the order of the dates, at their precision."""
    filters, found = made
    events = query_cache.run_query(queries.events, filters)
    dated = events[events["date_precision"] != "undated"].sort_values(["start_on", "end_on"], kind="stable")
    rows = list(table_rows(step(found, "Events")))
    assert [row[1] for row in rows] == dated["name"].tolist()
    assert [row[0] for row in rows] == [
        format_period(*row) for row in dated[["start_on", "end_on", "date_precision"]].itertuples(index=False)
    ]


def test_map_circles(made):
    """The areas of the circles add up to the organisations that the view of the Atlantic holds: all with a point."""
    filters, found = made
    organisations = query_cache.run_query(queries.organisations, filters)
    links = query_cache.run_query(queries.map_links, filters)
    placed = set(organisations.loc[organisations["location_precision"] == "city", "organisation_id"])
    drawn = placed | set(links["eu_organisation_id"]) | set(links["us_organisation_id"])
    (group,) = [
        shape for shape in step(found, "Across the Atlantic")[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    circles = [shape for shape in group.shapes if shape.name.startswith(("EU: ", "USA: ", "Other: "))]
    single = min(shape.width for shape in circles)
    areas = [round((shape.width / single) ** 2) for shape in circles]
    assert sum(areas) == len(drawn)
    for shape, area in zip(circles, areas, strict=True):
        assert shape.text_frame.text in ("", str(area))
    assert sum(bool(shape.text_frame.text) for shape in circles) == sum(area >= 4 for area in areas)
    assert sum(" (" in shape.name and shape not in circles for shape in group.shapes) > 0
