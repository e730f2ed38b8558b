-- Horizon projects with US participation: themes, sides and links.

-- CORDIS does not use our themes. These patterns assign them; they are applied to the paths of the European Science
-- Vocabulary, to codes and titles of topics and to keywords, as far as a file has them. A project that matches none is
-- not classified. A code of a topic of Horizon 2020, such as PHC-01-2014, leads to a theme where the topics of its kind,
-- those for small enterprises aside, belong to a programme of that theme by the CORDIS reference data: PHC and HCO to
-- health, LCE and EE to energy, NFRP to nuclear energy, EINFRA to ICT-based e-infrastructures, GALILEO and PROTEC to space.
CREATE TABLE horizon_theme_patterns AS
SELECT * FROM (VALUES
    ('water', '\b(water|wastewater|desalination|hydrolog\w*|irrigation)\b'),
    ('energy', '\b(energy|energies|fuels?|photovoltaics?|batter(y|ies)|hydrogen|nuclear fusion|smart grids?'
        '|(lce|ee|nfrp) \d+)\b'),
    ('aerospace', '\b(aerospace|aeronautic\w*|aircraft|aviation|satellites?|space (science|technology|exploration)\w*'
        '|space weather|astronautic\w*|(galileo|protec) \d+)\b'),
    ('biotechnology', '\b(biotechnolog\w*|bioprocess\w*|synthetic biology|genetic engineering|bioeconomy)\b'),
    ('ict', '\b(ict|computer (science|and information sciences)\w*|software|artificial intelligence|machine learning'
        '|data science|cybersecurity|internet of things|telecommunications?|quantum comput\w*|einfra \d+)\b'),
    ('health', '\b(health|medicine|medical|clinical|cancer|oncolog\w*|diseases?|vaccin\w*|pharma\w*'
        '|neuroscience\w*|diabetes|biomedical|(phc|hco) \d+)\b'),
    ('materials', '\b(materials? (engineering|science|sciences)|nanomaterials?|nanotechnolog\w*|composites|graphene'
        '|polymers?|biomaterials?|(advanced|novel|critical|raw) materials|materials based)\b'),
    ('maritime', '\b(maritime|marine|oceans?|oceanograph\w*|shipping|offshore|blue growth)\b'),
    ('agri-food', '\b(agricultur\w*|agronom\w*|food|crops?|livestock|fisher(y|ies)|aquaculture)\b'),
    ('mobility', '\b(mobility|transport|vehicles?|automotive|railways?|traffic)\b'),
    ('construction', '\b(construction|civil engineering|buildings|(green|smart|sustainable) building|architecture engineering)'
        '\b'),
    ('manufacturing', '\b(manufacturing|robot(s|ics)?|additive manufacturing|industry 4\.0|automation)\b'),
    ('environment', '\b(climat\w*|environment(al)? (sciences?|engineering|impacts?|risks?|protection)|greenhouse gas(es)?|pollution|biodiversity|ecolog\w*|ecosystems?'
        '|circular economy)\b'),
    ('creative-and-sport', '\b(arts|music|museums?|cultural heritage|creative industries|sports?)\b')
) patterns (theme_id, pattern)
SEMI JOIN sectors ON sector_id = theme_id;
COMMENT ON TABLE horizon_theme_patterns IS
    'Patterns that assign themes to Horizon projects; they are ours, not from CORDIS.';
COMMENT ON COLUMN horizon_theme_patterns.theme_id IS 'Theme.';
COMMENT ON COLUMN horizon_theme_patterns.pattern IS
    'Regular expression, applied to science fields, topics, their titles and keywords in lower case.';

CREATE TABLE horizon_project_themes AS
SELECT horizon_project_id, theme_id, 'assigned' AS basis
FROM (
    -- Hyphens, underscores and slashes separate words in paths and codes.
    SELECT horizon_project_id,
        regexp_replace(lower(concat_ws(' ; ', science_fields, topics, topic_titles, keywords)), '[-_/]', ' ', 'g')
            AS text
    FROM horizon_projects
) JOIN horizon_theme_patterns ON regexp_matches(text, pattern);
COMMENT ON TABLE horizon_project_themes IS 'Themes of Horizon projects; a project may have several, or none.';
COMMENT ON COLUMN horizon_project_themes.basis IS 'Always assigned: by our patterns.';

CREATE VIEW horizon_participation_register AS
SELECT p.* EXCLUDE (has_left), c.name AS country, c.side, h.programme, year(h.start_on) AS year
FROM horizon_participations p JOIN horizon_projects h USING (horizon_project_id)
LEFT JOIN countries c USING (country_code)
WHERE NOT coalesce(has_left, false);
COMMENT ON VIEW horizon_participation_register IS
    'Participations with country, side, programme and year, without organisations that have left the project.';
COMMENT ON COLUMN horizon_participation_register.country IS 'Name of the country; null when it is not in countries.';
COMMENT ON COLUMN horizon_participation_register.year IS 'Year in which the project begins.';

CREATE TABLE horizon_project_register AS
WITH parties AS (
    SELECT
        horizon_project_id,
        count(*) AS participant_count,
        count(*) FILTER (side = 'US') AS us_participant_count,
        count(*) FILTER (side = 'EU') AS eu_participant_count,
        coalesce(list_sort(list(DISTINCT country_code) FILTER (side = 'EU')), []) AS eu_country_codes,
        coalesce(list_sort(list(DISTINCT country_code) FILTER (country_code IS NOT NULL)), []) AS country_codes,
        bool_or(country_code IS NULL AND country_stated IS NULL) AS has_blank_country
    FROM horizon_participation_register GROUP BY ALL
),
themes AS (SELECT horizon_project_id, list_sort(list(theme_id)) AS theme_ids FROM horizon_project_themes GROUP BY ALL)
SELECT
    h.*, coalesce(title, acronym) AS name, year(start_on) AS year, participant_count, us_participant_count, eu_participant_count,
    eu_country_codes, country_codes,
    coalesce(theme_ids, []) AS theme_ids,
    CASE WHEN theme_ids IS NULL THEN (SELECT list_sort(list(sector_id)) FROM sectors WHERE scheme = 'theme') ELSE [] END
        AS possible_theme_ids,
    CASE WHEN has_blank_country THEN (SELECT list_sort(list(country_code)) FROM countries) ELSE [] END
        AS possible_country_codes,
    []::VARCHAR[] AS not_applicable, NULL::DATE AS earliest_on, NULL::DATE AS latest_on
FROM horizon_projects h JOIN parties USING (horizon_project_id) LEFT JOIN themes USING (horizon_project_id);
COMMENT ON TABLE horizon_project_register IS
    'Horizon projects with US participation, with counts of participants and themes.';
COMMENT ON COLUMN horizon_project_register.name IS 'Title, or the acronym where the file has no title.';
COMMENT ON COLUMN horizon_project_register.year IS 'Year in which the project begins.';
COMMENT ON COLUMN horizon_project_register.participant_count IS
    'Organisations that take part, without those that have left.';
COMMENT ON COLUMN horizon_project_register.us_participant_count IS
    'Organisations in the United States and its territories.';
COMMENT ON COLUMN horizon_project_register.eu_participant_count IS 'Organisations on the EU side (membership of 2017).';
COMMENT ON COLUMN horizon_project_register.eu_country_codes IS 'Countries of the EU side that take part.';
COMMENT ON COLUMN horizon_project_register.country_codes IS 'Countries that take part, of any side.';
COMMENT ON COLUMN horizon_project_register.theme_ids IS 'Themes assigned by our patterns; empty when not classified.';
COMMENT ON COLUMN horizon_project_register.possible_theme_ids IS
    'Themes that it may have: all, when it is not classified.';
COMMENT ON COLUMN horizon_project_register.possible_country_codes IS
    'Countries that may take part beside those of country_codes: all, when an organisation has none.';
COMMENT ON COLUMN horizon_project_register.earliest_on IS
    'Day before which it cannot have begun: not known of any project without a date.';
COMMENT ON COLUMN horizon_project_register.latest_on IS
    'Day after which it cannot have begun: not known of any project without a date.';
COMMENT ON COLUMN horizon_project_register.not_applicable IS 'Filters that make no sense for it: none.';

CREATE TABLE horizon_organisations AS
SELECT
    participant_id, side,
    -- The name in the latest project, because CORDIS spells an organisation in several ways.
    arg_max(organisation_name, (coalesce(year, 0), organisation_name)) AS organisation_name,
    arg_max(country_code, (coalesce(year, 0), country_code)) AS country_code
FROM horizon_participation_register
WHERE side IN ('EU', 'US')
GROUP BY participant_id, side
ORDER BY organisation_name, participant_id;
COMMENT ON TABLE horizon_organisations IS
    'Organisations of the EU side (membership of 2017) and of the United States in these projects, by CORDIS number.';
COMMENT ON COLUMN horizon_organisations.organisation_name IS 'Name in the latest project.';
COMMENT ON COLUMN horizon_organisations.country_code IS 'Country in the latest project.';
