"""What breaks the shipped checks: rows of tables that the tiny dataset lacks, and the records that each check finds."""

BROKEN_TABLES = {
    "areas": """
name,side
Nowhere,OTHER
""",
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
    "cooperation_party_regions": """
cooperation_id,party_order,region_code,basis
exchange-nwp-wiintech,2,US-OH,stated
""",
    "regions_of_places": """
country_code,place,region_code,basis,note
NL,Oyonnax,US-OH,assigned,x
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
    "nuts_in_regions": """
region_code,nuts_code,basis,note
US-OH,FR2X,assigned,x
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

# Which rows each check must find besides those that the tiny dataset breaks anyway, because it has
# not all themes, traded clusters and rows. Records without an id of their own are named None.
FOUND = {
    "every-fact-cited": {
        "happening",
        "nowhere",
        "unlinked",
        "again",
        "echo",
        "toulon-one",
        "toulon-two",
        "toulon-three",
        *("members-again", "too-much", "nobody|1", "nobody|2", "nobody|3", "again|1", "again|2", "echo|1", "echo|2"),
        "elbe|FR",
        "plastipolis|NL",
        "nwp|Netherlands Water Partnership",
        "happening|1",
        "happening|2",
        "unlinked|1",
        "escp4i-gen2-survey-us",
        "nobody",
        "escp4i-wiintech2020|plastipolis|partner",
        "nwp",
        "exchange-nwp-wiintech|2|CA",
        "exchange-nwp-wiintech|2|US-OH",
        "story-plastipolis|1",
        *("blue-energy", "blue-energy|US", "elbe"),
    },
    "shares-cited-by-their-id": {"usa_share|nonsense|*|d35|s1"},
    "two-seeds": {"eccp-gen2"},
    "addresses-of-sources": {"eccp-gen2"},
    "sources-reachable": {"unread"},
    "sources-read-after-publication": {"unread"},
    "sources-used": {"unread"},
    "official-sources-have-owners": {"unread"},
    "titles-in-words": {"unread"},
    "archived-copies-have-addresses": {"d35"},
    "ended-organisations": {"nwp"},
    "renewals-renew": {"echo"},
    "countries-of-unnamed-parties": {"exchange-nwp-wiintech|2|CA"},
    "regions-of-unnamed-parties": {"exchange-nwp-wiintech|2|US-OH"},
    "regions-of-places": {"NL|Oyonnax"},
    "partners-of-the-boxes": {"story-plastipolis|1"},
    "policies-of-both-sides-have-countries": {"blue-energy"},
    "instruments-stored-once": {"elbe"},
    "locators-are-not-quotations": {"events|matchmaking-2016|name|d35|" + "word " * 30 + "word"},
    "no-e-mail-address": {"water-reuse"},
    "no-telephone-number": {"water-reuse"},
    "no-form-of-address": {"story-plastipolis"},
    "seeds-flag": {"nwp", "toulon-one", "toulon-two", "toulon-three"},
    "stated-place-from-seeds": {"nwp"},
    "precision-has-its-place": {"plastipolis"},
    "country-of-several": {"plastipolis"},
    "side-of-the-country": {"polymeris"},
    "region-in-its-country": {"polymeris"},
    "point-in-its-state": {"polymer-ohio"},
    "alias-is-another-name": {"nwp|Netherlands Water Partnership"},
    "cluster-organisations-have-a-theme": {"nwp", "toulon-one", "toulon-two", "toulon-three"},
    "kept-apart-names-both": {None},
    "websites-are-addresses": {"polymer-ohio"},
    "targets-in-order": {"escp4i-wiintech2020"},
    "targets-fit-the-list": {"elbe"},
    "lead-among-members": {"escp4i-wiintech2020"},
    "project-dates-fit-precision": {"bilat-usa"},
    "at-least-two-parties": {"nowhere"},
    "a-named-party": {"nobody"},
    "eu-us-flag": {"exchange-nwp-wiintech"},
    "party-on-its-side": {"exchange-nwp-wiintech|2"},
    "party-once": {"echo"},
    "party-without-side": {"nobody|3"},
    "areas-used": {"Nowhere"},
    "cities-in-named-regions": {"toulon-three"},
    "cooperation-told-once": {"mou-plastipolis-polymerohio-2011"},
    "cooperations-have-a-theme": {"nowhere", "nobody"},
    "stories-tell-of-cooperations": {"story-plastipolis"},
    "dates-fit-precision": {"matchmaking-2016"},
    "events-have-a-place-row": {"nowhere"},
    "event-place-fits-precision": {"matchmaking-2016|2"},
    "events-have-a-theme": {"happening", "nowhere", "unlinked"},
    "event-told-once": {"unlinked"},
    "policies-have-a-theme": {"cluster-arrangement", "blue-energy"},
    "percentages-in-range": {"too-much"},
    "disagreeing-figures-are-declared": {"polymer-ohio-members"},
    "numbers-say-of-when": {"too-much", "members-again", "escp4i-gen2-survey-us"},
    "contradictions-have-two-sides": {"members"},
    "corrections-change-something": {"activities|wiintech-events-1|description"},
    "alternatives-from-elsewhere": {"organisations|polymer-ohio|member_count|120|eccp-gen2"},
    "closed-list-of-themes": {"materials"},
    "sub-sectors-under-a-theme": {"sub-delta"},
    "crosswalk-from-theme-to-traded-cluster": {"materials|sub-delta"},
    "opportunities-for-the-priorities": {"materials"},
    "sides-of-2017": {"CA"},
    "states-have-codes": {"US-OH", "fr-x"},
    "every-code-in-words": {"events.colour|blue", "cooperations.status|lapsed"},
    "statuses-fit-commitment": {"aspiration", "lapsed"},
    "regions-used": {"fr-x"},
    "sub-sectors-used": {"sub-unused"},
    "steps-in-order": {"3"},
    "nuts-codes-have-their-level": {"FR1X"},
    "organisations-in-nuts-2": {"NL|Oyonnax", "US-OH"},
    "parts-of-regions-are-nuts-2": {"US-OH|FR2X"},
    "nuts-changes-fit": {"FR2X|FR2|2021", "FR2X|DE2X|2021", "FR9X|FR8X|2016"},
    "city-and-region-agree": {"toulon-one", "toulon-two"},
    "cities-assigned-once-used": {"NL|Oyonnax"},
    "centres-of-statistical-regions": {"US-OH"},
    "statistics-of-a-period": {None},
    "shipped-totals-hold-their-parts": {None},
    "nace-divisions": {"nace-z1"},
    "nace-crosswalk": {"nace-c22|sub-delta", "nace-c22|tc-plastics"},
    "horizon-projects-have-a-name": {"without-name"},
    "horizon-projects-have-the-us": {"without-us", "without-name"},
    "statistics-have-a-total": {None},
}
