"""A tiny valid dataset for the tests of the ETL: every kind of row, few enough to count by hand."""

import csv
from pathlib import Path

import pytest

from etl.errors import BadInput
from etl.pipeline import Inputs, check
from etl.schema import declared_schema

LOOKUPS = ("countries", "regions", "sectors", "sector_links", "terms")
UNCITED = {*LOOKUPS, "sources", "citations", "missing_values", "alternative_values", "contradictions", "corrections",
           "reconciliation", "contradiction_records", "region_boxes"}

# Columns that are not named are blank. The first row of a table stands in line 2 of its file.
TABLES: dict[str, list[dict]] = {
    "sources": [
        dict(source_id="d35", title="Discussion paper", publisher="ECCP", document_type="report",
             published_on="2017-02-01", published_precision="month", accessed_on="2026-11-20",
             licence="not stated", reliability="seed"),
        dict(source_id="eccp-gen2", title="Consultation results", publisher="ECCP", document_type="web page",
             published_precision="undated", url="https://clustercollaboration.eu/news/results",
             accessed_on="2026-11-20", licence="not stated", reliability="official"),
    ],
    "countries": [
        dict(country_code="CA", name="Canada", side="OTHER", is_eu="false"),
        dict(country_code="FR", name="France", side="EU", is_eu="true"),
        dict(country_code="GB", name="United Kingdom", side="EU", is_eu="false"),
        dict(country_code="NL", name="Netherlands", side="EU", is_eu="true"),
        dict(country_code="US", name="United States", side="US", is_eu="false"),
    ],
    "regions": [dict(region_code="US-OH", name="Ohio", country_code="US", level="state", fips_code="39")],
    "sectors": [
        dict(sector_id="water", name="Water", scheme="theme", is_priority="true"),
        # Before its parent on purpose: the order of the file must not matter.
        dict(sector_id="sub-delta", name="Delta technology", scheme="sub_sector", parent_id="materials", is_priority="false"),
        dict(sector_id="materials", name="Materials", scheme="theme", is_priority="false"),
        dict(sector_id="tc-plastics", name="Plastics", scheme="traded_cluster", is_priority="false"),
    ],
    "sector_links": [dict(theme_id="materials", traded_cluster_id="tc-plastics")],
    "organisations": [
        dict(organisation_id="plastipolis", name="Plastipolis", kind="cluster_organisation", side="EU",
             country_code="FR", place="Oyonnax", latitude="46.26", longitude="5.65", location_precision="city",
             location_basis="researched", is_cluster_organisation="true", named_in_seeds="true",
             successor_id="polymeris"),
        dict(organisation_id="polymeris", name="Polymeris", kind="cluster_organisation", side="EU", country_code="FR",
             location_precision="country", location_basis="researched", is_cluster_organisation="true",
             named_in_seeds="false"),
        dict(organisation_id="polymer-ohio", name="PolymerOhio", kind="cluster_organisation", side="US",
             country_code="US", region_code="US-OH", place="Westerville", latitude="40.13", longitude="-82.93",
             location_precision="city", location_basis="researched", member_count="90", is_cluster_organisation="true",
             named_in_seeds="true"),
        dict(organisation_id="nwp", name="Netherlands Water Partnership", acronym="NWP", kind="cluster_network",
             side="EU", country_code="NL", location_precision="country", location_basis="stated",
             is_cluster_organisation="true", named_in_seeds="true"),
    ],
    "organisation_countries": [
        dict(organisation_id="plastipolis", country_code="FR"),
        dict(organisation_id="polymer-ohio", country_code="US"),
    ],
    "organisation_aliases": [
        dict(organisation_id="nwp", alias="Dutch water network"),
        dict(organisation_id="polymer-ohio", alias="Polymer Ohio Inc."),
    ],
    "organisation_sectors": [
        dict(organisation_id="plastipolis", sector_id="tc-plastics", basis="assigned"),
        dict(organisation_id="polymer-ohio", sector_id="tc-plastics", basis="assigned"),
        dict(organisation_id="nwp", sector_id="water", basis="stated"),
        dict(organisation_id="polymeris", sector_id="sub-delta", basis="stated"),
    ],
    "projects": [
        dict(project_id="escp4i-wiintech2020", acronym="WIINTECH2020", name="Wiintech 2020", kind="escp4i_partnership",
             generation="1", funding_status="not stated", target_list="complete", start_on="2016-01-01",
             start_precision="year", end_precision="undated", lead_organisation_id="plastipolis"),
        dict(project_id="escp4i-move", acronym="MOVE", name="Moving the Future", kind="escp4i_partnership",
             generation="1", funding_status="not stated", target_list="complete", start_precision="undated",
             end_precision="undated"),
        dict(project_id="elbe", acronym="ELBE", name="European blue energy", kind="escp4i_partnership", generation="2",
             funding_status="not stated", target_list="unknown", start_precision="undated", end_precision="undated"),
        dict(project_id="bilat-usa", name="BILAT USA 4.0", kind="support_project", funding_status="not stated",
             target_list="not applicable", start_on="2016-02-01", start_precision="month", end_on="2019-01-31",
             end_precision="month"),
    ],
    "project_aliases": [dict(project_id="escp4i-wiintech2020", alias="WINTTECH 2020")],
    "project_targets": [
        dict(project_id="escp4i-wiintech2020", country_code="US", target_order="1"),
        dict(project_id="escp4i-wiintech2020", country_code="CA", target_order="2"),
        dict(project_id="escp4i-move", country_code="CA", target_order="1"),
    ],
    "project_members": [dict(project_id="escp4i-wiintech2020", organisation_id="plastipolis", role="lead")],
    "project_sectors": [dict(project_id="escp4i-wiintech2020", sector_id="materials", basis="assigned")],
    "cooperations": [
        dict(cooperation_id="mou-plastipolis-polymerohio-2011", kind="MoU", status="signed", title="MoU on plastics",
             is_eu_us="true", date_stated="October 2011", start_on="2011-10-01", end_on="2011-10-31",
             date_precision="month"),
        dict(cooperation_id="exchange-nwp-wiintech", kind="exchange", status="aspiration", title="Exchange of knowledge",
             is_eu_us="false", date_precision="undated"),
    ],
    "cooperation_parties": [
        dict(cooperation_id="mou-plastipolis-polymerohio-2011", party_order="1", side="EU", organisation_id="plastipolis"),
        dict(cooperation_id="mou-plastipolis-polymerohio-2011", party_order="2", side="US", organisation_id="polymer-ohio"),
        dict(cooperation_id="exchange-nwp-wiintech", party_order="1", side="EU", project_id="escp4i-wiintech2020"),
        dict(cooperation_id="exchange-nwp-wiintech", party_order="2", side="EU", organisation_id="nwp"),
        dict(cooperation_id="exchange-nwp-wiintech", party_order="3", side="OTHER", party_stated="Canadian clusters"),
    ],
    "cooperation_sectors": [],
    "success_stories": [
        dict(story_id="story-plastipolis", title="Plastics across the Atlantic", context="Two clusters of plastics.",
             cooperation_type="Memoranda.", objective="An office.", policy_support="A pilot.", results="Visits."),
    ],
    "story_cooperations": [dict(story_id="story-plastipolis", cooperation_id="mou-plastipolis-polymerohio-2011")],
    "story_sectors": [dict(story_id="story-plastipolis", sector_id="materials", basis="stated")],
    "opportunities": [dict(opportunity_id="water-reuse", sector_id="water", statement="Work on the reuse of water.")],
    "events": [
        dict(event_id="matchmaking-2016", name="Matchmaking", kind="matchmaking", status_in_source="held",
             date_stated="25 April 2016", start_on="2016-04-25", end_on="2016-04-25", date_precision="day"),
    ],
    "event_places": [
        dict(event_id="matchmaking-2016", sequence="1", place="Oyonnax", country_code="FR", latitude="46.26",
             longitude="5.65", location_precision="city"),
        dict(event_id="matchmaking-2016", sequence="2", location_precision="unknown"),
    ],
    "event_projects": [dict(event_id="matchmaking-2016", project_id="escp4i-wiintech2020", role="participant")],
    "event_organisations": [dict(event_id="matchmaking-2016", organisation_id="nwp", role="host")],
    "event_sectors": [],
    "activities": [
        dict(activity_id="wiintech-events-1", project_id="escp4i-wiintech2020", cell="events",
             description="Visit of Standford", availability="stated", event_id="matchmaking-2016"),
        dict(activity_id="move-events-1", project_id="escp4i-move", cell="events", availability="not available"),
    ],
    "figures": [
        dict(figure_id="escp4i-usa-top-target-share", subject_type="programme", subject_id="escp4i",
             measure="share of projects whose top target is the USA", value="47.37", unit="percent",
             qualifier="exact", value_stated="47.37 %"),
        dict(figure_id="escp4i-gen1-partnerships-at-launch", subject_type="programme", subject_id="escp4i",
             measure="partnerships", value="24", unit="partnerships", qualifier="exact", as_of="2016-03-08", value_stated="24"),
        dict(figure_id="escp4i-gen1-partnerships-final", subject_type="programme", subject_id="escp4i",
             measure="partnerships", value="25", unit="partnerships", qualifier="exact", value_stated="25"),
        dict(figure_id="escp4i-gen2-survey-respondents", subject_type="programme", subject_id="escp4i",
             measure="answers", value="19", unit="partnerships", qualifier="exact", value_stated="19"),
        dict(figure_id="escp4i-gen2-survey-usa", subject_type="programme", subject_id="escp4i",
             measure="answers for the USA", value="8", unit="partnerships", qualifier="exact", value_stated="8"),
        dict(figure_id="polymer-ohio-members", subject_type="organisation", subject_id="polymer-ohio", measure="members",
             value="90", unit="firms", qualifier="about", value_stated="about 90"),
    ],
    "policies": [
        dict(policy_id="cluster-arrangement", name="Cooperation Arrangement on Clusters", kind="arrangement", side="BOTH",
             description="Links clusters of both sides.", date_stated="April 2015", start_on="2015-04-01",
             end_on="2015-04-30", date_precision="month"),
    ],
    "policy_sectors": [dict(policy_id="cluster-arrangement", sector_id="water", basis="assigned")],
    "missing_values": [
        dict(table_name="projects", record_id="escp4i-move", field="start_on", reason="not stated"),
    ],
    "alternative_values": [
        dict(table_name="organisations", record_id="polymer-ohio", field="member_count", value="120", source_id="eccp-gen2"),
    ],
    "contradictions": [
        dict(contradiction_id="members", topic="Members", statement_a="90", source_a="d35", locator_a="s2.3",
             statement_b="120", source_b="eccp-gen2", locator_b="heading", handling="Both are kept."),
    ],
    "corrections": [
        dict(table_name="activities", record_id="wiintech-events-1", field="description",
             old_value="Visit of Standford", new_value="Visit of Stanford", reason="Misspelt.", source_id="d35"),
    ],
    "terms": [
        dict(vocabulary="cooperations.status", term="signed", label="Signed", definition="The parties signed."),
    ],
}

CHECKS_TOML = '''
[[check]]
id = "every-fact-cited"
title = "every fact names its source"
because = "A fact without a source cannot be defended."
fix = "Add a row to citations.csv."
severity = "error"
tables = {guarded}
sql = """
SELECT table_name, record_id FROM record_labels
ANTI JOIN citations USING (table_name, record_id) WHERE table_name <> 'usa_share'
"""

[[check]]
id = "members-dated"
title = "a number of members has a date"
because = "Members come and go."
fix = "Fill in member_count_as_of."
severity = "warning"
tables = ["organisations"]
sql = """
SELECT 'organisations' AS table_name, organisation_id AS record_id, member_count
FROM organisations WHERE member_count IS NOT NULL AND member_count_as_of IS NULL
"""

[[check]]
id = "no-e-mail"
title = "no e-mail address anywhere"
because = "Personal data stay out."
fix = "Remove the address."
severity = "error"
pattern = '[\\w.+-]+@[\\w-]+\\.\\w'
'''


def write_dataset(folder: Path) -> Path:
    """Write the dataset into folder/data and return that path. Every fact gets one citation."""
    data = folder / "data"
    (data / "lookups").mkdir(parents=True)
    rows = TABLES | {"citations": _citations()}
    for table in declared_schema().input_tables:
        if table.name in rows:
            path = data / ("lookups" if table.name in LOOKUPS else ".") / f"{table.name}.csv"
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.DictWriter(file, table.column_names, restval="", lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows[table.name])
    guarded = [name for name in sorted(rows) if rows[name]]
    (data / "checks.toml").write_text(CHECKS_TOML.replace("{guarded}", str(guarded)), encoding="utf-8")
    return data


def _citations() -> list[dict]:
    keys = {table.name: table.key for table in declared_schema().input_tables}
    return [
        dict(table_name=table, record_id="|".join(row[column] for column in keys[table]), field="*",
             source_id="d35", locator="s1")
        for table in sorted(TABLES.keys() - UNCITED)
        for row in TABLES[table]
    ]


def edit(data: Path, table: str, old: str, new: str) -> None:
    """Replace text that occurs exactly once in the file of a table."""
    path = data / ("lookups" if table in LOOKUPS else ".") / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (table, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def messages(inputs: Inputs) -> list[str]:
    """Every message of a check that must fail."""
    with pytest.raises(BadInput) as caught:
        check(inputs)
    return [str(problem) for problem in caught.value.problems]
