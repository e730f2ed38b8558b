"""Says in words which CHECK of the schema a row breaks, and how to mend it.

The schema stays the definition: CHECKs on one column are worded from their own expression, those
on several columns from WORDS, which a test compares with the catalogue in both directions.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import process

from etl.schema import Check

# The catalogue puts a name that is also a keyword, such as level, between double quotes.
_ONE_OF = re.compile(r'\("?\w+"? IN \((.+)\)\)')
_PATTERN = re.compile(r"""regexp_full_match\("?\w+"?, '(.+)'\)""")
_BETWEEN = re.compile(r'\("?\w+"? BETWEEN (-?\d+) AND (-?\d+)\)')
_AT_LEAST = re.compile(r'\("?\w+"? >= (\d+)\)')

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
PATTERNS = {
    SLUG: ("is not an id", "Write lower-case letters and digits joined by single hyphens, such as escp4i-enw."),
    "[A-Z]{2}": ("is not a country code", "Write the two capital letters of ISO 3166-1."),
    "[0-9]{2}": ("is not a FIPS code", "Write two digits."),
    "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?": (
        "is not a year, month or day",
        "Write YYYY, YYYY-MM or YYYY-MM-DD.",
    ),
}


class Words(NamedTuple):
    """The column to name, the broken rule and the fix; {column} stands for a value of the row."""

    column: str
    rule: str
    fix: str


_ORDER = Words("end_on", "is before start_on, {start_on}", "Write the first day in start_on and the last in end_on.")
WORDS: dict[str, Words] = {
    "(end_on >= start_on)": _ORDER,
    "((start_on IS NULL) = (date_precision = 'undated'))": Words(
        "date_precision",
        "does not fit start_on, which is {start_on}",
        "Write undated exactly when there is no date.",
    ),
    "((start_on IS NULL) = (start_precision = 'undated'))": Words(
        "start_precision",
        "does not fit start_on, which is {start_on}",
        "Write undated exactly when there is no date.",
    ),
    "((end_on IS NULL) = (end_precision = 'undated'))": Words(
        "end_precision",
        "does not fit end_on, which is {end_on}",
        "Write undated exactly when there is no date.",
    ),
    "((location_precision = 'city') = (latitude IS NOT NULL))": Words(
        "location_precision",
        "does not fit latitude, which is {latitude}",
        "A place known to the city has coordinates and no other place has: add them or correct the precision.",
    ),
    "((latitude IS NULL) = (longitude IS NULL))": Words(
        "longitude",
        "does not go with latitude, which is {latitude}",
        "Give both coordinates or neither.",
    ),
    "((location_precision = 'unknown') = (location_basis IS NULL))": Words(
        "location_basis",
        "does not fit location_precision {location_precision}",
        "Say stated or researched for every known place, and leave it blank for an unknown one.",
    ),
    "(is_cluster_organisation = (kind IN ('cluster_organisation', 'cluster_network', 'regional_cluster')))": Words(
        "is_cluster_organisation",
        "does not fit kind {kind}",
        "It is true for cluster_organisation, cluster_network and regional_cluster only.",
    ),
    "((kind = 'escp4i_partnership') = (generation IS NOT NULL))": Words(
        "generation",
        "does not fit kind {kind}",
        "Every ESCP-4i partnership has a generation and nothing else has one.",
    ),
    "(((CAST((organisation_id IS NOT NULL) AS INTEGER) + CAST((project_id IS NOT NULL) AS INTEGER)) + "
    "CAST((party_stated IS NOT NULL) AS INTEGER)) = 1)": Words(
        "organisation_id",
        "stands beside project_id {project_id} and party_stated {party_stated}",
        "Fill exactly one of organisation_id, project_id and party_stated.",
    ),
    "((availability = 'stated') = (description IS NOT NULL))": Words(
        "availability",
        "does not fit description, which is {description}",
        "Describe what is stated, and leave the description blank when it is not available.",
    ),
    "((availability = 'stated') = (progress IS NOT NULL))": Words(
        "progress",
        "does not fit availability {availability}",
        "Say planned, under way or carried out for what is stated, and leave it blank when it is not available.",
    ),
    "((ended_on IS NULL) = (date_precision = 'undated'))": Words(
        "date_precision",
        "does not fit ended_on, which is {ended_on}",
        "Write undated when no date is known, else the precision of the date.",
    ),
    "(cooperation_id != renewed_cooperation_id)": Words(
        "renewed_cooperation_id",
        "is the renewal itself",
        "Name the agreement that was renewed.",
    ),
    "(west < east)": Words("east", "is not east of west, {west}", "West is the smaller longitude."),
    "(south < north)": Words("north", "is not north of south, {south}", "South is the smaller latitude."),
    "((qualifier = 'unquantified') = (\"value\" IS NULL))": Words(
        "qualifier",
        "does not fit value, which is {value}",
        "Write unquantified exactly when there is no number.",
    ),
}


def words_for(check: Check, values: Mapping[str, object]) -> Words:
    """Column, rule and fix for a row that breaks the check. values are the typed values of the row."""
    if len(check.columns) == 1:
        rule, fix = _words_for_one_column(check.expression, str(values[check.columns[0]]))
        return Words(check.columns[0], rule, fix)
    words = WORDS.get(check.expression)
    if words is None:
        return Words(check.columns[0], f"breaks the rule {check.expression}", "Change the row so that it holds.")
    return Words(words.column, words.rule.format_map(_Shown(values)), words.fix)


def _words_for_one_column(expression: str, value: str) -> tuple[str, str]:
    if match := _ONE_OF.fullmatch(expression):
        allowed = [term.replace("''", "'") for term in re.findall(r"'((?:[^']|'')*)'", match[1])]
        near = process.extractOne(value, allowed, score_cutoff=60)
        hint = f"Did you mean '{near[0]}'?" if near else "Choose one of these."
        return f"is not one of {', '.join(allowed)}", hint
    if (match := _PATTERN.fullmatch(expression)) and match[1] in PATTERNS:
        return PATTERNS[match[1]]
    if match := _BETWEEN.fullmatch(expression):
        return f"is not between {match[1]} and {match[2]}", f"Write a number from {match[1]} to {match[2]}."
    if match := _AT_LEAST.fullmatch(expression):
        return f"is less than {match[1]}", f"Write a number of at least {match[1]}."
    return f"breaks the rule {expression}", "Change the value so that it holds."


class _Shown(dict):
    """Values as messages write them: in quotes, or the word blank."""

    def __init__(self, values: Mapping[str, object]):
        super().__init__({name: "blank" if value is None else f"'{value}'" for name, value in values.items()})
