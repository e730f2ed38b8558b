"""The schema: column dictionary, messages of CHECKs, order of the SQL files, names of countries."""

import csv
import re

import duckdb

from domain.geography import outline_name
from etl.constraint_messages import CHECK_MESSAGES, message_for
from etl.dictionary import COMMENT_SOURCES, write_dictionary
from etl.geo_checks import read_outlines
from etl.load import create_views
from etl.schema import (
    DERIVED_SQL,
    FILLED_BY_IMPORT,
    MADE_BY_BUILD,
    MAY_BE_ABSENT,
    SCHEMA_SQL,
    SQL_DIR,
    create_tables,
    declared_schema,
)
from settings import ROOT, load_settings


def test_the_column_dictionary_is_up_to_date(tmp_path):
    """data/README.md holds what `python -m etl describe --columns` writes."""
    readme = tmp_path / "README.md"
    readme.write_text((ROOT / "data" / "README.md").read_text(encoding="utf-8"), encoding="utf-8")
    assert not write_dictionary(readme, declared_schema()), "run: python -m etl describe --columns"


def test_a_changed_dictionary_is_written_between_the_markers(tmp_path):
    """The text around the dictionary is kept."""
    readme = tmp_path / "README.md"
    text = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    readme.write_text(text.replace("### activities", "### something else"), encoding="utf-8")
    assert write_dictionary(readme, declared_schema())
    assert readme.read_text(encoding="utf-8") == text


def test_every_check_has_a_message():
    """No message quotes SQL, every message belongs to a CHECK, and no two CHECKs compare the same columns."""
    checks = [check for table in declared_schema().input_tables for check in table.checks]
    of_several = {(check.columns, check.expression) for check in checks if len(check.columns) > 1}
    assert sorted(columns for columns, _ in of_several) == sorted(CHECK_MESSAGES)
    for check in checks:
        assert "breaks the rule" not in message_for(check, dict.fromkeys(check.columns, "x")).rule, check


def test_without_comments_all_else_is_the_same():
    """A check leaves the comments out, and nothing that rows are checked by."""
    found = []
    for with_comments in (True, False):
        with duckdb.connect(config={"threads": "1"}) as connection:
            connection.begin()
            create_tables(connection, with_comments=with_comments)
            create_views(connection, with_comments=with_comments)
            columns = "table_name, column_name, data_type, is_nullable, column_default"
            rules = "table_name, constraint_type, expression, constraint_column_names, referenced_table"
            found.append(
                [
                    connection.execute(
                        f"SELECT {columns} FROM duckdb_columns() WHERE NOT internal ORDER BY ALL"
                    ).fetchall(),
                    connection.execute(f"SELECT {rules} FROM duckdb_constraints() ORDER BY ALL").fetchall(),
                    connection.execute("FROM view_sql ORDER BY ALL").fetchall(),
                    connection.execute("SELECT count(comment) > 0 FROM duckdb_columns() WHERE NOT internal").fetchone(),
                ]
            )
    with_them, without = found
    assert with_them[:3] == without[:3] and all(with_them[:3])
    assert (with_them[3], without[3]) == ((True,), (False,))


def test_tables_that_are_named_exist():
    """No list names a table or view that does not exist."""
    tables = set(declared_schema().tables)
    assert tables >= MADE_BY_BUILD | MAY_BE_ABSENT | FILLED_BY_IMPORT
    sql = "".join(path.read_text(encoding="utf-8") for path in DERIVED_SQL)
    derived = set(re.findall(r"CREATE (?:VIEW|TABLE) (\w+) AS", sql))
    assert set(COMMENT_SOURCES) <= derived
    assert {source for sources in COMMENT_SOURCES.values() for source in sources} <= tables | derived


def test_every_sql_file_is_run():
    """The order is declared and covers all files; every file has a number of its own."""
    assert sorted([SCHEMA_SQL, *DERIVED_SQL]) == sorted(SQL_DIR.glob("*.sql"))
    numbers = [path.name.split("_")[0] for path in SQL_DIR.glob("*.sql")]
    assert len(numbers) == len(set(numbers))


# Parts of a country in the outlines (as Réunion is of France), or islands too small for them.
WITHOUT_OUTLINE = {
    "Bonaire, Sint Eustatius and Saba",
    "Bouvet Island",
    "Christmas Island",
    "Cocos (Keeling) Islands",
    "French Guiana",
    "Gibraltar",
    "Guadeloupe",
    "Martinique",
    "Mayotte",
    "Réunion",
    "Svalbard and Jan Mayen",
    "Tokelau",
    "Tuvalu",
    "United States Minor Outlying Islands",
}


def test_every_country_has_an_outline():
    """Otherwise its points would not be verified."""
    outlines = read_outlines(load_settings().static_dir)
    with open(ROOT / "data" / "lookups" / "countries.csv", encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert {name for name in names if outline_name(name) not in outlines} == WITHOUT_OUTLINE


# Tables of links that hold one pair several times or one record in several rows, with what tells the rows apart.
KEYS_OF_LINKS = {
    "cooperation_parties": ("cooperation_id", "party_order"),  # a party without an id is only a wording
    "event_organisations": ("event_id", "organisation_id", "role"),  # host and organiser of one event
    "event_places": ("event_id", "sequence"),
    "event_projects": ("event_id", "project_id", "role"),
    "organisation_aliases": ("organisation_id", "alias"),
    "organisation_countries": ("organisation_id", "country_code"),  # a French-German cluster
    "policy_countries": ("policy_id", "country_code"),
    "project_members": ("project_id", "organisation_id", "role"),
    "project_targets": ("project_id", "country_code"),
    "story_partners": ("story_id", "partner_order"),
}


def test_what_tells_the_rows_of_a_link_apart():
    """A narrower key would refuse facts, a wider one would let a fact stand twice and count twice."""
    tables = declared_schema().tables
    assert {name: tables[name].key for name in KEYS_OF_LINKS} == KEYS_OF_LINKS
