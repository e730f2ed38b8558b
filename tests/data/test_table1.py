"""Table 1 of D3.5, read from the document pair by pair: 18 projects and their 91 target countries."""

import pytest

# Acronym, name and target countries as printed, in the printed order.
TABLE_1 = {
    "escp4i-3bi": ("3BI", "3BI", "US"),
    "escp4i-adpack": ("AdPack", "Future Materials and products for advanced smart packaging", "BR CA CN JP US"),
    "escp4i-bioxclusters-plus": ("BioXClusters plus", "ESCP on Personalised Healthcare", "AU BR CA CN JP KR US"),
    "escp4i-crosscut": (
        "CROSSCUT",
        "European Strategic Cluster Partnership on Sustainable Construction",
        "CL CO MX US",
    ),
    "escp4i-decision": (
        "DECISION",
        "DELivering Cluster International Strategies Into Overseas Networks",
        "CA CN IN US",
    ),
    "escp4i-eacp-abroad": (
        "EACP ABROAD",
        "Activities and Businesses from Real Opportunities for Aerospace Developments (EACP network)",
        "BR CA JP MX AE US",
    ),
    "escp4i-elca4i": ("ELCA4i", "European Lighting Cluster Alliance For Internationalisation", "CA SA AE US"),
    "escp4i-enw": ("EnW", "Energy in Water", "CO MX MA PE SG US"),
    "escp4i-eu4food": (
        "EU4FOOD",
        "Global Alliance for the Development of International Food Bio-Based Clusters",
        "BR CL US",
    ),
    "escp4i-eu4sportsclustersall": ("EU4SPORTSCLUSTERSALL", "EU4SPORTS Clusters Alliance", "CN IR JP US"),
    "escp4i-laser-go": ("LASER-GO", "European Cluster Partnership in Photonics for Health", "CA MY SG ZA US"),
    "escp4i-mobigoin": ("MobiGoIn", "Mobility Goes International", "CA CN MY US"),
    "escp4i-new-frontier-in-food": (
        "New Frontier in Food",
        "New Frontiers for Emerging Industries in Food",
        "BR CA CN JP KR TW TH US",
    ),
    "escp4i-peres": (
        "PERES",
        "PERES-Promoting European Rail Excellence outSide EU",
        "BR CA CN CO IN IR MX OM QA SA AE US",
    ),
    "escp4i-reina-plus": (
        "REINA PLUS",
        "Renewable Energy Internationalisation ESCP project for European SMEs",
        "DZ BR CA CL CO MX MA TN US",
    ),
    "escp4i-silicon-europe-worldwide": (
        "Silicon Europe Worldwide",
        "European Semiconductor Cluster Internationalisation Project",
        "TW US",
    ),
    "escp4i-smartcitytech": (
        "SmartCityTech",
        (
            "Internationalisation of cross-domain Smart City Solutions powered by ICT (sensor systems, "
            "data processing platforms)"
        ),
        "IN TW US",
    ),
    "escp4i-wiintech2020": ("WIINTECH2020", "Wiintech2020", "BR IN JP US"),
}

# How many of the 18 name each country, counted by hand in the document.
CO_TARGETS = {
    "CA": 10,
    "BR": 8,
    "CN": 7,
    "JP": 6,
    "MX": 5,
    "IN": 4,
    "CO": 4,
    "CL": 3,
    "AE": 3,
    "TW": 3,
    "KR": 2,
    "SA": 2,
    "MY": 2,
    "SG": 2,
    "MA": 2,
    "IR": 2,
    "AU": 1,
    "ZA": 1,
    "TH": 1,
    "OM": 1,
    "QA": 1,
    "PE": 1,
    "DZ": 1,
    "TN": 1,
}


def test_the_lists_of_this_file_are_whole():
    """18 projects and 91 pairs stand in the printed table; the two lists here were made apart."""
    assert len(TABLE_1) == 18
    targets = [code for _, _, codes in TABLE_1.values() for code in codes.split()]
    assert len(targets) == 91
    assert {code: targets.count(code) for code in set(targets)} == CO_TARGETS | {"US": 18}


@pytest.mark.parametrize("project_id", TABLE_1)
def test_acronym_name_and_targets_as_printed(rows, column, project_id):
    """Each row of the table: spelling, capitals and the order of the countries."""
    acronym, name, targets = TABLE_1[project_id]
    assert rows("SELECT acronym, name FROM projects WHERE project_id = $1", project_id) == [(acronym, name)]
    found = column("SELECT country_code FROM project_targets WHERE project_id = $1 ORDER BY target_order", project_id)
    assert found == targets.split()


def test_first_generation_partnerships_with_a_complete_list(rows):
    """All 18 are first-generation partnerships whose printed list is complete."""
    found = rows(
        "SELECT DISTINCT generation, kind, target_list FROM projects WHERE list_contains($1::VARCHAR[], project_id)",
        list(TABLE_1),
    )
    assert found == [(1, "escp4i_partnership", "complete")]


def test_table_1_and_nothing_else_is_cited_to_table_1(column):
    """No pair is missing and none was added to what the table prints."""
    cited = column(
        "SELECT DISTINCT record_id FROM citations WHERE table_name = 'project_targets' "
        "AND source_id = 'd35' AND locator LIKE '%Table 1%'"
    )
    assert set(cited) == {f"{p}|{code}" for p, (_, _, codes) in TABLE_1.items() for code in codes.split()}
    assert len(cited) == 91


def test_these_18_are_the_first_generation_partnerships_that_list_the_usa(column):
    """The numerator of the counted share: no other known first-generation partnership lists the USA."""
    found = column(
        "SELECT project_id FROM projects JOIN project_targets USING (project_id) "
        "WHERE generation = 1 AND country_code = 'US'"
    )
    assert set(found) == set(TABLE_1)


@pytest.mark.parametrize("country", CO_TARGETS)
def test_co_targets_of_the_18(column, country):
    """Canada is co-target of 10 of the 18, Brazil of 8, China of 7 …"""
    found = column(
        "SELECT count(*) FROM project_targets WHERE country_code = $1 AND list_contains($2::VARCHAR[], project_id)",
        country,
        list(TABLE_1),
    )
    assert found == [CO_TARGETS[country]]


def test_every_pair_has_its_place_in_the_printed_list(rows):
    """Positions run from 1 without gaps, so that a list is never silently shortened."""
    found = rows(
        "SELECT project_id, list_sort(list(target_order)) = range(1, count(*) + 1) FROM project_targets "
        "WHERE list_contains($1::VARCHAR[], project_id) GROUP BY project_id",
        list(TABLE_1),
    )
    assert found and all(complete for _, complete in found)
