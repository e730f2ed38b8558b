"""The files of one card: typed columns, what a map draws, and a workbook, opened by frictionless and openpyxl."""

import csv
import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from frictionless import Package

from cards.catalogue import make_card
from domain.filters import Filters
from domain.record_types.cooperations import COOPERATIONS
from domain.record_types.organisations import ORGANISATIONS
from exports.csv.metadata import csv_with_metadata, register_with_metadata
from exports.xlsx.card import card_workbook
from warehouse import populations, query_cache
from warehouse import registers as database

DAY = date(2026, 11, 23)


def opened(data: bytes, folder) -> dict[str, list[dict[str, str]]]:
    """Rows by the end of the name of each CSV file, after frictionless found no fault in the ZIP."""
    path = folder / "card.zip"
    path.write_bytes(data)
    report = Package(str(path)).validate()
    assert report.valid, report.flatten(["name", "type", "fieldName", "message"])[:5]
    with zipfile.ZipFile(path) as archive:
        name = json.loads(archive.read("datapackage.json"))["name"]
        return {
            one.removesuffix(".csv").removeprefix(name): list(
                csv.DictReader(io.StringIO(archive.read(one).decode("utf-8"), newline=""))
            )
            for one in archive.namelist()
            if one.endswith(".csv")
        }


def test_a_map_gives_its_points_and_its_links_with_coordinates(facts, tmp_path):
    tables = opened(csv_with_metadata(make_card("map", Filters()), Filters(), "map", DAY), tmp_path)
    assert set(tables) == {"", "--points", "--links"}
    stored = {row["organisation_id"]: row for row in facts("organisations")}
    assert len(tables["--points"]) > 100 and len(tables["--links"]) > 20
    for point in tables["--points"]:
        fact = stored[point["Organisation id"]]
        assert (float(point["Latitude"]), float(point["Longitude"])) == (
            float(fact["latitude"]),
            float(fact["longitude"]),
        )
    parties = {(row["cooperation_id"], row["organisation_id"]) for row in facts("cooperation_parties")}
    for link in tables["--links"]:
        for side in ("EU", "US"):
            fact = stored[link[f"{side} organisation id"]]
            assert fact["side"] == side and float(link[f"{side} latitude"]) == float(fact["latitude"])
            merged = (one for one in stored.values() if one["successor_id"] == fact["organisation_id"])
            ids = [fact["organisation_id"], *(one["organisation_id"] for one in merged)]
            assert any((link["Cooperation id"], one) in parties for one in ids)


@pytest.mark.parametrize(
    ("population", "record_type", "field", "heading"),
    [
        (populations.ALL_COOPERATIONS, COOPERATIONS, "start_on", "First day"),
        (populations.ALL_ORGANISATIONS, ORGANISATIONS, "member_count", "Member count"),
    ],
    ids=["cooperations", "organisations"],
)
def test_columns_of_registers_hold_one_type_and_reasons_stand_beside(
    facts, tmp_path, population, record_type, field, heading
):
    frame = query_cache.run_query(database.rows, population, Filters())
    (rows,) = opened(register_with_metadata(record_type.register, frame, Filters(), "map", DAY), tmp_path).values()
    stored = {row[record_type.key]: row[field] for row in facts(record_type.table)}
    recorded = {
        row["record_id"]: row["reason"]
        for row in facts("missing_values")
        if (row["table_name"], row["field"]) == (record_type.table, field)
    }
    assert {row["Id"]: row[heading] for row in rows} == stored
    for row in rows:
        expected = "" if stored[row["Id"]] else recorded.get(row["Id"], "not stated")
        assert row[f"{heading}: why blank"] == expected


def test_shares_and_headline_figures_have_their_numbers(tmp_path):
    card = make_card("usa_share", Filters())
    (rows,) = opened(csv_with_metadata(card, Filters(), "projects", DAY), tmp_path).values()
    for row in rows:
        if " of " in row["k of n"]:
            assert row["k of n"].startswith(f"{row['Numerator']} of {row['Denominator']}")
            assert float(row["Share (fraction)"]) == pytest.approx(int(row["Numerator"]) / int(row["Denominator"]))
        else:
            assert (row["Numerator"], row["Numerator: why blank"]) == ("", "not stated")
    card = make_card("headlines", Filters())
    (rows,) = opened(csv_with_metadata(card, Filters(), "overview", DAY), tmp_path).values()
    value = {row["Figure"]: row for row in rows}["Cluster organisations, EU + USA"]
    assert value["Value"] == f"{value['EU']} + {value['USA']}" and value["Denominator: why blank"] == "not applicable"


def test_a_card_as_a_workbook():
    link = "https://clusters.example.org/projects?release=x"
    data = card_workbook(make_card("usa_share", Filters()), DAY, link)
    assert card_workbook(make_card("usa_share", Filters()), DAY, link) == data
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Rows", "Codebook"]
    rows = list(book["Rows"].iter_rows(values_only=True))
    assert rows[0][0] == make_card("usa_share", Filters()).title
    assert any(link in str(row[0]) and query_cache.release_line() in str(row[0]) for row in rows[:6])
    head = next(number for number, row in enumerate(rows) if "Numerator" in row)
    column = rows[head].index("Numerator")
    assert {type(row[column]) for row in rows[head + 1 :]} <= {int, type(None)}
    explained = {row[1] for row in book["Codebook"].iter_rows(min_row=2, values_only=True) if row[5]}
    assert set(rows[head]) - {None} <= explained
    drawn = openpyxl.load_workbook(io.BytesIO(card_workbook(make_card("map", Filters()), DAY, link)), read_only=True)
    assert drawn.sheetnames == ["Rows", "Points", "Links", "Codebook"]
