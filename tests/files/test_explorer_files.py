"""Files of the Explorer hold exactly what the page shows; titles and totals are counted from the CSV files."""

import csv
import io
from datetime import date

import pytest
from xlsx_reading import read, table

from domain.filters import Filters
from explorer.card import counts_card
from explorer.view import explore
from exports.exploration import ExplorerFile, explorer_workbook, shown_csv

DAY = date(2026, 11, 27)
LINKS = [
    ({}, Filters()),
    ({"register": ["projects"], "by": ["generation"], "across": ["targets_usa"], "sort": ["-name"]}, Filters()),
    (
        {"register": ["cooperations"], "by": ["country"], "across": ["status"], "blank": ["year:not stated"]},
        Filters(sectors=("water",)),
    ),
    ({"register": ["horizon_projects"], "sort": ["-eu_contribution_eur"]}, Filters(sectors=("energy",))),
    ({"register": ["events"], "kind": ["award"], "status": ["planned"]}, Filters(countries=("NO",))),
]


def text(cell: object) -> str:
    """A cell for comparing: a workbook keeps no difference between 2 and 2.0."""
    return str(cell).removesuffix(".0")


@pytest.mark.parametrize(("params", "filters"), LINKS, ids=["all", "cross table", "typed blanks", "horizon", "nothing"])
def test_files_hold_what_is_shown(params, filters):
    exploration = explore(params, filters)
    records, counted = exploration.records(), exploration.counted()
    card = counts_card(exploration, counted)
    for shown in (records.cells, counted.cells):
        data = shown_csv(shown)
        assert data.startswith("\ufeff".encode())
        head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
        assert head == [str(heading) for heading in shown.columns]
        assert rows == [[str(cell) for cell in row] for row in shown.itertuples(index=False)]

    file = ExplorerFile(card, counted.notes, records, "explore", tuple((k, v) for k in params for v in params[k]))
    workbook = explorer_workbook(file, DAY)
    assert workbook == explorer_workbook(file, DAY)
    book = read(workbook)
    assert book.sheetnames == ["About", "Records", "Counts", "Columns", "Sources"]
    listed = table(book["Records"])
    if records.cells.empty:
        assert [next(iter(row.values())) for row in listed] == ["No record is left."]
    else:
        assert [[text(cell) for cell in row.values()] for row in listed] == [
            [text(cell) for cell in row] for row in records.cells.itertuples(index=False)
        ]
    assert [list(row.values()) for row in table(book["Counts"])] == counted.cells.values.tolist()
    about = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True) if row[0]}
    assert book["About"]["A1"].value == exploration.words
    assert all(f"{name}={value.replace(' ', '+')}" in about["View"].replace("%3A", ":") for name, value in file.choices)
    assert about["Filter"] == exploration.choice and "CC BY 4.0" in about["Licence"]
    assert exploration.words in about["Cite as"] or exploration.number == 0


def test_the_choice_in_words_and_the_total(oracle):
    """'12 of 358 cluster organisations', both numbers counted from the files; the total is no sum of the rows."""
    everyone = oracle.matching("cluster organisations")
    health = [record for record in everyone if "health" in record.sectors]
    kinds = ["cluster_network", "cluster_organisation"]
    exploration = explore(
        {"kind": kinds, "reliability": ["seed", "official", "secondary"]}, Filters(sectors=("health",))
    )
    kept = [record for record in health if record.row["kind"] in kinds]
    assert exploration.words == (
        f"{len(kept)} of {len(everyone)} cluster organisations: Health; kind: Cluster network or Cluster organisation; "
        "reliability of the sources: Seed document, Official or Secondary"
    )
    counted = exploration.counted()
    assert counted.cells.iloc[0].tolist() == ["All cluster organisations", len(kept)]
    added = sum(len(record.countries) or 1 for record in kept)
    assert counted.cells["Records"][1:].sum() == added > len(kept)
    assert f"the counts add up to {added}, of {len(kept)} cluster organisations" in counted.notes[0]
    assert explore({}, Filters()).words == f"{len(everyone)} cluster organisations"
    nothing = explore({"register": ["events"], "kind": ["award"], "status": ["planned"]}, Filters(countries=("NO",)))
    of_all = f"None of {len(oracle.matching('events'))} events"
    assert nothing.words == f"{of_all}: Norway; kind: Award; status in the source: Reported as planned"


def test_records_without_a_value_sort_last_both_ways():
    for sign in ("", "-"):
        exploration = explore({"register": ["projects"], "sort": [f"{sign}generation"]}, Filters())
        shown = exploration.records().cells["ESCP-4i generation"].tolist()
        known = [cell for cell in shown if cell != "not applicable"]
        assert shown == known + ["not applicable"] * (len(shown) - len(known)) and len(known) < len(shown)
        assert known == sorted(known, reverse=bool(sign))


def test_typed_reasons_stand_in_the_cells(oracle):
    """A cooperation without a date says why: an intention has none, of others it is not stated."""
    exploration = explore({"register": ["cooperations"], "sort": ["period"]}, Filters())
    records = exploration.records()
    said = dict(zip(records.frame["cooperation_id"], records.cells["Date"], strict=True))
    reasons = {r["record_id"]: r["reason"] for r in oracle.rows("missing_values") if r["field"] == "start_on"}
    undated = {record.id for record in oracle.matching("cooperations") if not record.start}
    assert {key: said[key] for key in undated} == {key: reasons.get(key, "not stated") for key in undated}
    assert len({said[key] for key in undated}) > 1 and "undated" not in said.values()
