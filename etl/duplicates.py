"""One organisation is one record: finds names that are claimed twice or look alike.

rapidfuzz proposes, data/reconciliation.csv decides; nothing is merged here.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from etl.errors import Problem
from etl.transform import TypedTable

KEPT_APART = "kept apart"
ALIKE = 90.0
# A word that so many organisations carry (a state, "water") is no evidence that two are the same.
COMMON_FROM = 4
# Words that many names share, so that sharing them says nothing. Legal forms, the words for what
# such bodies are, and small words of the languages that occur.
GENERIC_WORDS = frozenset(
    """
    a ab ag ait and asbl aps as association associazione at bv center centre centro cluster clusteri clusters
    competitiveness competitivite consortium corporation council d da das de deg degli dei del della den der des di die
    do dos e ecosystem ev eu europe european for foundation fundacio fundacion fur gmbh group hub i im in inc
    initiative innovation institute international in istituto kft l la las le les llc los ltd netherlands network
    networks o of og on org organisation organization partnership platform pole sa sas sl societa sp srl tech
    technological technologies technology the und united us usa van y z zoo
    """.split()  # noqa: SIM905 - a list of so many words would be a page long
)


@dataclass(frozen=True)
class Name:
    """One name of an organisation and where it stands."""

    organisation_id: str
    text: str
    file: str
    line: int
    column: str

    @property
    def place(self) -> str:
        """File and line in words."""
        return f"{self.file} line {self.line}"


def plain(name: str) -> str:
    """A name without accents, capitals and punctuation, for comparison."""
    letters = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def core(name: str) -> str:
    """The plain name without generic words; the whole plain name when nothing else is left."""
    words = plain(name).split()
    return " ".join(word for word in words if word not in GENERIC_WORDS) or " ".join(words)


def verify_names(tables: dict[str, TypedTable]) -> Iterator[Problem]:
    """Names claimed by two organisations, and look-alikes that nobody has decided on."""
    names = _names(tables)
    claimed = set()
    for problem, pair in _claimed_twice(names):
        claimed.add(pair)
        yield problem
    decided = _decided(tables)
    for first, second, score in look_alikes(names, _countries(tables)):
        pair = frozenset((first.organisation_id, second.organisation_id))
        if pair not in decided | claimed:
            yield _undecided(first, second, score)


def _names(tables: dict[str, TypedTable]) -> list[Name]:
    found = []
    for table, column in (("organisations", "name"), ("organisation_aliases", "alias")):
        for row in tables[table].rows if table in tables else ():
            organisation_id, text = row.values["organisation_id"], row.values[column]
            if organisation_id and text:
                found.append(Name(organisation_id, text, tables[table].file, row.line, column))
    return found


def _claimed_twice(names: list[Name]) -> Iterator[tuple[Problem, frozenset[str]]]:
    first: dict[str, Name] = {}
    for name in names:
        other = first.setdefault(plain(name.text), name)
        if other.organisation_id != name.organisation_id:
            rule = f"is claimed by {name.organisation_id} here and by {other.organisation_id} in {other.place}"
            fix = "One name belongs to one organisation: merge the two, or leave the name with one of them."
            problem = Problem(name.file, name.line, name.column, name.text, rule, fix)
            yield problem, frozenset((name.organisation_id, other.organisation_id))


def _countries(tables: dict[str, TypedTable]) -> dict[str, set[str]]:
    """Organisation -> its countries."""
    found: dict[str, set[str]] = {}
    for table in ("organisations", "organisation_countries"):
        for row in tables[table].rows if table in tables else ():
            if row.values["country_code"]:
                found.setdefault(row.values["organisation_id"], set()).add(row.values["country_code"])
    return found


def _decided(tables: dict[str, TypedTable]) -> set[frozenset[str]]:
    reviewed = tables.get("reconciliation")
    return {
        frozenset((row.values["organisation_id"], row.values["compared_with"]))
        for row in (reviewed.rows if reviewed else ())
        if row.values["decision"] == KEPT_APART
    }


def look_alikes(
    names: list[Name], countries: dict[str, set[str]], alike: float = ALIKE
) -> Iterator[tuple[Name, Name, float]]:
    """Pairs of organisations of one country whose names score at least `alike` of 100.

    token_set_ratio ignores what only one of the names has, so its 100 counts only when they share
    an uncommon word; names of common words must match as a whole. Each pair of organisations comes
    once, with the two names that are most alike.
    """
    cores = {name.text: core(name.text) for name in names}
    common = _common_words(names, cores)
    of_country: dict[str, list[Name]] = {}
    for name in names:
        for country in countries.get(name.organisation_id, ()):
            of_country.setdefault(country, []).append(name)
    best: dict[frozenset[str], tuple[Name, Name, float]] = {}
    for group in of_country.values():
        for one, other in combinations(group, 2):
            if one.organisation_id == other.organisation_id:
                continue
            score = _likeness(cores[one.text], cores[other.text], common, alike)
            pair = frozenset((one.organisation_id, other.organisation_id))
            if score >= alike and (pair not in best or score > best[pair][2]):
                best[pair] = (one, other, score)
    yield from best.values()


def _common_words(names: list[Name], cores: dict[str, str]) -> set[str]:
    carriers: dict[str, set[str]] = {}
    for name in names:
        for word in cores[name.text].split():
            carriers.setdefault(word, set()).add(name.organisation_id)
    return {word for word, organisations in carriers.items() if len(organisations) >= COMMON_FROM}


def _likeness(one: str, other: str, common: set[str], alike: float) -> float:
    score = fuzz.token_set_ratio(one, other, score_cutoff=alike)
    if score and set(one.split()) & set(other.split()) <= common:
        return fuzz.token_sort_ratio(one, other, score_cutoff=alike)
    return score


def _undecided(first: Name, second: Name, score: float) -> Problem:
    rule = (
        f"({first.organisation_id}) looks like '{second.text}' ({second.organisation_id}) in {second.place}, "
        f"{score:.0f} of 100, and nobody has decided whether they are the same"
    )
    fix = f"Merge the two, or add a row to reconciliation.csv with the decision '{KEPT_APART}' and the reason."
    return Problem(first.file, first.line, first.column, first.text, rule, fix)
