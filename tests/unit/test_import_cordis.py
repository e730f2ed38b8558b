"""python -m etl import cordis: projects with US participation, without natural persons."""

import zipfile

import duckdb
import pytest
from import_files import ORGANISATIONS, PROJECTS, rejection_messages, run, write, write_cordis

from etl.imports import archive
from etl.imports.cordis import FORMAT


def rows(data, ending=".parquet", columns="*"):
    """Rows of a result."""
    return duckdb.sql(f"SELECT {columns} FROM '{data}/imports/cordis{ending}' ORDER BY ALL").fetchall()


def test_a_release_in_a_folder(tmp_path, data):
    """Semicolons, quotes, line breaks inside fields, decimal comma, EL and UK; NA is Namibia."""
    summary = run(FORMAT, write_cordis(tmp_path / "release"), data)
    assert rows(
        data,
        columns=(
            "horizon_project_id, title, start_on::VARCHAR, total_cost_eur, eu_contribution_eur, programme, keywords"
        ),
    ) == [
        ("101", "Clean water", "2016-01-01", 1000000.5, 900000, "H2020", "water reuse"),
        ("103", "History of law", "2017-05-01", 700, None, "H2020", "law"),
    ]
    assert rows(
        data,
        ".participations.parquet",
        "horizon_project_id, participant_id, country_code, country_stated, latitude, eu_contribution_eur, is_sme",
    ) == [
        ("101", "900", "FR", "FR", 45.75, 500.25, False),
        ("101", "901", "US", "US", 39.32, None, False),
        # The tiny lookups know no Greece; the project lists this organisation twice, with a euro each time.
        ("101", "902", None, "EL", None, 2, True),
        ("103", "900", "FR", "FR", 45.75, 1, False),
        ("103", "903", "US", "US", None, None, False),
        ("103", "904", "GB", "UK", 53.8, 1, False),
        ("103", "905", None, "NA", None, 1, False),
    ]
    assert (summary.manifest.rows_read, summary.manifest.rows_imported, summary.manifest.rows_rejected) == (12, 9, 3)
    assert summary.manifest.rejected == {
        "project without US participation": 1,
        "participation in a project that is not imported": 1,
        "organisation that the project lists again: its contribution is added to the first row": 1,
        "not a country code of ISO 3166: the row is kept, the cell is blank": 2,
    }


def test_a_zip_without_some_columns_and_with_science_fields(tmp_path, data):
    """Columns vary by release; euroSciVoc.csv is read when it is there."""
    release = tmp_path / "x.zip"
    with zipfile.ZipFile(release, "w") as file:
        file.writestr("csv/project.csv", 'id;title\r\n1;"A ""quoted"" title"\r\n')
        file.writestr("csv/organization.csv", "country;name;organisationID;projectID\r\nUS;OHIO UNIVERSITY;7;1\r\n")
        file.writestr(
            "csv/euroSciVoc.csv", "projectID;euroSciVocPath\r\n1;/natural sciences/b\r\n1;/natural sciences/a\r\n"
        )
    run(FORMAT, release, data)
    assert rows(data, columns="title, science_fields") == [
        ('A "quoted" title', "/natural sciences/a; /natural sciences/b")
    ]


def test_unreadable_cells_are_listed_and_left_blank(tmp_path, data):
    """The participation itself is a fact: it stays."""
    organisations = [ORGANISATIONS[0].replace("45.75,4.85", "45.75;N").replace("500,25", "much"), *ORGANISATIONS[1:]]
    projects = [
        PROJECTS[0].replace("2018-12-31", "31/12/2018"),
        *PROJECTS[1:2],
        PROJECTS[2].replace("2017-05-01", "soon"),
    ]
    summary = run(FORMAT, write_cordis(tmp_path / "release", projects, organisations), data)
    assert [
        (f.line, f.column, f.value, f.reason)
        for f in sorted(summary.reject_log.rejections, key=lambda f: (f.line, f.column))
    ] == [
        (2, "ecContribution", "much", "not a number"),
        (2, "geolocation", "45.75;N", "not a latitude and longitude"),
        (4, "country", "EL", "not a country code of ISO 3166"),
        (5, "startDate", "soon", "not a date"),
        (10, "country", "NA", "not a country code of ISO 3166"),
    ]
    assert summary.manifest.rejected["not a date: the row is kept, the cell is blank"] == 1
    assert summary.manifest.rows_imported == 9
    assert rows(data, columns="end_on::VARCHAR")[0] == ("2018-12-31",)


def test_a_project_stands_once(tmp_path, data):
    """Within a release and across imports."""
    folder = write_cordis(tmp_path / "release", [*PROJECTS, PROJECTS[2].replace("History of law", "Law")])
    assert rejection_messages(FORMAT, folder, data) == [
        "release/project.csv line 5, id: '103' occurs again in line 6 with other values. Keep the row that is right."
    ]
    run(FORMAT, write_cordis(folder), data)
    (message,) = rejection_messages(FORMAT, folder, data, name="again")
    assert (
        "2 projects are in the import 'cordis' already, such as 101. Remove that one first: "
        "python -m etl import --remove cordis."
    ) in message


def zipped(path, members: dict[str, bytes | str], compression=zipfile.ZIP_DEFLATED):
    """A zip archive of these files."""
    with zipfile.ZipFile(path, "w", compression) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return path


def test_a_truncated_zip(tmp_path, data):
    """A download that stopped."""
    path = zipped(tmp_path / "x.zip", {"project.csv": "id;title\n" * 5000, "organization.csv": "x" * 5000})
    path.write_bytes(path.read_bytes()[:-60])
    (message,) = rejection_messages(FORMAT, path, data)
    assert message.startswith("x.zip: the zip archive is damaged or cut off") and "Download it again" in message


def test_a_damaged_member(tmp_path, data):
    """A wrong checksum."""
    path = zipped(tmp_path / "x.zip", {"project.csv": "id;title\n" * 50, "organization.csv": "a"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"id;title\nid", b"id;tixle\nid", 1))
    (message,) = rejection_messages(FORMAT, path, data)
    assert "damaged or cut off" in message


def test_a_member_without_a_name(tmp_path, data):
    """Python 3.11 asks for the last letter of such a name."""
    path = zipped(tmp_path / "x.zip", {"project.csv": "id;title\n", "xrganization.csv": "a"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"xrganization", b"\0rganization"))
    (message,) = rejection_messages(FORMAT, path, data)
    assert "damaged or cut off (one of its files has no name)" in message


def test_a_zip_bomb(tmp_path, data, monkeypatch):
    """By ratio and by size, whatever the archive says of itself."""
    path = zipped(tmp_path / "x.zip", {"project.csv": bytes(11 << 20), "organization.csv": "a"})
    (message,) = rejection_messages(FORMAT, path, data)
    assert "unpacks to far more than a table of projects (a zip bomb)" in message
    monkeypatch.setattr(archive, "MAX_BYTES", 1000)
    path = zipped(tmp_path / "y.zip", {"project.csv": "abc" * 1000, "organization.csv": "a"}, zipfile.ZIP_STORED)
    assert "zip bomb" in rejection_messages(FORMAT, path, data)[0]


@pytest.mark.parametrize(
    "name", ["../project.csv", "/etc/project.csv", "a/../../b.txt", "..\\project.csv", "C:\\project.csv"]
)
def test_a_path_that_leads_outside(tmp_path, data, name):
    """Nothing of such an archive is unpacked."""
    path = zipped(tmp_path / "x.zip", {"project.csv": "id;title\n", "organization.csv": "a", name: "a"})
    (message,) = rejection_messages(FORMAT, path, data)
    assert "names a file outside itself" in message
    assert not list(tmp_path.glob("*.csv"))


@pytest.mark.parametrize(
    ("members", "words"),
    [
        ({"project.csv": "id;title\n"}, "the archive has no organization.csv. Name the folder or archive that holds"),
        (
            {"a/project.csv": "id;title\n", "b/project.csv": "", "organization.csv": ""},
            "several files named project.csv",
        ),
        (
            {"projekte.csv": "a", "firms.csv": "", "picture.png": ""},
            "no project.csv and no organization.csv; it has projekte.csv, firms.csv. Rename the file of the projects",
        ),
        (
            {"project.csv": "", "cordis-h2020projects.csv": "", "organization.csv": ""},
            "the archive has project.csv and cordis-h2020projects.csv, which are both project.csv",
        ),
        ({"project.csv": "<!DOCTYPE html><html>", "organization.csv": "a;b\n"}, "it is a web page"),
        (
            {"project.csv": "id,title\n1,A\n", "organization.csv": "projectID;organisationID;name;country\n"},
            "organization.csv: the file has a header and no rows",
        ),
    ],
)
def test_another_archive(tmp_path, data, members, words):
    """What is missing or different is named."""
    assert words in rejection_messages(FORMAT, zipped(tmp_path / "x.zip", members), data)[0]


def test_not_an_archive(tmp_path, data):
    """A file of another kind, and no file."""
    (message,) = rejection_messages(FORMAT, write(tmp_path / "x.zip", "a,b", []), data)
    assert "it is neither a zip archive nor a folder" in message
    assert "there is no such file or folder" in rejection_messages(FORMAT, tmp_path / "none", data)[0]


def test_no_us_participation_at_all(tmp_path, data):
    """An import that would be empty is refused."""
    folder = write_cordis(tmp_path / "release", organisations=ORGANISATIONS[:1])
    assert "no project has a participant in the United States" in rejection_messages(FORMAT, folder, data)[0]
