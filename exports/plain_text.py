"""Text for files: without characters that a format forbids."""

import re

# Not allowed in XML 1.0, and of no use in a spreadsheet, a calendar or a CSV file: control characters other than
# tab and line feed, surrogates, non-characters.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clean(text: object) -> str:
    """The text without forbidden characters, every line break as a line feed."""
    return _FORBIDDEN.sub("", str(text).replace("\r\n", "\n").replace("\r", "\n"))
