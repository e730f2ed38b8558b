"""Small files as the three sources publish them, for the tests of the imports."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from etl.errors import InputError
from etl.imports.run import ImportFormat, ImportRequest, ImportSummary, run_import
from etl.imports.text_input import Reading

STATISTICS = "region,traded_cluster,year,employment,establishments,wage,currency,country"
PORTAL = (
    '"year_t","cluster_name_t","cluster_code_t","region_type_t","region_code_t","region_name_t","traded_b",'
    '"emp_tl","est_tl","private_wage_tf","lq_tf","strong_b","other"'
)
PROJECT = (
    '"id";"acronym";"status";"title";"startDate";"endDate";"totalCost";"ecMaxContribution";'
    '"frameworkProgramme";"fundingScheme";"topics";"keywords";"objective"'
)
ORGANISATION = (
    '"projectID";"organisationID";"vatNumber";"name";"shortName";"SME";"activityType";"city";"country";"nutsCode";'
    '"geolocation";"organizationURL";"order";"role";"ecContribution"'
)
PROJECTS = [
    (
        '"101";"ALPHA";"SIGNED";"Clean water";"2016-01-01";"2018-12-31";"1000000,50";"900000";'
        '"H2020";"RIA";"WATER-1";"water reuse";"Two\nlines; and ""quotes"""'
    ),
    '"102";"BETA";"SIGNED";"Without the US";"2017-01-01";"2018-12-31";"5";"5";"H2020";"RIA";"";"";"x"',
    '"103";"GAMMA";"SIGNED";"History of law";"2017-05-01";"2019-04-30";"700";"";"H2020";"CSA";"";"law";"x"',
]
ORGANISATIONS = [
    (
        '"101";"900";"FR1";"POLYMER CENTRE";"PC";"false";"REC";"Lyon";"FR";"FRK26";"45.75,4.85";'
        '"";"1";"coordinator";"500,25"'
    ),
    '"101";"901";"";"OHIO UNIVERSITY";"OU";"false";"HES";"Athens";"US";"";"39.32,-82.10";"";"2";"participant";""',
    '"101";"902";"EL1";"ATHENS WATER COMPANY";"";"true";"PRC";"Athina";"EL";"EL303";"";"";"3";"participant";"1"',
    '"101";"902";"EL1";"ATHENS WATER COMPANY";"";"true";"PRC";"Athina";"EL";"EL303";"";"";"4";"thirdParty";"1"',
    '"102";"900";"FR1";"POLYMER CENTRE";"PC";"false";"REC";"Lyon";"FR";"FRK26";"45.75,4.85";"";"1";"coordinator";"1"',
    (
        '"103";"900";"FR1";"POLYMER CENTRE OF LYON";"PC";"false";"REC";"Lyon";"FR";"FRK26";'
        '"45.75,4.85";"";"1";"coordinator";"1"'
    ),
    '"103";"903";"";"PLASTICS GROUP INC";"";"false";"PRC";"Akron";"US";"";"";"";"2";"participant";""',
    '"103";"904";"";"LEEDS INSTITUTE";"LI";"false";"REC";"Leeds";"UK";"UKE42";"53.80,-1.55";"";"3";"participant";"1"',
    '"103";"905";"";"WINDHOEK COLLEGE";"WC";"false";"HES";"Windhoek";"NA";"";"";"";"4";"participant";"1"',
]


def write(path: Path, header: str, rows: Iterable[str], start: str = "", end: str = "\n") -> Path:
    """A text file of these lines; start may be a byte order mark."""
    path.write_bytes((start + end.join([header, *rows]) + end).encode())
    return path


def write_cordis(folder: Path, projects=PROJECTS, organisations=ORGANISATIONS, start: str = "\ufeff") -> Path:
    """The two files of a release."""
    folder.mkdir(exist_ok=True)
    write(folder / "project.csv", PROJECT, projects, start)
    write(folder / "organization.csv", ORGANISATION, organisations, start)
    return folder


def request_for(kind: ImportFormat, path: Path, name: str | None = None, **how) -> ImportRequest:
    """The request to import a file; how: other fields of it."""
    return ImportRequest(path, path.name, name or kind.name, "Title", "Publisher", None, "a test", "not stated", **how)


def run(kind: ImportFormat, path: Path, data: Path, name: str | None = None, **reading) -> ImportSummary:
    """Import a file into the data folder, in place of an earlier import of this name."""
    return run_import(request_for(kind, path, name, reading=Reading(**reading), replace=True), kind, data)


def rejection_messages(kind: ImportFormat, path: Path, data: Path, name: str | None = None, **reading) -> list[str]:
    """Every message of an import that must fail; nothing may be left behind by it."""
    folder = data / "imports"
    before = {file.name: file.read_bytes() for file in folder.glob("*")} if folder.exists() else {}
    with pytest.raises(InputError) as caught:
        run(kind, path, data, name, **reading)
    after = {file.name: file.read_bytes() for file in folder.glob("*")}
    assert {**before, ".lock": b""} == {**after, ".lock": b""}
    assert not list(folder.glob(".unfinished*"))
    return [str(problem) for problem in caught.value.problems]


def rejection_message(kind: ImportFormat, path: Path, data: Path, name: str | None = None, **reading) -> str:
    """The one message of an import that must fail."""
    (message,) = rejection_messages(kind, path, data, name, **reading)
    return message
