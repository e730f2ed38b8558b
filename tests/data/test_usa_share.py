"""The five readings of 'the share of ESCP-4i projects that target the USA', none of them mixed with another."""

from fractions import Fraction

import pytest

# Numerator, denominator, share, basis: from D3.5 section 4, Table 1, the programme's totals and its 2018 survey.
READINGS = [
    (None, None, 0.4737, "printed"),
    (18, 25, 0.72, "counted"),
    (18, 24, 0.75, "counted"),
    (8, 19, 8 / 19, "printed"),
    (9, 19, 9 / 19, "inferred"),
]


@pytest.fixture(scope="module")
def readings(rows) -> list[tuple]:
    """All rows of usa_share."""
    return rows("SELECT numerator, denominator, share, basis, population, note, measure_id, label FROM usa_share")


@pytest.mark.parametrize(("numerator", "denominator", "share", "basis"), READINGS)
def test_each_reading(readings, numerator, denominator, share, basis):
    """k, n and basis as published; a share is a fraction, and exact where k and n are known."""
    found = [row for row in readings if row[:2] == (numerator, denominator)]
    assert len(found) == 1, readings
    assert found[0][2] == pytest.approx(share, abs=1e-12)
    assert found[0][3] == basis


# What each reading is called: listing the USA as a target and choosing it in a survey are two things.
LABELS = {
    "gen1-listed-of-final": "Generation 1: list the USA as a target, of the final count",
    "gen1-listed-of-launch": "Generation 1: list the USA as a target, of those at launch, if none joined later",
    "printed-47": "Generation 1: the USA is the top target, as printed",
    "gen1-inferred-9-of-19": "Generation 1: what the printed share may stand for",
    "gen2-survey": "Generation 2: chose the USA in a survey",
}


def test_each_reading_is_called_what_it_is(readings):
    """The name of a reading says what was counted or asked."""
    assert {row[6]: row[7] for row in readings} == LABELS


def test_there_are_no_other_readings(readings):
    """18 of 18 above all would be nonsense: the table holds only projects that target the USA."""
    assert {row[:2] for row in readings} == {reading[:2] for reading in READINGS}


def test_each_reading_names_its_population(readings):
    """A share without 'of whom' is not shown."""
    assert all(population and note for *_, population, note, _, _ in readings)
    assert len({row[7] for row in readings}) == len(readings), "labels tell the readings apart"


@pytest.mark.parametrize(
    ("k_of_n", "says", "says_not"),
    [
        ((18, 25), "At least", "too high"),  # Table 1 may lack some that list the USA
        ((18, 24), "this reading is too high", "too low"),  # one more in k than n can have: it joined after the launch
        ((None, None), "not a count of listed targets", "counted"),
        ((9, 19), "An inference of ours, not a statement of a source", "At least"),
        ((8, 19), "a different question", "At least"),
    ],
)
def test_each_note_says_how_its_reading_errs(readings, k_of_n, says, says_not):
    """Which way a share is wrong is as much a statement as the share."""
    (note,) = [row[5] for row in readings if row[:2] == k_of_n]
    assert says in note and says_not not in note


def test_every_reading_is_cited_by_its_measure_id(rows, readings):
    """No reading without a document, and no citation of a reading that does not exist."""
    cited = rows("SELECT DISTINCT record_id FROM citations WHERE table_name = 'usa_share'")
    assert {record_id for (record_id,) in cited} == {row[6] for row in readings}


def test_the_printed_share_leads_to_the_paper(rows, readings):
    """47.37 % stands in D3.5 and nowhere else."""
    measure_id = next(row[6] for row in readings if row[0] is None)
    found = rows(
        "SELECT DISTINCT source_id FROM citations WHERE table_name = 'usa_share' AND record_id = $1", measure_id
    )
    assert ("d35",) in found


def test_why_nine_of_nineteen():
    """The inference itself: up to 26 partnerships, 9 of 19 alone rounds to 47.37 %."""
    fits = {Fraction(k, n) for n in range(1, 27) for k in range(n + 1) if round(100 * k / n, 2) == 47.37}
    assert fits == {Fraction(9, 19)}


def test_printed_percentage_is_kept_as_printed(rows):
    """The figure keeps the printed wording and claims no numerator."""
    found = rows("SELECT value, unit, value_stated FROM figures WHERE value = 47.37")
    assert len(found) == 1
    assert found[0][1] == "percent" and "47.37" in found[0][2]
