"""Withheld cells in regional statistics: no quotient is printed that the complete table does not confirm.

The table is made up here. Quotients are worked out by pandas from the complete table; the import gets one of which
cells are withheld, as statistical offices publish it.
"""

import pandas as pd
import pytest
from etl_dataset import write_dataset
from import_files import run, write

from cards.statistics_cards import by_region, on_the_map, tooltip
from cards.statistics_gaps import Gaps, describe_no_gap, without_organisation
from etl.imports import regional_statistics
from etl.pipeline import Inputs, build
from exports.rows import Missing, card_columns
from settings import load_settings
from warehouse import industry_gaps, statistics
from warehouse.connection import open_database
from warehouse.industry_gaps import Comparison

CLUSTERS = {"Plastics": "tc-plastics", "Metals": "tc-metals", "Toys": "tc-toys", "Games": "tc-games"}
REGIONS = ["US-OH", "R1", "R2", "R3", "R4", "R5"]
# Persons employed, by region (rows) and cluster. Metals in R1 are large everywhere else too, but withheld there.
COMPLETE = pd.DataFrame(
    [
        [100, 9000, 300, 600],
        [400, 5000, 200, 400],
        [50, 8000, 900, 1050],
        [60, 7000, 10, 2930],
        [0, 6000, 500, 3500],
        [90, 4000, 80, 830],
    ],
    index=REGIONS,
    columns=list(CLUSTERS),
)

pytestmark = pytest.mark.slow  # builds a database in most tests
ESTABLISHMENTS = (COMPLETE / 20).round() + 1
WITHHELD = [("US-OH", "Metals"), ("R1", "Metals"), ("R2", "Metals"), ("R3", "Metals"), ("R1", "Toys"), ("R5", "Games")]
# What every industry employs, traded or not.
ALL_INDUSTRIES = COMPLETE.sum(axis=1) * 3 + pd.Series([0, 40000, 0, 1000, 0, 0], index=REGIONS)
HEADER = "region,country,traded_cluster,year,employment,establishments"


def quotients(table: pd.DataFrame, totals: pd.Series) -> dict[tuple[str, str], float]:
    """Location quotients by region and cluster, of the shares in these totals."""
    shares = table.div(totals, axis=0)
    country = table.sum() / totals.sum()
    return {
        (region, cluster): shares.loc[region, cluster] / country[cluster] for region in table.index for cluster in table
    }


def cells(*, totals: str = "", country_rows: bool = False, without: tuple = (), withheld=WITHHELD) -> list[str]:
    """Rows of the file. totals: name of rows of totals, or empty; without: cells that get no row."""
    rows = []
    for region in REGIONS:
        for cluster in CLUSTERS:
            if (region, cluster) not in without:
                employment = "withheld" if (region, cluster) in withheld else COMPLETE.loc[region, cluster]
                rows.append(f"{region},US,{cluster},2016,{employment},{ESTABLISHMENTS.loc[region, cluster]}")
    if country_rows:
        rows += [f"US,,{cluster},2016,{COMPLETE[cluster].sum()}," for cluster in CLUSTERS]
    if totals:
        own = {"All industries": ALL_INDUSTRIES, "All traded clusters": COMPLETE.sum(axis=1)}[totals]
        rows += [f"{region},US,{totals},2016,{own[region]}," for region in REGIONS] + [
            f"US,,{totals},2016,{own.sum()},"
        ]
    return rows


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """`database(rows)`: a connection to the tiny dataset with these rows imported, built once for the same rows."""
    opened = {}

    def make(rows, scheme=tuple(CLUSTERS)):
        if (key := (tuple(rows), scheme)) not in opened:
            folder, settings = tmp_path_factory.mktemp("withheld"), load_settings()
            data = write_dataset(folder)
            sectors = data / "lookups" / "sectors.csv"
            text = "".join(f"{CLUSTERS[name]},{name},traded_cluster,,false\n" for name in scheme if name != "Plastics")
            sectors.write_text(sectors.read_text() + text)
            run(regional_statistics.FORMAT, write(folder / "own.csv", HEADER, rows), data)
            link = folder / "clusters.duckdb"
            build(Inputs(data, "data", settings.static_dir, settings.schema_version), link)
            opened[key] = open_database(link)
        return opened[key]

    yield make
    for connection in opened.values():
        connection.close()


def printed(connection, measure: str = "employment") -> dict[tuple[str, str], float]:
    """Every location quotient of a region, by region and cluster."""
    frames = [statistics.quotients_by_region(connection, own, "2016", None, measure) for own in CLUSTERS.values()]
    rows = pd.concat(frames)
    rows = rows[rows["location_quotient"].notna() & (rows["level"] != "country")]
    return dict(zip(zip(rows["region_code"], rows["industry"], strict=True), rows["location_quotient"], strict=True))


def published(table: pd.DataFrame) -> list[tuple[str, str]]:
    """Region and cluster of the cells that are not withheld."""
    return [(region, cluster) for region in table.index for cluster in table if (region, cluster) not in WITHHELD]


def test_the_trap_is_real():
    """With withheld cells as zeros, plastics in R1 would come to twice what they are."""
    naive = COMPLETE.astype(float).copy()
    for region, cluster in WITHHELD:
        naive.loc[region, cluster] = 0
    false, true = (quotients(own, own.sum(axis=1))["R1", "Plastics"] for own in (naive, COMPLETE))
    assert false > 1.5 * true


def test_without_totals_nothing_is_printed(database):
    """6 of 24 cells are withheld, so neither the country's total nor that of most regions can be added up."""
    connection = database(cells())
    assert printed(connection) == {}
    rows = statistics.quotients_by_region(connection, "tc-plastics", "2016")
    assert set(rows["quotient_gap"]) == {"country incomplete"} and rows["is_strong"].isna().all()
    assert set(zip(rows["unknown_cell_count"], rows["needed_cell_count"], strict=True)) == {(6, 24)}
    missing = statistics.missing_cells(connection, "traded_cluster", "2016")
    assert missing[["country_code", "reason", "cell_count"]].values.tolist() == [["US", "withheld", 6]]
    card = by_region(rows, missing)
    unknown = "6 of 24 cells are withheld or otherwise unknown"
    assert card.title == f"Plastics: no location quotient for any region of the United States, {unknown}"
    assert card.chart is None and "6 of 24 cells of US" in card.subtitle
    assert "Unknown cells: 6 withheld by the source." in card.subtitle
    assert (
        "strong" not in card.title
        and industry_gaps.strong_without_organisation(connection, Comparison("traded_cluster", "2016")).empty
    )


def test_nothing_compared_is_not_nothing_found(database):
    """Without a quotient nobody may say that no strong industry lacks an organisation."""
    connection = database(cells())
    judged = industry_gaps.judged_cells(connection, Comparison("traded_cluster", "2016"))
    text = describe_no_gap(judged, "2016")
    assert "Nothing was compared: 18 no total of the country that covers the industry" in text
    assert "6 withheld by the source" in text
    assert "No strong industry" not in text


@pytest.mark.parametrize(
    ("totals", "basis"), [("All industries", "all industries"), ("All traded clusters", "traded clusters")]
)
def test_totals_of_the_file_confirm_the_complete_table(database, totals, basis):
    """Each published cell has the quotient of the complete table; withheld ones have none."""
    connection = database(cells(totals=totals, country_rows=True))
    own = ALL_INDUSTRIES if basis == "all industries" else COMPLETE.sum(axis=1)
    expected = {key: value for key, value in quotients(COMPLETE, own).items() if key in published(COMPLETE)}
    assert printed(connection) == pytest.approx(expected)
    rows = statistics.quotients_by_region(connection, "tc-metals", "2016")
    rows = rows[rows["level"] != "country"]
    assert dict(rows["quotient_gap"].value_counts()) == {"withheld": 4}
    known = rows[rows["location_quotient"].notna()]
    assert set(known["total_basis"]) == {basis} and set(known["reference"]) == {"country itself"}


def test_totals_of_the_regions_alone(database):
    """The sums of the regions are used where every region has the figure; metals and others have withheld ones."""
    connection = database([row for row in cells(totals="All industries") if not row.startswith("US,")])
    own = quotients(COMPLETE, ALL_INDUSTRIES)
    assert printed(connection) == pytest.approx({(region, "Plastics"): own[region, "Plastics"] for region in REGIONS})
    toys = statistics.quotients_by_region(connection, "tc-toys", "2016")
    gaps = toys[["region_code", "quotient_gap", "unknown_cell_count", "needed_cell_count"]].dropna()
    assert set(map(tuple, gaps.values.tolist())) == {
        (region, "industry incomplete", 1, 6) for region in REGIONS if region != "R1"
    }
    assert "that of 1 of 6 regions of US is withheld" in by_region(toys).subtitle


@pytest.mark.parametrize("totals", ["All industries", "All traded clusters"])
def test_a_region_without_a_total(database, totals):
    """R1 has no total and two withheld cells; the others are compared all the same."""
    rows = [row for row in cells(totals=totals, country_rows=True) if not row.startswith("R1,US,All")]
    connection = database(rows)
    plastics = statistics.quotients_by_region(connection, "tc-plastics", "2016")
    (gap,) = plastics.loc[plastics["region_code"] == "R1", "quotient_gap"]
    assert gap == "region incomplete" and plastics["location_quotient"].notna().sum() == 5
    regions = plastics[plastics["level"] != "country"]
    assert "some of its cells are withheld or otherwise unknown (R1 2 of 4)" in by_region(regions).subtitle


def test_a_total_of_the_country_alone(database):
    """It is the totals of the regions that are missing, and so the page must say."""
    rows = [
        row for row in cells(totals="All industries", country_rows=True) if "All" not in row or row.startswith("US,,")
    ]
    plastics = statistics.quotients_by_region(database(rows), "tc-plastics", "2016")
    regions = plastics[plastics["level"] != "country"]
    # R4 is complete, so that its traded clusters have a sum; the withheld cell of Ohio is not one of plastics.
    gaps = regions.set_index("region_code")["quotient_gap"].dropna().to_dict()
    assert gaps == dict.fromkeys(["US-OH", "R1", "R2", "R3", "R5"], "region incomplete")
    assert "there is no total of the country" not in by_region(regions).subtitle
    assert "no total of the region is given" in by_region(regions).subtitle


def test_establishments_are_complete(database):
    """Another quotient, with words of its own, from the same file."""
    connection = database(cells())
    expected = quotients(ESTABLISHMENTS, ESTABLISHMENTS.sum(axis=1))
    assert printed(connection, "establishments") == pytest.approx(expected)
    rows = statistics.quotients_by_region(connection, "tc-toys", "2016", None, "establishments")
    card = by_region(rows)
    assert card.title.startswith("Toys is most concentrated in R2 (location quotient of establishments ")
    assert "the share of the industry in establishments in all 51 traded clusters of a region" in card.subtitle
    assert card.chart.alt.startswith("Counted in establishments. ")
    assert on_the_map(rows, {}, "USA", "").title.endswith("on the map, by establishments")
    chosen = Comparison("traded_cluster", "2016", None, "tc-toys", "establishments")
    strong = industry_gaps.strong_without_organisation(connection, chosen)
    assert set(strong["region_code"]) == {region for region in REGIONS if expected[region, "Toys"] >= 1.5} == {"R2"}
    gaps = Gaps(
        strong,
        ("R2|tc-toys|2016",),
        industry_gaps.judged_cells(connection, chosen),
        industry_gaps.strong_regions(connection, chosen),
        industry_gaps.possible_organisations(connection, chosen),
        industry_gaps.organisations_without_industry(connection, chosen),
    )
    title = without_organisation(gaps).title
    assert title.endswith("of the industry placed there, by establishments")


def test_a_part_of_the_clusters_makes_nothing_strong(database):
    """Complete cells of three of four clusters: quotients within these, said in the title, and nothing strong."""
    games = tuple((region, "Games") for region in REGIONS)
    connection = database(cells(withheld=(), without=games))
    three = COMPLETE.drop(columns="Games")
    assert printed(connection) == pytest.approx(quotients(three, three.sum(axis=1)))
    rows = statistics.quotients_by_region(connection, "tc-toys", "2016")
    assert rows["location_quotient"].max() > 1.5 and rows["is_strong"].isna().all()
    card = by_region(rows)
    assert card.title.endswith("within the industries imported") and "only a part of their scheme" in card.subtitle
    judged = industry_gaps.judged_cells(connection, Comparison("traded_cluster", "2016"))
    assert describe_no_gap(judged, "2016").endswith(
        "Nothing was compared: 18 a quotient of the industries imported only."
    )


def test_a_cell_without_a_row_is_unknown(database):
    """Neither zero nor left out: the sums of R4, of plastics and of the country do not exist."""
    connection = database(cells(withheld=(), without=(("R4", "Plastics"),)))
    assert printed(connection) == {}
    missing = statistics.missing_cells(connection, "traded_cluster", "2016")
    assert missing[["reason", "cell_count"]].values.tolist() == [["without a row", 1]]


def test_zero_withheld_and_not_available_reach_the_tooltip_and_the_table(database):
    """Four things from the file to the page."""
    rows = cells(totals="All traded clusters", country_rows=True)
    rows = [row.replace("R3,US,Plastics,2016,60,", "R3,US,Plastics,2016,:,") for row in rows]
    rows = [row.replace("R5,US,Plastics,2016,90,", "R5,US,Plastics,2016,,") for row in rows]
    rows = [row.replace("US-OH,US,Plastics,2016,100,", "US-OH,US,Plastics,2016,: c,") for row in rows]
    plastics = statistics.quotients_by_region(database(rows), "tc-plastics", "2016")
    regions = plastics[plastics["level"] != "country"]
    tips = {row["region_code"]: tooltip(row) for row in regions.to_dict("records")}
    assert tips["US-OH"] == "no quotient: withheld by the source"
    assert tips["R3"] == "no quotient: not available from the source"
    assert tips["R5"] == "no quotient: blank, without a reason"
    assert tips["R4"] == "location quotient 0.00 (computed)\n0 persons employed"
    table = by_region(regions).rows.set_index("region_code")["employment"]
    assert table[["US-OH", "R3", "R5", "R4"]].tolist() == ["withheld", "not available", "not stated", 0]


@pytest.mark.usefixtures("published")
def test_files_keep_figures_apart_from_reasons(database):
    """Persons employed stay a column of numbers: a reason is a missing value of its own kind, and zero is a number."""
    rows = [row.replace("R3,US,Plastics,2016,60,", "R3,US,Plastics,2016,: c,") for row in cells()]
    plastics = statistics.quotients_by_region(database(rows), "tc-plastics", "2016")
    columns = {column.field: column for column in card_columns(by_region(plastics))}
    employment = columns["employment"]
    figures = dict(zip(columns["region"].cells, employment.cells, strict=True))
    assert employment.kind == "number" and isinstance(figures["R3"], Missing) and figures["R3"] == "withheld"
    assert (figures["R1"], figures["R4"]) == (400, 0)
    assert all(columns[field].meaning for field in ("shares_of", "against", "time_period"))
    assert "flags" not in columns  # no cell has one
