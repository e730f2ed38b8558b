"""The report as PDF, read by pypdf: one file with a filter; tests/soak has other filters and the annex."""

from datetime import date
from urllib.parse import quote_plus

import pytest

from domain.filters import Filters
from exports.content import gather
from exports.pdf.printed import pdf
from tests.pdf_checks import Printed, squeezed
from warehouse.connection import open_database

PUBLIC_URL = "https://clusters.example.org"


@pytest.mark.slow
def test_the_hand_out(shipped_database, monkeypatch):
    """About fifteen pages, page numbers that are right, the figures of the database, links back, a structure."""
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", PUBLIC_URL)
    content = gather(Filters(sectors=("energy",), show_possible=False), date(2026, 11, 22))
    file = pdf(content)
    printed = Printed(file)
    assert 8 <= len(printed.pages) <= 17 and printed.problems(content) == []

    with open_database(shipped_database) as connection:
        (events,) = connection.execute(
            "SELECT count(*) FROM event_register WHERE list_contains(sector_ids, 'energy')"
        ).fetchone()
        signed, cooperations = connection.execute(
            "SELECT count(*) FILTER (status IN ('signed', 'renewed')), count(*) FROM cooperation_register"
            " WHERE list_contains(sector_ids, 'energy') AND list_has_all(sides, ['EU', 'US'])"
            " AND cooperation_id NOT IN (SELECT cooperation_id FROM cooperation_renewals)"
        ).fetchone()
    for told in (f"Events {events}", f"EU–US cooperations signed or renewed {signed} of {cooperations}"):
        assert squeezed(told) in printed.pages[0], told
    assert all(printed.page_of(name) for name in content.registers[5][1]["name"].head(7)), "few rows are shown in full"

    view = f"{PUBLIC_URL}/?sector=energy&unknown=no&release={quote_plus(content.release_id)}"
    assert view in printed.addresses and any(url.startswith(f"{PUBLIC_URL}/events?") for url in printed.addresses)
    root = printed.reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and root["/Lang"] == "en" and "/StructTreeRoot" in root
    outline = [one.title for one in printed.reader.outline[1] if not isinstance(one, list)]
    assert "Contents" in outline and "Sources" in outline and len(outline) > 10
    told = printed.reader.metadata
    assert content.filter_label in told.subject and content.release_line in told.subject
    assert told.creation_date.date() == content.made_on and told.title.startswith(content.title)
    assert len(file) < 4_000_000
