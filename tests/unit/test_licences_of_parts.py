"""Licences follow the part they belong to: our facts, shipped data sets and imports, in CSV files and citations."""

import json
import zipfile
from datetime import date
from io import BytesIO

import pytest

from cards.catalogue import make_card
from cards.definition import CardChoices
from domain.filters import Filters
from exports.citation import citation
from exports.csv.metadata import csv_with_metadata
from exports.licences import PartLicence, licence_sentence, package_contributors, package_licences, part_licences

pytestmark = pytest.mark.usefixtures("published_imports")
DAY = date(2026, 11, 27)
# The imports of tests/imported_data.py.
PORTAL = PartLicence("Title", "not stated", "Publisher")
CHOICES: CardChoices = {"cluster": ("tc-plastics",), "year": ("2016",), "count": ("employment",)}


def package(card, page):
    """The metadata of the CSV file of a card."""
    with zipfile.ZipFile(BytesIO(csv_with_metadata(card, Filters(), page, DAY))) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".json")]
        return json.loads(archive.read(name))


def test_our_facts_have_our_licence():
    """As before."""
    card = make_card("usa_share", Filters())
    assert [part.is_ours for part in part_licences(card.all_evidence)] == [True]
    assert package(card, "projects")["licenses"][0]["name"] == "CC-BY-4.0"
    assert package(card, "projects")["contributors"][0]["role"] == "author"
    assert citation(card, None, "/projects", "r", DAY).full.endswith("CC BY 4.0.")


def test_imported_figures_have_the_licence_of_the_import():
    """CC BY 4.0 and our name are not put over figures whose licence is not stated."""
    card = make_card("quotients", Filters(), CHOICES)
    parts = part_licences(card.all_evidence)
    assert PORTAL in parts and not any(part.is_ours for part in parts)
    described = package(card, "statistics")
    assert {"name": "notspecified", "title": "not stated: Title, Publisher"} in described["licenses"]
    assert {"title": "Publisher", "role": "publisher"} in described["contributors"]
    assert [one["role"] for one in described["contributors"] if "contributors" in one["title"]] == ["wrangler"]
    cited = citation(card, None, "/statistics", "r", DAY)
    assert "Licence of “Title” (Publisher): not stated." in cited.full and not cited.full.endswith(
        "dashboard. CC BY 4.0."
    )
    assert "not stated" in cited.bibtex


def test_parts_of_several_licences():
    """Each is named once, ours first."""
    ours = PartLicence("", "CC BY 4.0", "Us")
    shipped = PartLicence("Statistics", "CC BY 4.0", "Eurostat")
    assert licence_sentence([ours, shipped, PORTAL]) == (
        "CC BY 4.0. Licence of “Statistics” (Eurostat): CC BY 4.0. Licence of “Title” (Publisher): not stated."
    )
    assert [one["name"] for one in package_licences([ours, shipped, PORTAL])] == [
        "CC-BY-4.0",
        "CC-BY-4.0",
        "notspecified",
    ]
    assert [one["role"] for one in package_contributors([ours, shipped])] == ["author", "publisher"]
