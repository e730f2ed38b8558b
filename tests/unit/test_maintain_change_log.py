"""Adding an organisation, an event and an agreement takes a command each, and the change log shows them."""

import json

import duckdb
import pytest
from maintain_data import copy_of_the_data, rows, run

pytestmark = pytest.mark.slow


def test_three_commands_add_an_organisation_an_event_and_an_agreement(tmp_path, monkeypatch):
    """Each is one command and the files are never touched by hand; the build passes and the change log shows all."""
    monkeypatch.chdir(tmp_path)
    data = copy_of_the_data(tmp_path)
    # The facts as they are today are the release to compare with, whatever has changed since the last one.
    released = run("release", "2099-01-01", "--data", "data")
    assert released.exit_code == 0 or "Nothing changed" in released.stderr
    before = {table: rows(data, table) for table in ("organisations", "events", "cooperations", "citations")}
    (tmp_path / "organisation.toml").write_text(
        """
        name = "Example Water Cluster of Styria"
        kind = "cluster organisation"
        country = "Austria"
        place = "Graz"
        region = "Styria"
        latitude = 47.06667
        longitude = 15.45
        description = "Cluster of water technology firms."
        source = "https://www.example.org/about/"
        source_title = "About the cluster"
        source_publisher = "Example Water Cluster of Styria"
        source_published = "June 2026"
        source_reliability = "official"
        source_owner = "itself"
        locator = "page"
        """,
        encoding="utf-8",
    )
    (tmp_path / "event.json").write_text(
        json.dumps(
            {
                "name": "Signature of the memorandum of the Example Water Cluster",
                "kind": "signature",
                "status": "held",
                "date": "12 October 2026",
                "place": [{"place": "Milwaukee", "country": "US"}],
                "organisation": [
                    {"organisation": "Example Water Cluster of Styria", "role": "participant"},
                    "The Water Council; role=host",
                ],
                "sector": ["water"],
                "source": "http://example.org/about?utm_source=newsletter#top",
                "locator": "paragraph 2",
            }
        ),
        encoding="utf-8",
    )
    agreement = ("--kind", "mou", "--status", "signed", "--date", "12 October 2026", "--source", "About the cluster")
    parties = ("--party", "example-water-cluster-of-styria", "--party", "milwaukee-water-council; role=host")
    for command in (
        ("organisation", "--from", "organisation.toml"),
        ("event", "--from", "event.json"),
        ("cooperation", *agreement, *parties, "--locator", "paragraph 2"),
    ):
        result = run("add", *command, "--data", "data", "--yes")
        assert result.exit_code == 0, result.output
    assert "python -m etl add event --kind signature" in result.output
    for table, old in before.items():
        assert [r for r in rows(data, table) if r in old] == old, "the old rows stand in their order"
    link = tmp_path / "build" / "clusters.duckdb"
    assert run("build", "--data", "data", "--database", str(link)).exit_code == 0
    with duckdb.connect(str(link), read_only=True) as connection:
        log = connection.execute(
            "SELECT change, table_name, label FROM release_changes WHERE to_release_id IS NULL"
        ).fetchall()
        source = connection.execute("FROM sources WHERE source_id = 'example-org-about'").fetchall()
    assert {table for change, table, _ in log if change != "added"} == {"citations", "reconciliation", "source_owners"}
    assert {
        ("organisations", "Example Water Cluster of Styria"),
        ("events", "Signature of the memorandum of the Example Water Cluster"),
        ("cooperations", "Example Water Cluster of Styria and Milwaukee Water Council MoU"),
    } <= {(table, label) for _, table, label in log}
    assert len(source) == 1, "the page is one source, however its address is written"
    # organisation, country, theme; event, place, two organisations, theme; agreement, two parties; the source
    assert sum(change == "added" for change, *_ in log) == 12
    assert "since release" in run("describe", "--database", str(link)).stdout
