"""Terms that SQL defines once, recomputed from the CSV files with pandas."""

import pandas as pd
import pytest

from cards.status_words import agreement_statuses, current_statuses
from charts.theme import STATUS_STYLES
from etl.schema import declared_schema
from partners.facts import load_partner_facts
from settings import ROOT
from warehouse.query_cache import run_query


def table(name: str) -> pd.DataFrame:
    """A file of data/ as text; blank cells are empty texts."""
    folder = ROOT / "data" / "lookups" if (ROOT / "data" / "lookups" / f"{name}.csv").exists() else ROOT / "data"
    return pd.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False)


# ---------------------------------------------------------------- ESCP-4i partnerships


@pytest.fixture(scope="module")
def partnerships() -> pd.DataFrame:
    """Projects with a generation whose programme is ESCP-4i itself."""
    projects = table("projects")
    return projects[(projects["generation"] != "") & (projects["programme"] == "ESCP-4i")]


def test_defence_call_partnerships_exist(partnerships):
    """Otherwise the tests below could not tell the two definitions apart."""
    with_generation = table("projects").query("generation != ''")
    assert 0 < len(partnerships) < len(with_generation)


def test_escp4i_generations(rows, partnerships):
    """Known partnerships of each generation, and those that list the USA."""
    listing = set(table("project_targets").query("country_code == 'US'")["project_id"])
    expected = [
        (int(generation), len(group), int(group["project_id"].isin(listing).sum()))
        for generation, group in partnerships.groupby("generation")
    ]
    assert rows("SELECT generation, known_count, listed_count FROM escp4i_generations ORDER BY generation") == expected


def test_the_register_marks_escp4i_partnerships(column, partnerships):
    """The column that the pages filter by."""
    marked = column("SELECT project_id FROM project_register WHERE is_escp4i_partnership")
    assert set(marked) == set(partnerships["project_id"])


def test_headline_figures_count_the_same_partnerships(rows, partnerships):
    """A release quotes the number that the page shows."""
    expected = {
        f"ESCP-4i partnerships known, generation {generation}": str(count)
        for generation, count in partnerships["generation"].value_counts().items()
    }
    assert dict(rows("FROM headline_figures WHERE figure LIKE 'ESCP-4i partnerships known%'")) == expected


# ---------------------------------------------------------------- themes before the crosswalk


def themes(assignments: pd.DataFrame, holder: str) -> set[tuple[str, str]]:
    """(holder, theme) of rows with a sector_id: own themes, and only without any those of the traded clusters."""
    sectors, crosswalk = table("sectors"), table("sector_links")
    is_theme, is_sub_sector = sectors["scheme"] == "theme", sectors["scheme"] == "sub_sector"
    theme_of = dict(zip(sectors[is_theme]["sector_id"], sectors[is_theme]["sector_id"], strict=True))
    theme_of |= dict(zip(sectors[is_sub_sector]["sector_id"], sectors[is_sub_sector]["parent_id"], strict=True))
    result = set()
    for holder_id, group in assignments.groupby(holder):
        own = {theme_of[sector] for sector in group["sector_id"] if sector in theme_of}
        by_crosswalk = set(crosswalk[crosswalk["traded_cluster_id"].isin(group["sector_id"])]["theme_id"])
        result |= {(str(holder_id), theme) for theme in own or by_crosswalk}
    return result


@pytest.mark.parametrize(
    ("file", "view", "key"),
    [
        ("organisation_sectors", "organisation_themes", "organisation_id"),
        ("project_sectors", "project_themes", "project_id"),
        ("policy_sectors", "policy_themes", "policy_id"),
    ],
)
def test_themes_of_records(rows, file, view, key):
    """Of every organisation, project and policy."""
    assert set(rows(f"SELECT {key}, theme_id FROM {view}")) == themes(table(file), key)


def test_themes_of_current_organisations(rows):
    """The partner finder adds the sectors of merged organisations before the rule is applied."""
    organisations = table("organisations")
    successors = dict(zip(organisations["organisation_id"], organisations["successor_id"], strict=True))

    def current(organisation_id: str) -> str:
        while successors[organisation_id]:
            organisation_id = successors[organisation_id]
        return organisation_id

    assignments = table("organisation_sectors")
    assignments["current_id"] = assignments["organisation_id"].map(current)
    assert any(assignments["current_id"] != assignments["organisation_id"])
    expected = themes(assignments, "current_id")
    assert set(rows("SELECT organisation_id, sector_id FROM partner_sectors WHERE scheme = 'theme'")) == expected


# ---------------------------------------------------------------- commitment

# From the firmest to the least firm, with the commitments that docs/guide.md names.
COMMITMENTS = {
    "signed": "agreement",
    "renewed": "agreement",
    "completed": "activity",
    "ongoing": "activity",
    "planned": "intention",
    "possible": "intention",
    "aspiration": "intention",
}


def test_every_status_has_one_commitment(rows, column):
    """As the guide says: a signature is never counted with an intention; what is over or intended is not current."""
    ordered = rows("SELECT status, commitment FROM cooperation_statuses ORDER BY position")
    assert list(ordered) == list(COMMITMENTS.items())
    assert set(column("SELECT status FROM cooperation_statuses WHERE is_current")) == {"signed", "renewed", "ongoing"}


def test_every_status_is_drawn_in_its_order_and_named_as_its_term_is():
    """A chart has no database: what it adds to a status is only how it looks."""
    labels = table("terms").query("vocabulary == 'cooperations.status'").set_index("term")["label"].to_dict()
    assert list(STATUS_STYLES) == list(COMMITMENTS)
    assert {status: style.label for status, style in STATUS_STYLES.items()} == labels


def test_statuses_in_words(published):
    assert (agreement_statuses(), current_statuses()) == ("signed or renewed", "signed, renewed or ongoing")


def test_the_partner_finder_tells_intentions_and_what_is_over_apart(published):
    facts = run_query(load_partner_facts)
    assert facts.carried_out == {"signed", "renewed", "completed", "ongoing"}
    assert facts.current == {"signed", "renewed", "ongoing"}


def test_the_register_counts_commitments(rows):
    """No cooperation is lost or counted twice."""
    expected = table("cooperations")["status"].map(COMMITMENTS).value_counts().to_dict()
    assert dict(rows("SELECT commitment, count(*) FROM cooperation_register GROUP BY ALL")) == expected


# ---------------------------------------------------------------- coverage


def test_citation_coverage(rows):
    """Rows, cited rows, those cited from a seed document and those cited from others only, of every table of facts."""
    citations = table("citations").merge(table("sources")[["source_id", "reliability"]], on="source_id")
    keys = {declared.name: list(declared.key) for declared in declared_schema().input_tables}
    coverage = rows("SELECT table_name, row_count, cited_count, seed_count, researched_count FROM citation_coverage")
    assert {name for name, *_ in coverage} == set(citations["table_name"])
    for name, *counts in coverage:
        if name == "usa_share":
            continue
        facts = set(table(name)[keys[name]].agg("|".join, axis=1))
        own = citations[citations["table_name"] == name]
        cited = set(own["record_id"]) & facts
        seeds = set(own[own["reliability"] == "seed"]["record_id"]) & facts
        assert counts == [len(facts), len(cited), len(seeds), len(cited - seeds)], name
