"""Finds organisations that may have been recorded twice: the same name, or names that look alike.

rapidfuzz proposes pairs and data/reconciliation.csv holds the decisions; nothing is merged here.
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
# Least score, of 100, at which two names count as similar.
MIN_SIMILARITY = 90.0
# A word in the names of so many organisations (a state, "water") is no evidence that two are the same.
MIN_COMMON_COUNT = 4
# Words that are no evidence because many names contain them: legal forms, kinds of organisations, and
# articles and prepositions of the languages that occur.
GENERIC_WORDS = frozenset(
    """
    a ab ag ait and asbl aps as association associazione at bv center centre centro cluster clusteri clusters
    competitiveness competitivite consortium corporation council d da das de deg degli dei del della den der des di die
    do dos e ecosystem ev eu europe european for foundation fundacio fundacion fur gmbh group hub i im in inc
    initiative innovation institute international in istituto kft l la las le les llc los ltd netherlands network
    networks o of og on org organisation organization partnership platform pole sa sas sl societa sp srl tech
    technological technologies technology the und united us usa van y z zoo
    """.split()  # noqa: SIM905 - as a list with quotes it would be three times as long
)


@dataclass(frozen=True)
class Name:
    """One name of an organisation, with the file, line and column it was read from."""

    organisation_id: str
    text: str
    file: str
    line: int
    column: str

    @property
    def location(self) -> str:
        """File and line, such as 'data/organisations.csv line 4'."""
        return f"{self.file} line {self.line}"


def normalised(name: str) -> str:
    """The name in lower case, without accents and punctuation, for comparison."""
    decomposed = unicodedata.normalize("NFKD", name.casefold().replace("&", " and "))
    without_accents = "".join(character for character in decomposed if not unicodedata.combining(character))
    return " ".join(re.findall(r"[^\W_]+", without_accents))


def distinctive_part(name: str) -> str:
    """The normalised name without generic words; the whole normalised name when it has no other words."""
    words = normalised(name).split()
    return " ".join(word for word in words if word not in GENERIC_WORDS) or " ".join(words)


def verify_names(tables: dict[str, TypedTable]) -> Iterator[Problem]:
    """Problems: names of two organisations at once, and similar names without a decision in reconciliation.csv."""
    names = _names(tables)
    claimed: set[frozenset[str]] = set()
    for problem, claimants in _claimed_twice(names):
        claimed.add(claimants)
        yield problem
    decided = _decided(tables)
    for first, second, score in similar_names(names, _countries(tables)):
        pair = frozenset((first.organisation_id, second.organisation_id))
        if pair not in decided | claimed:
            yield _undecided(first, second, score)


def _names(tables: dict[str, TypedTable]) -> list[Name]:
    names: list[Name] = []
    for table, column in (("organisations", "name"), ("organisation_aliases", "alias")):
        for row in tables[table].rows if table in tables else ():
            organisation_id, text = row.values["organisation_id"], row.values[column]
            if organisation_id and text:
                names.append(Name(organisation_id, text, tables[table].file, row.line, column))
    return names


def _claimed_twice(names: list[Name]) -> Iterator[tuple[Problem, frozenset[str]]]:
    first: dict[str, Name] = {}
    for name in names:
        other = first.setdefault(normalised(name.text), name)
        if other.organisation_id != name.organisation_id:
            rule = f"is claimed by {name.organisation_id} here and by {other.organisation_id} in {other.location}"
            fix = "One name belongs to one organisation: merge the two, or leave the name with one of them."
            problem = Problem(name.file, name.line, name.column, name.text, rule, fix)
            yield problem, frozenset((name.organisation_id, other.organisation_id))


def _countries(tables: dict[str, TypedTable]) -> dict[str, set[str]]:
    """Organisation id -> codes of its countries."""
    countries: dict[str, set[str]] = {}
    for table in ("organisations", "organisation_countries"):
        for row in tables[table].rows if table in tables else ():
            if row.values["country_code"]:
                countries.setdefault(row.values["organisation_id"], set()).add(row.values["country_code"])
    return countries


def _decided(tables: dict[str, TypedTable]) -> set[frozenset[str]]:
    reviewed = tables.get("reconciliation")
    return {
        frozenset((row.values["organisation_id"], row.values["compared_with"]))
        for row in (reviewed.rows if reviewed else ())
        if row.values["decision"] == KEPT_APART
    }


def similar_names(
    names: list[Name], countries: dict[str, set[str]], min_similarity: float = MIN_SIMILARITY
) -> Iterator[tuple[Name, Name, float]]:
    """Pairs of organisations of one country whose names score at least `min_similarity` of 100.

    token_set_ratio ignores words that only one of the names has, so its score counts only when both
    share an uncommon word; names made of common words must match as a whole. Each pair of organisations
    is yielded once, as its two most similar names and their score.
    """
    cores = {name.text: distinctive_part(name.text) for name in names}
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
            score = _similarity(cores[one.text], cores[other.text], common, min_similarity)
            pair = frozenset((one.organisation_id, other.organisation_id))
            if score >= min_similarity and (pair not in best or score > best[pair][2]):
                best[pair] = (one, other, score)
    yield from best.values()


def _common_words(names: list[Name], cores: dict[str, str]) -> set[str]:
    users: dict[str, set[str]] = {}
    for name in names:
        for word in cores[name.text].split():
            users.setdefault(word, set()).add(name.organisation_id)
    return {word for word, organisations in users.items() if len(organisations) >= MIN_COMMON_COUNT}


def _similarity(one: str, other: str, common: set[str], min_similarity: float) -> float:
    score = fuzz.token_set_ratio(one, other, score_cutoff=min_similarity)
    if score and set(one.split()) & set(other.split()) <= common:
        return fuzz.token_sort_ratio(one, other, score_cutoff=min_similarity)
    return score


def _undecided(first: Name, second: Name, score: float) -> Problem:
    rule = (
        f"({first.organisation_id}) looks like '{second.text}' ({second.organisation_id}) in {second.location}, "
        f"{score:.0f} of 100, and nobody has decided whether they are the same"
    )
    fix = f"Merge the two, or add a row to reconciliation.csv with the decision '{KEPT_APART}' and the reason."
    return Problem(first.file, first.line, first.column, first.text, rule, fix)
