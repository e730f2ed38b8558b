"""Sentences about location quotients: what they are measured against, and each reason why one is missing.

Literal sentences for invented rows, because the shipped figures have few of these cases.
"""

import pandas as pd
import pytest

from cards.statistics_cards import as_points, by_region, on_the_map
from cards.statistics_parts import COLUMNS, table_rows
from cards.statistics_text import describe_estimates, describe_gaps, describe_reference, describe_rows_not_there


def basis(*rows: tuple[str, str, str | None]) -> str:
    frame = pd.DataFrame(rows, columns=["country_code", "quotient_basis", "reference"])
    return describe_reference(frame)


OWN, SUM = "country itself", "sum of the regions"


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("FR", "computed", OWN)], "Computed here against the country's own figures (FR)."),
        (
            [("US", "computed", SUM), ("NL", "computed", OWN), ("FR", "computed", OWN)],
            "Computed here against the country's own figures (FR and NL) or the sum of its regions with figures (US).",
        ),
        ([("US", "stated", None)], "Printed by the source, against its own total (US)."),
        (
            [("US", "stated", None), ("FR", "computed", OWN)],
            "Computed here against the country's own figures (FR). Printed by the source, against its own total (US).",
        ),
        ([("FR", "none", None)], ""),
    ],
)
def test_what_quotients_are_measured_against(rows, sentence):
    """Computed and printed ones are told apart, and both told where both are shown."""
    assert basis(*rows) == sentence


def gaps(gap: str, *names: str, unknown: int = 3, needed: int = 40) -> pd.DataFrame:
    """One row per region of France with this reason."""
    return pd.DataFrame(
        {
            "quotient_gap": gap,
            "region": names,
            "region_code": names,
            "country_code": "FR",
            "period": "2015",
            "unknown_cell_count": unknown,
            "needed_cell_count": needed,
        }
    )


A_FIGURE = "No quotient for 1 region with a figure: "
REASONS = [
    ("withheld", "1 region without a figure (withheld by the source)."),
    ("not available", "1 region without a figure (not available from the source)."),
    ("not applicable", "1 region without a figure (not applicable, as the source says)."),
    ("not stated", "1 region without a figure (blank, without a reason)."),
    (
        "only region",
        (
            "No quotient for Bretagne: the only region of its country with figures for 2015, which would be measured "
            "against itself."
        ),
    ),
    ("country without", "No quotient for 1 region: the figure of the industry is 0 in the country as a whole (FR)."),
    (
        "country incomplete",
        (
            f"{A_FIGURE}there is no total of the country that covers the industry, and 3 of 40 cells of FR are "
            "withheld or otherwise unknown, so that no total can be added up."
        ),
    ),
    (
        "industry incomplete",
        (
            f"{A_FIGURE}the country has no figure of its own for the industry, and that of 3 of 40 regions of FR is "
            "withheld or otherwise unknown."
        ),
    ),
    (
        "region incomplete",
        (
            f"{A_FIGURE}no total of the region is given, and some of its cells are withheld or otherwise unknown "
            "(Bretagne 3 of 40)."
        ),
    ),
    ("no total", "No quotient for 1 region: the total is zero or not given."),
]


@pytest.mark.parametrize(("gap", "sentence"), REASONS)
def test_why_a_region_has_no_quotient(gap, sentence):
    """Each reason has its own sentence."""
    assert describe_gaps(gaps(gap, "Bretagne"), "region") == sentence


def test_several_regions_that_stand_alone():
    """Each of its country."""
    assert describe_gaps(gaps("only region", "Malta", "Cyprus"), "region") == (
        "No quotient for Malta and Cyprus: each the only region of its country with figures for 2015, which would be "
        "measured against itself."
    )


EIGHT = list("ABCDEFGH")


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        ("only region", "No quotient for A, B, C, D, E, F and 2 more regions: each the only region "),
        ("region incomplete", "(A 3 of 40, B 3 of 40, C 3 of 40, D 3 of 40, E 3 of 40, F 3 of 40 and 2 more regions)"),
        ("country without", "0 in the country as a whole (A, B, C, D, E, F and 2 more countries)."),
        ("country incomplete", "5 of 40 cells of E, 6 of 40 cells of F and 2 more countries are withheld"),
        ("industry incomplete", "5 of 40 regions of E, 6 of 40 regions of F and 2 more countries is withheld"),
    ],
)
def test_six_regions_or_countries_are_named(gap, sentence):
    """Each of eight regions is of a country of its own."""
    rows = gaps(gap, *EIGHT).assign(country_code=EIGHT)
    if gap in ("country incomplete", "industry incomplete"):
        rows["unknown_cell_count"] = range(1, 9)
    assert sentence in describe_gaps(rows, "region")


def test_regions_without_a_row():
    """A row that is not there is no zero."""
    assert describe_rows_not_there(0) == ""
    assert describe_rows_not_there(1) == (
        "1 more region of these statistics has no row of this industry, which does not say that its figure is 0."
    )
    assert describe_rows_not_there(1200).startswith("1,200 more regions of these statistics have no row")


@pytest.mark.parametrize(
    ("measure", "bases", "published", "said"),
    [
        (
            "employment",
            ["estimated", "stated", None],
            [40, 100, None],
            "1 of 2 figures of persons employed is an estimate, because figures are withheld: 1 estimated in part.",
        ),
        (
            "employment",
            ["estimated", "estimated", "stated"],
            [100, 0, 100],
            (
                "2 of 3 figures of persons employed are estimates, because figures are withheld: 1 estimated, with "
                "nothing added to the published part and 1 estimated as a whole."
            ),
        ),
        ("employment", ["stated"], [100], ""),
        ("establishments", ["estimated"], [40], ""),
    ],
)
def test_how_many_figures_are_estimated(measure, bases, published, said):
    """Of those known, by what is published; establishments are counted."""
    known = [None if one is None else 100.0 for one in bases]
    columns = {"employment_basis": bases, "employment": known, "employment_published": published}
    wanted = f"{said} The table has the published part." if said else ""
    assert describe_estimates(pd.DataFrame({"measure": measure, **columns})) == wanted


# Two regions of one country: the total of the country cannot be added up, because three cells of it are unknown.
REGIONS = pd.DataFrame(
    {
        "region_code": ["FRH0", "FRG0"],
        "region": ["Bretagne", "Pays de la Loire"],
        "country_code": "FR",
        "country": "France",
        "level": "nuts2",
        "industry_id": "nace-c10",
        "industry": "C10 Manufacture of food products",
        "scheme": "nace_division",
        "period": "2015",
        "measure": "employment",
        "amount": [100.0, 200.0],
        "missing_reason": None,
        "employment": [100.0, 200.0],
        "employment_missing": None,
        "employment_basis": "stated",
        "employment_published": None,
        "establishments": None,
        "establishments_missing": None,
        "mean_wage": None,
        "wage_currency": None,
        "flags": None,
        "source_id": "eurostat",
        "location_quotient": [None, 1.4],
        "total_basis": [None, "business economy"],
        "reference": [None, OWN],
        "quotient_basis": [None, "computed"],
        "quotient_gap": ["country incomplete", None],
        "unknown_cell_count": 3,
        "needed_cell_count": 40,
        "is_strong": [None, False],
        "strength_basis": [None, "assigned"],
        "strong_published": None,
        "region_amount": [100.0, 200.0],
        "latitude": [48.1, 47.2],
        "longitude": [-1.7, -1.6],
    }
)
MISSING = pd.DataFrame({"country_code": ["FR", "US"], "reason": ["withheld", "withheld"], "cell_count": [3, 500]})


@pytest.mark.parametrize(
    "make",
    [
        lambda: as_points(REGIONS, "Europe", MISSING, without_row=4),
        lambda: on_the_map(REGIONS, {}, "Europe", "", MISSING, without_row=4),
        lambda: by_region(REGIONS, MISSING, without_row=4),
    ],
    ids=["circles", "map", "chart"],
)
def test_every_form_of_the_card_tells_what_is_unknown(make):
    """Reasons, their numbers and the regions without a row, whatever the quotients are drawn as."""
    subtitle = make().subtitle
    assert (
        "with a figure: there is no total of the country that covers the industry, and 3 of 40 cells of FR" in subtitle
    )
    assert "Unknown cells: 3 withheld by the source." in subtitle
    assert "4 more regions of these statistics have no row of this industry" in subtitle


def test_headings_of_the_columns():
    """What the file and the table call them; no two alike."""
    assert {key: COLUMNS[key] for key in ("quotient_basis", "strength_basis", "employment_basis")} == {
        "quotient_basis": "Basis of the quotient",
        "strength_basis": "Basis of the strength",
        "employment_basis": "Basis of persons employed",
    }
    assert len(set(COLUMNS.values())) == len(COLUMNS)


@pytest.mark.parametrize(
    ("gap", "missing", "end"),
    [
        ("withheld", "withheld", ", 2 of 2 figures are missing"),
        ("country incomplete", None, ", 3 of 40 cells are withheld or otherwise unknown"),
        ("no total", None, ""),
    ],
)
def test_an_industry_without_any_quotient(gap, missing, end):
    """The title says why, where figures or cells are missing."""
    rows = REGIONS.assign(location_quotient=float("nan"), quotient_gap=gap, missing_reason=missing, quotient_basis=None)
    title = by_region(rows, MISSING, without_row=0).title
    assert title == f"C10 Manufacture of food products: no location quotient for any region of France{end}"


def test_the_title_of_a_map_with_one_quotient():
    """It counts the one, however few there are."""
    title = on_the_map(REGIONS, {}, "Europe", "", MISSING, without_row=0).title
    told = "the only region of France with a quotient is above 1 on the map"
    assert title == f"C10 Manufacture of food products, 2015: {told}"


def test_a_figure_that_is_no_estimate_has_no_published_part():
    """Which is not applicable; "not stated" would say that the source could have told one."""
    estimated = REGIONS.assign(employment_basis=["estimated", "stated"], employment_published=[30.0, None])
    assert table_rows(estimated)["employment_published"].tolist() == [30.0, "not applicable"]
