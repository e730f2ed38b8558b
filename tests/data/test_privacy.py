"""People stay out: no telephone number, no e-mail address and no person of any source, anywhere.

The persons are known here by salted hashes of their surnames, so that the test itself names nobody.
Where a surname is also a common word or a company's name, the hash is that of first name and surname.
"""

import hashlib
import itertools
import re
import subprocess
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from settings import ROOT

SALT = "who acts, not who speaks: "
# Every person the two documents name: title block, contacts, ministers, speakers, officials.
IN_THE_DOCUMENTS = """
    005e44dc5b250bac741c1f07 0aa8e603f95a4ad490b24e33 0d45a91007401bcbe33cbd9d 17f7a61be0e23b08c1aa1930
    18a2dc453bfadfa68227f965 195a4900ed540d8b28c97e05 19c9de105ec1043aa6efb750 1afb19b5c2ac10570529aa0c
    2319a75fcb3ba3fce7017499 25509593bed5d5c5b967f769 306bda477d415ba305eff24f 33b1ef10c09c84833c5fa957
    45a2d5ddccbf417b2aeb4cb4 49ef0739867d20b92a1a7479 4ebe704cea3921dd8828cdfe 4f587628dfe7a658aa5d960d
    6aa58157e31d09c07445dc5b 7303ae9b12ccc0ab0bd2aadb 769b205228eb6cbfb1130392 93824ff96174eb1f1b1ef094
    b909c2d942bf9d64c1e587c0 dc5c6a4cf57e0030bb2a47a8 f87d51cacbd961dc553312c7
"""
# The same persons under a title, and authors of works that the project's design rests on.
OTHERWISE = """
    2b3ba58769025ebaee03db78 509a766caaec854c73c05ea4 82c7383e115d17ce5b98e078 983edf0d8eb09c8f7b270f92
    b555af70eddb1ad2b2561c43
"""
PERSONS = frozenset(f"{IN_THE_DOCUMENTS}{OTHERWISE}".split())

EMAIL = re.compile(r"[\w.+-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}")
TELEPHONES = (
    re.compile(r"(?<![\w.])\+\d{1,3}[\s./-]?(?:\(\d{1,4}\)|\d)[\d\s()./-]{4,}\d"),  # +99 …, +1 (…) …
    re.compile(r"(?<![\w.])\(\d{3}\)\s?\d{3}[-.\s]\d{4}(?!\d)"),  # (202) …
    re.compile(r"(?<![\w.,/=-])\d{3}([-.])\d{3}\1\d{4}(?![\w-]|[.,]\d)"),  # 202-… or 202.…
    re.compile(r"(?<![\w.,:/-])0\d(?:[ .]\d{2}){4}(?!\d)"),  # 01 99 …
    re.compile(r"\b(?:tel|telephone|phone|fax|mobile|cell)\b\.?:?\s*\+?[\d(][\d\s()./-]{5,}\d", re.IGNORECASE),
)
MIN_DIGITS, MAX_DIGITS = 8, 15
HEXADECIMAL = re.compile(r"\b(?=[0-9a-f]*\d)[0-9a-f]{12,}\b")  # hashes and ids, not numbers to dial
NOT_TEXT = {".png", ".jpg", ".jpeg", ".ico", ".woff2", ".ttf", ".duckdb", ".parquet", ".gz", ".zip", ".pptx", ".xlsx"}
# Programs of others, whose calculations look like telephone numbers.
VENDOR = "exports/html/vendor/"
NEVER_COMMITTED = {".venv", ".git", "build", "__pycache__", ".pytest_cache"}


@cache  # the same words stand in thousands of rows
def digest(words: str) -> str:
    """The salted hash by which a name is known here."""
    return hashlib.sha256((SALT + words).encode()).hexdigest()[:24]


def words_of(text: str) -> list[str]:
    """Lower-case words without accents; single letters (initials) are left out."""
    letters = "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))
    return [word for word in re.findall(r"[^\W\d_]+", letters) if len(word) > 1]


def names_in(text: str, known: frozenset[str] = PERSONS) -> set[str]:
    """Hashes of known names that the text holds, as one word or as two words in a row."""
    words = words_of(text)
    candidates = set(words) | {f"{first} {second}" for first, second in itertools.pairwise(words)}
    return known & {digest(candidate) for candidate in candidates}


def numbers_in(text: str) -> list[str]:
    """Telephone numbers in the text."""
    dialled = HEXADECIMAL.sub(" ", text)
    found = [match[0] for pattern in TELEPHONES for match in pattern.finditer(dialled)]
    return [number for number in found if MIN_DIGITS <= sum(c.isdigit() for c in number) <= MAX_DIGITS]


def findings(text: str, known: frozenset[str] = PERSONS) -> list[str]:
    """Everything in the text that must not be there: e-mail addresses, telephone numbers, hashes of names."""
    return EMAIL.findall(text) + numbers_in(text) + sorted(names_in(text, known))


def repository_files() -> Iterator[Path]:
    """Every file that is or would be committed; without git, every file that is not made by a command."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode == 0 and listed.stdout:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        paths = [p for p in ROOT.rglob("*") if not NEVER_COMMITTED.intersection(p.relative_to(ROOT).parts)]
    ours = (path for path in paths if not path.relative_to(ROOT).as_posix().startswith(VENDOR))
    return (path for path in ours if path.is_file() and path.suffix.lower() not in NOT_TEXT)


def text_columns(rows) -> list[tuple[str, str]]:
    """Every column of every table that can hold text."""
    return rows(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND (data_type LIKE 'VARCHAR%' "
        "OR data_type = 'JSON') AND table_name IN (SELECT table_name FROM duckdb_tables())"
    )


def test_repository_names_nobody():
    """Contents and names of all files: code, data, documents, tests."""
    found = {}
    for path in repository_files():
        name = path.relative_to(ROOT).as_posix()
        problems = findings(name + "\n" + path.read_text(encoding="utf-8", errors="replace"))
        if problems:
            found[name] = problems
    assert found == {}


def test_database_names_nobody(db, rows):
    """Every text column of every table, whatever the data were loaded from."""
    places: dict[str, str] = {}
    for table, column in text_columns(rows):
        for (value,) in db.execute(
            f'SELECT DISTINCT "{column}"::VARCHAR FROM "{table}" WHERE "{column}" IS NOT NULL'
        ).fetchall():
            places.setdefault(value, f"{table}.{column}")
    found = [(place, problems) for value, place in places.items() if (problems := findings(value))]
    assert len(places) > 1000
    assert found == []


def test_the_scan_reaches_what_it_should(rows):
    """Data, documents, tests and hidden folders are among the files; names and addresses among the columns."""
    names = {path.relative_to(ROOT).as_posix() for path in repository_files()}
    assert {"README.md", "data/organisations.csv", "data/sources.csv", "dashboard.py", ".gitignore"} <= names
    assert not any(name.startswith((".venv/", "data/build/")) for name in names)
    columns = set(text_columns(rows))
    assert {
        ("organisations", "name"),
        ("sources", "url"),
        ("citations", "locator"),
        ("cooperation_parties", "party_stated"),
    } <= columns


@pytest.mark.parametrize(
    "text",
    [
        "Ask Quillfeather.",
        "ask QUILLFEATHER-OLSEN",
        "https://example.org/news/minister-quillfeather-signs",
        "Quíllfeather_2",
        "spoken by Ada B. Commonword",
        "ada commonword",
    ],
)
def test_a_planted_name_is_found(text):
    """In capitals, with accents, inside an address, with an initial between: the scan is not blind."""
    made_up = frozenset({digest("quillfeather"), digest("ada commonword")})
    assert names_in(text, made_up)
    assert not names_in("Commonword Ltd is a company of Quill and Feather.", made_up)


# Written in pieces, so that the scan of this file does not find them.
@pytest.mark.parametrize(
    "parts",
    [
        ("+", "99 (0)20 555 0100"),
        ("+", "99123456789"),
        ("+", "99 123 555 100"),
        ("+1 (", "202) 555-0100"),
        ("(", "202) 555-0100"),
        ("202", "-555-0100"),
        ("202.", "555.0100"),
        ("01 99 ", "00 12 34"),
        ("Tel", ".: 0123 4567890"),
    ],
)
def test_a_planted_number_is_found(parts):
    """Numbers as sources in both continents write them."""
    assert numbers_in("Phone contact " + "".join(parts) + ", or write")


@pytest.mark.parametrize(
    "text",
    [
        "2017-02-15",
        "4-10.05.2017",
        "From 17 to 19 November 2015",
        "2011 2013 2015 2017",
        "USD 82.5 billion",
        "EUR 5 500 000 000",
        "[-122.33207, 47.60621]",
        "duckdb==1.5.5",
        "https://example.org/itemdetail.cfm?item_id=8590&lang=1234567890",
        "1.234.567",
        "10 000 000 000",
        "sha256 0123456789abcdef0123456789abcdef",
        "2016-01-01/2018-01-31",
        "a + 12",
    ],
)
def test_years_dates_amounts_and_addresses_are_not_telephone_numbers(text):
    """A scan that cries at every date would be switched off."""
    assert findings(text) == []


def test_a_planted_address_is_found():
    """Any e-mail address, personal or not; decorators and pinned versions are none."""
    assert EMAIL.findall("write to jane.doe" + "@mail.example.org.") == ["jane.doe" + "@mail.example.org"]
    assert EMAIL.findall("@pytest.fixture, package@1.2.3, user@host") == []
