"""Lists that are cut say how many items they leave out."""

import pytest

from domain.text import format_locators, format_some


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Table 1"], "Table 1"),
        (["Table 1", "p. 3"], "Table 1 and p. 3"),
        (["Table 1", "p. 3", "p. 5"], "Table 1, p. 3 and 1 more"),
        ([str(number) for number in range(1202)], "0, 1 and 1,200 more"),
    ],
)
def test_format_some(items, expected):
    assert format_some(items, 2) == expected


@pytest.mark.parametrize(
    ("locators", "expected"),
    [
        ([], ""),
        (["Table 1"], "Table 1"),
        (["Table 1", "p. 3"], "Table 1; p. 3"),
        (["Table 1", "p. 3", "p. 5"], "Table 1; p. 3 and 1 more"),
        ([str(number) for number in range(1202)], "0; 1 and 1,200 more"),
    ],
)
def test_format_locators(locators, expected):
    assert format_locators(locators, 2) == expected
