"""The crosswalk from NACE divisions to themes and traded clusters, as docs/theme-assignment.md explains it."""

import re

from settings import ROOT
from tests.statistics_oracle import lookup

# Traded clusters that stand close to whole divisions, written down apart from the table.
CLOSE = {
    "C12": "Tobacco",
    "C13": "Textile Manufacturing",
    "C14": "Apparel",
    "C16": "Wood Products",
    "C17": "Paper and Packaging",
    "C18": "Printing Services",
    "C21": "Biopharmaceuticals",
    "C24": "Upstream Metal Manufacturing",
    "C29": "Automotive",
    "C31": "Furniture",
    "B05": "Coal Mining",
    "B07": "Metal Mining",
    "B08": "Nonmetal Mining",
    "J59": "Video Production and Distribution",
    "E38": "Environmental Services",
    "E39": "Environmental Services",
}
NAMES = {row["sector_id"]: row["name"] for row in lookup("lookups/sectors")}
SCHEMES = {row["sector_id"]: row["scheme"] for row in lookup("lookups/sectors")}


def linked(scheme: str) -> dict[str, set[str]]:
    """Code of a division -> the sectors of a scheme that it is joined to."""
    found: dict[str, set[str]] = {}
    for row in lookup("lookups/nace_links"):
        if SCHEMES[row["sector_id"]] == scheme:
            found.setdefault(row["nace_division_id"][5:].upper(), set()).add(row["sector_id"])
    return found


def test_the_close_traded_clusters():
    """Fifteen, one of them for two divisions."""
    own = {code: {NAMES[sector] for sector in sectors} for code, sectors in linked("traded_cluster").items()}
    assert own == {code: {name} for code, name in CLOSE.items()} and len(set(CLOSE.values())) == 15


def test_a_division_has_the_themes_of_its_traded_cluster():
    """But for waste: Environmental Services holds water, waste and energy alike."""
    themes: dict[str, set[str]] = {}
    for row in lookup("lookups/sector_links"):
        themes.setdefault(NAMES[row["traded_cluster_id"]], set()).add(row["theme_id"])
    differing = {code for code, name in CLOSE.items() if linked("theme")[code] != themes[name]}
    assert differing == {"E38", "E39"}


def test_the_document_prints_the_table():
    """Every division with its name in the regulation, its themes and its traded cluster; no other row."""
    text = (ROOT / "docs" / "theme-assignment.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([A-Z]\d\d) ([^|]+) \| ([^|]+) \| ([^|]*)\|$", text, re.MULTILINE)
    divisions = {row["sector_id"] for row in lookup("lookups/sectors") if row["scheme"] == "nace_division"}
    assert {f"nace-{code.lower()}" for code, *_ in rows} == divisions and len(rows) == len(divisions) == 68
    for code, name, themes, cluster in rows:
        assert name == NAMES[f"nace-{code.lower()}"]
        assert set(re.findall(r"`([\w-]+)`", themes)) == linked("theme").get(code, set())
        assert cluster.strip() == CLOSE.get(code, "")
    assert {code for code, _, themes, _ in rows if themes == "none"} == {"I56", "L68", "M75", "S95"}
