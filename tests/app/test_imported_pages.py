"""Regional statistics in the app, with imports whose figures are worked out by hand.

The shipped data sets are left out here; tests/app/test_statistics_page.py has them.
"""

import csv
import json

import pytest

from maps.choropleth import MISSING_STYLES
from settings import ROOT


def words(app) -> str:
    """Everything the page says in text, notes and headings."""
    return "\n".join(part.value for kind in (app.markdown, app.info, app.header, app.caption) for part in kind)


def headers(app) -> list[str]:
    """Headings of cards and sections."""
    return [header.value for header in app.header]


def alts(app) -> str:
    """The words that stand for the charts and maps."""
    return "\n".join(chart.proto.alt for kind in ("plotly_chart", "deck_gl_json_chart") for chart in app.get(kind))


def areas(app) -> dict[str, list[int]]:
    """Name of each filled area of the map and its colour, without transparency."""
    (layer,) = (
        layer
        for deck in app.get("deck_gl_json_chart")
        for layer in json.loads(deck.proto.json)["layers"]
        if layer["id"] == "quotients"
    )
    properties = [feature["properties"] for feature in layer["data"]["features"]]
    return {own["tip"].split("\n")[0]: own["fill"][:3] for own in properties}


@pytest.fixture
def open_imported(open_app, imports_alone_database):
    """`open_imported(page, parameters)`: a page with the imports, without any fault."""

    def open_page(page: str, parameters: dict | None = None):
        app = open_app(page, parameters, imports_alone_database)
        assert [error.value for error in app.exception] == []
        return app

    return open_page


def test_quotients_of_a_cluster(open_imported, approved_screen):
    """Printed ones as they are; French ones (200/400)/(300/1000) and (100/600)/(300/1000). A missing one is not drawn.

    Their totals differ, the file has two of 51 traded clusters of France, so no region is named as the highest.
    """
    app = open_imported("statistics", {"cluster": "tc-plastics"})
    approved_screen("statistics-imported", app)
    assert not app.warning
    title = "Plastics: 2 of 4 regions of 2 countries with a quotient are above 1, in FR within the industries imported"
    assert title in headers(app)
    assert "Ohio 1.84; Rhône-Alpes 1.67; Texas 0.90; Île de France 0.56." in alts(app)
    assert "1 region without a figure (blank, without a reason)" in words(app)
    assert "employment in all 51 traded clusters (US)" in words(app)
    assert "(only a part of their scheme) (FR)" in words(app)
    assert "sum of its regions with figures (FR)" in words(
        app
    ) and "Printed by the source, against its own total (US)" in words(app)
    assert "Title (file export.csv, imported on" in words(app) and "SHA-256" not in words(app)


def test_establishments_instead_of_persons(open_imported):
    """French plastics are (9/18)/(18/36) everywhere; of the states too few cells have a figure."""
    app = open_imported("statistics", {"cluster": "tc-plastics", "count": "establishments"})
    title = "Plastics: 0 of 2 regions of France with a quotient are above 1, by establishments, within the industries"
    assert f"{title} imported" in headers(app)
    assert "Counted in establishments. Dots of location quotients, 2 rows" in alts(app)
    assert "No quotient for 2 regions with a figure" in words(app) and "2 of 6 cells of US" in words(app)


def test_nothing_is_called_strong_where_nothing_was_compared(open_imported):
    """Establishments of the states have no quotient, so there is no word of regions without an organisation."""
    app = open_imported("statistics", {"cluster": "tc-plastics", "count": "establishments", "side": "US"})
    assert "Nothing was compared:" in words(app) and "No strong industry" not in words(app)


def test_the_map_fills_states(open_imported):
    """1.84 lies between 1.5 and 2, 0.9 between 0.5 and 1; Maine has no figure; France has no outline of regions."""
    app = open_imported("statistics", {"cluster": "tc-plastics", "year": "2016"})
    assert areas(app) == {
        "Ohio": [42, 115, 178],
        "Texas": [168, 219, 181],
        "Maine": [int(MISSING_STYLES["not stated"].colour[at : at + 2], 16) for at in (1, 3, 5)],
    }
    assert "2 regions have no outline and are on another map or in the chart only." in words(
        app
    ) and "no figure, without a reason: 1" in alts(app)
    assert areas(open_imported("statistics", {"cluster": "tc-plastics", "year": "2015"})) == {"Ohio": [67, 173, 196]}


@pytest.mark.parametrize(
    ("parameters", "regions"),
    [
        ({"country": "FR", "sector": "tc-plastics"}, ["Rhône-Alpes", "Île de France"]),
        ({"side": "US", "sector": "tc-plastics"}, ["Ohio", "Texas"]),
        ({"side": "US", "cluster": "tc-plastics", "year": "2015"}, ["Ohio"]),
    ],
)
def test_filters_hold(open_imported, parameters, regions):
    """Side and country are those of the regions, a traded cluster of the filter is the one shown."""
    app = open_imported("statistics", parameters)
    found = [name for name in ("Ohio", "Texas", "Rhône-Alpes", "Île de France") if name in alts(app)]
    assert sorted(found) == sorted(regions)
    assert ("areas filled" in alts(app)) == ("Ohio" in regions) and ("as circles" in alts(app)) == (
        "Rhône-Alpes" in regions
    )


def test_a_choice_without_figures(open_imported):
    """Spain is not in the files: the page says so and goes on."""
    app = open_imported("statistics", {"country": "ES", "cluster": "tc-plastics"})
    assert not app.get("plotly_chart") and "no figures for Plastics in 2016" in words(app)


def test_a_cluster_of_the_filter_without_figures(open_imported):
    """Not silently another one."""
    app = open_imported("statistics", {"sector": "tc-insurance-services"})
    assert "no figures for Insurance Services" in words(app) and "Plastics" in words(app)


@pytest.mark.parametrize(
    ("sector", "links", "note"),
    [
        ("water", set(), "Water is a theme; no traded cluster linked to it has statistics here."),
        (
            "maritime",
            {"tc-water-transportation"},
            "traded clusters linked to it by us for which we have statistics: Water Transportation.",
        ),
    ],
)
def test_a_theme_of_the_filter_leads_to_its_traded_clusters(open_imported, sector, links, note):
    """Those that sector_links.csv joins to it and the files have, or the reason why the filter does not apply."""
    with (ROOT / "data/lookups/sector_links.csv").open(encoding="utf-8", newline="") as file:
        linked = {row["traded_cluster_id"] for row in csv.DictReader(file) if row["theme_id"] == sector}
    assert linked & {"tc-plastics", "tc-water-transportation"} == links
    app = open_imported("statistics", {"sector": sector})
    assert note in words(app)
    box = next(box for box in app.selectbox if box.label.startswith("Traded cluster"))
    assert box.value == ("tc-water-transportation" if links else "tc-plastics") and box.disabled == bool(links)


def test_regions_compared(open_imported, approved_screen):
    """Each with its highest traded cluster; the series of the one that has two years."""
    app = open_imported("statistics", {"cluster": "tc-plastics", "region": ["US-OH", "FR71", "US-ME"]})
    approved_screen("statistics-imported-regions", app)
    assert "Ohio, Rhône-Alpes and Maine: shares of different totals, not ranked" in headers(app)
    assert "Ohio Plastics 1.84; Rhône-Alpes Plastics 1.67; Maine Water Transportation 2.50" in alts(app)
    assert "Lines of location quotients from 2015 to 2016: Ohio 1.20 in 2015, 1.84 in 2016" in alts(app)
    states = open_imported("statistics", {"cluster": "tc-plastics", "region": ["US-OH", "US-ME"]})
    highest = (
        "The highest known location quotient of the regions compared is that of Maine in Water Transportation: 2.50"
    )
    assert highest in headers(states)


@pytest.mark.parametrize(
    "parameters",
    [
        {"cluster": "tc-plastics'"},
        {"year": "1066"},
        {"region": "US-ZZ"},
        {"region": ["US-OH", "<b>x</b>"]},
    ],
)
def test_bad_links(open_imported, parameters):
    """One note, and the page as if it had not been asked."""
    app = open_imported("statistics", parameters)
    assert len(app.warning) == 1 and "was dropped" in app.warning[0].value and "<" not in app.warning[0].value
    assert app.get("plotly_chart")


def facts(table: str) -> list[dict[str, str]]:
    """Rows of a table of facts as they stand in its file."""
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def placed(cluster: str) -> set[tuple[str, str]]:
    """(organisation, region) of cluster organisations of a traded cluster, from the files."""
    own = {row["organisation_id"] for row in facts("organisation_sectors") if row["sector_id"] == cluster}
    ended = {row["organisation_id"] for row in facts("organisation_ends")}
    return {
        (row["name"], row["region_code"])
        for row in facts("organisations")
        if row["organisation_id"] in own
        and row["region_code"]
        and row["is_cluster_organisation"] == "true"
        and not row["successor_id"]
        and row["organisation_id"] not in ended
    }


def test_industry_beside_organisations(open_imported):
    """Maine is strong in water transport without one; Ohio is strong in plastics, Texas and Maine are not."""
    in_states = {"US-OH": "Ohio", "US-TX": "Texas", "US-ME": "Maine"}
    assert not [name for name, region in placed("tc-water-transportation") if region == "US-ME"]
    app = open_imported("statistics", {"cluster": "tc-water-transportation"})
    assert (
        # A network of maritime clusters has a member in the United States, and no seat is recorded.
        "Water Transportation: strong in 1 US state, without a cluster organisation or regional cluster of the "
        "industry placed there" in headers(app)
    )
    assert app.dataframe[0].value[["Region", "Industry", "Basis of the strength"]].values.tolist() == [
        ["Maine", "Water Transportation", "stated"]
    ]
    app = open_imported("statistics", {"cluster": "tc-plastics", "year": "2016", "side": "US"})
    here = {
        (name, in_states[region]) for name, region in placed("tc-plastics") if region in in_states and region != "US-OH"
    }
    shown = next((table.value for table in app.dataframe if "Statistics say" in table.value), None)
    assert {
        tuple(pair) for pair in ([] if shown is None else shown[["Organisation", "Region"]].values.tolist())
    } == here
