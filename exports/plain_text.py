"""Text for files: without characters that a format forbids, and recognised when a spreadsheet would run it."""

import re

# Not allowed in XML 1.0, and of no use in a spreadsheet, a calendar or a CSV file: control characters other than
# tab and line feed, surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
# Spreadsheets read text as a formula when it begins with one of these characters, their full-width forms included;
# some skip white space and invisible characters before them.
_FORMULA = re.compile("[\\s\ufeff\u200b-\u200f\u2060]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


def clean(text: object) -> str:
    """The text without forbidden characters, every line break as a line feed."""
    return _FORBIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))


def looks_like_formula(text: str) -> bool:
    """True when a spreadsheet could run the text instead of showing it."""
    return _FORMULA.match(text) is not None
