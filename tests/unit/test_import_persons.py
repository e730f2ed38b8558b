"""Who counts as a natural person among the participants of CORDIS: in doubt a person, never what is plainly none."""

import csv
from collections.abc import Iterable
from itertools import product

import duckdb
import pytest
from import_files import ORGANISATIONS, run, write_cordis

from etl.imports.cordis import FORMAT
from etl.imports.persons import is_person
from settings import ROOT

US_PARTY = '"103";"903";"";"PLASTICS GROUP INC"'
# The most frequent given and family names of several countries, and those that resemble words of organisations.
GIVEN = "Anna Maria Marine Eric Israel Conception Royal Per Se-Young Wei"
FAMILY = (
    "Smith Johnson Garcia Martinez Müller Weber Schmidt Rossi Bianchi Biondi Gaspar Medici Park Cooper Banks Waters "
    "House Parker Chambers Steele Powers Farmer Forest Marchand Leroy Nowak Kowalski Papadopoulos Sá Co Chu Tu "
    "Cloud Council Brothers Stahl Krebs Generali Telesca Schooley"
)


def left_out(names: Iterable[str], activity: str = "", vat: str = "") -> set[str]:
    """The participants of these names that count as persons. One query: preparing it takes most of its time."""
    rows = duckdb.execute(
        f"SELECT name FROM (SELECT unnest(?) AS name, nullif(?, '') AS activity, nullif(?, '') AS vat) "
        f"WHERE {is_person('name', 'activity', ('vat',))}",
        [list(names), activity, vat],
    ).fetchall()
    return {name for (name,) in rows}


# Made-up names: nobody's.
@pytest.mark.parametrize(
    ("name", "activity", "vat", "is_left_out"),
    [
        ("Firstname Lastname", "PRC", "", True),
        ("FIRSTNAME MIDDLE-NAME LASTNAME", "OTH", "", True),
        ("LASTNAME, Firstname", "PRC", "", True),
        ("Firstname Maria del Carmen Lastname Lastname", "PRC", "", True),
        ("Firstname Lastname", "", "", True),
        ("Dr. Firstname Lastname", "REC", "X1", True),
        ("Firstname de Sa", "PRC", "", True),
        ("Firstname Sá", "PRC", "", True),
        ("Firstname Lastname", "HES", "", False),
        ("Firstname Lastname", "PRC", "X1", False),
        ("FIRSTNAME LASTNAME GMBH", "PRC", "", False),
        ("LASTNAME ENGINEERING", "PRC", "", False),
        ("ACME", "PRC", "", False),
        ("DR FIRSTNAME LABORATORIES LTD", "PRC", "", False),
        ("Lastname 3", "PRC", "", False),
        ("Lastname & Lastname", "PRC", "", False),
        ("Université Lastname", "OTH", "", False),
        ("LASTNAME INC", "", "", False),
        ("Lastname, LLC", "", "", False),
        ("Lastname S.p.A.", "", "", False),
        ("Lastname e.V.", "", "", False),
        ("LASTNAME SA", "", "", False),
        ("TU WIEN", "", "", False),
        ("PLACENAME YLIOPISTO", "", "", False),
        ("U OF PLACENAME", "", "", False),
        ("FRIENDS FOR PLACENAME", "", "", False),
        ("PLACENAMER KREBSFORSCHUNGSZENTRUM", "", "", False),
        ("GREEN COMMONS", "OTH", "", False),
    ],
)
def test_who_may_be_a_natural_person(name, activity, vat, is_left_out):
    """In doubt a participant is left out."""
    assert (name in left_out([name], activity, vat)) is is_left_out


def test_names_of_persons_are_no_organisations():
    """Each pair of a frequent given and family name is left out, in small letters and in capitals."""
    names = {
        name
        for given, family in product(GIVEN.split(), FAMILY.split())
        for name in (f"{given} {family}", f"{family.upper()} {given.upper()}")
    }
    # A company form at the end: CO of a company and of the family name Co.
    assert {name for name in names - left_out(names) if not name.endswith(" Co")} == set()


def test_hardly_any_organisation_of_the_shipped_projects_would_be_lost():
    """By their names alone, without the other evidence: 2 of 694 different names, and the file has short names."""
    path = ROOT / "data/datasets/horizon-2020-with-us-2016/horizon_participations.csv"
    with path.open(encoding="utf-8", newline="") as file:
        names = {row["organisation_name"] for row in csv.DictReader(file)}
    assert len(names) == 694
    assert left_out(names) == {"BEL V", "EURO-ARGO ERIC"}


def test_persons_are_counted_and_make_no_us_participation(tmp_path, data):
    """A project whose only US participant may be a person is not taken over, and this is its reason."""
    person = US_PARTY.replace("PLASTICS GROUP INC", "Firstname Lastname")
    organisations = [row.replace(US_PARTY, person) for row in ORGANISATIONS]
    organisations.append(
        '"101";"906";"";"Firstname Lastname";"";"false";"PRC";"Paris";"FR";"";"";"";"5";"participant";"1"'
    )
    summary = run(FORMAT, write_cordis(tmp_path / "release", organisations=organisations), data)
    found = duckdb.sql(f"SELECT horizon_project_id FROM '{data}/imports/cordis.parquet'").fetchall()
    assert found == [("101",)]
    rejected = summary.manifest.rejected
    assert rejected["natural person, or possibly one"] == 1
    assert rejected["project whose only US participant cannot be told from a natural person"] == 1
    assert rejected["project without US participation"] == 1
    assert rejected["participation in a project that is not imported"] == 5
    assert "Lastname" not in "".join(path.read_bytes().decode("latin-1") for path in (data / "imports").glob("cordis*"))
