"""python -m etl stale and source-state, counted by hand on the tiny dataset, whose sources were read on 20 November."""

import csv
import re

import pytest
from etl_dataset import edit
from maintain_data import guard_every_table, hashes, rows
from typer.testing import CliRunner

from etl.__main__ import app

TODAY = "2026-11-27"  # seven days after the sources were read


@pytest.fixture
def run(monkeypatch, data):
    """`run(command, …)` gives the result on the tiny dataset."""
    monkeypatch.setenv("COLUMNS", "120")
    guard_every_table(data)
    return lambda *arguments: CliRunner().invoke(app, [*arguments, "--data", "data"])


def table(output, title):
    """First cell -> the other cells of the rows below a title."""
    below = output.split(title, 1)[1]
    lines = below.split("\n\n", 1)[0] if "\n\n" in below else below
    found = {}
    for line in lines.splitlines()[1:]:
        cells = re.split(r"\s{2,}", line.strip())
        if len(cells) > 1:
            found[cells[0]] = cells[1:]
    return found


def written(path):
    """The rows of the CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_facts_by_the_last_reading_of_a_source(run, data):
    """One fact has a second source that was read yesterday; the others are seven days old."""
    edit(data, "sources", "results,2026-11-20", "results,2026-11-26")
    edit(data, "citations", "story_sectors,story-plastipolis|materials,*,d35,s1\n",
         "story_sectors,story-plastipolis|materials,*,d35,s1\n"
         "organisation_aliases,nwp|Dutch water network,*,eccp-gen2,heading\n")  # fmt: skip
    facts = table(run("stale", "--today", TODAY, "--older-than", "6").stdout, "Facts, by the last day")
    assert facts["organisation_aliases"] == ["2", "1", "2026-11-20", "2026-11-26", "0"]
    assert facts["organisations"] == ["4", "4", "2026-11-20", "2026-11-20", "0"]
    number = sum(1 for _ in rows(data, "citations")) - 1  # two citations of one fact
    assert facts["together"] == [str(number), str(number - 1), "2026-11-20", "2026-11-26", "0"]
    later = table(run("stale", "--today", TODAY, "--older-than", "7").stdout, "Facts, by the last day")
    assert later["together"][1] == "0", "seven days are not more than seven"


def test_values_by_the_day_to_which_they_refer(run, data):
    """A month ends with its last day; most values of the tiny dataset name no day."""
    edit(data, "figures", "2016-03-08,24", "2016-03,24")
    values = table(run("stale", "--today", TODAY).stdout, "Values, by the day")
    assert values["figures.value"] == ["6", "1", "2016-03-31", "2016-03-31", "5"]
    assert values["organisations.member_count"] == ["1", "0", "–", "–", "1"]
    assert values["together"] == ["7", "1", "2016-03-31", "2016-03-31", "6"]


def test_sources_as_the_data_record_them(run, data):
    """Without a URL, of a site only, never looked at again, without a copy: and what source-state then changes."""
    sources = table(run("stale", "--today", TODAY).stdout, "Sources, as the data record them")
    assert {name: cells[0] for name, cells in sources.items() if name != "sources"} == {
        "all": "2",
        "not seen for more than 365 days": "0",
        "gone": "0",
        "changed": "0",
        "no URL": "1",
        "URL of a site, not of a page": "0",
        "not looked at since it was read": "2",
        "no archived copy recorded": "2",
    }
    state = ("--state", "gone", "--seen-on", "25 November 2026", "--archive-url", "https://archive.example/1")
    assert run("source-state", "https://clustercollaboration.eu/news/results/", *state, "--yes").exit_code == 0
    result = run("stale", "--today", TODAY)
    sources = table(result.stdout, "Sources, as the data record them")
    counted = ("gone", "not looked at since it was read", "no archived copy recorded")
    assert [sources[name][0] for name in counted] == ["1", "1", "1"]
    assert "eccp-gen2: gone, seen on 2026-11-25" in result.stdout
    # Read once more, the page is there: what was seen before says nothing any longer, and the copy stays one.
    edit(data, "sources", "results,2026-11-20", "results,2026-11-26")
    again = run("stale", "--today", TODAY).stdout
    assert "eccp-gen2: gone" not in again
    sources = table(again, "Sources, as the data record them")
    assert [sources[name][0] for name in counted] == ["0", "2", "1"]


def test_a_state_replaces_the_one_before(run, data):
    """A source has one row; the known copy is proposed and stays."""
    copy = ("--archive-url", "https://archive.example/1")
    assert run("source-state", "d35", "--state", "gone", "--seen-on", "2026-11-25", *copy, "--yes").exit_code == 0
    assert run("source-state", "d35", "--state", "answers", "--seen-on", "2026-11-26", "--yes").exit_code == 0
    assert rows(data, "source_states") == [
        {
            "source_id": "d35",
            "state": "answers",
            "seen_on": "2026-11-26",
            "archive_url": "https://archive.example/1",
        }
    ]


def test_the_csv_file_lists_what_is_old_and_every_remark(run, tmp_path):
    """Age in days, sources and remarks; nothing younger than asked, the oldest first."""
    result = run("stale", "--today", TODAY, "--older-than", "3000", "--csv", str(tmp_path / "stale.csv"))
    assert "stale.csv written: 3 rows." in result.stdout
    listed = written(tmp_path / "stale.csv")
    assert [(r["kind"], r["record_id"], r["field"], r["day"], r["age_days"]) for r in listed] == [
        ("value", "escp4i-gen1-partnerships-at-launch", "value", "2016-03-08", "3916"),
        ("source", "d35", "", "2026-11-20", "7"),
        ("source", "eccp-gen2", "", "2026-11-20", "7"),
    ]
    assert listed[1]["remarks"] == "no URL; not looked at since it was read; no archived copy recorded"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("stale", "--today", "someday"), "'someday' is no day. Write it like 2026-11-27."),
        (("stale", "--csv", "no/such/folder/x.csv"), "no/such/folder/x.csv cannot be written"),
        (("source-state", "nowhere", "--state", "gone", "--yes"), "'nowhere' is no known source."),
        (("source-state", "d35", "--state", "lost", "--yes"), "'lost' is none of answers, changed, gone."),
        (("source-state", "d35", "--state", "gone", "--archive-url", "x", "--yes"), "'x' is no full address."),
    ],
)
def test_what_cannot_be_done_says_why(run, data, arguments, message):
    """And nothing is written."""
    before = hashes(data)
    result = run(*arguments)
    assert result.exit_code == 1 and message in result.stderr, result.output
    assert hashes(data) == before
