"""Names of downloaded files."""

import hashlib

from slugify import slugify

from domain.filter_values import NO_FILTER

MAX_CHARS = 60  # of the title, and of the filters, in a file name


def file_name(title: str, filters: str, extension: str = "csv") -> str:
    """File name made of a title and a summary of the filters, e.g. 'projects--energy-2015-to-2017.csv'.

    Lower case ASCII letters, digits and hyphens; letters with diacritics and other scripts are transliterated. Parts
    longer than MAX_CHARS are cut; six hexadecimal digits of a hash then keep two such names apart, e.g.
    'events--energy-…-water-3fa2c1.csv'. ``filters`` is the text of domain.filters.Filters.describe.
    """
    parts = [slugify(title) or "data"]
    if filters != NO_FILTER:
        parts.append(slugify(filters) or "filtered")
    stem = "--".join(part[:MAX_CHARS].strip("-") for part in parts)
    if max(map(len, parts)) > MAX_CHARS:
        stem += "-" + hashlib.sha256(f"{title}\n{filters}".encode()).hexdigest()[:6]
    return f"{stem}.{extension}"
