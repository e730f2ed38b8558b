"""Shares keep k, n and population; findings keep silent when the data are too thin."""

import pandas as pd
import pytest

from domain.shares import Share, leader, with_share_labels
from domain.text import plural


def test_share_reads_with_k_n_and_population():
    assert str(Share(18, 25, "partnerships")) == "18 of 25 partnerships (72\u00a0%)"
    assert str(Share(0, 25, "partnerships")) == "0 of 25 partnerships (0\u00a0%)"


def test_share_below_five_has_no_rate():
    share = Share(3, 4, "projects")
    assert share.fraction is None
    assert str(share) == "3 of 4 projects"


def test_share_from_hundred_on_has_one_decimal():
    assert str(Share(1, 3, "x")) == "1 of 3 x"
    assert str(Share(123, 987, "rows")) == "123 of 987 rows (12.5\u00a0%)"


@pytest.mark.parametrize(("k", "n", "population"), [(19, 18, "x"), (-1, 5, "x"), (1, 5, "")])
def test_share_refuses_nonsense(k, n, population):
    with pytest.raises(ValueError, match="share"):
        Share(k, n, population)


def counts(*values):
    return pd.DataFrame({"label": list("abcdefg")[: len(values)], "value": values})


def test_leader_is_named():
    assert leader(counts(2, 9, 3), "label", "value") == ("b", 9)


@pytest.mark.parametrize("values", [(), (1, 3), (4, 4, 1)])
def test_no_leader_when_thin_or_tied(values):
    assert leader(counts(*values), "label", "value") is None


def test_plural():
    assert plural(1, "project") == "1 project"
    assert plural(18, "project") == "18 projects"
    assert plural(2, "country", "countries") == "2 countries"


def test_reading_in_words_keeps_a_printed_percentage_as_a_quotation():
    readings = pd.DataFrame(
        {
            "numerator": [18, None],
            "denominator": [25, None],
            "share": [0.72, 0.4737],
            "population": ["final count", "answers"],
        }
    )
    assert with_share_labels(readings)["share_label"].tolist() == ["18 of 25 (72\u00a0%)", "“47.37\u00a0%”"]
