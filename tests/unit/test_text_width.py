"""Text is measured with real metrics: those of Helvetica, as Adobe prints them, in thousandths of an em."""

import pytest

from domain.text_width import text_width, wrap_text

# Adobe Font Metrics of Helvetica and Helvetica-Bold, which Arial and Liberation Sans share.
PLAIN = {"A": 667, "W": 944, "i": 222, "m": 833, " ": 278, "0": 556, "%": 889, ".": 278, "é": 556, "–": 556}
BOLD = {"A": 722, "W": 944, "i": 278, "m": 889, " ": 278, "0": 556, "%": 889, ".": 278, "é": 556, "–": 556}


@pytest.mark.parametrize(("metrics", "is_bold"), [(PLAIN, False), (BOLD, True)])
def test_widths_are_those_of_the_printed_metrics(metrics, is_bold):
    for letter, thousandths in metrics.items():
        assert text_width(letter, 1000, is_bold=is_bold) == pytest.approx(thousandths, abs=1), letter
    assert text_width("AWi", 10, is_bold=is_bold) == pytest.approx(sum(metrics[c] for c in "AWi") / 100, abs=0.05)


def test_lines_end_before_the_word_that_would_not_fit():
    """'Am Am' is 3278 thousandths wide: at 10 points it needs 32.8 points."""
    assert wrap_text("Am Am Am", 33, 10) == ["Am Am", "Am"]
    assert wrap_text("Am Am Am", 32, 10) == ["Am", "Am", "Am"]
    assert wrap_text("", 32, 10) == [""] and wrap_text("A\nB", 99, 10) == ["A", "B"]


def test_a_word_longer_than_a_line_is_broken():
    assert wrap_text("mmmm", 17, 10) == ["mm", "mm"]
    assert wrap_text("m", 1, 10) == ["m"]
