"""Wherever a column says a side, its description says by which membership."""

import re

import pytest

from settings import ROOT

# A comment may be several literals, one after the other.
LITERALS = r"((?:\s*'(?:[^']|'')*')+)"
COMMENTS = {
    name: "".join(re.findall(r"'((?:[^']|'')*)'", literals))
    for path in sorted((ROOT / "etl" / "sql").glob("*.sql"))
    for name, literals in re.findall(rf"COMMENT ON COLUMN (\w+\.\w+) IS{LITERALS};", path.read_text(encoding="utf-8"))
}
SIDES = [name for name in COMMENTS if name.endswith(".side")]


@pytest.mark.parametrize("column", [*SIDES, "cooperations.is_eu_us"])
def test_the_description_says_the_rule(column):
    """The rule of decision 6: the European Union of 2017, the United Kingdom included."""
    assert "2017" in COMMENTS[column] and "the United Kingdom" in COMMENTS[column]


def test_the_columns_are_found():
    """Those of the tables a reader takes home are among them."""
    assert {"countries.side", "organisations.side", "cooperation_parties.side", "policies.side"} <= set(SIDES)
