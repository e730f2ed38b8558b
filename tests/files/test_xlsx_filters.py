"""The workbook under filters: numbers of SQL written here, possible matches apart, and which filter emptied a sheet."""

from dataclasses import replace
from datetime import date
from urllib.parse import quote_plus

import pytest
from xlsx_reading import REGISTERS, read, table

from domain.filters import Filters
from exports.content import gather
from exports.xlsx.sheets import workbook
from tests.unknown_values import events_of_unknown_country

DAY = date(2026, 11, 23)
NOTHING = Filters(sectors=("tc-footwear",), sides=("OTHER",), year_from=1999, year_to=1999)


def test_filtered_numbers_are_those_of_the_queries(energy, run_query, monkeypatch):
    """Energy: the ids of each sheet are those of SQL written here; the steps show what their card shows."""
    monkeypatch.setenv("CLUSTERS_PUBLIC_URL", "https://clusters.example.org")
    filtered = read(workbook(energy))
    for name, (file, key) in REGISTERS.items():
        view = {
            "policies": "policy_register",
            "success_stories": "story_register",
            "opportunities": "opportunity_register",
        }
        register = view.get(file, f"{file.removesuffix('s')}_register")
        sql = f"SELECT {key} FROM {register} WHERE list_contains(sector_ids, 'energy')"
        ids = {record for (record,) in run_query(sql)}
        assert {row["Id"] for row in table(filtered[name])} == ids and 0 < len(ids) < len(
            run_query(f"SELECT {key} FROM {register}")
        )
    recorded, signed = run_query(
        "SELECT count(*), count(*) FILTER (status IN ('signed', 'renewed')) FROM cooperation_register "
        "WHERE is_eu_us AND renewed_cooperation_id IS NULL AND list_contains(sector_ids, 'energy')"
    )[0]
    findings = {row["Step"]: row for row in table(filtered["Findings"])}
    found = findings["Cooperations by status"]
    assert found["Finding"].startswith(f"{signed} of {recorded} recorded EU–US cooperations for Energy")
    assert len(table(filtered[found["Sheet"]])) == found["Rows"] == recorded
    assert ("sector", "energy", "Energy") in [row[:3] for row in filtered["Filters"].iter_rows(values_only=True)]
    assert findings["Event timeline"]["View"] == (
        f"https://clusters.example.org/events?sector=energy&unknown=no&release={quote_plus(energy.release_id)}"
    )


def test_filters_that_leave_nothing():
    """Every empty register and step says which filter emptied it."""
    content = gather(NOTHING, DAY)
    empty = read(workbook(content))
    for name in REGISTERS:
        rows = table(empty[name])
        assert len(rows) == 1 and rows[0]["Id"].startswith(f"No {name.lower()} for this filter: Footwear"), name
        assert ("1999" in rows[0]["Id"]) is (name not in ("Organisations", "Success stories", "Opportunities")), name
    findings = {row["Step"]: row for row in table(empty["Findings"])}
    assert findings["Event timeline"]["Finding"] == "No events for this filter: " + content.filter_label + "."
    assert findings["Event timeline"]["View"] == "no public address of the dashboard is set"
    assert findings["Event timeline"]["Rows"] == 0 and "1999" in content.filter_label


@pytest.mark.parametrize("is_shown", [True, False])
def test_possible_matches_are_told_apart(facts, is_shown):
    """How many events have no country, counted from the files: in the list of filters, not among the rows."""
    unknown = events_of_unknown_country(facts)
    found = read(workbook(gather(Filters(countries=("BE",), show_possible=is_shown), DAY)))
    told = {row[0]: row[-1] for row in found["Filters"].iter_rows(values_only=True) if row[0] in REGISTERS}
    assert set(told) == set(REGISTERS) and len(unknown) > 1
    if is_shown:
        assert told["Events"] == f"{len(unknown)} more events might match: no recorded country"
        assert told["Opportunities"] == "none", "no filter by country applies"
    else:
        assert set(told.values()) == {"not shown, as the filters ask"}
    assert {row["Id"] for row in table(found["Events"])}.isdisjoint(unknown)


def test_a_step_that_no_filter_restricts_says_so():
    """The share of whole generations is not one of energy; the links are."""
    content = gather(Filters(sectors=("energy",)), DAY)
    chosen = [section for section in content.steps if section.name in ("usa_share", "statuses")]
    found = read(workbook(replace(content, steps=tuple(chosen))))
    steps = [sheet["A3"].value for sheet in found.worksheets if sheet.title.startswith("Step ")]
    said = dict(zip([section.name for section in chosen], steps, strict=True))
    assert said == {"usa_share": "Filter: none applies to this figure", "statuses": "Filter: Energy"}
