"""Themes are assigned by the one rule of docs/theme-assignment.md: alike on both sides, and each with a ground."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest

from settings import ROOT
from tests.theme_rule import FROM_SOURCE, NOT_BY_TERM, SUBJECTS, Facts, Record, Themes, excepted, read_records


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


def test_a_traded_cluster_leads_to_its_themes(organisations: list[Record]) -> None:
    """A cluster recorded in Transportation and Logistics is one of mobility."""
    missing = {
        record.record_id: lacking
        for record in organisations
        if (lacking := record.themes_by_traded_cluster() - set(record.sectors))
    }
    assert missing == {}


def test_a_term_leads_to_its_traded_clusters(organisations: list[Record]) -> None:
    """Clean technology and logistics have the same traded clusters on both sides."""
    missing = {
        record.record_id: lacking
        for record in organisations
        if (lacking := record.traded_clusters_by_term() - set(record.sectors))
    }
    assert missing == {}


def own_grounds(record: Record, parents: dict[str, str]) -> set[str]:
    """Themes that its own text, traded clusters and sub-sectors allow a record."""
    by_term = record.themes_by_term() - excepted(NOT_BY_TERM, record.record_id)
    return by_term | record.themes_by_traded_cluster() | record.themes_by_sub_sector(parents)


def test_every_assigned_theme_has_a_ground(
    organisations: list[Record], parents: dict[str, str], related: Themes, schemes: dict[str, str]
) -> None:
    """Recorded text, own traded clusters, projects and cooperations, or a source of which the rule file tells."""
    groundless = {
        record.record_id: left
        for record in organisations
        if (
            left := {s for s, basis in record.sectors.items() if schemes[s] == "theme" and basis == "assigned"}
            - own_grounds(record, parents)
            - related[record.record_id]
            - excepted(FROM_SOURCE, record.record_id)
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
    organisations: list[Record], projects: list[Record], parents: dict[str, str], facts: Facts
) -> None:
    """No exception outlives its reason, and each has one."""
    records = {record.record_id: record for record in [*organisations, *projects]}
    cited = {row["record_id"] for row in facts("citations") if row["table_name"] == "organisation_sectors"}
    for entry in NOT_BY_TERM:
        record, themes = records[entry["record_id"]], set(entry["themes"])
        assert entry["because"].endswith(".") and themes <= record.themes_by_term() - set(record.sectors), entry
    for entry in FROM_SOURCE:
        record, themes = records[entry["record_id"]], set(entry["themes"])
        assert entry["because"].endswith(".") and not themes & own_grounds(record, parents), entry
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
    """(subject, themes) of the table in the document; another one there assigns NACE divisions."""
    document = (ROOT / "docs" / "theme-assignment.md").read_text(encoding="utf-8")
    for line in document.split("## NACE divisions")[0].splitlines():
        if match := re.fullmatch(r"\| ([^|]+) \| ([a-z, `-]+) \|.*", line):
            yield match[1], set(re.findall(r"`([a-z-]+)`", match[2]))


def test_the_document_and_the_rule_file_agree(schemes: dict[str, str]) -> None:
    """The table of the document is that of the rule file, and every theme but cross-sector is reached."""
    assert list(subject_rows()) == [(subject.name, subject.themes) for subject in SUBJECTS]
    reached = {theme for subject in SUBJECTS for theme in subject.themes}
    assert reached == {sector for sector, scheme in schemes.items() if scheme == "theme"} - {"cross-sector"}
    assert {c for s in SUBJECTS for c in s.traded_clusters | s.from_traded_clusters} <= set(schemes)
