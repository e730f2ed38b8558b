r"""Tables of Eurostat as downloaded: TSV (`nace_r2,indic_sb,geo\time`) and SDMX-CSV, with their flags and codes."""

import gzip
import shutil

import duckdb
import openpyxl
import pytest
from import_files import rejection_message, run

from etl.imports.regional_statistics import FORMAT
from settings import ROOT

TSV = "nace_r2,indic_sb,geo\\time\t2019 \t2018 "
SDMX = "DATAFLOW,LAST UPDATE,freq,nace_r2,indic_sbs,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG,CONF_STATUS"
SECTIONS = ("B", "C", "D", "E", "F", "G", "H", "I", "J", "L", "M", "N", "S95")


@pytest.fixture
def known(data):
    """The data folder with the lookups that are shipped."""
    for name in ("countries", "regions", "sectors", "nuts_changes"):
        shutil.copy(ROOT / "data" / "lookups" / f"{name}.csv", data / "lookups" / f"{name}.csv")
    return data


@pytest.fixture
def table(tmp_path):
    """`table(header, line, …)` writes a file of Eurostat."""

    def save(header, *lines):
        path = tmp_path / "table.tsv"
        path.write_text("\n".join([header, *lines, ""]))
        return path

    return save


def columns(data, *names, where="true"):
    """These columns of the statistics."""
    file = f"{data}/imports/regional-statistics.parquet"
    return duckdb.sql(f"SELECT {', '.join(names)} FROM '{file}' WHERE {where} ORDER BY ALL").fetchall()


def test_a_tsv_table(table, known):
    """Each cell with its flags; years are columns; persons employed and local units are one row."""
    path = table(
        TSV,
        "C29,V16110,DE21\t123.4 bu\t: c",
        "C29,V11210,DE21\t12 \t: ",
        "C29,V13320,DE21\t99.1 \t98 ",
        "C29,V16110,DE\t: \t900 ",
    )
    summary = run(FORMAT, path, known)
    names = ("region_code", "traded_cluster_id", "year", "employment", "employment_missing", "establishments", "flags")
    assert columns(known, *names) == [
        ("DE", "nace-c29", "2018", 900, None, None, None),
        ("DE", "nace-c29", "2019", None, "not available", None, None),
        ("DE21", "nace-c29", "2018", None, "withheld", None, None),
        ("DE21", "nace-c29", "2019", 123.4, None, 12, "employment: bu"),
    ]
    assert summary.reject_log.notes == [
        "A table of Eurostat. Indicators read: V16110, V11210. Not read: V13320.",
    ]
    assert (summary.manifest.rows_read, summary.manifest.rows_rejected) == (4, 0)


def test_a_packed_table_of_today(tmp_path, known):
    """With the dimension freq, a longer header and a size class, of which the total is read."""
    lines = [
        "freq,nace_r2,size_emp,indic_sbs,geo\\TIME_PERIOD\t2021 ",
        "A,C29,TOTAL,EMP_LOC_NR,ES51\t37544 ",
        "A,C29,GE250,EMP_LOC_NR,ES51\t5 ",
        "A,C29,TOTAL,LOC_NR,ES51\t: @C",
    ]
    path = tmp_path / "sbs_r_nuts2021.tsv.gz"
    path.write_bytes(gzip.compress("\n".join([*lines, ""]).encode()))
    run(FORMAT, path, known)
    assert columns(known, "region_code", "employment", "establishments_missing") == [("ES51", 37544, "withheld")]


def test_sdmx_csv(table, known):
    """Values, flags and the status of confidentiality have columns of their own."""
    row = "ESTAT:SBS_R_NUTS2021(1.0),24/10/25,A,C29,{},{},2021,{},{},{}"
    path = table(
        SDMX,
        row.format("EMP_LOC_NR", "EL30", "811", "b", ""),
        row.format("EMP_LOC_NR", "ITC1", "", "", "C"),
        row.format("EMP_LOC_NR", "ITC4", "", "c", ""),
        row.format("EMP_LOC_NR", "UKI3", "", "", ""),
        row.format("LOC_NR", "EL30", "12", "", ""),
    )
    run(FORMAT, path, known)
    assert columns(known, "region_code", "employment", "employment_missing", "establishments", "flags") == [
        ("EL30", 811, None, 12, "employment: b"),
        ("ITC1", None, "withheld", None, None),
        ("ITC4", None, "withheld", None, None),
        ("UKI3", None, "not available", None, None),
    ]


def test_the_labelled_edition(table, known):
    """Codes with their words, separated by a colon, and columns with words alone."""
    path = table(
        "STRUCTURE,STRUCTURE_ID,freq,Time frequency,nace_r2,indic_sbs,geo,TIME_PERIOD,OBS_VALUE,OBS_FLAG",
        'dataflow,ESTAT:X(1.0),A: Annual,Annual,"C29: Manufacture of motor vehicles",EMP_LOC_NR: Persons,'
        'FRB0: Centre,2021,5,"b: break in time series"',
    )
    run(FORMAT, path, known)
    assert columns(known, "region_code", "traded_cluster_id", "employment", "flags") == [
        ("FR24", "nace-c29", 5, "employment: b")
    ]


def test_what_is_left_out_has_its_reason(table, known):
    """Other levels, aggregates, groups and sections, extra-regio; lines are those of the file."""
    rows = ("AT1", "EU28", "ATZZ", "XK", "AT11", "AT")
    path = table(TSV, *[f"C29,V16110,{geo}\t5 \t5 " for geo in rows], "C291,V16110,AT11\t1 \t1 ", "C,V16110,AT\t9 \t9 ")
    summary = run(FORMAT, path, known)
    assert columns(known, "DISTINCT region_code") == [("AT",), ("AT11",)]
    assert summary.manifest.rejected == {
        "aggregate of countries, or country that is not in ISO 3166": 4,
        "region of another level than NUTS 2 (NUTS 1)": 2,
        "territory outside the regions (extra-regio)": 2,
        "industry that is not a NACE division read here": 2,
    }
    # The row of section C is one of a total that lacks its other sections.
    assert summary.manifest.rows_read == 14


@pytest.mark.parametrize("missing", ["", "B", "C"])
def test_totals_of_sections(table, known, missing):
    """A total exists where every one of its sections has a figure."""
    lines = [f"{section},V16110,DE21\t: \t{': ' if section == missing else '10 b'}" for section in SECTIONS]
    path = table(TSV, "C29,V16110,DE21\t5 \t5 ", *lines)
    run(FORMAT, path, known)
    totals = {"": [("business economy", 130), ("industry and services", 90)], "B": [("industry and services", 90)]}
    found = columns(known, "traded_cluster_id", "employment", where="traded_cluster_id NOT LIKE 'nace%'")
    assert found == totals.get(missing, [])


def test_two_versions_of_nuts_in_one_table(table, known):
    """FR24 and FRB0 are one region; HU10 was split: in each year one version is read, and the rest is counted."""
    path = table(
        TSV,
        "C29,V16110,FR24\t: \t100 ",
        "C29,V16110,FRB0\t110 \t: ",
        "C29,V16110,HU10\t9 \t9 ",
        "C29,V16110,HU11\t4 \t: ",
        "C29,V16110,HU12\t5 \t: ",
    )
    summary = run(FORMAT, path, known)
    assert columns(known, "region_code", "year", "employment") == [
        ("FR24", "2018", 100),
        ("FR24", "2019", 110),
        ("HU10", "2018", 9),
        ("HU11", "2019", 4),
        ("HU12", "2019", 5),
    ]
    reason = "region of another NUTS version, whose territory another code has in that year"
    assert summary.manifest.rejected == {reason: 5}


def test_lines_of_the_original(table, known):
    """A cell that cannot be read is listed with the line of its series."""
    path = table(TSV, "C29,V16110,DE11\t5 \t6 ", "C29,V16110,DE21\tmany \t7 ")
    summary = run(FORMAT, path, known)
    assert [(one.line, one.column, one.value) for one in summary.reject_log.rejections] == [(3, "employment", "many")]


@pytest.mark.parametrize(
    ("header", "line", "words"),
    [
        (TSV, "C29,V13320,DE21\t5 \t6 ", "no indicator of persons employed (it has: V13320)"),
        ("unit,nace_r2,age,geo\\time\t2019 ", "THS,C,Y15-24,DE21\t5 ", "(its dimensions: unit, nace_r2, age, geo)"),
        (
            "freq,nace_r2,indic_sb,geo\\time\t2019-Q1 ",
            "Q,C29,V16110,DE21\t5 ",
            "its figures are not annual (freq Q)",
        ),
        ("unit,nace_r2,indic_sb,geo\\time\t2019 ", "THS,C29,V16110,DE21\t5 ", "its figures are in the unit THS"),
        (TSV, "", "the table of Eurostat has no rows"),
    ],
)
def test_tables_that_cannot_be_used(table, known, header, line, words):
    """With the table or the choice that can."""
    message = rejection_message(FORMAT, table(header, line), known)
    assert words in message and "Download" in message


def test_a_dimension_without_a_total(table, known):
    """Several figures for one region and industry."""
    path = table("nace_r2,indic_sb,wstatus,geo\\time\t2019 ", "C29,V16110,EMP,DE21\t5 ", "C29,V16110,SELF,DE21\t6 ")
    assert "the dimension wstatus has several values (EMP, SELF)" in rejection_message(FORMAT, path, known)


def test_two_figures_of_one_cell(table, known):
    """Neither is chosen; the same figure twice is one."""
    rows = ("C29,V16110,DE21\t5 \t6 ", "C29,V16110,DE21\t7 \t6 ")
    assert rejection_message(FORMAT, table(TSV, *rows), known) == (
        "table.tsv line 2: DE21, C29, V16110, 2019 has several figures, '5' and '7' (line 3). "
        "Keep the row that is right, or download the table again."
    )
    run(FORMAT, table(TSV, rows[0], rows[0]), known)
    assert columns(known, "year", "employment") == [("2018", 6), ("2019", 5)]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ('"nace_r2,indic_sb,geo\\time",2019 ,2018 ', '"C29,V16110,DE21",123.4 bu,: c'),
        ("nace_r2;indic_sb;geo\\time;2019;2018", "C29;V16110;DE21;123,4 bu;: c"),
        ('"nace_r2,indic_sb,geo\\time"\t2019 \t2018 ', '"C29,V16110,DE21"\t123.4 bu\t: c'),
    ],
)
def test_a_tsv_table_that_a_spreadsheet_saved(table, known, header, row):
    """With other delimiters and quotes; a note below it is told and not read."""
    summary = run(FORMAT, table(header, row, "Source: Eurostat"), known)
    assert columns(known, "region_code", "year", "employment", "employment_missing", "flags") == [
        ("DE21", "2018", None, "withheld", None),
        ("DE21", "2019", 123.4, None, "employment: bu"),
    ]
    assert [(one.line, one.value) for one in summary.reject_log.rejections] == [(3, "Source: Eurostat")]


def test_a_tsv_table_in_a_workbook(tmp_path, known):
    """The key stays one cell, as a spreadsheet opens the file."""
    workbook = openpyxl.Workbook()
    for row in ([TSV.split("\t")[0], "2019 ", 2018], ["C29,V16110,DE21", "123.4 bu", 7]):
        workbook.active.append(row)
    workbook.save(tmp_path / "table.xlsx")
    run(FORMAT, tmp_path / "table.xlsx", known)
    assert columns(known, "year", "employment") == [("2018", 7), ("2019", 123.4)]


def test_labels_in_the_header(table, known):
    """The edition that writes `geo:Geopolitical entity` and `A: Annual`."""
    header = "STRUCTURE,freq:F,nace_r2:NACE,indic_sbs:Indicator,geo:Geo,TIME_PERIOD:Time,OBS_VALUE:Value,OBS_FLAG:Flag"
    run(
        FORMAT,
        table(header, "dataflow,A: Annual,C29: Cars,EMP_LOC_NR: Persons,DE21: Oberbayern,2021,12,p: provisional"),
        known,
    )
    assert columns(known, "region_code", "employment", "flags") == [("DE21", 12, "employment: p")]


@pytest.mark.parametrize(("cell", "total"), [("1234,5", 16048.5), ("1 234", 16042)])
def test_totals_of_numbers_in_another_style(table, known, cell, total):
    """Thirteen sections are added up after their commas and spaces are understood."""
    header = "freq;nace_r2;indic_sbs;geo;TIME_PERIOD;OBS_VALUE;OBS_FLAG"
    run(FORMAT, table(header, *(f"A;{section};EMP_LOC_NR;DE21;2021;{cell};" for section in SECTIONS)), known)
    assert columns(known, "employment", where="traded_cluster_id = 'business economy'") == [(total,)]
