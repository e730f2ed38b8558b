"""Cells and rows of CORDIS files: money, days, countries, organisations that left or stand twice."""

from datetime import UTC, datetime

import duckdb
import pytest
from import_files import ORGANISATIONS, PROJECTS, run, write, write_cordis

from etl.imports.cordis import FORMAT

# A project may last for twenty years from now.
FAR = f"not between 1900 and {datetime.now(UTC).year + 20}"


def found(data, columns: str, ending: str = ".parquet") -> list[tuple]:
    """Columns of a result."""
    return duckdb.sql(f"SELECT {columns} FROM '{data}/imports/cordis{ending}' ORDER BY ALL").fetchall()


def changed(position: int, old: str, new: str) -> list[str]:
    """The organisations of the test release with one cell of one row changed."""
    assert old in ORGANISATIONS[position]
    return [row.replace(old, new) if at == position else row for at, row in enumerate(ORGANISATIONS)]


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
        ("1e999", None, "more than a million million euros"),
        ("inf", None, "not a number"),
        ("2000000000001", None, "more than a million million euros"),
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


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("infinity", FAR),
        ("9999-01-01", FAR),
        (f"{datetime.now(UTC).year + 21}-01-01", FAR),
        ("1/2/2016", "not clear whether day or month comes first"),
        ("30/02/2016", "not a date"),
        ("2016-13-01", "not a date"),
    ],
)
def test_days_that_cannot_be(tmp_path, data, text, reason):
    """They are left blank and listed; no page and no file ever meets them."""
    projects = [PROJECTS[0].replace("2016-01-01", text), *PROJECTS[1:]]
    summary = run(FORMAT, write_cordis(tmp_path / "release", projects), data)
    assert found(data, "horizon_project_id, start_on")[0] == ("101", None)
    assert [(f.line, f.value) for f in summary.reject_log.rejections if f.reason == reason] == [(2, text)]


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("02/01/2016", "12/31/2018", ("2016-02-01", "2018-12-31")),  # the end tells that the month comes first
        ("2/1/2016", "31/12/2018", ("2016-01-02", "2018-12-31")),
        ("02/01/2016", "01/12/2018", ("2016-01-02", "2018-12-01")),
        ("2016-02-01", "2015-12-31", ("2016-02-01", None)),
    ],
)
def test_days_of_a_project(tmp_path, data, start, end, days):
    """Which of day and month comes first is told by the whole file; an end before the beginning is left blank."""
    projects = [PROJECTS[0].replace("2016-01-01", start).replace("2018-12-31", end), PROJECTS[2]]
    projects[1] = projects[1].replace("2017-05-01", "").replace("2019-04-30", "")
    summary = run(FORMAT, write_cordis(tmp_path / "release", projects), data)
    assert found(data, "start_on::VARCHAR, end_on::VARCHAR")[0] == days
    told = [(one.line, one.value, one.reason) for one in summary.reject_log.rejections if one.column == "endDate"]
    assert told == ([] if days[1] else [(2, end, "ends before it begins")])


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


def test_formulas_stay_text_on_the_way_out(tmp_path, data):
    """A name is imported as it is written; in the list of rejected cells a formula has an apostrophe before it."""
    formula = '=HYPERLINK(""http://example.org"",""x"")'
    organisations = [row.replace("OHIO UNIVERSITY", formula) for row in ORGANISATIONS]
    organisations[0] = organisations[0].replace("500,25", "=1+1")
    run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    names = [row[0] for row in found(data, "organisation_name", ".participations.parquet")]
    assert formula.replace('""', '"') in names
    assert "2,ecContribution,'=1+1,not a number" in (data / "imports/cordis.rejected.csv").read_text()


def test_rows_without_a_name_or_a_place(tmp_path, data):
    """A row without a name is no person, and a point at 0, 0 is no place."""
    organisations = [
        ORGANISATIONS[0].replace("45.75,4.85", "0,0"),
        ORGANISATIONS[1],
        ORGANISATIONS[2].replace("ATHENS WATER COMPANY", ""),
    ]
    summary = run(FORMAT, write_cordis(tmp_path / "release", PROJECTS[:1], organisations), data)
    assert found(data, "participant_id, latitude", ".participations.parquet") == [("900", None), ("901", 39.32)]
    assert summary.manifest.rejected == {
        "participation without the name of an organisation": 1,
        "not a latitude and longitude: the row is kept, the cell is blank": 1,
    }
