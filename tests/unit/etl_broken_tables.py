"""Tables and imports that the tiny dataset has no rows for, each with a row that breaks a check."""

BROKEN_TABLES = {
    "organisation_ends": """
organisation_id,how,date_stated,ended_on,date_precision
nwp,merged,2017,2017-12-31,year
""",
    "cooperation_renewals": """
cooperation_id,renewed_cooperation_id
echo,again
""",
    "cooperation_party_countries": """
cooperation_id,party_order,country_code
exchange-nwp-wiintech,2,CA
""",
    "story_partners": """
story_id,partner_order,organisation_id,role
story-plastipolis,1,nwp,
""",
    "policy_countries": """
policy_id,country_code
blue-energy,US
""",
    "policy_projects": """
project_id,kind,side
elbe,programme,EU
""",
    "nuts_of_cities": """
country_code,place,nuts_code,basis,note
NL,Oyonnax,FR2X,assigned,x
FR,Toulon,FR2X,assigned,x
""",
    "nuts_of_regions": """
region_code,nuts_code,basis,note
US-OH,FR2X,assigned,x
fr-y,FR3X,assigned,x
""",
    "nuts_changes": """
old_code,new_code,change,since
FR2X,FR2Y,overlaps,2016
FR2X,FR2,recoded,2021
FR2X,DE2X,overlaps,2021
FR9X,FR8X,overlaps,2016
""",
    "region_centres": """
region_code,latitude,longitude,place_name,basis,geonames_id
US-OH,40,-83,Columbus,largest city,4509177
""",
}

# Rows that only an import can bring.
BROKEN_IMPORTS = """
INSERT INTO horizon_projects (horizon_project_id, title, source_id)
VALUES ('without-us', 'Among ourselves', 'd35'), ('without-name', NULL, 'd35');
INSERT INTO sources
VALUES ('import-x', 'X', 'X', 'dataset', NULL, 'undated', 'https://x.org', '2026-01-01', 'X', 'secondary');
INSERT INTO imports VALUES ('x', 'regional-statistics', 'import-x', 'x.csv', 'x', '2026-01-01', 1, 1, 0, '{}');
INSERT INTO regional_statistics (region_code, industry_id, period, employment_missing, establishments_missing,
    source_id)
VALUES ('US-OH', 'tc-plastics', '2016', 'withheld', 'not stated', 'import-x'),
    ('US-OH', 'tc-plastics', '2016-2012', 'withheld', 'not stated', 'import-x');
INSERT INTO datasets VALUES ('y', 'regional-statistics', 'eccp-gen2', 'Y', '2015', 'Y', 'Y', 'Y', 2, 2);
INSERT INTO regional_statistics (region_code, industry_id, period, employment, employment_basis, establishments_missing,
    source_id)
VALUES ('US-OH', 'tc-plastics', '2015', 5, 'stated', 'not stated', 'eccp-gen2');
INSERT INTO statistics_totals VALUES ('US-OH', '2015', 'traded_cluster', 'traded clusters', 4, NULL, 'eccp-gen2');
"""
