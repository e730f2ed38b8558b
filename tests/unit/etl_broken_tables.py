"""Tables that the tiny dataset has no rows for, each with a row that breaks the check which guards it."""

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
    "source_states": """
source_id,state,seen_on,archive_url
d35,gone,2026-11-27,archive.example/1
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
}
