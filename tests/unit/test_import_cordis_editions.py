"""Files of CORDIS as people have them: editions before 2021, other delimiters, Excel workbooks, odd cells."""

import csv
import io
import zipfile
from datetime import date

import duckdb
import pytest
from import_files import ORGANISATIONS, PROJECT, PROJECTS, rejection_messages, run, write, write_cordis
from openpyxl import Workbook

from etl.imports.cordis import FORMAT

# The header of the files until 2020, and two projects of it.
OLD_PROJECT = (
    '"rcn";"id";"acronym";"status";"programme";"topics";"frameworkProgramme";"title";"startDate";"endDate";"projectUrl";'
    '"objective";"totalCost";"ecMaxContribution";"call";"fundingScheme";"coordinator";"coordinatorCountry"'
)
OLD_PROJECTS = [
    (
        '"9001";"700001";"DELTA";"SIGNED";"H2020-EU.3.1.";"PHC-1";"H2020";"Cells";"2015-04-01";"2018-03-31";"";"x";'
        '"230000,00";"200000,50";"H2020-PHC";"RIA";"TU LYON";"FR"'
    ),
    (
        '"9002";"700002";"EPSILON";"SIGNED";"H2020-EU.1.1.";"ERC";"";"Stars";"2015-05-01";"2018-04-30";"";"x";"5";"5";'
        '"ERC";"ERC-STG";"TU LYON";"FR"'
    ),
]
OLD_ORGANISATION = (
    '"projectRcn";"projectID";"projectAcronym";"role";"id";"name";"shortName";"activityType";"endOfParticipation";'
    '"ecContribution";"country";"street";"city";"postCode";"organizationUrl";"vatNumber";"contactForm"'
)
OLD_ORGANISATIONS = [
    '"9001";"700001";"DELTA";"coordinator";"31";"TU LYON";"TUL";"HES";"false";"1,5";"FR";"";"Lyon";"";"";"";""',
    '"9001";"700001";"DELTA";"participant";"32";"OHIO CLINIC";"OC";"REC";"false";"";"US";"";"Akron";"";"";"";""',
    '"9002";"700002";"EPSILON";"coordinator";"31";"TU LYON";"TUL";"HES";"false";"";"FR";"";"Lyon";"";"";"";""',
    '"9002";"700002";"EPSILON";"participant";"33";"TEXAS INSTITUTE";"TI";"REC";"false";"";"US";"";"";"";"";"";""',
]


def found(data, columns: str, ending: str = ".parquet") -> list[tuple]:
    """Columns of a result."""
    return duckdb.sql(f"SELECT {columns} FROM '{data}/imports/cordis{ending}' ORDER BY ALL").fetchall()


def cells(lines: list[str]) -> list[list[str]]:
    """The records of CSV lines with semicolons."""
    return list(csv.reader(io.StringIO("\n".join(lines)), delimiter=";"))


def changed(position: int, old: str, new: str) -> list[str]:
    """The organisations of the test release with one cell of one row changed."""
    assert old in ORGANISATIONS[position]
    return [row.replace(old, new) if at == position else row for at, row in enumerate(ORGANISATIONS)]


def test_an_edition_of_before_2021(tmp_path, data):
    """cordis-h2020projects.csv and cordis-h2020organizations.csv; `id` of an organisation is its number."""
    folder = tmp_path / "release"
    folder.mkdir()
    write(folder / "cordis-h2020projects.csv", OLD_PROJECT, OLD_PROJECTS)
    write(folder / "cordis-h2020organizations.csv", OLD_ORGANISATION, OLD_ORGANISATIONS)
    run(FORMAT, folder, data)
    # The framework programme stands in the code of the programme where its own cell is blank.
    assert found(data, "horizon_project_id, acronym, title, programme, total_cost_eur, eu_contribution_eur") == [
        ("700001", "DELTA", "Cells", "H2020", 230000, 200000.5),
        ("700002", "EPSILON", "Stars", "H2020", 5, 5),
    ]
    columns = "horizon_project_id, participant_id, country_code, role, has_left, eu_contribution_eur"
    assert found(data, columns, ".participations.parquet") == [
        ("700001", "31", "FR", "coordinator", False, 1.5),
        ("700001", "32", "US", "participant", False, None),
        ("700002", "31", "FR", "coordinator", False, None),
        ("700002", "33", "US", "participant", False, None),
    ]


def test_the_first_editions_name_projects_by_reference(tmp_path, data):
    """Those of 2014 to 2016 and of the Seventh Framework Programme; without titles the acronym stands."""
    folder = tmp_path / "release"
    folder.mkdir()
    write(folder / "cordis-fp7projects.csv", "rcn;reference;acronym;programme", ["1;600001;ZETA;FP7-HEALTH"])
    write(
        folder / "cordis-fp7organizations.csv",
        "projectRcn;projectReference;id;name;country",
        ["1;600001;41;OHIO UNIVERSITY;US"],
    )
    run(FORMAT, folder, data)
    assert found(data, "horizon_project_id, title, programme") == [("600001", "ZETA", "FP7")]


@pytest.mark.parametrize("delimiter", [",", "|", "\t"])
def test_any_delimiter(tmp_path, data, delimiter):
    """As other programs save the files."""
    folder = write_cordis(tmp_path / "release")
    expected = run(FORMAT, folder, data)
    before = found(data, "*"), found(data, "*", ".participations.parquet")
    for path in folder.glob("*.csv"):
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";"))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=delimiter).writerows(rows)
    summary = run(FORMAT, folder, data)
    assert (found(data, "*"), found(data, "*", ".participations.parquet")) == before
    assert summary.manifest.rejected == expected.manifest.rejected


def test_without_numbers_of_organisations(tmp_path, data):
    """Name and country tell them apart, and the import says so."""
    folder = tmp_path / "release"
    folder.mkdir()
    write(folder / "project.csv", "id|title", ["1|A", "2|B"])
    write(
        folder / "organization.csv",
        "projectID|name|country",
        ["1|MINISTRY OF HEALTH|US", "1|MINISTRY OF HEALTH|FR", "2|Ministry of Health|US"],
    )
    summary = run(FORMAT, folder, data)
    keys = [row[0] for row in found(data, "DISTINCT participant_id", ".participations.parquet")]
    assert keys == ["ministry of health FR", "ministry of health US"]
    assert any("has no numbers of organisations" in note for note in summary.reject_log.notes)


def test_a_missing_column_is_named_once(tmp_path, data):
    """One line with what is missing and what the file needs."""
    folder = write_cordis(tmp_path / "release")
    path = folder / "organization.csv"
    path.write_text(path.read_text().replace('"name"', '"nom"').replace('"country"', '"pays"'))
    (message,) = rejection_messages(FORMAT, folder, data)
    assert "organization.csv line 1: the header has no column name and no column country" in message
    assert "it has the columns projectID, name, country" in message


def workbook(path, sheets: dict[str, list[list]]):
    """An Excel workbook."""
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def typed(rows: list[list[str]]) -> list[list]:
    """Cells as a spreadsheet keeps them: days, numbers and yes or no."""

    def cell(text: str):
        if text in ("true", "false"):
            return text == "true"
        if len(text) == 10 and text[4] == text[7] == "-":
            return date.fromisoformat(text)
        return float(text) if text.isdigit() else text.replace(",", ".") if text == "1000000,50" else text

    return [rows[0], *[[cell(text) for text in row] for row in rows[1:]]]


@pytest.mark.parametrize("form", ["a folder", "an archive", "one workbook"])
def test_excel_workbooks(tmp_path, data, form):
    """Saved from the CSV files: two workbooks, the archive of CORDIS with them, or one workbook with two sheets."""
    release = write_cordis(tmp_path / "release")
    run(FORMAT, release, data)
    before = found(data, "*"), found(data, "*", ".participations.parquet")
    sheets = {
        name: typed(cells((release / f"{name}.csv").read_text(encoding="utf-8-sig").splitlines()))
        for name in ("project", "organization")
    }
    if form == "one workbook":
        path = workbook(tmp_path / "mine.xlsx", sheets)
    else:
        path = tmp_path / "books"
        path.mkdir()
        for name, rows in sheets.items():
            workbook(path / f"{name}.xlsx", {"Sheet1": [*rows, [None] * len(rows[0])]})
        if form == "an archive":
            with zipfile.ZipFile(tmp_path / "x.zip", "w") as archive:
                for book in path.iterdir():
                    archive.write(book, f"xlsx/{book.name}")
            path = tmp_path / "x.zip"
    summary = run(FORMAT, path, data)
    assert (found(data, "*"), found(data, "*", ".participations.parquet")) == before
    assert summary.manifest.rows_read == 12


def test_a_workbook_without_the_sheets(tmp_path, data):
    """What is looked for is named."""
    path = workbook(tmp_path / "mine.xlsx", {"A": [["x", "y"], [1, 2]], "B": [["x"], [1]]})
    (message,) = rejection_messages(FORMAT, path, data)
    assert message.startswith("mine.xlsx: none of its 2 sheets ('A', 'B') has a row with the columns startdate")


def test_titles_of_topics(tmp_path, data):
    """topics.csv of the newer archives."""
    folder = write_cordis(tmp_path / "release")
    write(folder / "topics.csv", '"projectID";"topic";"title"', ['"101";"T-2";"Seas"', '"101";"T-1";"Rivers"'])
    run(FORMAT, folder, data)
    assert found(data, "horizon_project_id, topic_titles") == [("101", "Rivers; Seas"), ("103", None)]


@pytest.mark.parametrize(
    ("text", "euro", "reason"),
    [
        ("1234567.89", 1234567.89, None),
        ("1234567,89", 1234567.89, None),
        ("1.234.567,89", 1234567.89, None),
        ("1,234,567.89", 1234567.89, None),
        ("1.234.567", 1234567, None),
        ("1 234 567,5", 1234567.5, None),
        ("1\u202f234,5", 1234.5, None),
        (" 230000,00", 230000, None),
        ("€ 1.234,50", 1234.5, None),
        ("1e6", 1000000, None),
        ("0,125", 0.125, None),
        ("1234.567", 1234.567, None),
        ("1.234", None, "not clear whether thousands or decimals"),
        ("12,345", None, "not clear whether thousands or decimals"),
        ("12.34.5", None, "not a number"),
        ("-5", None, "not a number"),
    ],
)
def test_money(tmp_path, data, text, euro, reason):
    """Commas, points and spaces are read where only one reading is possible."""
    projects = [PROJECTS[0].replace("1000000,50", text), *PROJECTS[1:]]
    summary = run(FORMAT, write_cordis(tmp_path / "release", projects), data)
    assert found(data, "horizon_project_id, total_cost_eur")[0] == ("101", euro)
    told = [(f.line, f.value) for f in summary.reject_log.rejections if f.reason == reason]
    assert told == ([(2, text.strip())] if reason else [])


@pytest.mark.parametrize(
    ("text", "day"),
    [("2016-01-31 00:00:00", "2016-01-31"), ("31/01/2016", "2016-01-31"), ("31.01.2016", "2016-01-31")],
)
def test_days(tmp_path, data, text, day):
    """With a time, and as Europeans write them."""
    projects = [PROJECTS[0].replace("2016-01-01", text), *PROJECTS[1:]]
    run(FORMAT, write_cordis(tmp_path / "release", projects), data)
    assert found(data, "start_on::VARCHAR")[0] == (day,)


def with_end(values: list[str]) -> tuple[str, list[str]]:
    """Header and rows of organisations with the column endOfParticipation."""
    header = (
        '"projectID";"organisationID";"vatNumber";"name";"shortName";"SME";"activityType";"city";"country";"nutsCode";'
        '"geolocation";"organizationURL";"order";"role";"ecContribution";"endOfParticipation"'
    )
    return header, [f'{row};"{value}"' for row, value in zip(ORGANISATIONS, values, strict=True)]


def test_organisations_that_left(tmp_path, data):
    """The row stays, told apart; a project whose US organisations have all left is not one with US participation."""
    folder = write_cordis(tmp_path / "release")
    # Of project 101 one of two entries of a Greek company ended, of project 103 the French and the US partner.
    ended = ["False", "False", "False", "WAHR", "False", "True", "True", "", "False"]
    write(folder / "organization.csv", *with_end(ended))
    summary = run(FORMAT, folder, data)
    assert found(data, "horizon_project_id") == [("101",)]
    assert found(data, "participant_id, has_left", ".participations.parquet") == [
        ("900", False),
        ("901", False),
        ("902", False),
    ]
    assert summary.manifest.rejected["project whose US participants have all left"] == 1

    ended = ["True", "False", "True", "True", "False", "False", "False", "False", "perhaps"]
    write(folder / "organization.csv", *with_end(ended))
    summary = run(FORMAT, folder, data)
    columns = "horizon_project_id, participant_id, has_left"
    assert [row for row in found(data, columns, ".participations.parquet") if row[2] is not False] == [
        ("101", "900", True),
        ("101", "902", True),
        ("103", "905", None),
    ]
    assert [(f.line, f.value) for f in summary.reject_log.rejections if f.column == "endOfParticipation"] == [
        (10, "perhaps")
    ]


def test_an_organisation_twice_in_a_project(tmp_path, data):
    """Its contributions are added; a row that stands twice as it is counts once."""
    organisations = [
        *ORGANISATIONS,
        ORGANISATIONS[7],
        ORGANISATIONS[7].replace('"participant";"1"', '"thirdParty";"2"'),
    ]
    summary = run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    columns = "horizon_project_id, participant_id, role, eu_contribution_eur"
    assert ("103", "904", "participant", 3) in found(data, columns, ".participations.parquet")
    assert summary.manifest.rejected["row that stands twice in the file"] == 1
    added = "organisation that the project lists again: its contribution is added to the first row"
    # The Greek company of project 101, and the institute of project 103.
    assert summary.manifest.rejected[added] == 2


def test_a_second_contribution_that_cannot_be_read_is_listed(tmp_path, data):
    """It is not added, and not lost without a word."""
    organisations = [*ORGANISATIONS, ORGANISATIONS[7].replace('"participant";"1"', '"thirdParty";"much"')]
    summary = run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    assert (11, "ecContribution", "much") in [(f.line, f.column, f.value) for f in summary.reject_log.rejections]


def test_a_project_twice_with_the_same_values(tmp_path, data):
    """Read once, and counted."""
    summary = run(FORMAT, write_cordis(tmp_path / "release", [*PROJECTS, PROJECTS[2]]), data)
    assert found(data, "horizon_project_id") == [("101",), ("103",)]
    assert summary.manifest.rejected["row that stands twice in the file"] == 1


def test_countries(tmp_path, data):
    """What is no code of ISO 3166 is told; the row stays with the code as it is stated."""
    organisations = changed(8, '"NA"', '"XK"')
    summary = run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    columns = "participant_id, country_code, country_stated"
    assert ("905", None, "XK") in found(data, columns, ".participations.parquet")
    assert (10, "country", "XK") in [(f.line, f.column, f.value) for f in summary.reject_log.rejections]


def test_territories_of_the_united_states_belong_to_it(tmp_path, data):
    """By the side of countries.csv."""
    countries = data / "lookups" / "countries.csv"
    header, *_ = countries.read_text().splitlines()
    row = {"country_code": "PR", "name": "Puerto Rico", "side": "US", "is_eu": "false", "territory_of": "US"}
    countries.write_text(countries.read_text() + ",".join(row[name] for name in header.split(",")) + "\n")
    organisations = changed(6, '"US"', '"PR"')
    run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    assert found(data, "horizon_project_id") == [("101",), ("103",)]


def test_control_characters_and_line_breaks(tmp_path, data):
    """Control characters are dropped and listed, line breaks become spaces, markup stays text."""
    title = 'Clean\n<b>water</b> \x0b and \x07""ice""'
    projects = [PROJECTS[0].replace("Clean water", title), *PROJECTS[1:]]
    organisations = changed(5, "POLYMER CENTRE OF LYON", "POLYMER \x1fCENTRE OF LYON")
    summary = run(FORMAT, write_cordis(tmp_path / "release", projects, organisations), data)
    assert found(data, "title")[0] == ('Clean <b>water</b> and "ice"',)
    names = [row[0] for row in found(data, "organisation_name", ".participations.parquet")]
    assert "POLYMER CENTRE OF LYON" in names
    assert summary.manifest.rejected["control characters: dropped, the rest of the cell is kept"] == 2
    lines = [(f.line, f.column) for f in summary.reject_log.rejections if f.reason == "control characters"]
    assert lines == [(2, "title"), (7, "name")]


@pytest.mark.parametrize("title", ['"Quoted" words', '"The "clean" water; a study"'])
def test_quotes_that_do_not_close_a_cell(tmp_path, data, title):
    """Refused in one line, with its line and the cure."""
    projects = [PROJECTS[0].replace('"Clean water"', title), *PROJECTS[1:]]
    (message,) = rejection_messages(FORMAT, write_cordis(tmp_path / "release", projects), data)
    assert message == (
        "release/project.csv line 2: a quote is not opened and closed around the whole cell. "
        "Correct the quotes; inside a cell a quote is written twice."
    )


def test_another_encoding_is_asked_for(tmp_path, data):
    """Refused with the cure; read when the user names it."""
    folder = write_cordis(tmp_path / "release", start="")
    path = folder / "project.csv"
    path.write_bytes(path.read_text().replace("Clean water", "Saubere Flüsse").encode("windows-1252"))
    (message,) = rejection_messages(FORMAT, folder, data)
    assert "--encoding windows-1252" in message
    run(FORMAT, folder, data, encoding="windows-1252")
    assert found(data, "title") == [("History of law",), ("Saubere Flüsse",)]


def test_rows_without_any_value_are_no_rows(tmp_path, data):
    """As spreadsheets write them at the end."""
    summary = run(FORMAT, write_cordis(tmp_path / "release", [*PROJECTS, ";" * PROJECT.count(";")]), data)
    assert summary.manifest.rows_read == 12
