"""The schema and what is said about it: dictionary, wording of CHECKs, names of countries."""

import csv

from etl.constraint_messages import WORDS, words_for
from etl.dictionary import PASSED_ON, write_dictionary
from domain.geography import outline_name
from etl.geo_checks import read_outlines
from etl.schema import FILLED_BY_IMPORT, MADE_BY_BUILD, MAY_BE_ABSENT, declared_schema
from settings import ROOT, load_settings


def test_the_column_dictionary_is_up_to_date(tmp_path):
    """data/README.md holds what `python -m etl describe --columns` writes."""
    readme = tmp_path / "README.md"
    readme.write_text((ROOT / "data" / "README.md").read_text(encoding="utf-8"), encoding="utf-8")
    assert not write_dictionary(readme, declared_schema()), "run: python -m etl describe --columns"


def test_a_changed_dictionary_is_written_between_the_markers(tmp_path):
    """What stands around it stays."""
    readme = tmp_path / "README.md"
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    readme.write_text(text.replace("### activities", "### something else"), encoding="utf-8")
    assert write_dictionary(readme, declared_schema())
    assert readme.read_text(encoding="utf-8") == text


def test_every_check_has_words():
    """No message quotes SQL, and no words are left over."""
    checks = [check for table in declared_schema().input_tables for check in table.checks]
    of_several = {check.expression for check in checks if len(check.columns) > 1}
    assert of_several == set(WORDS)
    for check in checks:
        assert "breaks the rule" not in words_for(check, dict.fromkeys(check.columns, "x")).rule, check


def test_tables_that_are_named_exist():
    """A renamed table must not leave its old name behind."""
    tables = set(declared_schema().tables)
    assert MADE_BY_BUILD | MAY_BE_ABSENT | FILLED_BY_IMPORT <= tables
    assert {source for sources in PASSED_ON.values() for source in sources} - tables <= {
        "record_themes",
        "sector_themes",
        "sector_lists",
        "organisation_country_lists",
        "organisation_register",
        "project_labels",
        "project_usa_targets",
        "statistics_country_totals",
    }


def test_every_country_has_an_outline():
    """Otherwise its points would not be verified."""
    outlines = read_outlines(load_settings().static_dir)
    with open(ROOT / "data" / "lookups" / "countries.csv", encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert [name for name in names if outline_name(name) not in outlines] == []
