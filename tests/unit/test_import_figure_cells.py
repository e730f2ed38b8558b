"""python -m etl import regional-statistics: what single cells say, and what their row becomes."""

import duckdb
import pytest
from import_files import STATISTICS, run, write

from etl.imports.regional_statistics import FORMAT


@pytest.fixture
def file(tmp_path):
    """`file(row, …)` writes a template file."""
    return lambda *rows, **how: write(tmp_path / "in [1].csv", how.pop("header", STATISTICS), rows, **how)


def columns(data, *names):
    """These columns of the statistics."""
    sql = f"SELECT {', '.join(names)} FROM '{data}/imports/regional-statistics.parquet' ORDER BY ALL"
    return duckdb.sql(sql).fetchall()


@pytest.mark.parametrize(
    ("cell", "figure", "reason", "flags"),
    [
        ("0", 0, None, None),
        ("219 d", 219, None, "employment: d"),
        ("123.4 bu", 123.4, None, "employment: bu"),
        ("123.4 B", 123.4, None, "employment: b"),
        ("", None, "not stated", None),
        (" ", None, "not stated", None),
        ("NaN", None, "not stated", None),
        ("#N/A", None, "not stated", None),
        ("null", None, "not stated", None),
        (":", None, "not available", None),
        (": u", None, "not available", None),
        (":c", None, "withheld", None),
        (": c", None, "withheld", None),
        (": @C", None, "withheld", None),
        (": m", None, "not available", None),
        ("c", None, "withheld", None),
        ("(D)", None, "withheld", None),
        ("Withheld", None, "withheld", None),
        (": z", None, "not applicable", None),
    ],
)
@pytest.mark.parametrize("rows_before", [0, 1500])
def test_what_a_cell_says(file, data, cell, figure, reason, flags, rows_before):
    """A zero, a withheld figure, one that is not available and a blank stay four things, wherever the first mark is."""
    rows = [f"FRK2,Plastics,{1900 + at % 100},1,1,,,FR" for at in range(100)] if rows_before else []
    rows = [row.replace("FRK2", f"R{at}") for at in range(rows_before // 100) for row in rows]
    run(FORMAT, file(*rows, f"FRK2,Plastics,2019,{cell},9,,,FR", "FR10,Plastics,2019,7,9,,,FR"), data)
    found = columns(data, "region_code", "employment", "employment_missing", "establishments", "flags")
    assert [row for row in found if row[0] == "FRK2"] == [("FRK2", figure, reason, 9, flags)]
    assert len(found) == rows_before + 2 and ("FR10", 7, None, 9, None) in found


def test_marks_of_establishments(file, data):
    """They are read in the same way."""
    run(FORMAT, file("FRK2,Plastics,2019,5,:c,,,FR", "FR10,Plastics,2019,7,12 p,,,FR"), data)
    assert columns(data, "establishments", "establishments_missing", "flags") == [
        (12, None, "establishments: p"),
        (None, "withheld", None),
    ]


def test_currencies_in_small_letters_and_wages_that_are_no_number(file, data):
    """Employment does not depend on the wage: the row stays, and the list says why the wage is missing."""
    summary = run(FORMAT, file("FRK2,Plastics,2019,5,1,300,eur,FR", "FR10,Plastics,2019,7,1,much,EUR,FR"), data)
    assert columns(data, "employment", "mean_wage", "wage_currency") == [(5, 300, "EUR"), (7, None, None)]
    assert summary.manifest.rejected == {"wage not a number: the row is kept, the cell is blank": 1}
    assert [(rejection.line, rejection.value) for rejection in summary.reject_log.rejections] == [(3, "much")]
