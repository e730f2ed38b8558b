"""Themes are assigned by the one rule of docs/theme-assignment.md: alike on both sides, and each with a ground.

The rule is read from data/theme_rule.toml and applied to the CSV files as they stand. Neither looks at side, country
or place.
"""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import pytest

from settings import ROOT

Facts = Callable[[str], list[dict[str, str]]]
Themes = dict[str, set[str]]

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


def read_rule() -> tuple[list[Subject], list[dict], list[dict]]:
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

    def themes_by_sector(self, parents: dict[str, str]) -> set[str]:
        """Themes that its own traded clusters and sub-sectors lead to."""
        found = {parents[sector] for sector in self.sectors if sector in parents}
        return found | {t for s in SUBJECTS if s.from_traded_clusters & set(self.sectors) for t in s.themes}


def excepted(entries: list[dict], record_id: str) -> set[str]:
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


@pytest.fixture(scope="module")
def organisations(facts: Facts) -> list[Record]:
    """All organisations."""
    return read_records(facts, "organisation", "organisation_id")


@pytest.fixture(scope="module")
def projects(facts: Facts) -> list[Record]:
    """All projects."""
    return read_records(facts, "project", "project_id")


@pytest.fixture(scope="module")
def schemes(facts: Facts) -> dict[str, str]:
    """Scheme of every sector."""
    return {row["sector_id"]: row["scheme"] for row in facts("lookups/sectors")}


@pytest.fixture(scope="module")
def parents(facts: Facts) -> dict[str, str]:
    """Theme of every sub-sector."""
    return {row["sector_id"]: row["parent_id"] for row in facts("lookups/sectors") if row["scheme"] == "sub_sector"}


@pytest.fixture(scope="module")
def related(facts: Facts, schemes: dict[str, str]) -> Themes:
    """Themes of the projects and cooperations that an organisation takes part in."""
    found: Themes = defaultdict(set)
    for link, sectors, key in (
        ("project_members", "project_sectors", "project_id"),
        ("cooperation_parties", "cooperation_sectors", "cooperation_id"),
    ):
        themes = defaultdict(set)
        for row in facts(sectors):
            if schemes[row["sector_id"]] == "theme":
                themes[row[key]].add(row["sector_id"])
        for row in facts(link):
            found[row["organisation_id"]] |= themes[row[key]]
    return found


@pytest.mark.parametrize("table", ["organisations", "projects"])
def test_a_term_leads_to_its_themes(request: pytest.FixtureRequest, table: str) -> None:
    """Whoever has a term of the rule in its recorded text has the themes of that term, on whichever side it is."""
    missing = {
        record.record_id: lacking
        for record in request.getfixturevalue(table)
        if (lacking := record.themes_by_term() - set(record.sectors) - excepted(NOT_BY_TERM, record.record_id))
    }
    assert missing == {}, "add the themes to the sectors of these records, or a reasoned not_by_term to the rule file"


def test_a_traded_cluster_or_sub_sector_leads_to_its_themes(
    organisations: list[Record], parents: dict[str, str]
) -> None:
    """A cluster recorded in Transportation and Logistics is one of mobility, one of photonics is one of ICT."""
    missing = {
        record.record_id: lacking
        for record in organisations
        if (lacking := record.themes_by_sector(parents) - set(record.sectors))
    }
    # A stated sub-sector needs no row for its parent: the view record_themes climbs to it.
    assert {key: themes for key, themes in missing.items() if themes - by_parent(organisations, parents, key)} == {}


def by_parent(organisations: list[Record], parents: dict[str, str], key: str) -> set[str]:
    """Themes above the sub-sectors of one organisation."""
    record = next(record for record in organisations if record.record_id == key)
    return {parents[sector] for sector in record.sectors if sector in parents}


def test_a_term_leads_to_its_traded_clusters(organisations: list[Record]) -> None:
    """Clean technology and logistics have the same traded clusters on both sides."""
    missing = {
        record.record_id: lacking
        for record in organisations
        if (lacking := record.traded_clusters_by_term() - set(record.sectors))
    }
    assert missing == {}


def grounds(record: Record, parents: dict[str, str], related: Themes) -> set[str]:
    """Themes that the rule allows an organisation."""
    own = record.themes_by_term() - excepted(NOT_BY_TERM, record.record_id) | record.themes_by_sector(parents)
    return own | related[record.record_id] | excepted(FROM_SOURCE, record.record_id)


def test_every_assigned_theme_has_a_ground(
    organisations: list[Record], parents: dict[str, str], related: Themes, schemes: dict[str, str]
) -> None:
    """Recorded text, own traded clusters, projects and cooperations, or a source of which the rule file tells."""
    groundless = {
        record.record_id: left
        for record in organisations
        if (
            left := {s for s, basis in record.sectors.items() if schemes[s] == "theme" and basis == "assigned"}
            - grounds(record, parents, related)
            - {"cross-sector"}
        )
    }
    assert groundless == {}, "remove the themes, or say in from_source of the rule file what the cited page says"


def test_cross_sector_is_not_given_beside_a_field_of_its_own(organisations: list[Record]) -> None:
    """Cross-sector is for organisations of no particular field: never a stopgap, never an extra."""
    both = {
        record.record_id
        for record in organisations
        if record.sectors.get("cross-sector") == "assigned" and record.themes_by_term()
    }
    assert both == set()


def test_exceptions_are_still_needed(
    organisations: list[Record], projects: list[Record], parents: dict[str, str], related: Themes, facts: Facts
) -> None:
    """No exception outlives its reason, and each has one."""
    records = {record.record_id: record for record in [*organisations, *projects]}
    cited = {row["record_id"] for row in facts("citations") if row["table_name"] == "organisation_sectors"}
    for entry in NOT_BY_TERM:
        record, themes = records[entry["record_id"]], set(entry["themes"])
        assert entry["because"].endswith(".") and themes <= record.themes_by_term() - set(record.sectors), entry
    for entry in FROM_SOURCE:
        record, themes = records[entry["record_id"]], set(entry["themes"])
        other = record.themes_by_term() | record.themes_by_sector(parents)
        assert entry["because"].endswith(".") and not themes & other, entry
        assert {record.sectors.get(theme) for theme in themes} == {"assigned"}, entry
        assert {f"{record.record_id}|{theme}" for theme in themes} <= cited, entry


@pytest.mark.parametrize(
    ("words", "themes"),
    [
        (r"clean[ -]?tech", {"energy", "environment"}),
        (r"logisti[ck]", {"mobility"}),
        (r"mobility|vehicles", {"mobility"}),
        (r"\bwater\b", {"water"}),
        (r"photonics|semiconductor", {"ict"}),
        (r"life sciences?\b|bioscience", {"biotechnology", "health"}),
        (r"aerospace", {"aerospace"}),
    ],
)
def test_names_and_fields_of_both_sides_are_read_alike(facts: Facts, words: str, themes: set[str]) -> None:
    """The same, asked of the printed names and fields alone and without the rule file."""
    own = defaultdict(set)
    for row in facts("organisation_sectors"):
        own[row["organisation_id"]].add(row["sector_id"])
    named = [
        row
        for row in facts("organisations")
        if re.search(
            words, row["name"] + "; " + "".join(re.findall(r"Field: ([^.]*)", row["description"])), re.IGNORECASE
        )
    ]
    assert {row["side"] for row in named} >= {"EU", "US"}, "the words are used on both sides"
    assert {row["name"]: lacking for row in named if (lacking := themes - own[row["organisation_id"]])} == {}


def test_organisations_that_were_assigned_unlike(facts: Facts) -> None:
    """Cleantech of both sides is environment as well as energy, and the logistics cluster of the Ozarks is mobility."""
    pairs = {(row["organisation_id"], row["sector_id"]) for row in facts("organisation_sectors")}
    for name in ("cleantech-san-diego", "research-triangle-cleantech-cluster", "cleantech-cluster-oberosterreich"):
        assert {(name, "environment"), (name, "energy")} <= pairs, name
    assert ("retail-supply-chain-and-food-processing-cluster-of-the-ozarks", "mobility") in pairs


def subject_rows() -> Iterator[tuple[str, set[str]]]:
    """(subject, themes) of the table in the document."""
    for line in (ROOT / "docs" / "theme-assignment.md").read_text(encoding="utf-8").splitlines():
        if match := re.fullmatch(r"\| ([^|]+) \| ([a-z, `-]+) \|.*", line):
            yield match[1], set(re.findall(r"`([a-z-]+)`", match[2]))


def test_the_document_and_the_rule_file_agree(schemes: dict[str, str]) -> None:
    """The table of the document is that of the rule file, and every theme but cross-sector is reached."""
    assert list(subject_rows()) == [(subject.name, subject.themes) for subject in SUBJECTS]
    reached = {theme for subject in SUBJECTS for theme in subject.themes}
    assert reached == {sector for sector, scheme in schemes.items() if scheme == "theme"} - {"cross-sector"}
    assert {c for s in SUBJECTS for c in s.traded_clusters | s.from_traded_clusters} <= set(schemes)
