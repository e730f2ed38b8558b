"""Names of downloaded files."""

import hashlib

from slugify import slugify

from domain.filter_values import NO_FILTER

MAX_CHARS = 60  # of the subject, and of the filters, in a file name


def file_name(subject: str, filters: str, extension: str = "csv", release: str = "") -> str:
    """File name of subject, filters and release, e.g. 'projects--energy-2015-to-2017--2026-11-22-2.csv'.

    Lower case ASCII letters, digits and hyphens; letters with diacritics and other scripts are transliterated. Parts
    longer than MAX_CHARS are cut; six hexadecimal digits of a hash then keep two such names apart, e.g.
    'events--energy-…-water-3fa2c1--2026-11-22-2.csv'. ``filters`` is the text of domain.filters.Filters.describe,
    ``release`` the value of warehouse.query_cache.release_name(), '' for a file without data.
    """
    parts = [slugify(subject) or "data"]
    if filters != NO_FILTER:
        parts.append(slugify(filters) or "filtered")
    stem = "--".join(part[:MAX_CHARS].strip("-") for part in parts)
    if max(map(len, parts)) > MAX_CHARS:
        stem += "-" + hashlib.sha256(f"{subject}\n{filters}".encode()).hexdigest()[:6]
    end = f"--{slugify(release)}" if release else ""
    return f"{stem}{end}.{extension}"
