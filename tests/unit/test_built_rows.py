"""What the build computes once from the facts, and its order, on rows that no shipped record is like."""

from collections.abc import Iterator

import duckdb
import pytest
from bare_rows import insert

from etl.load import create_views
from etl.schema import create_tables
from warehouse import provenance


@pytest.fixture
def fresh() -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables of facts alone, for what the build computes once from their rows."""
    with duckdb.connect(config={"threads": "1"}) as connection:
        create_tables(connection)
        insert(connection, "cooperation_statuses", status="ongoing", position=1)
        insert(connection, "cooperations", cooperation_id="c", kind="collaboration", status="ongoing")
        yield connection


def test_predecessors_of_one_organisation_are_one_party(fresh: duckdb.DuckDBPyConnection):
    insert(fresh, "organisations", organisation_id="merged")
    for order, name in enumerate(("a", "b"), 1):
        insert(fresh, "organisations", organisation_id=name, successor_id="merged")
        insert(fresh, "cooperation_parties", cooperation_id="c", party_order=order, organisation_id=name, side="EU")
    create_views(fresh)
    assert fresh.execute("FROM partner_parties").fetchall() == [("c", "merged", None)]


def test_citations_of_one_place_stand_by_record_then_field(fresh: duckdb.DuckDBPyConnection):
    insert(fresh, "sources", source_id="s", published_precision="undated")
    for order, field in ((2, "role"), (1, "side")):
        insert(fresh, "cooperation_parties", cooperation_id="c", party_order=order, party_stated="P", side="EU")
        cited = {"table_name": "cooperation_parties", "record_id": f"c|{order}", "field": field, "source_id": "s"}
        insert(fresh, "citations", **cited)
    create_views(fresh)
    found = provenance.citations(fresh, "cooperations", ["c"])
    assert found[["record_id", "field"]].values.tolist() == [["c|1", "side"], ["c|2", "role"]]
