"""Dates that a source states as a year, a month or a day, in words."""

import pytest

from domain.text import format_stated_date


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        ("2015", "2015"),
        ("2015-05", "May 2015"),
        ("2016-03-08", "8 March 2016"),
        ("2016/2017", "2016–2017"),
        ("2017-05-15/2017-05-19", "15–19 May 2017"),
        ("2016-11/2017-02", "November 2016 – February 2017"),
    ],
)
def test_a_stated_date_in_words(stated, words):
    assert format_stated_date(stated) == words


@pytest.mark.parametrize("text", ["", "15", "2015-5", "spring 2015"])
def test_other_text_is_no_date(text):
    with pytest.raises(ValueError, match=r"precision|isoformat"):
        format_stated_date(text)
