"""A link of an older release: have the figures changed since, and which."""

import csv
from itertools import pairwise

import pytest

from settings import load_settings
from warehouse import releases
from warehouse.connection import open_database
from warehouse.releases import Difference

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture(scope="module")
def connection(published):
    """The database of the real facts."""
    with open_database(load_settings().database) as opened:
        yield opened


def rows_of(release_id):
    """(facts by key, figures by name) of a release file."""
    with (load_settings().data_dir / "releases" / f"{release_id}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    others = ("headline", "whole table", "checksum")
    facts = {(row["table_name"], row["record_id"]): row["hash"] for row in rows if row["table_name"] not in others}
    return facts, {row["record_id"]: row["value"] for row in rows if row["table_name"] == "headline"}


def test_the_first_release_beside_this_build(connection):
    """Counted anew from the files of all releases, with what has changed since the last.

    A fact that changed and changed back has changed.
    """
    names = releases.release_ids(connection)
    assert names == sorted(path.stem for path in (load_settings().data_dir / "releases").glob("*.csv"))
    old_figures = rows_of(names[0])[1]
    since = "SELECT table_name, record_id FROM release_changes WHERE to_release_id IS NULL AND record_id IS NOT NULL"
    unreleased = set(connection.execute(since).fetchall())
    found = releases.difference(connection, names[0])
    states = [rows_of(name)[0] for name in names]
    between = {key for old, new in pairwise(states) for key in old.keys() | new.keys() if old.get(key) != new.get(key)}
    assert between and found.fact_count == len(between | unreleased)
    now = dict(connection.execute("SELECT figure, value FROM headline_figures").fetchall())
    changed = {name: value for name, value in old_figures.items() if now.get(name) != value}
    assert {name: then for name, then, _ in found.figures} == changed


def test_a_release_that_is_not_there(connection):
    """None, so that the page can name those that are."""
    assert releases.difference(connection, "1999-01-01") is None


def test_words():
    """One line each: nothing changed, facts only, figures by name with then and now."""
    assert Difference("2026-11-22", (), 0).describe().endswith("Nothing has changed since.")
    assert "but none of the headline figures" in Difference("2026-11-22", (), 3).describe()
    figures = (("events", "46", "47"), ("gone", "1", None))
    words = Difference("2026-11-22", figures, 5).describe()
    assert "5 facts changed" in words and "events: 46, now 47; gone: 1, now removed" in words


def test_many_figures_have_a_list_of_their_own():
    """Three are named in the line; of four it says how many there are."""
    figures = tuple((f"figure {n}", "1", "2") for n in range(4))
    assert "3 headline figures with them: figure 0: 1, now 2;" in Difference("2026-11-22", figures[:3], 5).describe()
    many = Difference("2026-11-22", figures, 5)
    assert many.describe().endswith("and 4 headline figures with them.")
    assert many.figure_labels()[3] == "figure 3: 1, now 2"


def test_a_figure_alone_is_a_change():
    """A definition may change though no fact does."""
    words = Difference("2026-11-22", (("events", "46", "47"),), 0).describe()
    assert "events: 46, now 47" in words
