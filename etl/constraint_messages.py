"""Messages for rows that break a CHECK of the schema.

The schema remains the only definition of the rules. Messages for CHECKs on one column are derived from
the expression; those for CHECKs on several columns are in CHECK_MESSAGES, and a test verifies that it
covers exactly the CHECKs in the catalogue.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from rapidfuzz import process

from domain.text import format_list
from etl.schema import Check

# The catalogue quotes a column name that is also a keyword, such as "level".
_ONE_OF = re.compile(r'\("?\w+"? IN \((.+)\)\)')
_PATTERN = re.compile(r"""regexp_full_match\("?\w+"?, '(.+)'\)""")
_BETWEEN = re.compile(r'\("?\w+"? BETWEEN (-?\d+) AND (-?\d+)\)')
_AT_LEAST = re.compile(r'\("?\w+"? >= (\d+)\)')

SLUG = "[a-z0-9]+(-[a-z0-9]+)*"
PATTERNS = {
    SLUG: ("is not an id", "Write lower-case letters and digits joined by single hyphens, such as escp4i-enw."),
    "[A-Z]{2}": ("is not a country code", "Write the two capital letters of ISO 3166-1."),
    "[A-Z]{2}[A-Z0-9]{1,3}": ("is not a NUTS code", "Write two capital letters and one to three letters or digits."),
    "[0-9]{2}": ("is not a FIPS code", "Write two digits."),
    "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?": (
        "is not a year, month or day",
        "Write YYYY, YYYY-MM or YYYY-MM-DD.",
    ),
    "[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?": (
        "is not a year, month, day or period",
        "Write YYYY, YYYY-MM or YYYY-MM-DD, or two of these joined by a slash.",
    ),
}


class CheckMessage(NamedTuple):
    """The column to report, the broken rule and the fix.

    {column} in the rule is replaced by that value of the row, {allowed} in the fix by the values that the CHECK names.
    """

    column: str
    rule: str
    fix: str


_ORDER = CheckMessage(
    "end_on", "is before start_on, {start_on}", "Write the first day in start_on and the last in end_on."
)
# By the columns that the CHECK compares, in its order: the condition itself stands in the schema only.
CHECK_MESSAGES: dict[tuple[str, ...], CheckMessage] = {
    ("end_on", "start_on"): _ORDER,
    ("start_on", "date_precision"): CheckMessage(
        "date_precision",
        "does not fit start_on, which is {start_on}",
        "Write undated exactly when there is no date.",
    ),
    ("start_on", "start_precision"): CheckMessage(
        "start_precision",
        "does not fit start_on, which is {start_on}",
        "Write undated exactly when there is no date.",
    ),
    ("end_on", "end_precision"): CheckMessage(
        "end_precision",
        "does not fit end_on, which is {end_on}",
        "Write undated exactly when there is no date.",
    ),
    ("basis", "place_name"): CheckMessage(
        "basis",
        "does not fit place_name, which is {place_name}",
        "A largest city has a name and a population centre has none.",
    ),
    ("basis", "geonames_id"): CheckMessage(
        "basis",
        "does not fit geonames_id, which is {geonames_id}",
        "A largest city has an id and a population centre has none.",
    ),
    ("location_precision", "latitude"): CheckMessage(
        "location_precision",
        "does not fit latitude, which is {latitude}",
        "A place known to the city has coordinates and no other place has: add them or correct the precision.",
    ),
    ("latitude", "longitude"): CheckMessage(
        "longitude",
        "does not go with latitude, which is {latitude}",
        "Give both coordinates or neither.",
    ),
    ("location_precision", "location_basis"): CheckMessage(
        "location_basis",
        "does not fit location_precision {location_precision}",
        "Say stated or researched for every known place, and leave it blank for an unknown one.",
    ),
    ("is_cluster_organisation", "kind"): CheckMessage(
        "is_cluster_organisation",
        "does not fit kind {kind}",
        "It is true for {allowed} only.",
    ),
    ("kind", "generation"): CheckMessage(
        "generation",
        "does not fit kind {kind}",
        "Every ESCP-4i partnership has a generation and nothing else has one.",
    ),
    ("organisation_id", "project_id", "party_stated"): CheckMessage(
        "organisation_id",
        "is not the only value: project_id is {project_id} and party_stated is {party_stated}",
        "Fill exactly one of organisation_id, project_id and party_stated.",
    ),
    ("side", "party_stated"): CheckMessage(
        "side",
        "is blank, and the party is not unnamed",
        "Give the side of the organisation or project; only an unnamed party may have none.",
    ),
    ("availability", "description"): CheckMessage(
        "availability",
        "does not fit description, which is {description}",
        "Describe what is stated, and leave the description blank when it is not available.",
    ),
    ("availability", "progress"): CheckMessage(
        "progress",
        "does not fit availability {availability}",
        "Say planned, under way or carried out for what is stated, and leave it blank when it is not available.",
    ),
    ("ended_on", "date_precision"): CheckMessage(
        "date_precision",
        "does not fit ended_on, which is {ended_on}",
        "Write undated when no date is known, else the precision of the date.",
    ),
    ("cooperation_id", "renewed_cooperation_id"): CheckMessage(
        "renewed_cooperation_id",
        "is the renewal itself",
        "Name the agreement that was renewed.",
    ),
    ("west", "east"): CheckMessage("east", "is not east of west, {west}", "West is the smaller longitude."),
    ("south", "north"): CheckMessage("north", "is not north of south, {south}", "South is the smaller latitude."),
    ("qualifier", "value"): CheckMessage(
        "qualifier",
        "does not fit value, which is {value}",
        "Write unquantified exactly when there is no number.",
    ),
}


def message_for(check: Check, values: Mapping[str, object]) -> CheckMessage:
    """The message for a row that breaks the check; ``values`` are the typed values of the row by column."""
    if len(check.columns) == 1:
        rule, fix = _message_for_one_column(check.expression, str(values[check.columns[0]]))
        return CheckMessage(check.columns[0], rule, fix)
    message = CHECK_MESSAGES.get(check.columns)
    if message is None:
        return CheckMessage(check.columns[0], f"breaks the rule {check.expression}", "Change the row so that it holds.")
    texts = {name: "blank" if value is None else f"'{value}'" for name, value in values.items()}
    fix = message.fix.format(allowed=format_list(literals(check.expression)))
    return CheckMessage(message.column, message.rule.format_map(texts), fix)


def literals(expression: str) -> list[str]:
    """The texts between single quotes in an SQL expression."""
    return [text.replace("''", "'") for text in re.findall(r"'((?:[^']|'')*)'", expression)]


def allowed_values(expression: str) -> list[str]:
    """The values that a CHECK on one column lists; empty when it is of another kind."""
    match = _ONE_OF.fullmatch(expression)
    return literals(match[1]) if match else []


def _message_for_one_column(expression: str, value: str) -> tuple[str, str]:
    if allowed := allowed_values(expression):
        nearest = process.extractOne(value, allowed, score_cutoff=60)
        fix = f"Did you mean '{nearest[0]}'?" if nearest else "Choose one of these."
        return f"is not one of {', '.join(allowed)}", fix
    if (match := _PATTERN.fullmatch(expression)) and match[1] in PATTERNS:
        return PATTERNS[match[1]]
    if match := _BETWEEN.fullmatch(expression):
        return f"is not between {match[1]} and {match[2]}", f"Write a number from {match[1]} to {match[2]}."
    if match := _AT_LEAST.fullmatch(expression):
        return f"is less than {match[1]}", f"Write a number of at least {match[1]}."
    return f"breaks the rule {expression}", "Change the value so that it holds."
