"""The numbers on the slides are those of the database: read back with python-pptx, counted here anew."""

import csv
import random
import re
from collections import Counter
from datetime import date

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx_reading import charts, marks, numbers, read, step, table_rows, words

from domain.filters import Filters
from domain.text import format_period
from exports.content import gather
from exports.pptx.presentation import slides
from settings import ROOT
from warehouse import query_cache
from warehouse.connection import open_database

# Titles of the steps; the further figures are called as their terms.
with (ROOT / "data/lookups/terms.csv").open(encoding="utf-8", newline="") as _terms:
    TITLES = {
        row["term"]: row["label"] for row in csv.DictReader(_terms) if row["vocabulary"] == "workshop_steps.chart"
    }
with (ROOT / "data/workshop_steps.csv").open(encoding="utf-8", newline="") as _steps:
    TITLES |= {row["chart"]: row["title"] for row in csv.DictReader(_steps)}
# Filters, and the same condition in SQL on the registers.
FILTERS = [(Filters(), "true"), (Filters(sectors=("energy",)), "list_contains(sector_ids, 'energy')")]
# What still exists; a regional cluster has no named body.
CLUSTERS = (
    "is_cluster_organisation AND successor_id IS NULL "
    "AND organisation_id NOT IN (SELECT organisation_id FROM organisation_ends)"
)
BODIES = f"{CLUSTERS} AND kind <> 'regional_cluster'"
# Without renewals: the agreements that they renew have the same sectors.
EU_US = (
    "cooperation_id IN (SELECT cooperation_id FROM cooperation_parties GROUP BY ALL "
    "HAVING bool_or(side = 'EU') AND bool_or(side = 'US')) "
    "AND cooperation_id NOT IN (SELECT cooperation_id FROM cooperation_renewals)"
)


@pytest.fixture(scope="module", params=FILTERS, ids=["everything", "energy"])
def made(request, shipped_database):
    """Filters, `sql(query)` that puts their condition for {chosen}, and the slides made from them."""
    filters, condition = request.param
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CLUSTERS_DB", str(shipped_database))
        slides_made = read(slides(gather(filters, date(2026, 11, 22))))
        with open_database(shipped_database) as connection:
            yield filters, lambda text: connection.execute(text.replace("{chosen}", condition)).fetchall(), slides_made


def test_sectors(made):
    """Cluster organisations by theme and side, whatever the sector; a theme without any has no bar."""
    _, sql, found = made
    counts = Counter(sql(f"SELECT side, unnest(list_distinct(themes)) FROM organisation_register WHERE {BODIES}"))
    drawn = numbers(step(found, TITLES["sectors_theme"]))
    names = {theme for side, theme in counts if side in ("EU", "US")}
    assert names and set(drawn["EU"]) == names
    assert drawn["EU"] == {name: counts["EU", name] for name in names}
    assert drawn["USA"] == {name: counts["US", name] for name in names}


def test_statuses(made):
    """A mark for each EU–US cooperation on the rung of its status, and the number of each rung beside it."""
    _, sql, found = made
    rows = sql(f"SELECT title, status FROM cooperation_register WHERE {EU_US} AND {{chosen}}")
    labels = query_cache.labels("cooperations.status")
    part = step(found, TITLES["statuses"])
    drawn = Counter(re.fullmatch(r"(.*) ([^ ,]+), .*", name)[2] for name in marks(part))
    expected = Counter(labels[status] for _, status in rows)
    assert drawn == expected and len(rows) >= 5
    assert all(any(name.startswith(title) for name in marks(part)) for title, _ in rows)
    written = {shape.text_frame.text for group in part[0].shapes if group.name == "Drawing" for shape in group.shapes}
    assert {f"{label} {count}" for label, count in expected.items()} <= written


def test_generations(made):
    """A square for each partnership known here, by whether it lists the USA; those that a source counts besides."""
    filters, sql, found = made
    rows = sql(
        "SELECT targets_usa, count(*) FROM project_register WHERE programme = 'ESCP-4i' AND generation IS NOT NULL "
        "AND {chosen} GROUP BY ALL"
    )
    drawn = Counter(name.rsplit(": ", 1)[1] for name in marks(step(found, TITLES["generations"])))
    assert drawn["lists the USA"] == dict(rows)["listed"] and dict(rows)["listed"] >= 4
    assert drawn["complete list without the USA"] == dict(rows)["not listed"]
    assert sum(count for _, count in rows) == sum(drawn.values()) - drawn["counted by a source, not known here"]
    assert bool(drawn["counted by a source, not known here"]) is filters.is_empty()


def test_co_targets(made):
    """Partnerships of Table 1 by target country; the number format names the population. A few are listed by name."""
    _, sql, found = made
    pairs = sql(
        "SELECT DISTINCT project_id, label, name FROM project_labels JOIN project_targets USING (project_id) "
        "JOIN countries USING (country_code) "
        "WHERE project_id IN (SELECT project_id FROM project_register WHERE {chosen} AND programme = 'ESCP-4i' "
        "AND generation = 1) AND project_id IN (SELECT project_id FROM project_targets WHERE country_code = 'US')"
    )
    part = step(found, TITLES["co_targets"])
    counts = Counter(country for *_, country in pairs)
    partnerships = {project: label for project, label, _ in pairs}
    if len(partnerships) < 5:
        rows = {label: set(targets.split(", ")) for label, targets in table_rows(part)}
        assert rows == {label: {c for p, _, c in pairs if p == key} for key, label in partnerships.items()} != {}
        return
    (drawn,) = numbers(part).values()
    assert counts.pop("United States") == len(partnerships), "the USA is in every list by construction, and not drawn"
    assert drawn == counts
    assert list(drawn.values()) == sorted(drawn.values(), reverse=True)
    for chart in charts(part):
        assert chart.plots[0].series[0].data_labels.number_format == f'0" of {len(partnerships)}"'


def test_usa_share(made):
    """k of n at each bar, and the bar is as long as k by n. No filter applies to the readings."""
    chart = charts(step(made[2], TITLES["usa_share"]))[0]
    series = chart.plots[0].series[0]
    readings = made[1]("SELECT measure_id, label, population, basis, numerator, denominator FROM usa_share")
    assert len(series.values) == len(readings) == 5
    for position, (measure, name, population, basis, numerator, denominator) in enumerate(readings):
        label, category = series.points[position].data_label.text_frame.text, chart.plots[0].categories[position]
        assert name in category and population in category and basis in label
        if measure == "printed-47":
            assert "47.37\xa0%" in label and series.values[position] == pytest.approx(0.4737)
        else:
            assert label.startswith(f"{numerator} of {denominator}")
            assert series.values[position] == pytest.approx(numerator / denominator)


def test_every_chart_starts_at_zero_and_is_labelled(made):
    """Axis from 0, the same on all slides of a chart; a number at every bar; editable: a workbook inside."""
    for chart in charts(made[2]):
        assert chart.value_axis.minimum_scale == 0
        assert all(series.data_labels.show_value for series in chart.plots[0].series)
        assert chart.part.chart_workbook.xlsx_part.blob.startswith(b"PK")
    for name in (TITLES["sectors_theme"], TITLES["co_targets"]):
        ends = {chart.value_axis.maximum_scale for chart in charts(step(made[2], name))}
        assert len(ends) == 1 or (not ends and name == TITLES["co_targets"] and not made[0].is_empty())


def test_measure_and_source_travel_inside_the_chart(made):
    """Who copies the chart alone keeps what it measures, where it is from, the release and the filters."""
    filters, _, found = made
    names = ("usa_share", "sectors_theme")  # no filter, and every sector whatever the filter by sector
    unfiltered = {chart.part for name in names for chart in charts(step(found, TITLES[name]))}
    for chart in charts(found):
        source = " ".join(chart.value_axis.axis_title.text_frame.text.split())
        assert chart.chart_title.text_frame.text and source.startswith("Source")
        assert query_cache.release_line() in source
        is_filtered = not filters.is_empty() and chart.part not in unfiltered
        assert ("Filters: Energy" in source) is is_filtered


def test_headlines(made):
    """The figures of signed cooperations, organisations and events."""
    _, sql, found = made
    ((signed, recorded),) = sql(
        "SELECT count(*) FILTER (status IN ('signed', 'renewed')), count(*) FROM cooperation_register "
        f"WHERE {EU_US} AND {{chosen}}"
    )
    sides = dict(sql(f"SELECT side, count(*) FROM organisation_register WHERE {BODIES} AND {{chosen}} GROUP BY ALL"))
    ((events,),) = sql("SELECT count(*) FROM event_register WHERE {chosen}")
    text = words(step(found, TITLES["headlines"])[0])
    for figure in (f"{signed} of {recorded}", f"{sides['EU']} + {sides['US']}", f"\n{events}\nEvents"):
        assert figure in text


def test_events_as_marks(made):
    """A mark for every event with its date at its precision, the undated ones too, by whether it was held."""
    _, sql, found = made
    events = sql("SELECT name, start_on, end_on, date_precision FROM event_register WHERE {chosen}")
    drawn = marks(step(found, TITLES["event_dates"]))
    assert len(drawn) == len(events) >= 5
    for name, *period in events:
        assert any(mark.startswith(f"{format_period(*period)} {name} ") for mark in drawn), name


def test_agreements_as_rows(made):
    """Every agreement once, the latest first and those without a date last."""
    _, sql, found = made
    agreements = sql(
        f"SELECT title, start_on FROM cooperation_register WHERE commitment = 'agreement' AND {EU_US} AND {{chosen}}"
    )
    rows = list(table_rows(step(found, TITLES["agreements"])))
    assert sorted(row[1] for row in rows) == sorted(title for title, _ in agreements)
    day = dict(agreements)
    days = [day[row[1]] for row in rows]
    dated = [one for one in days if one]
    assert dated == sorted(dated, reverse=True) and days[: len(dated)] == dated


def test_map_circles(made):
    """The areas of the circles add up to the clusters that the view of the Atlantic holds: all with a point."""
    _, sql, found = made
    placed = f"SELECT organisation_id FROM organisation_register WHERE {CLUSTERS} AND location_precision = 'city'"
    ends = (
        "SELECT p.organisation_id FROM cooperation_parties p JOIN organisations USING (organisation_id) "
        "WHERE location_precision = 'city' AND p.side IN ('EU', 'US') AND cooperation_id IN ("
        "SELECT cooperation_id FROM cooperation_parties p JOIN organisations USING (organisation_id) "
        "WHERE location_precision = 'city' GROUP BY ALL HAVING bool_or(p.side = 'EU') AND bool_or(p.side = 'US')) "
        "AND cooperation_id IN (SELECT cooperation_id FROM cooperation_register WHERE {chosen})"
    )
    drawn = sql(f"{placed} AND {{chosen}} UNION {ends}")
    (group,) = [
        shape for shape in step(found, TITLES["map_atlantic"])[0].shapes if shape.shape_type == MSO_SHAPE_TYPE.GROUP
    ]
    circles = [shape for shape in group.shapes if shape.name.startswith(("EU: ", "USA: ", "Other: "))]
    single = min(shape.width for shape in circles)
    areas = [round((shape.width / single) ** 2) for shape in circles]
    assert sum(areas) == len(drawn)
    for shape, area in zip(circles, areas, strict=True):
        assert shape.text_frame.text in ("", str(area))
    assert sum(bool(shape.text_frame.text) for shape in circles) == sum(area >= 4 for area in areas)
    assert sum(" (" in shape.name and shape not in circles for shape in group.shapes) > 0


@pytest.mark.parametrize("seed", [1, 2, *(pytest.param(seed, marks=pytest.mark.soak) for seed in range(3, 13))])
def test_random_filters(seed, shipped_database, monkeypatch):
    """Marks, bars and rows of a random sector and country, and no slide where there is nothing to show."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    chance = random.Random(seed)
    sector, country = chance.choice(["energy", "water", "ict", "health"]), chance.choice(["FR", "DE", "ES", "IT", "BE"])
    chosen = f"list_contains(sector_ids, '{sector}') AND list_contains(country_codes, '{country}')"
    with open_database(shipped_database) as connection:
        ids = {row[0] for row in connection.execute("SELECT sector_id FROM sectors").fetchall()}
        sector_known = sector in ids
        counted = {
            name: connection.execute(f"SELECT count(*) FROM {table} WHERE {condition} AND {chosen}").fetchone()[0]
            for name, table, condition in (
                ("statuses", "cooperation_register", EU_US),
                ("agreements", "cooperation_register", f"{EU_US} AND commitment = 'agreement'"),
                ("generations", "project_register", "programme = 'ESCP-4i' AND generation IS NOT NULL"),
                ("event_dates", "event_register", "true"),
            )
        }
    assert sector_known
    found = read(slides(gather(Filters(sectors=(sector,), countries=(country,)), date(2026, 11, 22))))
    for name, count in counted.items():
        part = step(found, TITLES[name])
        assert len(marks(part)) + len(list(table_rows(part))) == count, (name, sector, country)
        assert bool(part) is bool(count)
