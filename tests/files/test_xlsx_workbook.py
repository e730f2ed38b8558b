"""The workbook through openpyxl: types, numbers of the queries, marks of what is missing, nothing that runs."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pandas as pd
import pytest
from xlsx_reading import REGISTERS, read, table

from domain.progress import CancelledError
from domain.vocabulary import MISSING_REASONS
from exports.xlsx.sheets import workbook

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def book(everything) -> openpyxl.Workbook:
    """The workbook without a filter."""
    return read(workbook(everything))


def test_every_sheet_is_listed_and_its_rows_are_counted(book, facts):
    """About leads to each sheet; k of n without a filter is n of n, as many as the file of data has."""
    about = [row for row in book["About"].iter_rows(min_col=1, max_col=4)]
    start = next(i for i, row in enumerate(about) if row[3].value == "Rows without filter")
    listed = {row[0].value: row for row in about[start + 1 :]}
    assert set(listed) == set(book.sheetnames) - {"About"}
    for name, row in listed.items():
        assert row[0].hyperlink.location == f"'{name}'!A1"
    for name, (file, _) in REGISTERS.items():
        # Programmes of authorities that are stored as projects are policy instruments too.
        n = len(facts(file)) + (len(facts("policy_projects")) if file == "policies" else 0)
        assert (listed[name][2].value, listed[name][3].value) == (n, n) and len(table(book[name])) == n
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_sheets_of_rows_have_frozen_headings_and_filters(book):
    """Each table can be filtered; the headings are unique."""
    for sheet in book:
        if sheet.title in ("About", "Licence"):
            continue
        rows = table(sheet)
        head = int(re.search(r"\d+", sheet.freeze_panes)[0]) - 1
        assert sheet.auto_filter.ref.startswith(f"A{head}:"), sheet.title
        headings = [cell.value for cell in sheet[head] if cell.value is not None]
        assert len(set(headings)) == len(headings) == len(rows[0]), sheet.title
        assert sheet.auto_filter.ref.endswith(str(head + len(rows))), sheet.title


def test_dates_are_dates_beside_their_precision(book, facts):
    """Every event as in data/events.csv: first and last day, precision, and a reason where there is none."""
    reasons = {(r["table_name"], r["record_id"], r["field"]): r["reason"] for r in facts("missing_values")}
    shown = {row["Id"]: row for row in table(book["Events"])}
    for fact in facts("events"):
        row = shown[fact["event_id"]]
        for heading, field in (("First day", "start_on"), ("Last day", "end_on")):
            if fact[field]:
                assert row[heading] == datetime.fromisoformat(fact[field])
            else:
                reason = reasons.get(("events", fact["event_id"], field), "not stated")
                assert (row[heading], row[f"{heading}: why blank"]) == (None, reason)
        assert row["Date known to the"].lower() == fact["date_precision"]
        assert fact["date_precision"] != "month" or re.fullmatch(r"[A-Z][a-z]+ \d{4}", row["Date"])


def test_numbers_and_truths_are_of_their_type(book, facts):
    """Every number and boolean of data/organisations.csv comes back as such."""
    shown = {row["Id"]: row for row in table(book["Organisations"])}
    numbers = 0
    for fact in facts("organisations"):
        row = shown[fact["organisation_id"]]
        assert row["Is cluster organisation"] is (fact["is_cluster_organisation"] == "true")
        for heading, field in (
            ("Member count", "member_count"),
            ("Founded year", "founded_year"),
            ("Latitude", "latitude"),
        ):
            if fact[field]:
                numbers += 1
                assert isinstance(row[heading], (int, float)) and row[heading] == float(fact[field])
            else:
                assert row[heading] is None and row[f"{heading}: why blank"] in MISSING_REASONS
    assert numbers > 300


def test_the_reason_of_a_blank_is_the_recorded_one(book, facts):
    """data/missing_values.csv says why a project has no start; the sheet says the same."""
    shown = {row["Id"]: row for row in table(book["Projects"])}
    recorded = [r for r in facts("missing_values") if (r["table_name"], r["field"]) == ("projects", "end_on")]
    assert recorded and {shown[r["record_id"]]["Last day: why blank"] == r["reason"] for r in recorded} == {True}
    partnerships = {r["project_id"]: r["generation"] for r in facts("projects")}
    for project, row in shown.items():
        generation = int(partnerships[project]) if partnerships[project] else None
        assert row["ESCP-4i generation"] == generation
        assert row["ESCP-4i generation: why blank"] == (None if generation else "not applicable")


def test_no_cell_of_a_table_is_blank(book):
    """A blank says why: text in place, a number or a date in the column beside it, which is blank otherwise."""
    for name in REGISTERS:
        for row in table(book[name]):
            for heading, value in row.items():
                beside = f"{heading}: why blank"
                if beside in row:
                    assert (value is None) != (row[beside] is None), (name, row["Id"], heading)
                elif not heading.endswith(": why blank"):
                    assert value not in (None, ""), (name, row["Id"], heading)


def test_every_row_cites_its_sources(book, facts):
    """Each citation of a whole event is in its row: title and locator."""
    titles = {row["source_id"]: row["title"] for row in facts("sources")}
    shown = {row["Id"]: row["Sources"] for row in table(book["Events"])}
    cited = [c for c in facts("citations") if c["table_name"] == "events" and c["field"] == "*"]
    assert len(cited) >= 47
    for citation in cited:
        assert titles[citation["source_id"]] in shown[citation["record_id"]]
        assert citation["locator"] in shown[citation["record_id"]]


def test_the_codebook_explains_every_column_and_term(book, facts):
    """Each heading of each sheet has a meaning; terms are those of data/lookups/terms.csv."""
    rows = table(book["Codebook"])
    explained = {(row["Sheet"], row["Column"]): row["Meaning"] for row in rows if row["Type"] != "term"}
    for sheet in book:
        if sheet.title in REGISTERS or sheet.title.startswith("Step "):
            for heading in table(sheet)[0]:
                assert explained.get((sheet.title, heading)), (sheet.title, heading)
    terms = {
        row["Term"]: row["Meaning"]
        for row in rows
        if (row["Sheet"], row["Column"]) == ("Events", "Status in the source")
    }
    del terms[""]  # the row of the column itself
    expected = [r for r in facts("lookups/terms") if r["vocabulary"] == "events.status_in_source"]
    assert terms == {r["label"]: r["definition"] for r in expected}


def test_sources_with_locators_licence_and_day(book, facts, run_query):
    """Every document once, with each locator that a row cites."""
    shown = {row["Id"]: row for row in table(book["Sources"])}
    files = {row["source_id"]: row for row in facts("sources")}
    assert len(shown) == len(table(book["Sources"])) > 500
    for source, row in shown.items():
        fact = files[source]
        assert (row["Source"], row["Licence"]) == (fact["title"], fact["licence"])
        assert row["Accessed"] == datetime.fromisoformat(fact["accessed_on"])
        assert row["Number of pages or sections"] == len(row["Pages or sections cited"].split("\n"))
        assert fact["url"] in ("", row["URL"])
    cited = {c["source_id"] for c in facts("citations") if c["table_name"] in {t for t, _ in REGISTERS.values()}}
    assert cited <= set(shown)


def test_the_share_is_a_number_beside_its_k_and_n(book, run_query):
    """Each reading of the share as the view has it."""
    shown = {row["Reading"]: row for row in table(book["Step USA share"])}
    for label, k, n, share in run_query("SELECT label, numerator, denominator, share FROM usa_share"):
        assert shown[label]["Share (fraction)"] == pytest.approx(share)
        assert k is None or shown[label]["k of n"].startswith(f"{k} of {n}")


def test_nothing_in_it_runs(energy, everything):
    """Text that begins like a formula, holds control characters or looks like a link stays text."""
    bad = [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=cmd|'/c calc'!A0",
        " =2",
        "＝1",
        "a\x00b\x07c\ud800",
        "mailto:x@y.z",
        "_x0041_",
    ]
    events = next(frame for spec, frame in everything.registers if spec.table == "events")
    doctored = events.head(len(bad)).assign(name=pd.Series(bad, dtype=object))
    registers = tuple((s, doctored if s.table == "events" else frame) for s, frame in energy.registers)
    data = workbook(replace(energy, registers=registers))
    cells = [row[1] for row in read(data)["Events"].iter_rows(min_row=2)]
    assert [cell.data_type for cell in cells] == ["s"] * len(bad)
    assert [cell.value for cell in cells] == [*bad[:7], "abc", *bad[8:]]
    assert all(cell.quotePrefix for cell in cells[:7]) and not any(cell.hyperlink for cell in cells)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
    assert xml and not any("<f>" in text or "<f " in text for text in xml)


def test_links_are_web_addresses_only(book):
    """What can be clicked leads into the file or to http and https."""
    targets = [cell.hyperlink for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink]
    assert len(targets) > 100
    assert all(link.location or link.target.startswith(("http://", "https://")) for link in targets)


def test_the_same_content_gives_the_same_bytes(energy):
    """No time of day in the file; it says the day of the content."""
    first = workbook(energy)
    assert workbook(energy) == first
    assert read(first).properties.created == datetime(DAY.year, DAY.month, DAY.day)


def test_progress_can_cancel(energy):
    """A reader who no longer wants the file stops the work at the next step."""
    seen = []

    def stop(part, step):
        seen.append(part)
        if len(seen) == 3:
            raise CancelledError

    with pytest.raises(CancelledError):
        workbook(energy, stop)
    assert seen == sorted(seen) and seen[0] >= 0 and seen[-1] < 1
