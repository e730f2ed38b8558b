"""A tiny valid dataset for the tests of the ETL: every kind of row, small enough to count by hand."""

import csv
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from etl.errors import InputError
from etl.pipeline import Inputs, check
from etl.schema import declared_schema

LOOKUPS = ("cooperation_statuses", "countries", "regions", "sectors", "sector_links", "terms")
UNCITED = {
    *LOOKUPS,
    "sources",
    "citations",
    "missing_values",
    "alternative_values",
    "contradictions",
    "corrections",
    "reconciliation",
    "contradiction_records",
    "region_boxes",
    "workshop_steps",
}

# Columns that are not named are blank. The first row of a table is line 2 of its file.
TABLES_TEXT = {
    "sources": """
source_id,title,publisher,document_type,published_on,published_precision,url,accessed_on,licence,reliability
d35,Discussion paper,ECCP,report,2017-02-01,month,,2026-11-20,not stated,seed
eccp-gen2,Consultation results,ECCP,web page,,undated,https://clustercollaboration.eu/news/results,2026-11-20,not stated,official
""",  # noqa: E501 - a row of a CSV file is one line
    "countries": """
country_code,name,side,is_eu,territory_of
CA,Canada,OTHER,false,
FR,France,EU,true,
GB,United Kingdom,EU,false,
NL,Netherlands,EU,true,
US,United States,US,false,
""",
    "regions": """
region_code,name,country_code,level,fips_code
US-OH,Ohio,US,state,39
""",
    "sectors": """
sector_id,name,scheme,parent_id,is_priority
water,Water,theme,,true
sub-delta,Delta technology,sub_sector,materials,false
materials,Materials,theme,,false
tc-plastics,Plastics,traded_cluster,,false
""",
    "sector_links": """
theme_id,traded_cluster_id
materials,tc-plastics
""",
    "organisations": """
organisation_id,name,acronym,kind,side,country_code,region_code,place,latitude,longitude,location_precision,location_basis,member_count,is_cluster_organisation,named_in_seeds,successor_id
plastipolis,Plastipolis,,cluster_organisation,EU,FR,,Oyonnax,46.26,5.65,city,researched,,true,true,polymeris
polymeris,Polymeris,,cluster_organisation,EU,FR,,,,,country,researched,,true,false,
polymer-ohio,PolymerOhio,,cluster_organisation,US,US,US-OH,Westerville,40.13,-82.93,city,researched,90,true,true,
nwp,Netherlands Water Partnership,NWP,cluster_network,EU,NL,,,,,country,stated,,true,true,
""",
    "organisation_countries": """
organisation_id,country_code
plastipolis,FR
polymer-ohio,US
""",
    "organisation_aliases": """
organisation_id,alias
nwp,Dutch water network
polymer-ohio,Polymer Ohio Inc.
""",
    "organisation_sectors": """
organisation_id,sector_id,basis
plastipolis,tc-plastics,assigned
polymer-ohio,tc-plastics,assigned
nwp,water,stated
polymeris,sub-delta,stated
""",
    "projects": """
project_id,acronym,name,kind,programme,generation,funding_status,target_list,start_on,start_precision,end_on,end_precision,lead_organisation_id
escp4i-wiintech2020,WIINTECH2020,Wiintech 2020,escp4i_partnership,ESCP-4i,1,not stated,complete,2016-01-01,year,,undated,plastipolis
escp4i-move,MOVE,Moving the Future,escp4i_partnership,ESCP-4i,1,not stated,complete,,undated,,undated,
elbe,ELBE,European blue energy,escp4i_partnership,ESCP-4i,2,not stated,unknown,,undated,,undated,
bilat-usa,,BILAT USA 4.0,support_project,,,not stated,not applicable,2016-02-01,month,2019-01-31,month,
""",  # noqa: E501 - a row of a CSV file is one line
    "project_aliases": """
project_id,alias
escp4i-wiintech2020,WINTTECH 2020
""",
    "project_targets": """
project_id,country_code,target_order
escp4i-wiintech2020,US,1
escp4i-wiintech2020,CA,2
escp4i-move,CA,1
""",
    "project_members": """
project_id,organisation_id,role
escp4i-wiintech2020,plastipolis,lead
""",
    "project_sectors": """
project_id,sector_id,basis
escp4i-wiintech2020,materials,assigned
""",
    "cooperation_statuses": """
status,position,commitment,is_current
signed,1,agreement,true
renewed,2,agreement,true
completed,3,activity,false
ongoing,4,activity,true
planned,5,intention,false
possible,6,intention,false
aspiration,7,intention,false
""",
    "cooperations": """
cooperation_id,kind,status,title,is_eu_us,date_stated,start_on,end_on,date_precision
mou-plastipolis-polymerohio-2011,MoU,signed,MoU on plastics,true,October 2011,2011-10-01,2011-10-31,month
exchange-nwp-wiintech,exchange,aspiration,Exchange of knowledge,false,,,,undated
""",
    "cooperation_parties": """
cooperation_id,party_order,side,organisation_id,project_id,party_stated
mou-plastipolis-polymerohio-2011,1,EU,plastipolis,,
mou-plastipolis-polymerohio-2011,2,US,polymer-ohio,,
exchange-nwp-wiintech,1,EU,,escp4i-wiintech2020,
exchange-nwp-wiintech,2,EU,nwp,,
exchange-nwp-wiintech,3,OTHER,,,Canadian clusters
""",
    "cooperation_sectors": """
""",
    "success_stories": """
story_id,title,context,cooperation_type,objective,policy_support,results
story-plastipolis,Plastics across the Atlantic,Two clusters of plastics.,Memoranda.,An office.,A pilot.,Visits.
""",
    "story_cooperations": """
story_id,cooperation_id
story-plastipolis,mou-plastipolis-polymerohio-2011
""",
    "story_sectors": """
story_id,sector_id,basis
story-plastipolis,materials,stated
""",
    "opportunities": """
opportunity_id,sector_id,statement
water-reuse,water,Work on the reuse of water.
""",
    "events": """
event_id,name,kind,status_in_source,date_stated,start_on,end_on,date_precision
matchmaking-2016,Matchmaking,matchmaking,held,25 April 2016,2016-04-25,2016-04-25,day
""",
    "event_places": """
event_id,sequence,place,country_code,latitude,longitude,location_precision
matchmaking-2016,1,Oyonnax,FR,46.26,5.65,city
matchmaking-2016,2,,,,,unknown
""",
    "event_projects": """
event_id,project_id,role
matchmaking-2016,escp4i-wiintech2020,participant
""",
    "event_organisations": """
event_id,organisation_id,role
matchmaking-2016,nwp,host
""",
    "event_sectors": """
""",
    "activities": """
activity_id,project_id,cell,description,availability,progress,event_id
wiintech-events-1,escp4i-wiintech2020,events,Visit of Standford,stated,planned,matchmaking-2016
move-events-1,escp4i-move,events,,not available,,
""",
    "figures": """
figure_id,subject_type,subject_id,measure,value,unit,qualifier,as_of,value_stated
escp4i-usa-top-target-share,programme,escp4i,share of projects whose top target is the USA,47.37,percent,exact,,47.37 %
escp4i-gen1-partnerships-at-launch,programme,escp4i,partnerships,24,partnerships,exact,2016-03-08,24
escp4i-gen1-partnerships-final,programme,escp4i,partnerships,25,partnerships,exact,,25
escp4i-gen2-survey-respondents,programme,escp4i,answers,19,partnerships,exact,,19
escp4i-gen2-survey-usa,programme,escp4i,answers for the USA,8,partnerships,exact,,8
polymer-ohio-members,organisation,polymer-ohio,members,90,firms,about,,about 90
""",
    "policies": """
policy_id,name,kind,side,description,date_stated,start_on,end_on,date_precision
cluster-arrangement,Cooperation Arrangement on Clusters,arrangement,BOTH,Links clusters of both sides.,April 2015,2015-04-01,2015-04-30,month
""",  # noqa: E501 - a row of a CSV file is one line
    "policy_sectors": """
policy_id,sector_id,basis
cluster-arrangement,water,assigned
""",
    "missing_values": """
table_name,record_id,field,reason
projects,escp4i-move,start_on,not stated
""",
    "alternative_values": """
table_name,record_id,field,value,source_id
organisations,polymer-ohio,member_count,120,eccp-gen2
""",
    "contradictions": """
contradiction_id,topic,statement_a,source_a,locator_a,statement_b,source_b,locator_b,handling
members,Members,90,d35,s2.3,120,eccp-gen2,heading,Both are kept.
""",
    "corrections": """
table_name,record_id,field,old_value,new_value,reason,source_id
activities,wiintech-events-1,description,Visit of Standford,Visit of Stanford,Misspelt.,d35
""",
    "workshop_steps": """
step,title,question,chart,note
1,In figures,How do they cooperate?,headlines,Read the population aloud.
""",
    "terms": """
vocabulary,term,label,definition
cooperations.status,signed,Signed,The parties signed.
""",
}

TABLES = {table: list(csv.DictReader(text.strip().splitlines())) for table, text in TABLES_TEXT.items()}

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


def write_dataset(folder: Path, more: Mapping[str, list[dict[str, str]]] = MappingProxyType({})) -> Path:
    """Write the dataset, with ``more`` tables, into folder/data and return that path. Every fact gets one citation."""
    data = folder / "data"
    (data / "lookups").mkdir(parents=True)
    rows = TABLES | dict(more)
    rows["citations"] = _citations(rows)
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


def _citations(rows: Mapping[str, list[dict[str, str]]]) -> list[dict]:
    keys = {table.name: table.key for table in declared_schema().input_tables}
    return [
        {
            "table_name": table,
            "record_id": "|".join(row[column] for column in keys[table]),
            "field": "*",
            "source_id": "d35",
            "locator": "s1",
        }
        for table in sorted(rows.keys() - UNCITED)
        for row in rows[table]
    ]


def edit(data: Path, table: str, old: str, new: str) -> None:
    """Replace text that occurs exactly once in the file of a table."""
    path = data / ("lookups" if table in LOOKUPS else ".") / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, (table, old, text.count(old))
    path.write_text(text.replace(old, new), encoding="utf-8")


def messages(inputs: Inputs) -> list[str]:
    """Every message of a check that must fail."""
    with pytest.raises(InputError) as caught:
        check(inputs)
    return [str(problem) for problem in caught.value.problems]
