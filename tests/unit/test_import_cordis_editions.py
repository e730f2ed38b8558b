"""Files of CORDIS as people have them: editions before 2021, other delimiters, Excel workbooks, encodings."""

import csv
import io
import shutil
import zipfile
from datetime import date

import duckdb
import pytest
from import_files import ORGANISATIONS, PROJECT, PROJECTS, rejection_messages, run, write, write_cordis
from openpyxl import Workbook

from etl.imports.cordis import FORMAT
from settings import ROOT

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
    """Those of 2014 to 2016 and of the Seventh Framework Programme; they may have neither title nor acronym."""
    folder = tmp_path / "release"
    folder.mkdir()
    write(
        folder / "cordis-fp7projects.csv",
        "rcn;reference;acronym;programme",
        ["1;600001;ZETA;FP7-HEALTH", "2;600002;;FP7"],
    )
    write(
        folder / "cordis-fp7organizations.csv",
        "projectRcn;projectReference;id;name;country",
        ["1;600001;41;OHIO UNIVERSITY;US", "2;600002;41;OHIO UNIVERSITY;US"],
    )
    run(FORMAT, folder, data)
    assert found(data, "horizon_project_id, acronym, title, programme") == [
        ("600001", "ZETA", None, "FP7"),
        ("600002", "600002", None, "FP7"),
    ]


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
    """What is looked for is named; there is no --sheet, as two of them are read."""
    cure = "Keep one visible sheet of projects and one of organizations, with the columns as CORDIS publishes them."
    path = workbook(tmp_path / "mine.xlsx", {"A": [["x", "y"], [1, 2]], "B": [["x"], [1]]})
    assert rejection_messages(FORMAT, path, data) == [
        f"mine.xlsx: none of its 2 sheets ('A', 'B') has a row with the columns acronym, startdate. {cure}"
    ]
    table = [["id", "acronym", "startDate"], [1, "A", "2024-01-01"]]
    path = workbook(tmp_path / "mine.xlsx", {"A": table, "B": table})
    assert rejection_messages(FORMAT, path, data) == [
        f"mine.xlsx: several sheets hold a table of this form ('A', 'B'). {cure}"
    ]


def test_files_of_different_releases(tmp_path, data):
    """Projects of one week, organizations of another: none joins."""
    organisations = [row.replace('"10', '"20', 1) for row in ORGANISATIONS]
    folder = write_cordis(tmp_path / "release", organisations=organisations)
    (message,) = rejection_messages(FORMAT, folder, data)
    assert message == (
        "release/organization.csv, projectID: none of its 9 rows is of a project that the file of projects has. "
        "Name the files of one release: projects and organizations of the same edition, both whole."
    )


def test_organisations_of_projects_that_are_not_listed(tmp_path, data):
    """Counted apart from those of projects without US participation."""
    organisations = [*ORGANISATIONS, ORGANISATIONS[0].replace('"101"', '"999"')]
    summary = run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    assert summary.manifest.rejected["participation in a project that the file of projects does not have"] == 1
    assert summary.manifest.rejected["participation in a project that is not imported"] == 1


def test_titles_of_topics(tmp_path, data):
    """topics.csv of the newer archives."""
    folder = write_cordis(tmp_path / "release")
    write(folder / "topics.csv", '"projectID";"topic";"title"', ['"101";"T-2";"Seas"', '"101";"T-1";"Rivers"'])
    run(FORMAT, folder, data)
    assert found(data, "horizon_project_id, topic_titles") == [("101", "Rivers; Seas"), ("103", None)]


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


def test_text_above_the_header(tmp_path, data):
    """Says where the header is."""
    folder = write_cordis(tmp_path / "release")
    path = folder / "project.csv"
    path.write_text("Extract of CORDIS;;;\n" + path.read_text("utf-8-sig"))
    assert rejection_messages(FORMAT, folder, data) == [
        "release/project.csv: the header is in line 2, below other text ('Extract of CORDIS'). Delete line 1."
    ]


def test_countries_written_as_names(tmp_path, data):
    """A project that is left out because of one is told under this reason, also when others are imported."""
    shutil.copy(ROOT / "data" / "lookups" / "countries.csv", data / "lookups" / "countries.csv")
    by_name = [row.replace(';"US";', ';"USA";') for row in ORGANISATIONS]
    (message,) = rejection_messages(FORMAT, write_cordis(tmp_path / "a", organisations=by_name), data)
    told = (
        "Rows that are not imported have countries that are no code of ISO 3166: 'USA' ({}). If one of them stands for "
        "the United States, write US in its place."
    )
    assert message.endswith(told.format(2))
    one = [ORGANISATIONS[0], by_name[1], *ORGANISATIONS[2:]]
    assert run(FORMAT, write_cordis(tmp_path / "b", organisations=one), data).reject_log.notes == [told.format(1)]
