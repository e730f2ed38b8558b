"""SQL that reads a cell of a statistical table: the figure, its flags, or why there is none.

Statistical offices write marks where there is no figure and letters after figures. A column that has such cells is
read as text, so that a withheld cell stays different from one that is not available and from a zero; DuckDB reads the
others as numbers, which takes two thirds of the time.
"""

import re

from etl.database import sql_literal

NOT_STATED = "not stated"
# Stands in the column of reasons only until rows that cannot be read are rejected.
UNREADABLE = "unreadable"
# What a spreadsheet shows in the place of a result, the first three for #N/A in German and in Romance languages.
SPREADSHEET_ERRORS = (
    *("#nv", "#n/d", "#n/v"),
    *("#div/0!", "#value!", "#wert!", "#valeur!", "#ref!", "#num!", "#zahl!", "#name?", "#null!"),
)
# Reason to the marks that stand for it, in lower case. A blank cell and NA give no reason.
MARKS = {
    NOT_STATED: ("", "na", "nan", "null", "none", "<na>", "not stated", "k.a.", "#n/a", *SPREADSHEET_ERRORS),
    "not available": ("n/a", "n.a.", "n", "..", "(na)", "not available"),
    "not applicable": ("(x)", "not applicable"),
    "withheld": ("c", "d", "(d)", "s", "(s)", "withheld", "confidential"),
}
# Negative numbers that stand for a missing figure: -999 and the like, and one digit nine times, as tables of the US
# Census Bureau write them.
_MISSING_CODE = re.compile(r"-(?:9{1,9}|8{2,9}|([2-9])\1{8})")
# Eurostat writes a colon where there is no figure, and after it or after a figure its flags; @C is confidential.
_FLAGS = "[bcdefimnprsuz]{1,4}"
_FLAGGED_FIGURE = rf"^\s*([0-9]+(?:\.[0-9]+)?)\s*({_FLAGS})\s*$"
_COLON = rf"^\s*:\s*({_FLAGS})?\s*(?:@c)?\s*$"


def is_mark(text: str) -> bool:
    """Whether a cell that is not a plain number is a mark or a figure with flags."""
    mark = text.strip().lower()
    return any(mark in marks for marks in MARKS.values()) or bool(
        re.match(_FLAGGED_FIGURE, mark) or re.match(_COLON, mark)
    )


def is_missing_code(value: float) -> bool:
    """Whether a number is one of those that stand for a missing figure, such as -666666666."""
    return value.is_integer() and bool(_MISSING_CODE.fullmatch(str(int(value))))


def figure(column: str) -> str:
    """SQL expression for the number in a text column, NULL where there is none."""
    return (
        f"coalesce({_plain_figure(column)}, CASE WHEN {column} IS NOT NULL "
        f"THEN try_cast(regexp_extract(lower({column}), {sql_literal(_FLAGGED_FIGURE)}, 1) AS DOUBLE) END)"
    )


def missing_reason(column: str) -> str:
    """SQL expression for why a text column has no number: one of MARKS or UNREADABLE, NULL where it has one."""
    marks = " ".join(
        f"WHEN mark IN ({', '.join(map(sql_literal, marks))}) THEN {sql_literal(reason)}"
        for reason, marks in MARKS.items()
    )
    reason = (
        f"CASE {marks} WHEN regexp_matches(mark, {sql_literal(_FLAGGED_FIGURE)}) THEN NULL "
        f"WHEN NOT regexp_matches(mark, {sql_literal(_COLON)}) THEN {sql_literal(UNREADABLE)} "
        "WHEN contains(mark, 'c') THEN 'withheld' WHEN contains(mark, 'z') THEN 'not applicable' "
        "ELSE 'not available' END"
    )
    # A lambda, because DuckDB would work out lower(trim()) for every row if it stood there several times.
    mark = f"[coalesce(lower(trim({column})), '')]"
    return f"CASE WHEN {_plain_figure(column)} IS NULL THEN list_transform({mark}, mark -> {reason})[1] END"


def flags(columns: list[str]) -> str:
    """SQL expression for the flags in these text columns, such as 'employment: bu', NULL where there are none."""
    if not columns:
        return "NULL::VARCHAR"
    parts = ", ".join(
        f"'{column}: ' || nullif(regexp_extract(lower({column}), {sql_literal(_FLAGGED_FIGURE)}, 2), '')"
        for column in columns
    )
    special = " OR ".join(f"{column} IS NOT NULL AND {_plain_figure(column)} IS NULL" for column in columns)
    return f"CASE WHEN {special} THEN nullif(concat_ws('; ', {parts}), '') END"


def _plain_figure(column: str) -> str:
    """A number without flags; NaN, in any capitals, is none."""
    return f"nullif(try_cast({column} AS DOUBLE), 'nan'::DOUBLE)"
