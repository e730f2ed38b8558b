"""Whole numbers of tables on the screen: thousands are separated, years are not."""

import pandas as pd

from ui.parts.number_columns import thousands


def test_counts_are_separated_and_years_are_not():
    table = pd.DataFrame({"Records": [1797, 66], "Founded": [2005, 2014], "Source": ["a", "b"], "Share": [0.5, 0.25]})
    columns = {"facts": "Records", "founded_year": "Founded", "title": "Source", "share": "Share", "gone": "Gone"}
    config = thousands(table, columns)
    assert list(config) == ["Records"] and config["Records"]["type_config"]["format"] == "%,d"
