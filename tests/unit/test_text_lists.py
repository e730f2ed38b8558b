"""Lists that are cut say how many items they leave out."""

import pytest

from domain.text import format_some


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ([], ""),
        (["Table 1"], "Table 1"),
        (["Table 1", "p. 3"], "Table 1; p. 3"),
        (["Table 1", "p. 3", "p. 5"], "Table 1; p. 3 and 1 more"),
        ([str(number) for number in range(1202)], "0; 1 and 1,200 more"),
    ],
)
def test_format_some(items, expected):
    assert format_some(items, 2) == expected
