"""The rule of data/theme_rule.toml, read and applied to the CSV files as they stand, for the tests of assigned themes.

Neither the rule nor this module looks at side, country or place.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from settings import ROOT

Facts = Callable[[str], list[dict[str, str]]]
Themes = dict[str, set[str]]
Entry = dict[str, Any]

# What a description says of a programme or a partnership is not said of the organisation's own field.
ELSEWHERE = re.compile(r"Programme: [^.]*\.|Member of the ESCP-4i partnerships? [^.]*(?:\.\d[^.]*)?\.")


def plain(text: str) -> str:
    """Words of a text in small letters without accents and punctuation, one space before and after each."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return f" {' '.join(''.join(c if c.isalnum() else ' ' for c in letters if not unicodedata.combining(c)).split())} "


def pattern(terms: Iterable[str]) -> re.Pattern[str]:
    """Any of these terms in a plain text; * is the rest of a word."""
    words = (plain(term.rstrip("*")).strip() + (r"\w*" if term.endswith("*") else "") for term in terms)
    return re.compile(f"(?<= )(?:{'|'.join(words)})(?= )")


@dataclass(frozen=True)
class Subject:
    """An entry of the rule file; `found_in` tells whether a plain text names it."""

    name: str
    terms: re.Pattern[str]
    except_in: re.Pattern[str] | None
    themes: set[str]
    from_traded_clusters: set[str]
    traded_clusters: set[str]

    def found_in(self, text: str) -> bool:
        """Whether the text has a term of this subject, outside the phrases that are excepted."""
        return bool(self.terms.search(self.except_in.sub(" ", text) if self.except_in else text))


def read_rule() -> tuple[list[Subject], list[Entry], list[Entry]]:
    """Subjects, terms that do not count, and grounds in a source."""
    rule = tomllib.loads((ROOT / "data" / "theme_rule.toml").read_text(encoding="utf-8"))
    subjects = [
        Subject(
            entry["name"],
            pattern(entry["terms"]),
            pattern(entry["except_in"]) if "except_in" in entry else None,
            set(entry["themes"]),
            set(entry.get("from_traded_clusters", [])),
            set(entry.get("traded_clusters", [])),
        )
        for entry in rule["subject"]
    ]
    return subjects, rule["not_by_term"], rule["from_source"]


SUBJECTS, NOT_BY_TERM, FROM_SOURCE = read_rule()


@dataclass(frozen=True)
class Record:
    """An organisation or a project: its recorded text, and sectors with their basis."""

    record_id: str
    text: str
    sectors: dict[str, str]

    def themes_by_term(self) -> set[str]:
        """Themes that the terms of the text lead to, exceptions included."""
        return {theme for subject in SUBJECTS if subject.found_in(self.text) for theme in subject.themes}

    def traded_clusters_by_term(self) -> set[str]:
        """Traded clusters that the terms of the text lead to."""
        return {cluster for subject in SUBJECTS if subject.found_in(self.text) for cluster in subject.traded_clusters}

    def themes_by_traded_cluster(self) -> set[str]:
        """Themes that its recorded traded clusters lead to."""
        return {theme for s in SUBJECTS if s.from_traded_clusters & set(self.sectors) for theme in s.themes}

    def themes_by_sub_sector(self, parents: dict[str, str]) -> set[str]:
        """Themes above its recorded sub-sectors."""
        return {parents[sector] for sector in self.sectors if sector in parents}


def excepted(entries: list[Entry], record_id: str) -> set[str]:
    """Themes of the entries of one record."""
    return {theme for entry in entries if entry["record_id"] == record_id for theme in entry["themes"]}


def read_records(facts: Facts, table: str, key: str) -> list[Record]:
    """The records of organisations or projects."""
    sectors: dict[str, dict[str, str]] = defaultdict(dict)
    for row in facts(f"{table}_sectors"):
        sectors[row[key]][row["sector_id"]] = row["basis"]
    aliases = defaultdict(list)
    for row in facts(f"{table}_aliases"):
        aliases[row[key]].append(row["alias"])
    return [
        Record(
            row[key],
            plain(
                " | ".join([row["name"], row["acronym"], *aliases[row[key]], ELSEWHERE.sub(" ", row["description"])])
            ),
            sectors[row[key]],
        )
        for row in facts(f"{table}s")
    ]
