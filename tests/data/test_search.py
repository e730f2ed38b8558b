"""The search finds what readers mean: names from the CSV files, with typing errors, and the examples of the request."""

import csv
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.record_types import RECORD_TYPES
from domain.search_text import words
from settings import ROOT
from warehouse.connection import new_cursor, open_database
from warehouse.search import MAX_PER_KIND, SearchIndex, find, search_index


def _rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ORGANISATIONS = {row["organisation_id"]: row["name"] for row in _rows("organisations")}
LONG_NAMES = sorted(one for one, name in ORGANISATIONS.items() if len(name) >= 6)


@pytest.fixture(scope="module")
def searched(shipped_database: Path) -> tuple[duckdb.DuckDBPyConnection, SearchIndex]:
    """The shipped database and its index."""
    connection = new_cursor(open_database(shipped_database))
    return connection, search_index(connection)


Searched = tuple[duckdb.DuckDBPyConnection, SearchIndex]


def _found(searched: Searched, question: str, table: str = "organisations") -> list[str]:
    """Labels found of a kind, best first."""
    rows = find(*searched, question)
    return rows.loc[rows["table_name"] == table, "label"].tolist()


@pytest.mark.parametrize(
    ("question", "table", "label"),
    [
        ("pole mer", "organisations", "Pôle Mer Mediterranee"),
        ("POLE MER MÉDITERRANÉE", "organisations", "Pôle Mer Mediterranee"),
        ("plastpolis", "organisations", "Plastipolis"),
        ("polymer ohio", "organisations", "Polymer Ohio"),
        ("PolymerOhio", "organisations", "Polymer Ohio"),
        ("AMZ Saxony", "organisations", "AMZ Sachsen"),  # an alias
        ("energy in water", "projects", "Energy in Water"),
        ("EnW", "projects", "Energy in Water"),  # its acronym
        ("energy star", "projects", "EU ENERGY STAR"),
        ("hannover matchmaking", "events", "EU-USA cluster matchmaking event at the Hannover Fair"),
        ("plastipolis obic mou", "cooperations", "Plastipolis and OBIC MoU"),
        ("escp4i", "policies", "ESCP-4i"),
        ("discussion paper D3.5", "sources", "D3.5. Discussion paper"),
        ("lodzkie", "regions", "Łódzkie"),
        ("ohio", "regions", "Ohio"),
        ("location quotient", "terms", "Location quotient"),
        ("memorandum of understanding", "terms", "Memorandum of understanding"),
        ("biopharmaceuticals", "sectors", "Biopharmaceuticals"),
    ],
)
def test_examples_are_found_among_the_first_five(searched: Searched, question: str, table: str, label: str) -> None:
    assert any(found.startswith(label) for found in _found(searched, question, table)[:5])


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_name_with_a_typing_error_is_among_the_first_five(searched: Searched, data: st.DataObject) -> None:
    name = ORGANISATIONS[data.draw(st.sampled_from(LONG_NAMES))]
    place = data.draw(st.sampled_from([i for i in range(len(name) - 1) if name[i : i + 2].isalnum()]))
    is_dropped = data.draw(st.booleans())
    wrong, rest = ("", place + 1) if is_dropped else (name[place + 1] + name[place], place + 2)
    typed = name[:place] + wrong + name[rest:]
    assert name in _found(searched, typed)[:5], typed


def test_every_organisation_is_found_by_its_name(searched: Searched) -> None:
    lost = [name for name in ORGANISATIONS.values() if name not in _found(searched, name[:100])[:5]]
    assert not lost


def test_what_matched_is_said(searched: Searched) -> None:
    rows = find(*searched, "AMZ Saxony")
    first = rows[rows["table_name"] == "organisations"].iloc[0]
    assert (first["what"], first["text"]) == ("also known as", "AMZ Saxony")
    by_name = find(*searched, "AMZ Sachsen")
    assert pd.isna(by_name[by_name["table_name"] == "organisations"].iloc[0]["what"])


def test_every_record_type_is_searched(searched: Searched) -> None:
    known = {table for (table,) in searched[0].execute("SELECT DISTINCT table_name FROM search_records").fetchall()}
    # A build has Horizon projects from its shipped data set.
    assert known == {*RECORD_TYPES, "sectors", "terms"}


def test_every_record_found_can_be_opened(searched: Searched) -> None:
    connection = searched[0]
    for table, record_type in RECORD_TYPES.items():
        lost = connection.execute(
            f"SELECT record_id FROM search_records WHERE table_name = '{table}' AND record_id NOT IN "
            f"(SELECT {record_type.key} FROM {record_type.source_view})"
        ).fetchall()
        assert not lost, table


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "'",
        "'; DROP TABLE search_records; --",
        "%",
        "_",
        "\\",
        '"',
        "$asked",
        "\u200b\u200e\u202e",
        "\x00",
        "x" * 10_000,
        "מים وماء",
        "🙂" * 50,
        "a " * 5_000,
        "<script>alert(1)</script>",
    ],
)
def test_any_text_is_safe(searched: Searched, question: str) -> None:
    found = find(*searched, question)
    assert len(found) <= MAX_PER_KIND * (len(RECORD_TYPES) + 2)
    assert searched[0].execute("SELECT count(*) FROM search_records").fetchone() > (2000,)


def test_invisible_characters_make_no_difference(searched: Searched) -> None:
    assert _found(searched, "pla\u200bsti\u00adpolis\u202e") == _found(searched, "plastipolis")


def test_nothing_is_found_for_what_no_record_has(searched: Searched) -> None:
    assert find(*searched, "xqzzyw vvkjq").empty


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pôle Mer Méditerranée", ["pole", "mer", "mediterranee"]),
        ("Łódź & København", ["lodz", "kobenhavn"]),
        ("STRAßE", ["strasse"]),
        ("D3.5/ESCP-4i", ["d3", "5", "escp", "4i"]),
        ("İzmir", ["izmir"]),
        ("ﬁnance", ["finance"]),  # a ligature
    ],
)
def test_words_of_a_text(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_a_wrong_letter_in_a_short_word_costs_as_much_as_in_any(searched: Searched) -> None:
    """One of three letters of EnW: the word is worth 1 - 1.2 / 3, and nine tenths of a score are of its words."""
    found = find(*searched, "enx")
    score = found.loc[found["record_id"] == "escp4i-enw", "score"]
    assert score.tolist() == [pytest.approx(0.1 + 0.9 * 0.6)]
