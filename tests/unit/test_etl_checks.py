"""The machinery of declared checks: what a declaration needs, what a failure says, what is stored."""

import duckdb
import pytest
from etl_dataset import messages

from etl import checks
from etl.pipeline import build, check

pytestmark = pytest.mark.slow  # builds a database in most tests

GOOD = {
    "id": '"x"',
    "title": '"something holds"',
    "because": '"It must."',
    "fix": '"Mend it."',
    "severity": '"error"',
    "tables": '["events"]',
    "sql": "\"SELECT 'events' AS table_name, NULL AS record_id WHERE false\"",
}


def _declare(data, **changes):
    """Append a check to checks.toml: the good one above with changes; None leaves a key out."""
    lines = [f"{key} = {value}" for key, value in (GOOD | changes).items() if value is not None]
    path = data / "checks.toml"
    path.write_text(path.read_text() + "\n[[check]]\n" + "\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"because": None},
            ("x: 'because' is missing or blank. Every check says what it verifies, why, and how to fix the data."),
        ),
        (
            {"because": '" "'},
            ("x: 'because' is missing or blank. Every check says what it verifies, why, and how to fix the data."),
        ),
        ({"severity": '"fatal"'}, "x: the severity 'fatal' is unknown. Write error or warning."),
        ({"id": '"every-fact-cited"'}, "every-fact-cited: the id is used twice. Give each check its own id."),
        ({"sql": None}, "x: it needs exactly one of sql, pattern, at_least, at_most. Declare what is checked."),
        ({"at_least": "3"}, "x: it needs exactly one of sql, pattern, at_least, at_most. Declare what is checked."),
        ({"table": None, "tables": '["evnts"]'}, "x: there is no table 'evnts'. Name tables of the schema."),
        ({"tables": None}, "x: it names no table. Name the tables it covers in tables, or in table for a count."),
        (
            {"tables": None, "table": '"events"'},
            "x: it names its tables in another key than 'tables'. Name them in tables.",
        ),
        (
            {"sql": None, "at_least": "3"},
            "x: it names its tables in another key than 'table'. Name them in table.",
        ),
        ({"reason": '"y"'}, "x: unknown key reason. Remove it or correct its name."),
        ({"title": "3"}, "x: 'title' is no text. Put it between quotes."),
        ({"sql": "[1]"}, "x: 'sql' is no text. Put it between quotes."),
        ({"tables": '"events"'}, 'x: \'tables\' is no list of names. Write it like ["events", "event_places"].'),
        (
            {"sql": None, "table": '"events"', "at_least": '"9"'},
            "x: 'at_least' is no whole number. Write digits without quotes, such as 25.",
        ),
        (
            {"sql": None, "pattern": '"a("'},
            "x: 'pattern' is no regular expression: Invalid Input Error: missing ): a(. Correct it.",
        ),
    ],
)
def test_a_wrong_declaration_has_its_message(inputs, data, changes, message):
    """A check without a reason is no check."""
    _declare(data, **changes)
    assert messages(inputs) == [f"data/checks.toml, {message}"]


@pytest.mark.parametrize("text", ['check = "x"', "check = [1]"])
def test_a_file_without_tables_of_checks(inputs, data, text):
    (data / "checks.toml").write_text(text)
    assert messages(inputs) == ["data/checks.toml: check is no list of tables. Begin each check with [[check]]."]


def test_a_missing_file_of_checks(inputs, data):
    """Data that nothing checks are not published."""
    (data / "checks.toml").unlink()
    assert messages(inputs) == ["data/checks.toml: the file is missing. Add it; data/README.md describes it."]


def test_a_failure_names_the_row_and_the_evidence(inputs, data):
    """File and line come from the id of the row, the other columns are printed."""
    _declare(data, sql="\"SELECT 'events' AS table_name, event_id AS record_id, kind, description FROM events\"")
    assert messages(inputs) == [
        (
            "data/events.csv line 2, event_id: 'matchmaking-2016' fails the check x "
            "(kind=matchmaking, description=blank): "
            "something holds. It must. Mend it."
        )
    ]


def test_a_failure_can_name_two_rows(inputs, data):
    """Two facts that contradict each other are told with both places."""
    sql = (
        "SELECT 'events' AS table_name, event_id AS record_id, kind, 'projects' AS other_table_name, "
        "'elbe' AS other_record_id FROM events"
    )
    _declare(data, sql=f'"{sql}"')
    assert messages(inputs) == [
        (
            "data/events.csv line 2, event_id: 'matchmaking-2016' fails the check x "
            "(kind=matchmaking) together with elbe in "
            "data/projects.csv line 4: something holds. It must. Mend it."
        )
    ]


def test_counts_have_bounds(inputs, data):
    """A row count out of bounds names the file and both numbers."""
    _declare(data, sql=None, tables=None, table='"events"', at_least="2")
    assert messages(inputs) == [
        "data/events.csv: fails the check x (rows_found=1, expected=>= 2): something holds. It must. Mend it."
    ]


def test_a_pattern_reads_every_text_and_ignores_what_it_is_told(inputs, data):
    """An e-mail address in an address of a page is found; a number there can be ignored."""
    _declare(data, sql=None, tables=None, pattern="'clustercollaboration'")
    (found,) = messages(inputs)
    assert found.startswith(
        "data/sources.csv line 3, source_id: 'eccp-gen2' fails the check x (column_name=url, value=https://"
    )
    (data / "checks.toml").write_text((data / "checks.toml").read_text() + "ignore = 'https?://\\S+'\n")
    check(inputs)


def test_a_check_whose_sql_cannot_run_fails(inputs, data):
    """It is never skipped."""
    _declare(data, sql='"SELECT nothing FROM events"')
    (found,) = messages(inputs)
    assert found.startswith("data/checks.toml: fails the check x (its SQL cannot run: Binder Error")


@pytest.mark.parametrize(
    ("sql", "reason"),
    [
        ("DELETE FROM events; SELECT 'events' AS table_name, NULL AS record_id WHERE false", "must be one SELECT"),
        ("COPY events TO '{folder}/stolen.csv'", "must be one SELECT"),
        (
            "SELECT 'events' AS table_name, content AS record_id FROM read_text('{folder}/x.csv')",
            "cannot run: Perm",
        ),
    ],
)
def test_a_check_changes_nothing_and_reads_no_file(inputs, data, sql, reason):
    """SQL of a text file must not rewrite what is published, nor read or write files."""
    before = {path.name for path in data.iterdir()}
    _declare(data, sql=f'"{sql.format(folder=data)}"')
    (found,) = messages(inputs)
    assert reason in found
    assert {path.name for path in data.iterdir()} == before


def test_a_check_that_does_not_end_is_stopped(inputs, data, monkeypatch):
    """A build must not hang on the SQL of one check."""
    monkeypatch.setattr(checks, "MAX_CHECK_SECONDS", 0.2)
    _declare(
        data,
        sql="\"SELECT 'events' AS table_name, max(a.range * b.range) AS record_id "
        'FROM range(10_000_000) a, range(10_000_000) b"',
    )
    assert any("ran for more than 0.2 seconds and was stopped" in found for found in messages(inputs))


def test_a_check_must_say_which_row(inputs, data):
    """Without table_name and record_id nobody could find the row."""
    _declare(data, sql='"SELECT event_id FROM events"')
    (found,) = messages(inputs)
    assert found.startswith("data/checks.toml: fails the check x (its SQL must return table_name and record_id)")


def test_a_table_without_a_check_is_an_error(inputs, data):
    """As soon as it has rows."""
    path = data / "checks.toml"
    path.write_text(path.read_text().replace("'figures', ", ""))
    assert messages(inputs) == [
        (
            "data/figures.csv: fails the check every-table-guarded: every table with rows has a "
            "check. A table that nothing "
            "checks can lose its rows without anybody noticing. Declare a check with its name in checks.toml."
        )
    ]


def test_twenty_rows_of_a_check_are_shown(inputs, data):
    """The rest is counted."""
    _declare(data, sql="\"SELECT 'events' AS table_name, NULL AS record_id, n FROM range(25) numbers (n)\"")
    found = messages(inputs)
    assert len(found) == 21
    assert "data/checks.toml, x: 5 more rows fail the check. Mend it." in found


def test_results_are_stored(inputs, link):
    """check_results holds every check with its reason, the failed warning included."""
    summary = build(inputs, link)
    with duckdb.connect(str(summary.path), read_only=True) as connection:
        found = connection.execute(
            "SELECT check_id, because <> '', severity, rows_found, passed FROM check_results ORDER BY check_id"
        ).fetchall()
    assert found == [
        ("every-fact-cited", True, "error", 0, True),
        ("every-table-guarded", True, "error", 0, True),
        ("members-dated", True, "warning", 1, False),
        ("no-e-mail", True, "error", 0, True),
    ]
    assert (summary.checks_passed, summary.checks_run, len(summary.warnings)) == (3, 4, 1)
