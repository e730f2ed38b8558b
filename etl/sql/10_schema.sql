-- The schema: keys, foreign keys, CHECKs and a COMMENT on every table and column.
-- It is the only definition of types and rules; the ETL reads them back from the catalogue.

CREATE TABLE sources (
    source_id VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    publisher VARCHAR NOT NULL,
    document_type VARCHAR NOT NULL CHECK (document_type IN (
        'report', 'news item', 'web page', 'press article', 'dataset', 'legal text', 'presentation'
    )),
    published_on DATE,
    published_precision VARCHAR NOT NULL CHECK (published_precision IN ('day', 'month', 'year', 'undated')),
    url VARCHAR,
    accessed_on DATE NOT NULL,
    licence VARCHAR NOT NULL,
    reliability VARCHAR NOT NULL CHECK (reliability IN ('seed', 'official', 'secondary'))
);
COMMENT ON TABLE sources IS 'Every document or page that states a fact.';
COMMENT ON COLUMN sources.source_id IS 'Stable slug; d35 and news2015 are the seed documents.';
COMMENT ON COLUMN sources.title IS 'Title as printed; for a page, its heading or a plain description.';
COMMENT ON COLUMN sources.publisher IS 'Body that published the document or page.';
COMMENT ON COLUMN sources.document_type IS 'Kind of document.';
COMMENT ON COLUMN sources.published_on IS 'First day of the period of publication, see published_precision.';
COMMENT ON COLUMN sources.published_precision IS 'How precisely the date of publication is known.';
COMMENT ON COLUMN sources.url IS 'Address; a bare site name is a site, not a page.';
COMMENT ON COLUMN sources.accessed_on IS
    'Day on which the text, or a stored copy of the page, was read for this dataset; for a page that is known from a '
    'footnote only, the day on which the footnote was read.';
COMMENT ON COLUMN sources.licence IS
    'Licence as far as the source states it, else ''not stated''; only facts and figures are taken over.';
COMMENT ON COLUMN sources.reliability IS
    'Of the page, not of each fact, see fact_reliability. seed: a seed document; official: the own page of a body, the '
    'Commission, ECCP or a government; secondary: press, registers, partners.';

CREATE TABLE terms (
    vocabulary VARCHAR NOT NULL,
    term VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    definition VARCHAR NOT NULL,
    PRIMARY KEY (vocabulary, term)
);
COMMENT ON TABLE terms IS
    'Controlled vocabularies: every value that a CHECK of this schema allows, with its label and definition.';
COMMENT ON COLUMN terms.vocabulary IS 'table.column whose values are described.';
COMMENT ON COLUMN terms.term IS 'The stored value.';
COMMENT ON COLUMN terms.label IS 'The label shown to users.';
COMMENT ON COLUMN terms.definition IS 'What the value means, in one sentence.';

CREATE TABLE countries (
    country_code VARCHAR PRIMARY KEY CHECK (regexp_full_match(country_code, '[A-Z]{2}')),
    name VARCHAR NOT NULL UNIQUE,
    side VARCHAR NOT NULL CHECK (side IN ('EU', 'US', 'OTHER')),
    is_eu BOOLEAN NOT NULL,
    territory_of VARCHAR REFERENCES countries (country_code)
);
COMMENT ON TABLE countries IS 'All countries and territories of ISO 3166-1.';
COMMENT ON COLUMN countries.country_code IS 'ISO 3166-1 alpha-2; GR and GB, never EL or UK.';
COMMENT ON COLUMN countries.name IS 'Short English name.';
COMMENT ON COLUMN countries.side IS
    'Side of the Atlantic by the membership of 2017: the United Kingdom is EU; Norway, Türkiye and Canada are OTHER. '
    'A territory with an entry in territory_of is on the side of that country, any other is OTHER.';
COMMENT ON COLUMN countries.is_eu IS 'Member of the European Union of 27; false for territories of members.';
COMMENT ON COLUMN countries.territory_of IS
    'The United States for its territories; the member state for the territories to which the EU treaties applied in '
    '2017 by Article 355 (1), (3) and (4) TFEU; null for all others.';

CREATE TABLE areas (
    name VARCHAR PRIMARY KEY,
    side VARCHAR NOT NULL CHECK (side IN ('EU', 'US', 'OTHER'))
);
COMMENT ON TABLE areas IS
    'Areas of several countries, all of one side, that a source names as the place of an event or as a party.';
COMMENT ON COLUMN areas.name IS 'Name, as in event_places.place and cooperation_parties.party_stated.';
COMMENT ON COLUMN areas.side IS 'Side of its countries by the membership of 2017: the United Kingdom is EU.';

CREATE TABLE area_countries (
    area VARCHAR NOT NULL,
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    PRIMARY KEY (area, country_code)
);
COMMENT ON TABLE area_countries IS
    'Countries that an area may mean. Latin America: those of its side in South America, Central America and the '
    'Caribbean, the sub-regions 005, 013 and 029 of the standard M49 of the United Nations. Europe, where members of '
    'ESCP-4i partnerships are: those of neither side in region 150, and Armenia, Azerbaijan, Georgia and Türkiye, which '
    'are in the Council of Europe.';
COMMENT ON COLUMN area_countries.area IS 'Area of table areas, or Europe.';
COMMENT ON COLUMN area_countries.country_code IS 'A country in it.';

CREATE TABLE regions (
    region_code VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    level VARCHAR NOT NULL CHECK (level IN ('country', 'state', 'region', 'metropolitan area', 'nuts1', 'nuts2', 'nuts3')),
    fips_code VARCHAR CHECK (regexp_full_match(fips_code, '[0-9]{2}'))
);
COMMENT ON TABLE regions IS
    'US states and territories, the regions of NUTS 2013, the regions that sources name for organisations, and the '
    'regions that imported statistics add.';
COMMENT ON COLUMN regions.region_code IS
    'ISO 3166-2 for US states (US-OH); the code of NUTS (ES51; Greece EL, United Kingdom UK); country and slug for a '
    'region that a source names for an organisation (es-catalonia); as imported; a country has its own code (US).';
COMMENT ON COLUMN regions.name IS
    'Name of the region in English or as the source prints it; names of NUTS regions as the European Commission '
    'prints them.';
COMMENT ON COLUMN regions.country_code IS 'Country of the region.';
COMMENT ON COLUMN regions.level IS
    'Kind of region; nuts1, nuts2 and nuts3 are the levels of NUTS 2013, and the statistical regions of Norway and '
    'Iceland that stand beside its second level.';
COMMENT ON COLUMN regions.fips_code IS 'Two-digit FIPS code of a US state or territory, as text.';

CREATE TABLE region_boxes (
    region_code VARCHAR PRIMARY KEY REFERENCES regions (region_code),
    west DOUBLE NOT NULL CHECK (west BETWEEN -180 AND 180),
    south DOUBLE NOT NULL CHECK (south BETWEEN -90 AND 90),
    east DOUBLE NOT NULL CHECK (east BETWEEN -180 AND 180),
    north DOUBLE NOT NULL CHECK (north BETWEEN -90 AND 90),
    CHECK (west < east),
    CHECK (south < north)
);
COMMENT ON TABLE region_boxes IS
    'Bounds of the US states, from the outlines of the US Census (npm package us-atlas 3.0.1); they verify that a '
    'city lies in its state. Islands of Alaska east of the 180th meridian are left out.';
COMMENT ON COLUMN region_boxes.region_code IS 'US state.';
COMMENT ON COLUMN region_boxes.west IS 'Westernmost longitude in degrees.';
COMMENT ON COLUMN region_boxes.south IS 'Southernmost latitude in degrees.';
COMMENT ON COLUMN region_boxes.east IS 'Easternmost longitude in degrees.';
COMMENT ON COLUMN region_boxes.north IS 'Northernmost latitude in degrees.';

CREATE TABLE region_centres (
    region_code VARCHAR PRIMARY KEY REFERENCES regions (region_code),
    latitude DOUBLE NOT NULL CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE NOT NULL CHECK (longitude BETWEEN -180 AND 180),
    place_name VARCHAR,
    basis VARCHAR NOT NULL CHECK (basis IN ('largest city', 'population centre')),
    geonames_id INTEGER UNIQUE,
    CHECK ((basis = 'largest city') = (place_name IS NOT NULL)),
    CHECK ((basis = 'largest city') = (geonames_id IS NOT NULL))
);
COMMENT ON TABLE region_centres IS
    'A point for each region of NUTS 2 with statistics and for each US state, from GeoNames (CC BY 4.0), where maps '
    'draw the region.';
COMMENT ON COLUMN region_centres.region_code IS 'Region.';
COMMENT ON COLUMN region_centres.latitude IS 'Degrees north (WGS 84).';
COMMENT ON COLUMN region_centres.longitude IS 'Degrees east (WGS 84).';
COMMENT ON COLUMN region_centres.place_name IS 'The largest city, as GeoNames writes it; null for a population centre.';
COMMENT ON COLUMN region_centres.basis IS
    'largest city: its most populous place; population centre: the mean of the points of its places weighted by their '
    'populations, where no single city is the largest without doubt.';
COMMENT ON COLUMN region_centres.geonames_id IS 'Id of the city in GeoNames; null for a population centre.';

CREATE TABLE nuts_of_regions (
    region_code VARCHAR PRIMARY KEY REFERENCES regions (region_code),
    nuts_code VARCHAR NOT NULL REFERENCES regions (region_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('assigned')),
    note VARCHAR NOT NULL
);
COMMENT ON TABLE nuts_of_regions IS
    'The NUTS 2 region (classification of 2013) of each region that a source names for an organisation; a region that '
    'spans several has no row.';
COMMENT ON COLUMN nuts_of_regions.region_code IS 'Region as named for an organisation.';
COMMENT ON COLUMN nuts_of_regions.nuts_code IS 'NUTS 2 region that it is or lies in.';
COMMENT ON COLUMN nuts_of_regions.basis IS 'assigned: by us.';
COMMENT ON COLUMN nuts_of_regions.note IS 'Why the assignment is without doubt.';

CREATE TABLE nuts_in_regions (
    region_code VARCHAR NOT NULL REFERENCES regions (region_code),
    nuts_code VARCHAR NOT NULL REFERENCES regions (region_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('assigned')),
    note VARCHAR NOT NULL,
    PRIMARY KEY (region_code, nuts_code)
);
COMMENT ON TABLE nuts_in_regions IS
    'The NUTS 2 regions (classification of 2013) that a region of several consists of, where an organisation is recorded '
    'in it and not in one of them.';
COMMENT ON COLUMN nuts_in_regions.region_code IS 'Region as named for an organisation.';
COMMENT ON COLUMN nuts_in_regions.nuts_code IS 'NUTS 2 region that lies wholly in it.';
COMMENT ON COLUMN nuts_in_regions.basis IS 'assigned: by us.';
COMMENT ON COLUMN nuts_in_regions.note IS 'Why the assignment is without doubt.';

CREATE TABLE nuts_of_cities (
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    place VARCHAR NOT NULL,
    nuts_code VARCHAR NOT NULL REFERENCES regions (region_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('assigned')),
    note VARCHAR NOT NULL,
    PRIMARY KEY (country_code, place)
);
COMMENT ON TABLE nuts_of_cities IS
    'The NUTS 2 region (classification of 2013) of each city of an organisation; a city that is in doubt has no row.';
COMMENT ON COLUMN nuts_of_cities.country_code IS 'Country of the city.';
COMMENT ON COLUMN nuts_of_cities.place IS 'City, as in organisations.';
COMMENT ON COLUMN nuts_of_cities.nuts_code IS 'NUTS 2 region that it lies in.';
COMMENT ON COLUMN nuts_of_cities.basis IS 'assigned: by us.';
COMMENT ON COLUMN nuts_of_cities.note IS 'Why the assignment is without doubt.';

CREATE TABLE regions_of_places (
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    place VARCHAR NOT NULL,
    region_code VARCHAR NOT NULL REFERENCES regions (region_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    note VARCHAR NOT NULL,
    PRIMARY KEY (country_code, place)
);
COMMENT ON TABLE regions_of_places IS
    'The region or US state of places of events, and of cities of organisations without a recorded region, that no '
    'organisation with a recorded region shares; a place that is in doubt, or whose region no source names for an '
    'organisation, has no row.';
COMMENT ON COLUMN regions_of_places.country_code IS 'Country of the place.';
COMMENT ON COLUMN regions_of_places.place IS 'City or area, as in event_places or organisations.';
COMMENT ON COLUMN regions_of_places.region_code IS 'US state, or region, that it is or lies in.';
COMMENT ON COLUMN regions_of_places.basis IS 'stated: the name of the place says it; assigned: by us.';
COMMENT ON COLUMN regions_of_places.note IS 'Why it is without doubt.';

CREATE TABLE nuts_changes (
    old_code VARCHAR NOT NULL CHECK (regexp_full_match(old_code, '[A-Z]{2}[A-Z0-9]{1,3}')),
    new_code VARCHAR NOT NULL CHECK (regexp_full_match(new_code, '[A-Z]{2}[A-Z0-9]{1,3}')),
    change VARCHAR NOT NULL CHECK (change IN ('recoded', 'overlaps')),
    since INTEGER NOT NULL CHECK (since BETWEEN 2010 AND 2024),
    PRIMARY KEY (old_code, new_code, since)
);
COMMENT ON TABLE nuts_changes IS
    'NUTS codes that changed from one version to the next. Imports know by it which codes stand for the same territory.';
COMMENT ON COLUMN nuts_changes.old_code IS 'Code of the older version.';
COMMENT ON COLUMN nuts_changes.new_code IS 'Code of the newer version.';
COMMENT ON COLUMN nuts_changes.change IS
    'recoded: the same territory, by the correspondence tables of Eurostat for NUTS 2016 and 2021; overlaps: a part of '
    'the territory or all of it, by the conversion matrices of the Joint Research Centre.';
COMMENT ON COLUMN nuts_changes.since IS 'Version of NUTS that brought the new code: 2010, 2013, 2016, 2021 or 2024.';

CREATE TABLE sectors (
    sector_id VARCHAR PRIMARY KEY,
    name VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL CHECK (scheme IN ('theme', 'sub_sector', 'traded_cluster', 'nace_division')),
    parent_id VARCHAR REFERENCES sectors (sector_id),
    is_priority BOOLEAN NOT NULL
);
COMMENT ON TABLE sectors IS
    'The sector schemes: our closed list of themes with the sub-sectors that sources print, the 51 traded clusters, and '
    'the divisions of NACE Rev. 2 that European statistics have figures of.';
COMMENT ON COLUMN sectors.sector_id IS
    'Stable slug; traded clusters begin with tc-, NACE divisions with nace- and have their code (nace-c29).';
COMMENT ON COLUMN sectors.name IS
    'Name; traded clusters as the US Cluster Mapping Project prints them, NACE divisions as the regulation does.';
COMMENT ON COLUMN sectors.scheme IS 'Scheme the sector belongs to.';
COMMENT ON COLUMN sectors.parent_id IS 'Theme of a sub-sector.';
COMMENT ON COLUMN sectors.is_priority IS 'One of the five sectors of common priority in D3.5 section 3.';

CREATE TABLE sector_links (
    theme_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    traded_cluster_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    PRIMARY KEY (theme_id, traded_cluster_id)
);
COMMENT ON TABLE sector_links IS 'The crosswalk between the two schemes; it is ours, not from a source.';
COMMENT ON COLUMN sector_links.theme_id IS 'Theme.';
COMMENT ON COLUMN sector_links.traded_cluster_id IS 'Traded cluster that the theme includes.';

CREATE TABLE nace_links (
    nace_division_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('assigned')),
    PRIMARY KEY (nace_division_id, sector_id)
);
COMMENT ON TABLE nace_links IS
    'The crosswalk from NACE divisions to themes, and to the traded clusters that stand close to whole divisions; it is '
    'ours, not from a source. docs/theme-assignment.md has the rule.';
COMMENT ON COLUMN nace_links.nace_division_id IS 'NACE division.';
COMMENT ON COLUMN nace_links.sector_id IS
    'Theme that includes industries of the division, or traded cluster that stands close to it as a whole.';
COMMENT ON COLUMN nace_links.basis IS 'assigned: by us.';

CREATE TABLE organisations (
    organisation_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(organisation_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    name VARCHAR NOT NULL,
    acronym VARCHAR,
    kind VARCHAR NOT NULL CHECK (kind IN (
        'cluster_organisation', 'cluster_network', 'regional_cluster', 'economic_development_agency',
        'public_authority', 'company', 'university', 'research_organisation', 'business_association',
        'international_organisation', 'investor', 'technology_park', 'support_organisation', 'hub'
    )),
    side VARCHAR NOT NULL CHECK (side IN ('EU', 'US', 'OTHER')),
    country_code VARCHAR REFERENCES countries (country_code),
    region_code VARCHAR REFERENCES regions (region_code),
    place VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    location_precision VARCHAR NOT NULL CHECK (location_precision IN ('city', 'region', 'country', 'unknown')),
    location_basis VARCHAR CHECK (location_basis IN ('stated', 'researched', 'assigned')),
    location_note VARCHAR,
    website VARCHAR,
    founded_year INTEGER CHECK (founded_year BETWEEN 1600 AND 2026),
    member_count INTEGER CHECK (member_count >= 0),
    member_count_as_of VARCHAR CHECK (regexp_full_match(member_count_as_of, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?')),
    member_count_note VARCHAR,
    is_cluster_organisation BOOLEAN NOT NULL,
    named_in_seeds BOOLEAN NOT NULL,
    successor_id VARCHAR REFERENCES organisations (organisation_id),
    description VARCHAR,
    CHECK ((location_precision = 'city') = (latitude IS NOT NULL)),
    CHECK ((latitude IS NULL) = (longitude IS NULL)),
    CHECK ((location_precision = 'unknown') = (location_basis IS NULL)),
    CHECK (is_cluster_organisation = (kind IN ('cluster_organisation', 'cluster_network', 'regional_cluster')))
);
COMMENT ON TABLE organisations IS
    'Organisations: cluster organisations, networks, agencies, authorities, companies, institutes and others.';
COMMENT ON COLUMN organisations.organisation_id IS 'Stable lower-case slug.';
COMMENT ON COLUMN organisations.name IS 'Name in the source''s spelling; further names are in organisation_aliases.';
COMMENT ON COLUMN organisations.acronym IS 'Acronym as printed.';
COMMENT ON COLUMN organisations.kind IS 'Kind of organisation, see terms.';
COMMENT ON COLUMN organisations.side IS
    'Side of the Atlantic by the EU membership of 2017: the United Kingdom is EU; Norway, Türkiye and Canada are '
    'OTHER. A network of European clusters is EU.';
COMMENT ON COLUMN organisations.country_code IS 'Country; null where there are several, see organisation_countries.';
COMMENT ON COLUMN organisations.region_code IS 'Region or state, where known.';
COMMENT ON COLUMN organisations.place IS 'City or town as the source names it.';
COMMENT ON COLUMN organisations.latitude IS 'Degrees north (WGS 84) of the city, not of the office.';
COMMENT ON COLUMN organisations.longitude IS 'Degrees east (WGS 84) of the city, not of the office.';
COMMENT ON COLUMN organisations.location_precision IS
    'The finest level at which the place is known; only city has coordinates.';
COMMENT ON COLUMN organisations.location_basis IS
    'stated: a seed document says it; researched: another source does; assigned: we read the region from the name of '
    'the organisation. Null when the place is unknown.';
COMMENT ON COLUMN organisations.location_note IS
    'What the point represents when it is not the seat, such as the city of the lead organisation or one of several '
    'sites.';
COMMENT ON COLUMN organisations.website IS 'Website of the organisation.';
COMMENT ON COLUMN organisations.founded_year IS 'Year of foundation.';
COMMENT ON COLUMN organisations.member_count IS
    'Number of members, as the source counts them; qualifier and wording are in figures or member_count_note.';
COMMENT ON COLUMN organisations.member_count_as_of IS 'Year, month or day to which the count refers.';
COMMENT ON COLUMN organisations.member_count_note IS 'What exactly is counted, where it is not simply members.';
COMMENT ON COLUMN organisations.is_cluster_organisation IS
    'True for cluster organisations, cluster networks and regional cluster initiatives.';
COMMENT ON COLUMN organisations.named_in_seeds IS 'Named in at least one seed document.';
COMMENT ON COLUMN organisations.successor_id IS 'Organisation that continues it since a merger or a takeover.';
COMMENT ON COLUMN organisations.description IS 'One sentence in our own words.';

CREATE TABLE organisation_countries (
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    PRIMARY KEY (organisation_id, country_code)
);
COMMENT ON TABLE organisation_countries IS 'Every country of an organisation; a French-German cluster has two.';
COMMENT ON COLUMN organisation_countries.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_countries.country_code IS 'Country.';

CREATE TABLE organisation_aliases (
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    alias VARCHAR NOT NULL,
    PRIMARY KEY (organisation_id, alias)
);
COMMENT ON TABLE organisation_aliases IS
    'Other names, acronyms and spellings of an organisation, a former name among them.';
COMMENT ON COLUMN organisation_aliases.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_aliases.alias IS 'Name as a source prints it.';

CREATE TABLE organisation_ends (
    organisation_id VARCHAR PRIMARY KEY REFERENCES organisations (organisation_id),
    how VARCHAR NOT NULL CHECK (how IN ('merged', 'dissolved', 'in liquidation', 'dissolution decided')),
    date_stated VARCHAR,
    ended_on DATE,
    date_precision VARCHAR NOT NULL CHECK (date_precision IN ('day', 'month', 'season', 'year', 'undated')),
    CHECK ((ended_on IS NULL) = (date_precision = 'undated'))
);
COMMENT ON TABLE organisation_ends IS
    'Organisations that a source says have come to an end; they are not counted among those of today.';
COMMENT ON COLUMN organisation_ends.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_ends.how IS 'How it ended.';
COMMENT ON COLUMN organisation_ends.date_stated IS 'Date part of the wording.';
COMMENT ON COLUMN organisation_ends.ended_on IS 'Last day of the stated period in which it ended.';
COMMENT ON COLUMN organisation_ends.date_precision IS 'Precision of the date.';

CREATE TABLE organisation_sectors (
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (organisation_id, sector_id)
);
COMMENT ON TABLE organisation_sectors IS 'Sectors of an organisation in both schemes.';
COMMENT ON COLUMN organisation_sectors.organisation_id IS 'Organisation.';
COMMENT ON COLUMN organisation_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN organisation_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE projects (
    project_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(project_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    acronym VARCHAR,
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN (
        'escp4i_partnership', 'pilot_project', 'research_project', 'support_project', 'policy_dialogue_project',
        'programme', 'initiative'
    )),
    programme VARCHAR,
    generation INTEGER CHECK (generation BETWEEN 1 AND 4),
    funding_status VARCHAR NOT NULL CHECK (funding_status IN ('co-funded', 'voluntary', 'not stated')),
    target_list VARCHAR NOT NULL CHECK (target_list IN ('complete', 'partial', 'unknown', 'not applicable')),
    date_stated VARCHAR,
    start_on DATE,
    start_precision VARCHAR NOT NULL CHECK (start_precision IN ('day', 'month', 'season', 'year', 'undated')),
    end_on DATE,
    end_precision VARCHAR NOT NULL CHECK (end_precision IN ('day', 'month', 'season', 'year', 'undated')),
    lead_organisation_id VARCHAR REFERENCES organisations (organisation_id),
    website VARCHAR,
    description VARCHAR,
    CHECK (end_on >= start_on),
    CHECK ((start_on IS NULL) = (start_precision = 'undated')),
    CHECK ((end_on IS NULL) = (end_precision = 'undated')),
    CHECK ((kind = 'escp4i_partnership') = (generation IS NOT NULL))
);
COMMENT ON TABLE projects IS 'ESCP-4i partnerships, projects, programmes and initiatives.';
COMMENT ON COLUMN projects.project_id IS 'Stable slug; first-generation partnerships begin with escp4i-.';
COMMENT ON COLUMN projects.acronym IS 'Acronym as printed.';
COMMENT ON COLUMN projects.name IS 'Full name as printed.';
COMMENT ON COLUMN projects.kind IS 'Kind, see terms.';
COMMENT ON COLUMN projects.programme IS 'Funding programme or framework as stated.';
COMMENT ON COLUMN projects.generation IS 'Generation of ESCP-4i, also of the partnerships of the defence call of 2017; null for every other kind.';
COMMENT ON COLUMN projects.funding_status IS 'How an ESCP-4i partnership is financed.';
COMMENT ON COLUMN projects.target_list IS
    'State of the list of target countries: complete as printed, partial, unknown (never read as no), or not '
    'applicable.';
COMMENT ON COLUMN projects.date_stated IS 'Date part of the wording.';
COMMENT ON COLUMN projects.start_on IS 'First day of the start period.';
COMMENT ON COLUMN projects.start_precision IS 'Precision of start_on.';
COMMENT ON COLUMN projects.end_on IS 'Last day of the end period.';
COMMENT ON COLUMN projects.end_precision IS 'Precision of end_on.';
COMMENT ON COLUMN projects.lead_organisation_id IS 'Coordinator.';
COMMENT ON COLUMN projects.website IS 'Website of the project.';
COMMENT ON COLUMN projects.description IS 'One sentence in our own words.';

CREATE TABLE project_aliases (
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    alias VARCHAR NOT NULL,
    PRIMARY KEY (project_id, alias)
);
COMMENT ON TABLE project_aliases IS 'Other names and spellings of a project.';
COMMENT ON COLUMN project_aliases.project_id IS 'Project.';
COMMENT ON COLUMN project_aliases.alias IS 'Name as a source prints it.';

CREATE TABLE project_targets (
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    target_order INTEGER NOT NULL CHECK (target_order >= 1),
    PRIMARY KEY (project_id, country_code)
);
COMMENT ON TABLE project_targets IS
    'Third countries that a project lists as targets; a listed target is not a cooperation.';
COMMENT ON COLUMN project_targets.project_id IS 'Project.';
COMMENT ON COLUMN project_targets.country_code IS 'Target country.';
COMMENT ON COLUMN project_targets.target_order IS 'Position in the printed list.';

CREATE TABLE project_members (
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    role VARCHAR NOT NULL CHECK (role IN (
        'lead', 'partner', 'associate', 'funder', 'manager', 'participant', 'supporter'
    )),
    PRIMARY KEY (project_id, organisation_id, role)
);
COMMENT ON TABLE project_members IS 'Organisations that take part in a project.';
COMMENT ON COLUMN project_members.project_id IS 'Project.';
COMMENT ON COLUMN project_members.organisation_id IS 'Organisation.';
COMMENT ON COLUMN project_members.role IS 'Role in the project.';

CREATE TABLE project_countries (
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (project_id, country_code)
);
COMMENT ON TABLE project_countries IS
    'Countries of the clusters of a project that a source names without naming the clusters; those of known '
    'members follow from project_members.';
COMMENT ON COLUMN project_countries.project_id IS 'Project.';
COMMENT ON COLUMN project_countries.country_code IS 'Country of at least one of its clusters.';
COMMENT ON COLUMN project_countries.basis IS
    'stated: the source names the country; assigned: read by us from something else it says.';

CREATE TABLE project_sectors (
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (project_id, sector_id)
);
COMMENT ON TABLE project_sectors IS 'Sectors of a project in both schemes.';
COMMENT ON COLUMN project_sectors.project_id IS 'Project.';
COMMENT ON COLUMN project_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN project_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE cooperation_statuses (
    status VARCHAR PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE CHECK (position >= 1),
    commitment VARCHAR NOT NULL CHECK (commitment IN ('agreement', 'activity', 'intention')),
    is_current BOOLEAN NOT NULL
);
COMMENT ON TABLE cooperation_statuses IS
    'Statuses of cooperations, from the firmest to the least firm, with the commitment each expresses.';
COMMENT ON COLUMN cooperation_statuses.status IS 'Status, as in cooperations.';
COMMENT ON COLUMN cooperation_statuses.position IS 'Order of the statuses, from the firmest, 1.';
COMMENT ON COLUMN cooperation_statuses.commitment IS
    'agreement: concluded; activity: carried out without an agreement being stated; intention: neither concluded nor '
    'carried out. They are never added up.';
COMMENT ON COLUMN cooperation_statuses.is_current IS
    'True for an agreement and for an activity that the source reports as under way; false for a completed activity '
    'and an intention.';

CREATE TABLE cooperations (
    cooperation_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(cooperation_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    kind VARCHAR NOT NULL CHECK (kind IN (
        'MoU', 'arrangement', 'agreement', 'alliance', 'membership', 'exchange', 'visit', 'mission', 'hosting',
        'support', 'representation', 'contact', 'collaboration', 'affiliation', 'procurement', 'participation'
    )),
    status VARCHAR NOT NULL REFERENCES cooperation_statuses (status),
    title VARCHAR NOT NULL,
    subject VARCHAR,
    is_eu_us BOOLEAN NOT NULL,
    date_stated VARCHAR,
    start_on DATE,
    end_on DATE,
    date_precision VARCHAR NOT NULL CHECK (date_precision IN ('day', 'month', 'season', 'year', 'undated')),
    CHECK (end_on >= start_on),
    CHECK ((start_on IS NULL) = (date_precision = 'undated'))
);
COMMENT ON TABLE cooperations IS 'Cooperations of every kind and status; one alliance is one row with all its parties.';
COMMENT ON COLUMN cooperations.cooperation_id IS 'Stable slug.';
COMMENT ON COLUMN cooperations.kind IS 'Kind of cooperation, see terms.';
COMMENT ON COLUMN cooperations.status IS
    'Status in the source; see cooperation_statuses for the commitment it expresses.';
COMMENT ON COLUMN cooperations.title IS 'Short title in our own words.';
COMMENT ON COLUMN cooperations.subject IS 'What the cooperation is about, in our own words.';
COMMENT ON COLUMN cooperations.is_eu_us IS
    'At least one party of the EU side (membership of 2017, the United Kingdom included) and one of the US side.';
COMMENT ON COLUMN cooperations.date_stated IS 'Date part of the wording.';
COMMENT ON COLUMN cooperations.start_on IS 'First day that bounds the dated act; the term of an agreement is a figure.';
COMMENT ON COLUMN cooperations.end_on IS 'Last day that bounds the dated act.';
COMMENT ON COLUMN cooperations.date_precision IS 'Precision of the date.';

CREATE TABLE cooperation_parties (
    cooperation_id VARCHAR NOT NULL REFERENCES cooperations (cooperation_id),
    party_order INTEGER NOT NULL CHECK (party_order >= 1),
    side VARCHAR CHECK (side IN ('EU', 'US', 'OTHER')),
    organisation_id VARCHAR REFERENCES organisations (organisation_id),
    project_id VARCHAR REFERENCES projects (project_id),
    party_stated VARCHAR,
    role VARCHAR,
    PRIMARY KEY (cooperation_id, party_order),
    CHECK (
        (organisation_id IS NOT NULL)::INTEGER + (project_id IS NOT NULL)::INTEGER
        + (party_stated IS NOT NULL)::INTEGER = 1
    ),
    CHECK (side IS NOT NULL OR party_stated IS NOT NULL)
);
COMMENT ON TABLE cooperation_parties IS 'Parties of a cooperation, in the order of the source.';
COMMENT ON COLUMN cooperation_parties.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN cooperation_parties.party_order IS 'Position.';
COMMENT ON COLUMN cooperation_parties.side IS
    'Side of this party by the EU membership of 2017: the United Kingdom is EU. Null where no source says where an '
    'unnamed party is.';
COMMENT ON COLUMN cooperation_parties.organisation_id IS 'Party that is a named organisation.';
COMMENT ON COLUMN cooperation_parties.project_id IS 'Party that is a project.';
COMMENT ON COLUMN cooperation_parties.party_stated IS
    'Party without a name of its own, in the wording of the source or close to it.';
COMMENT ON COLUMN cooperation_parties.role IS 'Role of the party, such as host, visitor, charter member.';

CREATE TABLE cooperation_party_countries (
    cooperation_id VARCHAR NOT NULL,
    party_order INTEGER NOT NULL,
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    PRIMARY KEY (cooperation_id, party_order, country_code),
    FOREIGN KEY (cooperation_id, party_order) REFERENCES cooperation_parties (cooperation_id, party_order)
);
COMMENT ON TABLE cooperation_party_countries IS
    'Countries that a source names for a party without a name of its own; those of an organisation stand in '
    'organisation_countries.';
COMMENT ON COLUMN cooperation_party_countries.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN cooperation_party_countries.party_order IS 'Position of the party.';
COMMENT ON COLUMN cooperation_party_countries.country_code IS 'Country the words of the source name.';

CREATE TABLE cooperation_party_regions (
    cooperation_id VARCHAR NOT NULL,
    party_order INTEGER NOT NULL,
    region_code VARCHAR NOT NULL REFERENCES regions (region_code),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (cooperation_id, party_order, region_code),
    FOREIGN KEY (cooperation_id, party_order) REFERENCES cooperation_parties (cooperation_id, party_order)
);
COMMENT ON TABLE cooperation_party_regions IS
    'Regions that a source names for a party without a name of its own; that of an organisation stands in '
    'organisations. A party with regions has no others in their country.';
COMMENT ON COLUMN cooperation_party_regions.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN cooperation_party_regions.party_order IS 'Position of the party.';
COMMENT ON COLUMN cooperation_party_regions.region_code IS 'US state, or region.';
COMMENT ON COLUMN cooperation_party_regions.basis IS
    'stated: the source names the region; assigned: read by us from a city or another word of the source.';

CREATE TABLE cooperation_renewals (
    cooperation_id VARCHAR PRIMARY KEY REFERENCES cooperations (cooperation_id),
    renewed_cooperation_id VARCHAR NOT NULL REFERENCES cooperations (cooperation_id),
    CHECK (cooperation_id <> renewed_cooperation_id)
);
COMMENT ON TABLE cooperation_renewals IS
    'Which cooperation renews which: a renewal is an act with a date of its own, but no second agreement.';
COMMENT ON COLUMN cooperation_renewals.cooperation_id IS 'The renewal, a cooperation of status renewed.';
COMMENT ON COLUMN cooperation_renewals.renewed_cooperation_id IS 'The agreement that it renews.';

CREATE TABLE cooperation_sectors (
    cooperation_id VARCHAR NOT NULL REFERENCES cooperations (cooperation_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (cooperation_id, sector_id)
);
COMMENT ON TABLE cooperation_sectors IS 'Sectors of a cooperation.';
COMMENT ON COLUMN cooperation_sectors.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN cooperation_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN cooperation_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE success_stories (
    story_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(story_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    title VARCHAR NOT NULL,
    context VARCHAR NOT NULL,
    cooperation_type VARCHAR NOT NULL,
    objective VARCHAR NOT NULL,
    policy_support VARCHAR NOT NULL,
    results VARCHAR NOT NULL
);
COMMENT ON TABLE success_stories IS 'The four success stories of D3.5 section 2, in our own words.';
COMMENT ON COLUMN success_stories.story_id IS 'Stable slug.';
COMMENT ON COLUMN success_stories.title IS 'Title.';
COMMENT ON COLUMN success_stories.context IS 'Who the partners are and where they start from.';
COMMENT ON COLUMN success_stories.cooperation_type IS 'Kind of cooperation.';
COMMENT ON COLUMN success_stories.objective IS 'Aim.';
COMMENT ON COLUMN success_stories.policy_support IS 'Public support that carried it.';
COMMENT ON COLUMN success_stories.results IS 'Results the source reports, and what is only expected.';

CREATE TABLE story_partners (
    story_id VARCHAR NOT NULL REFERENCES success_stories (story_id),
    partner_order INTEGER NOT NULL CHECK (partner_order >= 1),
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    role VARCHAR,
    PRIMARY KEY (story_id, partner_order)
);
COMMENT ON TABLE story_partners IS
    'The partners that the box of a success story lists, in its order; parties of its cooperations may be more.';
COMMENT ON COLUMN story_partners.story_id IS 'Story.';
COMMENT ON COLUMN story_partners.partner_order IS 'Position in the box.';
COMMENT ON COLUMN story_partners.organisation_id IS 'Partner.';
COMMENT ON COLUMN story_partners.role IS 'Heading the box lists it under, such as charter member.';

CREATE TABLE story_cooperations (
    story_id VARCHAR NOT NULL REFERENCES success_stories (story_id),
    cooperation_id VARCHAR NOT NULL REFERENCES cooperations (cooperation_id),
    PRIMARY KEY (story_id, cooperation_id)
);
COMMENT ON TABLE story_cooperations IS 'Cooperations that a success story is about.';
COMMENT ON COLUMN story_cooperations.story_id IS 'Story.';
COMMENT ON COLUMN story_cooperations.cooperation_id IS 'Cooperation.';

CREATE TABLE story_sectors (
    story_id VARCHAR NOT NULL REFERENCES success_stories (story_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (story_id, sector_id)
);
COMMENT ON TABLE story_sectors IS 'Sectors of a success story.';
COMMENT ON COLUMN story_sectors.story_id IS 'Story.';
COMMENT ON COLUMN story_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN story_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE opportunities (
    opportunity_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(opportunity_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    statement VARCHAR NOT NULL
);
COMMENT ON TABLE opportunities IS
    'Opportunities for cooperation that D3.5 section 3 sees, by sector, in our own words.';
COMMENT ON COLUMN opportunities.opportunity_id IS 'Stable slug.';
COMMENT ON COLUMN opportunities.sector_id IS 'Sector.';
COMMENT ON COLUMN opportunities.statement IS 'The opportunity, in our own words.';

CREATE TABLE events (
    event_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(event_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN (
        'workshop', 'seminar', 'matchmaking', 'mission', 'conference', 'trade fair', 'meeting', 'visit', 'signature',
        'launch', 'award'
    )),
    status_in_source VARCHAR NOT NULL CHECK (status_in_source IN ('held', 'planned', 'not stated')),
    date_stated VARCHAR,
    start_on DATE,
    end_on DATE,
    date_precision VARCHAR NOT NULL CHECK (date_precision IN ('day', 'month', 'season', 'year', 'undated')),
    description VARCHAR,
    CHECK (end_on >= start_on),
    CHECK ((start_on IS NULL) = (date_precision = 'undated'))
);
COMMENT ON TABLE events IS 'Events named by a source.';
COMMENT ON COLUMN events.event_id IS 'Stable slug.';
COMMENT ON COLUMN events.name IS 'Name as printed, else a plain description.';
COMMENT ON COLUMN events.kind IS 'Kind of event.';
COMMENT ON COLUMN events.status_in_source IS 'What the latest source says at its date; not a statement about today.';
COMMENT ON COLUMN events.date_stated IS 'Date part of the wording.';
COMMENT ON COLUMN events.start_on IS 'First day that bounds the event.';
COMMENT ON COLUMN events.end_on IS 'Last day that bounds the event.';
COMMENT ON COLUMN events.date_precision IS 'Precision of the date.';
COMMENT ON COLUMN events.description IS 'One sentence in our own words.';

CREATE TABLE event_places (
    event_id VARCHAR NOT NULL REFERENCES events (event_id),
    sequence INTEGER NOT NULL CHECK (sequence >= 1),
    place VARCHAR,
    country_code VARCHAR REFERENCES countries (country_code),
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    location_precision VARCHAR NOT NULL CHECK (location_precision IN ('city', 'region', 'country', 'unknown')),
    PRIMARY KEY (event_id, sequence),
    CHECK ((latitude IS NULL) = (longitude IS NULL))
);
COMMENT ON TABLE event_places IS 'Places of an event, in order; a workshop may have two cities.';
COMMENT ON COLUMN event_places.event_id IS 'Event.';
COMMENT ON COLUMN event_places.sequence IS 'Order of the places.';
COMMENT ON COLUMN event_places.place IS 'City, or the area the source names.';
COMMENT ON COLUMN event_places.country_code IS 'Country.';
COMMENT ON COLUMN event_places.latitude IS 'Degrees north (WGS 84) of the city.';
COMMENT ON COLUMN event_places.longitude IS 'Degrees east (WGS 84) of the city.';
COMMENT ON COLUMN event_places.location_precision IS 'The finest level at which the place is known.';

CREATE TABLE event_projects (
    event_id VARCHAR NOT NULL REFERENCES events (event_id),
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    role VARCHAR NOT NULL CHECK (role IN ('organiser', 'participant', 'host', 'supporter', 'framework')),
    PRIMARY KEY (event_id, project_id, role)
);
COMMENT ON TABLE event_projects IS 'Projects that organise or attend an event.';
COMMENT ON COLUMN event_projects.event_id IS 'Event.';
COMMENT ON COLUMN event_projects.project_id IS 'Project.';
COMMENT ON COLUMN event_projects.role IS 'Role of the project.';

CREATE TABLE event_organisations (
    event_id VARCHAR NOT NULL REFERENCES events (event_id),
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    role VARCHAR NOT NULL CHECK (role IN ('organiser', 'participant', 'presenter', 'host', 'supporter', 'framework')),
    PRIMARY KEY (event_id, organisation_id, role)
);
COMMENT ON TABLE event_organisations IS 'Organisations that organise, host or attend an event.';
COMMENT ON COLUMN event_organisations.event_id IS 'Event.';
COMMENT ON COLUMN event_organisations.organisation_id IS 'Organisation.';
COMMENT ON COLUMN event_organisations.role IS 'Role of the organisation.';

CREATE TABLE event_sectors (
    event_id VARCHAR NOT NULL REFERENCES events (event_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (event_id, sector_id)
);
COMMENT ON TABLE event_sectors IS 'Sectors of an event.';
COMMENT ON COLUMN event_sectors.event_id IS 'Event.';
COMMENT ON COLUMN event_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN event_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE activities (
    activity_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(activity_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    project_id VARCHAR NOT NULL REFERENCES projects (project_id),
    cell VARCHAR NOT NULL CHECK (cell IN ('planned activities', 'events', 'text')),
    description VARCHAR,
    availability VARCHAR NOT NULL CHECK (availability IN ('stated', 'not available')),
    progress VARCHAR CHECK (progress IN ('planned', 'under way', 'carried out')),
    event_id VARCHAR REFERENCES events (event_id),
    CHECK ((availability = 'stated') = (description IS NOT NULL)),
    CHECK ((availability = 'stated') = (progress IS NOT NULL))
);
COMMENT ON TABLE activities IS 'Table 2 of D3.5 cell by cell, and activities that its text announces.';
COMMENT ON COLUMN activities.activity_id IS 'Stable slug.';
COMMENT ON COLUMN activities.project_id IS 'Project.';
COMMENT ON COLUMN activities.cell IS 'Column of Table 2, or the running text.';
COMMENT ON COLUMN activities.description IS 'The activity in our own words; null when not available.';
COMMENT ON COLUMN activities.availability IS
    'not available: the cell says that there is no information, which is a value.';
COMMENT ON COLUMN activities.progress IS
    'What the paper says about it: planned, under way or carried out; null when not available.';
COMMENT ON COLUMN activities.event_id IS 'Event the entry names.';

CREATE TABLE figures (
    figure_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(figure_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    subject_type VARCHAR NOT NULL CHECK (subject_type IN (
        'organisation', 'project', 'cooperation', 'event', 'programme', 'sector'
    )),
    subject_id VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    value DOUBLE,
    unit VARCHAR NOT NULL,
    qualifier VARCHAR NOT NULL CHECK (qualifier IN (
        'exact', 'about', 'more than', 'at least', 'up to', 'planned', 'ordinal', 'unquantified'
    )),
    population VARCHAR,
    as_of VARCHAR CHECK (regexp_full_match(as_of, '[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?(/[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?')),
    value_stated VARCHAR NOT NULL,
    CHECK ((qualifier = 'unquantified') = (value IS NULL))
);
COMMENT ON TABLE figures IS 'Numbers that a source prints about something, with qualifier, unit and population.';
COMMENT ON COLUMN figures.figure_id IS 'Stable slug.';
COMMENT ON COLUMN figures.subject_type IS 'What kind of thing subject_id names.';
COMMENT ON COLUMN figures.subject_id IS 'Id of the subject; for a programme, a slug such as escp4i.';
COMMENT ON COLUMN figures.measure IS 'What is counted or measured, in plain words.';
COMMENT ON COLUMN figures.value IS 'The number in unit; null when unquantified.';
COMMENT ON COLUMN figures.unit IS 'Unit: organisations, firms, USD, EUR, percent, years ...';
COMMENT ON COLUMN figures.qualifier IS 'How the source hedges the number.';
COMMENT ON COLUMN figures.population IS 'Of what the number is a part or count.';
COMMENT ON COLUMN figures.as_of IS 'Year, month or day the number refers to, or first and last of a period joined by a slash, such as 2016/2017.';
COMMENT ON COLUMN figures.value_stated IS 'The number as printed.';

CREATE TABLE policies (
    policy_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(policy_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    name VARCHAR NOT NULL,
    kind VARCHAR NOT NULL CHECK (kind IN (
        'arrangement', 'programme', 'strategy', 'initiative', 'award or competition', 'platform', 'MoU', 'agreement',
        'dialogue', 'conclusion', 'financing'
    )),
    side VARCHAR NOT NULL CHECK (side IN ('EU', 'US', 'BOTH', 'OTHER')),
    country_code VARCHAR REFERENCES countries (country_code),
    description VARCHAR NOT NULL,
    date_stated VARCHAR,
    start_on DATE,
    end_on DATE,
    date_precision VARCHAR NOT NULL CHECK (date_precision IN ('day', 'month', 'season', 'year', 'undated')),
    CHECK (end_on >= start_on),
    CHECK ((start_on IS NULL) = (date_precision = 'undated'))
);
COMMENT ON TABLE policies IS 'Policy instruments, strategies, agreements between authorities and policy conclusions.';
COMMENT ON COLUMN policies.policy_id IS 'Stable slug.';
COMMENT ON COLUMN policies.name IS 'Name.';
COMMENT ON COLUMN policies.kind IS 'Kind of instrument.';
COMMENT ON COLUMN policies.side IS 'Whose instrument it is, by the EU membership of 2017, the United Kingdom included.';
COMMENT ON COLUMN policies.country_code IS
    'Country of a national or regional instrument; null for the EU as a whole, and for both sides, whose countries are '
    'in policy_countries.';
COMMENT ON COLUMN policies.description IS 'One or two sentences in our own words.';
COMMENT ON COLUMN policies.date_stated IS 'Date part of the wording.';
COMMENT ON COLUMN policies.start_on IS 'First day that bounds the dated act.';
COMMENT ON COLUMN policies.end_on IS 'Last day that bounds the dated act.';
COMMENT ON COLUMN policies.date_precision IS 'Precision of the date.';

CREATE TABLE policy_countries (
    policy_id VARCHAR NOT NULL REFERENCES policies (policy_id),
    country_code VARCHAR NOT NULL REFERENCES countries (country_code),
    PRIMARY KEY (policy_id, country_code)
);
COMMENT ON TABLE policy_countries IS
    'Countries of a policy instrument of both sides: the United States, and the member state where one signed.';
COMMENT ON COLUMN policy_countries.policy_id IS 'Policy instrument.';
COMMENT ON COLUMN policy_countries.country_code IS 'Country whose authority takes part.';

CREATE TABLE policy_projects (
    project_id VARCHAR PRIMARY KEY REFERENCES projects (project_id),
    kind VARCHAR NOT NULL CHECK (kind IN ('programme', 'initiative', 'platform')),
    side VARCHAR NOT NULL CHECK (side IN ('EU', 'US', 'BOTH', 'OTHER'))
);
COMMENT ON TABLE policy_projects IS
    'Programmes and initiatives of public authorities that are stored as projects; they stand in policy_register '
    'too, under their project_id. One of the EU side without a row in project_countries is an instrument of the '
    'EU as a whole.';
COMMENT ON COLUMN policy_projects.project_id IS 'Project.';
COMMENT ON COLUMN policy_projects.kind IS 'Kind of instrument, as in policies.';
COMMENT ON COLUMN policy_projects.side IS
    'Whose instrument it is, by the EU membership of 2017, the United Kingdom included.';

CREATE TABLE event_policies (
    event_id VARCHAR NOT NULL REFERENCES events (event_id),
    policy_id VARCHAR NOT NULL REFERENCES policies (policy_id),
    role VARCHAR NOT NULL CHECK (role IN ('presented', 'outcome', 'framework')),
    PRIMARY KEY (event_id, policy_id)
);
COMMENT ON TABLE event_policies IS
    'Policy instruments presented at an event, agreed there, or under which it took place.';
COMMENT ON COLUMN event_policies.event_id IS 'Event.';
COMMENT ON COLUMN event_policies.policy_id IS 'Policy instrument.';
COMMENT ON COLUMN event_policies.role IS 'What the instrument has to do with the event.';

CREATE TABLE policy_sectors (
    policy_id VARCHAR NOT NULL REFERENCES policies (policy_id),
    sector_id VARCHAR NOT NULL REFERENCES sectors (sector_id),
    basis VARCHAR NOT NULL CHECK (basis IN ('stated', 'assigned')),
    PRIMARY KEY (policy_id, sector_id)
);
COMMENT ON TABLE policy_sectors IS 'Sectors of a policy instrument.';
COMMENT ON COLUMN policy_sectors.policy_id IS 'Policy instrument.';
COMMENT ON COLUMN policy_sectors.sector_id IS 'Sector.';
COMMENT ON COLUMN policy_sectors.basis IS 'stated: the source names it; assigned: classified by us.';

CREATE TABLE citations (
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES sources (source_id),
    locator VARCHAR NOT NULL,
    PRIMARY KEY (table_name, record_id, field, source_id, locator)
);
COMMENT ON TABLE citations IS 'Sources of each fact: table, record, field, source and locator.';
COMMENT ON COLUMN citations.table_name IS 'Table of the fact, or usa_share.';
COMMENT ON COLUMN citations.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN citations.field IS 'Column that the citation supports; * for the whole row.';
COMMENT ON COLUMN citations.source_id IS 'Source.';
COMMENT ON COLUMN citations.locator IS 'Section, table, footnote or heading; never a quotation.';

CREATE TABLE source_owners (
    source_id VARCHAR NOT NULL REFERENCES sources (source_id),
    owner_kind VARCHAR NOT NULL CHECK (owner_kind IN ('authority', 'organisation', 'project', 'event')),
    owner_id VARCHAR NOT NULL,
    PRIMARY KEY (source_id, owner_kind, owner_id)
);
COMMENT ON TABLE source_owners IS
    'Whose own page an official source is; only about its owner is it an official source of a fact. The view '
    'fact_reliability reads this.';
COMMENT ON COLUMN source_owners.source_id IS 'Source of reliability official.';
COMMENT ON COLUMN source_owners.owner_kind IS
    'authority: the Commission, ECCP or a government, official about all that it reports of its programmes; else '
    'what owner_id names.';
COMMENT ON COLUMN source_owners.owner_id IS 'organisation_id, project_id or event_id; for an authority its name.';

CREATE TABLE source_states (
    source_id VARCHAR PRIMARY KEY REFERENCES sources (source_id),
    state VARCHAR NOT NULL CHECK (state IN ('answers', 'changed', 'gone')),
    seen_on DATE NOT NULL,
    archive_url VARCHAR
);
COMMENT ON TABLE source_states IS
    'What became of the pages of sources since they were read, and their copies in public archives. A source without '
    'a row has not been looked at again.';
COMMENT ON COLUMN source_states.source_id IS 'Source.';
COMMENT ON COLUMN source_states.state IS 'What the address gave when it was last looked at, see terms.';
COMMENT ON COLUMN source_states.seen_on IS 'Day on which it was last looked at.';
COMMENT ON COLUMN source_states.archive_url IS 'Address of a copy of the page in a public archive.';

CREATE TABLE missing_values (
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    reason VARCHAR NOT NULL CHECK (reason IN (
        'not stated', 'not in the excerpt', 'not available', 'not applicable', 'several values', 'withheld'
    )),
    PRIMARY KEY (table_name, record_id, field)
);
COMMENT ON TABLE missing_values IS 'Why a value is missing, where the difference is known.';
COMMENT ON COLUMN missing_values.table_name IS 'Table.';
COMMENT ON COLUMN missing_values.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN missing_values.field IS 'Column without a value.';
COMMENT ON COLUMN missing_values.reason IS 'Reason, see terms.';

CREATE TABLE alternative_values (
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES sources (source_id),
    note VARCHAR,
    PRIMARY KEY (table_name, record_id, field, value, source_id)
);
COMMENT ON TABLE alternative_values IS
    'What another source says about a field; the value of the seed documents stays in the row.';
COMMENT ON COLUMN alternative_values.table_name IS 'Table.';
COMMENT ON COLUMN alternative_values.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN alternative_values.field IS 'Column.';
COMMENT ON COLUMN alternative_values.value IS 'The other value, as text.';
COMMENT ON COLUMN alternative_values.source_id IS 'Source of the other value.';
COMMENT ON COLUMN alternative_values.note IS 'What to know about the difference.';

CREATE TABLE contradictions (
    contradiction_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(contradiction_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    topic VARCHAR NOT NULL,
    statement_a VARCHAR NOT NULL,
    source_a VARCHAR NOT NULL REFERENCES sources (source_id),
    locator_a VARCHAR NOT NULL,
    statement_b VARCHAR NOT NULL,
    source_b VARCHAR NOT NULL REFERENCES sources (source_id),
    locator_b VARCHAR NOT NULL,
    handling VARCHAR NOT NULL
);
COMMENT ON TABLE contradictions IS 'Statements of the sources that do not agree, and how each was handled.';
COMMENT ON COLUMN contradictions.contradiction_id IS 'Stable slug.';
COMMENT ON COLUMN contradictions.topic IS 'What the statements are about.';
COMMENT ON COLUMN contradictions.statement_a IS 'First statement, in our own words.';
COMMENT ON COLUMN contradictions.source_a IS 'Source of the first statement.';
COMMENT ON COLUMN contradictions.locator_a IS 'Locator of the first statement.';
COMMENT ON COLUMN contradictions.statement_b IS 'Second statement, in our own words.';
COMMENT ON COLUMN contradictions.source_b IS 'Source of the second statement.';
COMMENT ON COLUMN contradictions.locator_b IS 'Locator of the second statement.';
COMMENT ON COLUMN contradictions.handling IS 'What this dataset does about it.';

CREATE TABLE contradiction_records (
    contradiction_id VARCHAR NOT NULL REFERENCES contradictions (contradiction_id),
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    PRIMARY KEY (contradiction_id, table_name, record_id)
);
COMMENT ON TABLE contradiction_records IS
    'The records a contradiction is about; two figures may disagree only when both are listed under the same '
    'contradiction.';
COMMENT ON COLUMN contradiction_records.contradiction_id IS 'Contradiction.';
COMMENT ON COLUMN contradiction_records.table_name IS 'Table of the record.';
COMMENT ON COLUMN contradiction_records.record_id IS 'Key values of the record joined by |.';

CREATE TABLE reconciliation (
    name_as_found VARCHAR NOT NULL,
    origin VARCHAR NOT NULL,
    organisation_id VARCHAR NOT NULL REFERENCES organisations (organisation_id),
    decision VARCHAR NOT NULL CHECK (decision IN ('merged', 'kept apart', 'added')),
    compared_with VARCHAR,
    reason VARCHAR NOT NULL
);
COMMENT ON TABLE reconciliation IS
    'Reviewed decisions on names that might mean the same organisation; nothing is merged without a row here.';
COMMENT ON COLUMN reconciliation.name_as_found IS 'Name in the list it was found in.';
COMMENT ON COLUMN reconciliation.origin IS 'List or document it was found in.';
COMMENT ON COLUMN reconciliation.organisation_id IS 'Organisation the name stands for in this dataset.';
COMMENT ON COLUMN reconciliation.decision IS
    'merged: the name joined an organisation already known under another name or from another list; kept apart: '
    'similar, but not the same as compared_with; added: a new organisation.';
COMMENT ON COLUMN reconciliation.compared_with IS 'The organisation_id or name it was compared with.';
COMMENT ON COLUMN reconciliation.reason IS 'Why it was decided so.';

CREATE TABLE corrections (
    table_name VARCHAR NOT NULL,
    record_id VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    old_value VARCHAR NOT NULL,
    new_value VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL REFERENCES sources (source_id),
    PRIMARY KEY (table_name, record_id, field)
);
COMMENT ON TABLE corrections IS 'Corrections of misprints in a source; a build fails when old_value no longer matches.';
COMMENT ON COLUMN corrections.table_name IS 'Table.';
COMMENT ON COLUMN corrections.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN corrections.field IS 'Column.';
COMMENT ON COLUMN corrections.old_value IS 'Value in the CSV file, as the source prints it.';
COMMENT ON COLUMN corrections.new_value IS 'Value in the database.';
COMMENT ON COLUMN corrections.reason IS 'Why it is a misprint.';
COMMENT ON COLUMN corrections.source_id IS 'Source that shows it.';

CREATE TABLE workshop_steps (
    step INTEGER PRIMARY KEY CHECK (step >= 1),
    title VARCHAR NOT NULL,
    question VARCHAR NOT NULL,
    chart VARCHAR NOT NULL CHECK (chart IN (
        'headlines', 'map_atlantic', 'map_europe', 'map_usa', 'sectors_theme', 'sectors_traded_cluster',
        'usa_share', 'generations', 'co_targets', 'agreements', 'statuses', 'who_with_whom', 'stories',
        'conclusions', 'policy_kinds', 'event_dates', 'horizon_partner_countries', 'horizon_themes',
        'opportunities', 'documents'
    )),
    note VARCHAR NOT NULL
);
COMMENT ON TABLE workshop_steps IS
    'The steps of the workshop mode and of its slides, in the order of their numbers; an organiser may edit them.';
COMMENT ON COLUMN workshop_steps.step IS 'Number of the step, from 1.';
COMMENT ON COLUMN workshop_steps.title IS 'Short title, a few words.';
COMMENT ON COLUMN workshop_steps.question IS 'The question the step answers, shown under the title.';
COMMENT ON COLUMN workshop_steps.chart IS 'What is shown, see terms.';
COMMENT ON COLUMN workshop_steps.note IS 'What to say: speaker notes, also those of the slides.';

CREATE TABLE imports (
    import_name VARCHAR PRIMARY KEY,
    format VARCHAR NOT NULL,
    source_id VARCHAR NOT NULL UNIQUE REFERENCES sources (source_id),
    input_file VARCHAR NOT NULL,
    input_sha256 VARCHAR NOT NULL,
    imported_on DATE NOT NULL,
    rows_read BIGINT NOT NULL,
    rows_imported BIGINT NOT NULL,
    rows_rejected BIGINT NOT NULL,
    rejected JSON NOT NULL
);
COMMENT ON TABLE imports IS
    'Data sets imported from files of the user, as their manifests in data/imports/ describe them.';
COMMENT ON COLUMN imports.import_name IS 'Name the import was given; its files are called after it.';
COMMENT ON COLUMN imports.format IS 'What kind of file it was.';
COMMENT ON COLUMN imports.source_id IS 'Its row in sources, import- and the name.';
COMMENT ON COLUMN imports.input_file IS 'Name of the file or folder that was read, without its path.';
COMMENT ON COLUMN imports.input_sha256 IS 'SHA-256 of what was read.';
COMMENT ON COLUMN imports.imported_on IS 'Day of the import.';
COMMENT ON COLUMN imports.rows_read IS 'Rows in the file.';
COMMENT ON COLUMN imports.rows_imported IS 'Rows imported.';
COMMENT ON COLUMN imports.rows_rejected IS 'Rows not imported.';
COMMENT ON COLUMN imports.rejected IS
    'Reason -> number of rows that were not imported, or of cells that were left blank or of which a part was dropped.';

CREATE TABLE datasets (
    dataset_id VARCHAR PRIMARY KEY CHECK (regexp_full_match(dataset_id, '[a-z0-9]+(-[a-z0-9]+)*')),
    format VARCHAR NOT NULL CHECK (format IN ('regional-statistics', 'cordis')),
    source_id VARCHAR NOT NULL UNIQUE REFERENCES sources (source_id),
    title VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    attribution VARCHAR NOT NULL,
    method VARCHAR NOT NULL,
    estimated VARCHAR NOT NULL,
    rows_shipped BIGINT NOT NULL,
    rows_loaded BIGINT NOT NULL,
    CHECK (rows_loaded <= rows_shipped)
);
COMMENT ON TABLE datasets IS
    'Data sets that are shipped with the project, as their cards data/datasets/*/dataset.toml describe them.';
COMMENT ON COLUMN datasets.dataset_id IS 'Name of its folder.';
COMMENT ON COLUMN datasets.format IS 'Which tables it fills: those of regional statistics or those of Horizon projects.';
COMMENT ON COLUMN datasets.source_id IS
    'Source of its figures, of sources, where publisher, address, licence and day of reading stand; its rows name it.';
COMMENT ON COLUMN datasets.title IS 'What it is.';
COMMENT ON COLUMN datasets.period IS 'Time that its figures are of, as the card writes it.';
COMMENT ON COLUMN datasets.attribution IS 'Words with which its publisher wants to be named, or how we name it.';
COMMENT ON COLUMN datasets.method IS 'How it was made from what was published.';
COMMENT ON COLUMN datasets.estimated IS 'What in it is estimated or inferred, and how it is marked.';
COMMENT ON COLUMN datasets.rows_shipped IS 'Rows of its files.';
COMMENT ON COLUMN datasets.rows_loaded IS
    'Rows in this database; the others gave way to an import, see dataset_replacements.';

CREATE TABLE dataset_sources (
    dataset_id VARCHAR NOT NULL REFERENCES datasets (dataset_id),
    source_id VARCHAR NOT NULL REFERENCES sources (source_id),
    gives VARCHAR NOT NULL CHECK (gives IN ('figures', 'definitions', 'names')),
    locator VARCHAR NOT NULL,
    PRIMARY KEY (dataset_id, source_id, gives)
);
COMMENT ON TABLE dataset_sources IS 'The sources of a shipped data set.';
COMMENT ON COLUMN dataset_sources.dataset_id IS 'Data set.';
COMMENT ON COLUMN dataset_sources.source_id IS 'Source.';
COMMENT ON COLUMN dataset_sources.gives IS
    'What was taken from it. figures: the numbers; definitions: what they are grouped by; names: names and codes.';
COMMENT ON COLUMN dataset_sources.locator IS 'Where in the source.';

CREATE TABLE dataset_replacements (
    dataset_id VARCHAR NOT NULL REFERENCES datasets (dataset_id),
    import_name VARCHAR NOT NULL REFERENCES imports (import_name),
    country_code VARCHAR REFERENCES countries (country_code),
    rows_replaced BIGINT NOT NULL CHECK (rows_replaced > 0)
);
COMMENT ON TABLE dataset_replacements IS
    'Rows of shipped data sets that are not loaded because an import of the user holds the same: regional statistics of '
    'a country, of the same scheme of industries and the same period; any Horizon projects, as a whole.';
COMMENT ON COLUMN dataset_replacements.dataset_id IS 'Data set that gives way.';
COMMENT ON COLUMN dataset_replacements.import_name IS 'Import that takes its place.';
COMMENT ON COLUMN dataset_replacements.country_code IS 'Country; null where the whole data set gives way.';
COMMENT ON COLUMN dataset_replacements.rows_replaced IS 'Rows of the data set that are not loaded.';

-- No PRIMARY KEY and no REFERENCES here, because with ten million rows their index alone costs minutes in every
-- build. The import and the build verify the same rules for all rows at once (docs/decisions/0009-imports.md).
CREATE TABLE regional_statistics (
    region_code VARCHAR NOT NULL,
    industry_id VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    employment DOUBLE CHECK (employment >= 0),
    employment_missing VARCHAR
        CHECK (employment_missing IN ('withheld', 'not available', 'not applicable', 'not stated')),
    employment_basis VARCHAR CHECK (employment_basis IN ('stated', 'estimated', 'summed')),
    employment_published DOUBLE CHECK (employment_published >= 0),
    establishments DOUBLE CHECK (establishments >= 0),
    establishments_missing VARCHAR
        CHECK (establishments_missing IN ('withheld', 'not available', 'not applicable', 'not stated')),
    mean_wage DOUBLE CHECK (mean_wage >= 0),
    wage_currency VARCHAR,
    location_quotient DOUBLE CHECK (location_quotient >= 0),
    quotient_total_basis VARCHAR CHECK (quotient_total_basis IN ('all industries', 'traded clusters')),
    is_strong BOOLEAN,
    flags VARCHAR,
    source_id VARCHAR NOT NULL,
    CHECK ((employment IS NULL) = (employment_missing IS NOT NULL)),
    CHECK ((employment IS NULL) = (employment_basis IS NULL)),
    CHECK (employment_published <= employment),
    CHECK ((establishments IS NULL) = (establishments_missing IS NOT NULL)),
    CHECK ((location_quotient IS NULL) = (quotient_total_basis IS NULL))
);
COMMENT ON TABLE regional_statistics IS
    'Industry statistics by region, industry and period, which together are the key; filled by imports and shipped data '
    'sets, which verify it.';
COMMENT ON COLUMN regional_statistics.region_code IS 'Region, of regions; a country as a whole under its own code.';
COMMENT ON COLUMN regional_statistics.industry_id IS 'Traded cluster or NACE division, of sectors.';
COMMENT ON COLUMN regional_statistics.period IS 'Year (2015), or first and last year of a mean (2012-2016).';
COMMENT ON COLUMN regional_statistics.employment IS
    'Persons employed, a mean over the years of the period; 0 is a published zero, null is explained by '
    'employment_missing.';
COMMENT ON COLUMN regional_statistics.employment_missing IS
    'Why there is no employment. withheld: the source keeps it confidential; not available and not applicable: the '
    'source says so; not stated: the cell is blank or absent, without a reason.';
COMMENT ON COLUMN regional_statistics.employment_basis IS
    'stated: published as it is; estimated: a part of it or all of it is withheld and was estimated, by the source or '
    'by the data set, whose card says how; summed: the sum of the rows of the regions. Null without employment.';
COMMENT ON COLUMN regional_statistics.employment_published IS
    'Where employment is estimated by a shipped data set: the part of it that is published.';
COMMENT ON COLUMN regional_statistics.establishments IS
    'Number of establishments, a mean over the years of the period; 0 is a published zero, null is explained by '
    'establishments_missing.';
COMMENT ON COLUMN regional_statistics.establishments_missing IS
    'Why there is no number of establishments, in the values of employment_missing.';
COMMENT ON COLUMN regional_statistics.mean_wage IS 'Mean annual wage in wage_currency.';
COMMENT ON COLUMN regional_statistics.wage_currency IS 'ISO 4217 code.';
COMMENT ON COLUMN regional_statistics.location_quotient IS
    'Location quotient of employment as the source prints it; null when it prints none. The view location_quotients '
    'computes those.';
COMMENT ON COLUMN regional_statistics.quotient_total_basis IS
    'What the shares behind a printed location quotient are shares of, in the values of statistics_totals.total_basis.';
COMMENT ON COLUMN regional_statistics.is_strong IS 'Marked as a strong cluster by the source; null when it marks none.';
COMMENT ON COLUMN regional_statistics.flags IS
    'Flags that the source puts beside a figure, such as "employment: bu", or a note of the import on how the figure '
    'came about; null when there are none.';
COMMENT ON COLUMN regional_statistics.source_id IS 'Source, of sources: that of the import or data set it came with.';

CREATE TABLE statistics_totals (
    region_code VARCHAR NOT NULL,
    period VARCHAR NOT NULL,
    scheme VARCHAR NOT NULL CHECK (scheme IN ('traded_cluster', 'nace_division')),
    total_basis VARCHAR NOT NULL CHECK (total_basis IN (
        'all industries', 'industry and services', 'business economy', 'traded clusters'
    )),
    employment DOUBLE CHECK (employment >= 0),
    establishments DOUBLE CHECK (establishments >= 0),
    source_id VARCHAR NOT NULL
);
COMMENT ON TABLE statistics_totals IS
    'Totals of regions and countries as an imported file or a shipped data set gives them, by period. Filled by imports '
    'and shipped data sets.';
COMMENT ON COLUMN statistics_totals.region_code IS 'Region, of regions; a country as a whole under its own code.';
COMMENT ON COLUMN statistics_totals.period IS 'Year, or first and last year of a mean.';
COMMENT ON COLUMN statistics_totals.scheme IS
    'Scheme of the industries that stand beside the total: shares of it are made of these.';
COMMENT ON COLUMN statistics_totals.total_basis IS
    'What the total covers. all industries: every industry of the region; industry and services: sections C, F to J and '
    'L to N of NACE Rev. 2; business economy: sections B to N without K, and division S95; traded clusters: the 51 '
    'traded clusters together.';
COMMENT ON COLUMN statistics_totals.employment IS 'Persons employed; null when there is no total of them.';
COMMENT ON COLUMN statistics_totals.establishments IS 'Number of establishments; null when there is no total of them.';
COMMENT ON COLUMN statistics_totals.source_id IS 'Source, of sources: that of the import or data set it came with.';

CREATE TABLE horizon_projects (
    horizon_project_id VARCHAR PRIMARY KEY,
    acronym VARCHAR,
    title VARCHAR,
    programme VARCHAR,
    funding_scheme VARCHAR,
    start_on DATE,
    end_on DATE,
    total_cost_eur DOUBLE CHECK (total_cost_eur >= 0),
    eu_contribution_eur DOUBLE CHECK (eu_contribution_eur >= 0),
    topics VARCHAR,
    topic_titles VARCHAR,
    keywords VARCHAR,
    science_fields VARCHAR,
    source_id VARCHAR NOT NULL REFERENCES sources (source_id)
);
COMMENT ON TABLE horizon_projects IS
    'Horizon projects with US participation: those of the shipped snapshot, or of an import, which takes its place.';
COMMENT ON COLUMN horizon_projects.horizon_project_id IS 'Number of the grant agreement, as CORDIS names projects.';
COMMENT ON COLUMN horizon_projects.acronym IS 'Acronym.';
COMMENT ON COLUMN horizon_projects.title IS 'Title; null when the file has none, as in the shipped snapshot.';
COMMENT ON COLUMN horizon_projects.programme IS 'Framework programme as CORDIS writes it, such as H2020 or HORIZON.';
COMMENT ON COLUMN horizon_projects.funding_scheme IS 'Type of action as CORDIS writes it.';
COMMENT ON COLUMN horizon_projects.start_on IS 'First day.';
COMMENT ON COLUMN horizon_projects.end_on IS 'Last day.';
COMMENT ON COLUMN horizon_projects.total_cost_eur IS 'Total cost in euro.';
COMMENT ON COLUMN horizon_projects.eu_contribution_eur IS 'Maximum EU contribution in euro.';
COMMENT ON COLUMN horizon_projects.topics IS 'Codes of the topics of the call.';
COMMENT ON COLUMN horizon_projects.topic_titles IS
    'Titles of these topics, where the file has them; several are joined by a semicolon.';
COMMENT ON COLUMN horizon_projects.keywords IS 'Keywords of the project.';
COMMENT ON COLUMN horizon_projects.science_fields IS
    'Paths of the European Science Vocabulary, where the release has them; several are joined by a semicolon.';
COMMENT ON COLUMN horizon_projects.source_id IS 'Source: the import or the shipped data set it came with.';

CREATE TABLE horizon_participations (
    horizon_project_id VARCHAR NOT NULL REFERENCES horizon_projects (horizon_project_id),
    participant_id VARCHAR NOT NULL,
    organisation_name VARCHAR NOT NULL,
    country_code VARCHAR REFERENCES countries (country_code),
    country_stated VARCHAR,
    nuts_code VARCHAR,
    city VARCHAR,
    latitude DOUBLE CHECK (latitude BETWEEN -90 AND 90),
    longitude DOUBLE CHECK (longitude BETWEEN -180 AND 180),
    role VARCHAR,
    has_left BOOLEAN,
    activity_type VARCHAR,
    is_sme BOOLEAN,
    eu_contribution_eur DOUBLE,
    PRIMARY KEY (horizon_project_id, participant_id)
);
COMMENT ON TABLE horizon_participations IS
    'Participations of organisations in those projects; natural persons are left out.';
COMMENT ON COLUMN horizon_participations.horizon_project_id IS 'Project.';
COMMENT ON COLUMN horizon_participations.participant_id IS
    'CORDIS organisation number; where the file has none, a key of the file or the name and country.';
COMMENT ON COLUMN horizon_participations.organisation_name IS 'Name.';
COMMENT ON COLUMN horizon_participations.country_code IS 'Country; null when it is none of countries.';
COMMENT ON COLUMN horizon_participations.country_stated IS
    'Code of the country as CORDIS writes it, EL and UK included.';
COMMENT ON COLUMN horizon_participations.nuts_code IS 'NUTS code as CORDIS writes it.';
COMMENT ON COLUMN horizon_participations.city IS 'City.';
COMMENT ON COLUMN horizon_participations.latitude IS 'Degrees north.';
COMMENT ON COLUMN horizon_participations.longitude IS 'Degrees east.';
COMMENT ON COLUMN horizon_participations.role IS 'Role in the project as CORDIS writes it.';
COMMENT ON COLUMN horizon_participations.has_left IS
    'The organisation left the project before its end (endOfParticipation); null when the file does not say.';
COMMENT ON COLUMN horizon_participations.activity_type IS
    'HES, REC, PRC, PUB or OTH as CORDIS writes it: education, research, private for profit, public body, other.';
COMMENT ON COLUMN horizon_participations.is_sme IS 'A small or medium-sized enterprise.';
COMMENT ON COLUMN horizon_participations.eu_contribution_eur IS
    'EU contribution in euro, summed over the rows of the organisation in the project.';

CREATE TABLE check_results (
    check_id VARCHAR PRIMARY KEY,
    title VARCHAR NOT NULL,
    because VARCHAR NOT NULL,
    severity VARCHAR NOT NULL CHECK (severity IN ('error', 'warning')),
    rows_found BIGINT NOT NULL,
    passed BOOLEAN NOT NULL
);
COMMENT ON TABLE check_results IS 'Result of every declared data check of this build.';
COMMENT ON COLUMN check_results.check_id IS 'Id in data/checks.toml.';
COMMENT ON COLUMN check_results.title IS 'What is checked.';
COMMENT ON COLUMN check_results.because IS 'Why.';
COMMENT ON COLUMN check_results.severity IS 'error stops the build.';
COMMENT ON COLUMN check_results.rows_found IS 'Rows that fail the check.';
COMMENT ON COLUMN check_results.passed IS 'No row fails it.';

CREATE TABLE field_coverage (
    table_name VARCHAR NOT NULL,
    field VARCHAR NOT NULL,
    side VARCHAR CHECK (side IN ('EU', 'US', 'BOTH', 'OTHER')),
    row_count BIGINT NOT NULL,
    filled_count BIGINT NOT NULL,
    typed_missing_count BIGINT NOT NULL
);
COMMENT ON TABLE field_coverage IS
    'How many rows have a value, for every column that may be blank; computed by the build.';
COMMENT ON COLUMN field_coverage.table_name IS 'Table.';
COMMENT ON COLUMN field_coverage.field IS 'Column that may be blank.';
COMMENT ON COLUMN field_coverage.side IS
    'Side of the Atlantic by the EU membership of 2017, the United Kingdom included; null for a table without sides.';
COMMENT ON COLUMN field_coverage.row_count IS 'Rows of the table on that side.';
COMMENT ON COLUMN field_coverage.filled_count IS 'Rows with a value.';
COMMENT ON COLUMN field_coverage.typed_missing_count IS 'Rows without a value whose reason is in missing_values.';

CREATE TABLE view_sql (
    name VARCHAR PRIMARY KEY,
    sql VARCHAR NOT NULL
);
COMMENT ON TABLE view_sql IS 'The SQL of every view and register, so that a figure can show how it is computed.';
COMMENT ON COLUMN view_sql.name IS 'Name of the view or register.';
COMMENT ON COLUMN view_sql.sql IS 'The statement that creates it.';

CREATE TABLE build_info (
    built_at TIMESTAMP NOT NULL,
    build_id VARCHAR NOT NULL,
    release_id VARCHAR,
    schema_version INTEGER NOT NULL,
    source_hashes JSON NOT NULL
);
COMMENT ON TABLE build_info IS 'One row about this build.';
COMMENT ON COLUMN build_info.built_at IS 'Time of the build, UTC.';
COMMENT ON COLUMN build_info.build_id IS 'Hash of all inputs.';
COMMENT ON COLUMN build_info.release_id IS 'Release whose facts these are; null when facts have changed since.';
COMMENT ON COLUMN build_info.schema_version IS 'Version the app expects.';
COMMENT ON COLUMN build_info.source_hashes IS 'SHA-256 of every input file.';
