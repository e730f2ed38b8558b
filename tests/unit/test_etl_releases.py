"""Releases: what a reviewed state keeps, and what a later build says about it."""

import duckdb
import pytest
from etl_dataset import edit, messages

from etl.errors import EtlError
from etl.pipeline import build, check, release

pytestmark = pytest.mark.slow  # builds a database in most tests


def _rows(path, sql):
    with duckdb.connect(str(path.resolve()), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_a_release_keeps_every_fact_and_the_headline_figures(inputs):
    """One line a fact with its hash, one a figure with its value."""
    path = release(inputs, "2026-11-30")
    lines = path.read_text(encoding="utf-8").splitlines()
    assert path.name == "2026-11-30.csv"
    assert lines[0] == "table_name,record_id,hash,value"
    facts = [line for line in lines[1:] if not line.startswith(("headline,", "whole table,", "checksum,"))]
    assert len(facts) == 48 + 2  # as many as the dataset cites, and its two sources
    assert len({line.rsplit(",", 2)[1] for line in facts}) == len(facts)
    assert "headline,usa_share gen1-listed-of-final,,1 of 25" in lines
    assert "headline,usa_share printed-47,,47.37 %" in lines
    assert 'headline,"EU–US cooperations, status signed",,1' in lines


def test_a_build_of_the_same_facts_carries_the_release(inputs, data, link):
    """Order and checks may differ; what is shown may not."""
    release(inputs, "2026-11-30")
    lines = (data / "citations.csv").read_text().splitlines()
    (data / "citations.csv").write_text("\n".join([lines[0], *reversed(lines[1:])]) + "\n")
    summary = build(inputs, link)
    assert summary.release_id == "2026-11-30"
    assert _rows(link, "SELECT release_id FROM build_info") == [("2026-11-30",)]
    assert _rows(link, "FROM release_changes") == []
    assert _rows(link, "FROM releases") == [("2026-11-30", 50)]


def test_a_release_covers_what_is_no_fact(inputs, data, link):
    """Citations, names of sectors and contradictions are shown too: another text of theirs is another release."""
    release(inputs, "2026-11-30")
    edit(data, "citations", "events,matchmaking-2016,*,d35,s1", "events,matchmaking-2016,*,d35,s2")
    assert build(inputs, link).release_id is None
    assert _rows(link, "SELECT table_name, record_id, label FROM release_changes") == [
        ("citations", None, "the table citations")
    ]
    assert release(inputs, "2026-12-01").is_file()


def test_a_release_of_the_older_form_is_read(inputs, data, link):
    """It has neither tables nor a checksum, and is compared by its facts alone."""
    path = release(inputs, "2026-11-30")
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(("whole table,", "checksum,"))))
    edit(data, "citations", "events,matchmaking-2016,*,d35,s1", "events,matchmaking-2016,*,d35,s2")
    assert build(inputs, link).release_id == "2026-11-30"


def test_a_later_build_says_what_changed(inputs, data, link):
    """Added, changed and withdrawn, fact by fact, with readable names; old figures beside the new."""
    release(inputs, "2026-11-30")
    edit(data, "opportunities", "Work on the reuse of water.", "Work on the reuse of water together.")
    edit(data, "project_aliases", "WINTTECH 2020", "WIINTECH")
    edit(data, "citations", "escp4i-wiintech2020|WINTTECH 2020", "escp4i-wiintech2020|WIINTECH")
    edit(data, "figures", "partnerships,25,partnerships,exact,,,25", "partnerships,26,partnerships,exact,,,26")
    assert build(inputs, link).release_id is None
    assert _rows(link, "FROM release_changes ORDER BY table_name, record_id") == [
        ("2026-11-30", None, "citations", None, "the table citations", "changed"),
        ("2026-11-30", None, "figures", "escp4i-gen1-partnerships-final", "Escp4i: partnerships", "changed"),
        ("2026-11-30", None, "opportunities", "water-reuse", "Water: Work on the reuse of water together.", "changed"),
        ("2026-11-30", None, "project_aliases", "escp4i-wiintech2020|WIINTECH", "WIINTECH2020: WIINTECH", "added"),
        ("2026-11-30", None, "project_aliases", "escp4i-wiintech2020|WINTTECH 2020", None, "withdrawn"),
    ]
    assert _rows(
        link, "SELECT value, value_now FROM release_figures WHERE figure = 'usa_share gen1-listed-of-final'"
    ) == [
        ("1 of 25", "1 of 26"),
    ]


def test_changes_between_two_releases(inputs, data, link):
    """Each release is compared with the next, the last with the build."""
    release(inputs, "2026-11-30")
    edit(data, "opportunities", "Work on the reuse of water.", "Two.")
    release(inputs, "2026-11-30-2")
    edit(data, "opportunities", "Two.", "Three.")
    build(inputs, link)
    assert _rows(
        link, "SELECT from_release_id, to_release_id, record_id, change FROM release_changes ORDER BY ALL"
    ) == [
        ("2026-11-30", "2026-11-30-2", "water-reuse", "changed"),
        ("2026-11-30-2", None, "water-reuse", "changed"),
    ]


@pytest.mark.parametrize(
    ("release_id", "message"),
    [
        ("november", "'november' is not a release id"),
        ("9999-99-99", "'9999-99-99' is not a release id"),
        ("2027-02-29", "'2027-02-29' is not a release id"),
        ("2026-11-29", "The last release is 2026-11-30, and 2026-11-29 is not later"),
        ("2026-11-30", "The last release is 2026-11-30, and 2026-11-30 is not later"),
    ],
)
def test_a_release_id_that_may_not_be(inputs, data, release_id, message):
    """Nothing is written and nothing overwritten."""
    (data / "releases").mkdir()
    (data / "releases" / "2026-11-30.csv").write_text("kept")
    with pytest.raises(EtlError, match=message):
        release(inputs, release_id)
    assert {path.name: path.read_text() for path in (data / "releases").iterdir()} == {"2026-11-30.csv": "kept"}


def test_a_release_without_a_change(inputs, data):
    """It would say nothing."""
    release(inputs, "2026-11-30")
    with pytest.raises(EtlError, match="Nothing changed since the release 2026-11-30"):
        release(inputs, "2026-12-01")
    assert {path.name for path in (data / "releases").iterdir()} == {"2026-11-30.csv", "2026-11-30.zip"}


def test_an_edited_release_is_an_error(inputs, data):
    """It would make the change log lie."""
    path = release(inputs, "2026-11-30")
    check(inputs)
    path.write_text(path.read_text().replace("table_name,record_id,hash,value", "table_name,record_id,hash"))
    path.with_name("first.csv").write_text("x\n")
    assert messages(inputs) == [
        (
            "data/releases/2026-11-30.csv: the file is not in the form that `python -m etl release` writes. "
            "Restore it; a release is never edited."
        ),
        (
            "data/releases/first.csv: the name is not a release id. "
            "Name it after the day of the release, such as 2026-11-30.csv."
        ),
    ]


WHOLE = (
    "data/releases/2026-11-30.csv: the file is not as it was written: its checksum differs, or its end is missing. "
    "Restore it; a release is never edited."
)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "".join(text.splitlines(keepends=True)[:-1]),
        lambda text: "".join(text.splitlines(keepends=True)[:20]),
        lambda text: text.replace("headline,events,,1", "headline,events,,2"),
    ],
    ids=["without the checksum", "cut at a line end", "another figure"],
)
def test_a_damaged_release_is_an_error(inputs, damage):
    path = release(inputs, "2026-11-30")
    changed = damage(path.read_text())
    assert changed != path.read_text()
    path.write_text(changed)
    assert messages(inputs) == [WHOLE]


def test_an_empty_release_is_an_error(inputs):
    path = release(inputs, "2026-11-30")
    path.write_text("")
    assert len(messages(inputs)) == 1
