"""The report as PDF under five filters and with its annex. Left to `make soak`."""

from datetime import date

import pytest

from domain.filters import Filters
from exports.content import gather
from exports.pdf.printed import pdf
from tests.pdf_checks import Printed

NOTHING = Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999)


@pytest.mark.soak
@pytest.mark.parametrize(
    ("filters", "has_annex", "pages"),
    [
        (Filters(), False, (13, 17)),
        (Filters(sectors=("energy",)), False, (8, 16)),
        (Filters(sides=("US",)), False, (10, 17)),
        (Filters(countries=("DE",), year_from=2015, year_to=2017), False, (8, 16)),
        (NOTHING, False, (3, 5)),
        (Filters(sectors=("energy",)), True, (20, 60)),
    ],
    ids=["everything", "energy", "US side", "Germany 2015 to 2017", "nothing left", "annex"],
)
def test_pages_and_contents(filters, has_annex, pages, shipped_database, monkeypatch):
    monkeypatch.setenv("CLUSTERS_DB", str(shipped_database))
    monkeypatch.delenv("CLUSTERS_PUBLIC_URL", raising=False)
    content = gather(filters, date(2026, 11, 22), has_annex)
    printed = Printed(pdf(content))
    assert printed.problems(content) == [] and pages[0] <= len(printed.pages) <= pages[1]
    assert [url for url in printed.addresses if "release=" in url] == []
    for spec, rows in content.registers if has_annex else ():
        assert rows.empty or all(printed.page_of(name) for name in rows[next(iter(spec.columns))].head(3)), spec.table
