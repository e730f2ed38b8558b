"""The files and columns of the editions of CORDIS, and how they are opened: any delimiter, or an Excel workbook.

Until 2020 CORDIS published cordis-h2020projects.csv and cordis-h2020organizations.csv, since 2021 project.csv and
organization.csv in one archive. Names of files and columns differ; the importer uses those since 2021.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from etl.errors import shorten
from etl.extract import did_you_mean
from etl.imports.archive import find_files
from etl.imports.csv_source import CsvFile, header_further_down, open_table
from etl.imports.run import ImportRequest
from etl.imports.text_input import Reading, text_input
from etl.imports.workbook import is_workbook, sheet_as_csv

PROJECTS, ORGANISATIONS, FIELDS, TOPICS = "project.csv", "organization.csv", "euroscivoc.csv", "topics.csv"
_EDITION = r"(cordis[-_ ]?)?((h2020|horizon|fp\d)[-_ ]?)?"
FILE_NAMES: Mapping[str, re.Pattern[str]] = {
    PROJECTS: re.compile(_EDITION + "projects?"),
    ORGANISATIONS: re.compile(_EDITION + "organi[sz]ations?"),
    FIELDS: re.compile(_EDITION + "euroscivoc"),
    TOPICS: re.compile(_EDITION + "topics"),
}
# File -> columns that it must have, and columns that some editions lack.
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    PROJECTS: (
        ("id",),
        (
            "title",
            "acronym",
            "startDate",
            "endDate",
            "totalCost",
            "ecMaxContribution",
            "fundingScheme",
            "topics",
            "keywords",
            "frameworkProgramme",
            "programme",
        ),
    ),
    ORGANISATIONS: (
        ("projectID", "name", "country"),
        (
            "organisationID",
            "city",
            "geolocation",
            "role",
            "ecContribution",
            "nutsCode",
            "activityType",
            "SME",
            "order",
            "endOfParticipation",
            "vatNumber",
            "shortName",
            "organizationURL",
        ),
    ),
    FIELDS: (("projectID", "euroSciVocPath"), ()),
    TOPICS: (("projectID", "title"), ()),
}
# Column -> what other editions call it. Before 2021 `id` of organizations is the number of the organisation, and
# `projectRcn` is a number of CORDIS, not that of the grant.
_OTHER_NAMES: Mapping[tuple[str, str], tuple[str, ...]] = {
    (PROJECTS, "id"): ("reference", "projectID"),
    (PROJECTS, "programme"): ("legalBasis",),
    (ORGANISATIONS, "projectID"): ("projectReference",),
    (ORGANISATIONS, "organisationID"): ("organizationID", "id"),
}
# Columns by which a sheet of a workbook is known, in every edition.
SHEET_COLUMNS: Mapping[str, tuple[str, ...]] = {
    PROJECTS: ("acronym", "startdate"),
    ORGANISATIONS: ("name", "country"),
    FIELDS: ("euroscivocpath",),
    TOPICS: ("topic",),
}
_SHEETS = "Keep one visible sheet of projects and one of organizations, with the columns as CORDIS publishes them."
# NA is the code of Namibia here, not a missing value.
BLANKS = ("", "NaN", "nan", "NULL", "null", "#N/A")


@dataclass(frozen=True)
class ReleaseFile:
    """One opened file of a release.

    source: the file of the release; csv: its table, perhaps a copy of it. names: column as the importer calls it -> as
    the file calls it, for the columns that it has. columns: all that the importer reads of this kind of file. notes:
    how the file was read.
    """

    source: Path
    csv: CsvFile
    names: Mapping[str, str]
    columns: tuple[str, ...]
    notes: tuple[str, ...] = ()

    def has(self, column: str) -> bool:
        """Whether the file has this column."""
        return column in self.names

    def key(self, column: str) -> str:
        """Name of the column in ``csv_source.records``."""
        return self.names[column].lower()


def open_release(request: ImportRequest, work_dir: Path) -> dict[str, ReleaseFile]:
    """Kind, a key of COLUMNS -> file of a folder, an archive or a workbook. Raises InputError."""
    path, display_path = request.file, request.display_path
    if path.is_file() and is_workbook(path):
        paths = dict.fromkeys((PROJECTS, ORGANISATIONS), path)
    else:
        paths = find_files(path, display_path, FILE_NAMES, (PROJECTS, ORGANISATIONS), work_dir)
    return {
        kind: _open(
            kind, file, display_path if file == path else f"{display_path}/{file.name}", request.reading, work_dir
        )
        for kind, file in paths.items()
    }


def _open(kind: str, path: Path, display_path: str, reading: Reading, work_dir: Path) -> ReleaseFile:
    folder = work_dir / f"text-{kind}"
    folder.mkdir()
    # A sheet is known by a column that no other has.
    text = (
        sheet_as_csv(path, display_path, SHEET_COLUMNS[kind], None, folder, _SHEETS)
        if is_workbook(path)
        else text_input(path, display_path, reading, folder)
    )
    file = open_table(text, (), BLANKS, None)
    required, optional = COLUMNS[kind]
    known = {name.lower(): name for name in file.header}
    names = {column: known[found] for column in (*required, *optional) if (found := _found(kind, column, known))}
    if missing := [column for column in required if column not in names]:
        if below := header_further_down(text, [*optional, *required]):
            line, above = below
            file.reject(
                f"the header is in line {line}, below other text ('{shorten(above)}')",
                f"Delete {'line 1' if line == 2 else f'lines 1 to {line - 1}'}.",
            )
        near = did_you_mean(missing[0], list(file.header)) if len(file.header) > 1 else ""
        rule = f"the header has no column {' and no column '.join(missing)}{near}"
        file.reject(
            rule, f"Name the file as CORDIS publishes it; it has the columns {', '.join(required)}.", file.header_line
        )
    notes = [f"{display_path}: {note}" for note in text.notes]
    if kind == ORGANISATIONS and "organisationID" not in names:
        notes.append(f"{text.display_path} has no numbers of organisations: name and country tell them apart.")
    return ReleaseFile(path, file, names, (*required, *optional), tuple(notes))


def _found(kind: str, column: str, known: Mapping[str, str]) -> str | None:
    """What a header calls a column, in lower case; None when it lacks it."""
    spellings = (column, *_OTHER_NAMES.get((kind, column), ()))
    return next((spelling.lower() for spelling in spellings if spelling.lower() in known), None)
