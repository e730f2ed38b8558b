-- Definitions of terms, each in one view that all queries use.
-- What many views, pages and checks read is a table: a published database never changes, and for data of this size
-- DuckDB plans a view inside a view for longer than it reads a table (decision 44).

-- ---------------------------------------------------------------- organisations today

CREATE TABLE current_organisations AS
WITH RECURSIVE chain AS (
    SELECT organisation_id, organisation_id AS current_id FROM organisations
    UNION
    SELECT c.organisation_id, o.successor_id
    FROM chain c JOIN organisations o ON o.organisation_id = c.current_id
    WHERE o.successor_id IS NOT NULL
)
SELECT c.organisation_id, c.current_id
FROM chain c JOIN organisations o ON o.organisation_id = c.current_id
WHERE o.successor_id IS NULL;
COMMENT ON TABLE current_organisations IS
    'Every organisation with its current one: itself, or the last of its successors.';
COMMENT ON COLUMN current_organisations.organisation_id IS 'Organisation as recorded.';
COMMENT ON COLUMN current_organisations.current_id IS
    'The organisation it was finally merged into; itself when it was not merged.';

-- ---------------------------------------------------------------- ESCP-4i partnerships and the USA

CREATE VIEW escp4i_partnerships AS
SELECT project_id, generation FROM projects WHERE programme = 'ESCP-4i' AND generation IS NOT NULL;
COMMENT ON VIEW escp4i_partnerships IS
    'ESCP-4i partnerships by generation. The partnerships of the defence call of 2017 have a generation too, but '
    'another programme, and are not counted.';
COMMENT ON COLUMN escp4i_partnerships.project_id IS 'Project.';
COMMENT ON COLUMN escp4i_partnerships.generation IS 'Generation of ESCP-4i, from 1.';

CREATE VIEW project_usa_targets AS
SELECT
    project_id,
    CASE
        WHEN EXISTS (FROM project_targets t WHERE t.project_id = p.project_id AND t.country_code = 'US') THEN 'listed'
        WHEN target_list = 'complete' THEN 'not listed'
        ELSE 'unknown'
    END AS targets_usa
FROM projects p
WHERE target_list <> 'not applicable';
COMMENT ON VIEW project_usa_targets IS
    'Whether a project lists the USA among its target countries; a partial or unknown list without the USA is '
    'unknown, never no.';
COMMENT ON COLUMN project_usa_targets.targets_usa IS 'listed, not listed (the list is complete) or unknown.';

CREATE VIEW usa_share AS
WITH
-- The counted numerator: first-generation partnerships that list the USA.
counted AS (
    SELECT count(*)::INTEGER AS listing
    FROM project_usa_targets JOIN escp4i_partnerships USING (project_id)
    WHERE generation = 1 AND targets_usa = 'listed'
),
-- Numbers that a source prints are read from figures, not repeated here.
stated AS (
    SELECT
        max(value) FILTER (figure_id = 'escp4i-usa-top-target-share') AS printed_percent,
        max(value) FILTER (figure_id = 'escp4i-gen1-partnerships-final')::INTEGER AS final_total,
        max(value) FILTER (figure_id = 'escp4i-gen1-partnerships-at-launch')::INTEGER AS launch_total,
        max(value) FILTER (figure_id = 'escp4i-gen2-survey-respondents')::INTEGER AS gen2_answers,
        max(value) FILTER (figure_id = 'escp4i-gen2-survey-usa')::INTEGER AS gen2_usa
    FROM figures
),
-- The fraction k / n that rounds to the printed percentage: only one does for n up to 26, the largest printed total.
inferred AS (
    SELECT k::INTEGER AS k, n::INTEGER AS n
    FROM range(1, 27) denominators (n), range(1, 27) numerators (k), stated
    WHERE k <= n AND round(100.0 * k / n, 2) = printed_percent
    ORDER BY n LIMIT 1
),
readings AS (
    SELECT 1 AS position, 'gen1-listed-of-final' AS measure_id,
        'Generation 1: list the USA as a target, of the final count' AS label,
        listing AS numerator, final_total AS denominator, 'counted' AS basis,
        'ESCP-4i partnerships of the first generation, final count' AS population,
        'At least: Table 1 of D3.5 holds only partnerships that target the USA, and this presumes that it holds all '
        'of them.' AS note
    FROM counted, stated
    UNION ALL
    SELECT 2, 'gen1-listed-of-launch', 'Generation 1: list the USA as a target, of those at launch, if none joined later',
        listing, launch_total, 'counted', 'ESCP-4i partnerships of the first generation at launch, March 2016',
        'The same partnerships over the smaller number published at the launch. One joined later: if it is among '
        'those counted, this reading is too high.'
    FROM counted, stated
    UNION ALL
    SELECT 3, 'printed-47', 'Generation 1: the USA is the top target, as printed',
        NULL, NULL, 'printed', 'ESCP-4i projects that answered a survey; their number is not printed',
        'D3.5 prints the percentage without numerator or denominator. It is a survey answer, not a count of listed '
        'targets.'
    UNION ALL
    SELECT 4, 'gen1-inferred-9-of-19', 'Generation 1: what the printed share may stand for',
        k, n, 'inferred', 'survey answers, if the printed share comes from at most 26 partnerships',
        'No other fraction with a denominator of up to 26, the largest number of partnerships in print, rounds to '
        'the printed percentage. An inference of ours, not a statement of a source.'
    FROM inferred
    UNION ALL
    SELECT 5, 'gen2-survey', 'Generation 2: chose the USA in a survey',
        gen2_usa, gen2_answers, 'printed',
        'ESCP-4i partnerships of the second generation that answered the consultation of 2018',
        'A survey answer. Most of the second-generation partnerships known here list the USA as a target, which is a '
        'different question.'
    FROM stated
)
SELECT
    measure_id, label, numerator, denominator,
    CASE WHEN measure_id = 'printed-47' THEN round(printed_percent / 100, 4) ELSE numerator / denominator END AS share,
    basis, population, note
FROM readings, stated
ORDER BY position;
COMMENT ON VIEW usa_share IS
    'Every reading of the share of ESCP-4i projects that target the USA, one row each; they answer different '
    'questions and are never mixed.';
COMMENT ON COLUMN usa_share.measure_id IS 'Id of the reading; citations use it as record_id.';
COMMENT ON COLUMN usa_share.label IS 'Name of the reading.';
COMMENT ON COLUMN usa_share.numerator IS 'k, null where none is printed.';
COMMENT ON COLUMN usa_share.denominator IS 'n, null where none is printed.';
COMMENT ON COLUMN usa_share.share IS 'A fraction between 0 and 1.';
COMMENT ON COLUMN usa_share.basis IS
    'printed: a source prints the share or both numbers; counted: k is counted in project_targets; inferred: ours.';
COMMENT ON COLUMN usa_share.population IS 'Of whom n is the number.';
COMMENT ON COLUMN usa_share.note IS 'What the reading presumes.';

CREATE VIEW escp4i_generations AS
SELECT
    generation,
    count(*) AS known_count,
    -- No source gives a total for the third and fourth generation.
    (SELECT value::INTEGER FROM figures WHERE figure_id = CASE p.generation
        WHEN 1 THEN 'escp4i-gen1-partnerships-final' WHEN 2 THEN 'escp4i-gen2-partnerships' END) AS total_count,
    count(*) FILTER (targets_usa = 'listed') AS listed_count,
    count(*) FILTER (targets_usa = 'not listed') AS not_listed_count,
    count(*) FILTER (targets_usa = 'unknown') AS unknown_count,
    count(*) FILTER (EXISTS (FROM project_members m WHERE m.project_id = p.project_id)) AS with_members_count
FROM escp4i_partnerships p JOIN project_usa_targets USING (project_id)
GROUP BY generation ORDER BY generation;
COMMENT ON VIEW escp4i_generations IS
    'ESCP-4i partnerships known here by generation, with the total where a source gives one, and what is known about '
    'their targets.';
COMMENT ON COLUMN escp4i_generations.known_count IS 'Partnerships known here.';
COMMENT ON COLUMN escp4i_generations.total_count IS
    'Partnerships of the generation by a cited figure; null where none is known.';
COMMENT ON COLUMN escp4i_generations.listed_count IS 'List the USA as a target.';
COMMENT ON COLUMN escp4i_generations.not_listed_count IS 'Have a complete list without the USA.';
COMMENT ON COLUMN escp4i_generations.unknown_count IS
    'Have a partial or unknown list without the USA: never counted as no.';
COMMENT ON COLUMN escp4i_generations.with_members_count IS 'Have at least one known member.';

-- ---------------------------------------------------------------- sectors and themes

CREATE VIEW sector_themes AS
SELECT sector_id, sector_id AS theme_id, false AS via_crosswalk FROM sectors WHERE scheme = 'theme'
UNION ALL
SELECT sector_id, parent_id, false FROM sectors WHERE scheme = 'sub_sector' AND parent_id IS NOT NULL
UNION ALL
SELECT traded_cluster_id, theme_id, true FROM sector_links;
COMMENT ON VIEW sector_themes IS
    'Themes of every sector: a theme is its own, a sub-sector has its parent, a traded cluster the themes of our '
    'crosswalk (sector_links).';
COMMENT ON COLUMN sector_themes.sector_id IS 'Sector of either scheme.';
COMMENT ON COLUMN sector_themes.theme_id IS 'Theme it belongs to.';
COMMENT ON COLUMN sector_themes.via_crosswalk IS
    'True when the theme comes from sector_links, which is our assignment.';

CREATE VIEW own_sectors AS
SELECT 'organisations' AS table_name, organisation_id AS record_id, sector_id, basis FROM organisation_sectors
UNION ALL SELECT 'projects', project_id, sector_id, basis FROM project_sectors
UNION ALL SELECT 'cooperations', cooperation_id, sector_id, basis FROM cooperation_sectors
UNION ALL SELECT 'events', event_id, sector_id, basis FROM event_sectors
UNION ALL SELECT 'policies', policy_id, sector_id, basis FROM policy_sectors
UNION ALL SELECT 'success_stories', story_id, sector_id, basis FROM story_sectors
UNION ALL SELECT 'opportunities', opportunity_id, sector_id, 'stated' FROM opportunities;
COMMENT ON VIEW own_sectors IS 'Sectors recorded for each record itself.';
COMMENT ON COLUMN own_sectors.table_name IS 'Table of the record.';
COMMENT ON COLUMN own_sectors.record_id IS 'Id of the record.';

CREATE TABLE record_sectors AS
WITH related AS (
    SELECT 'cooperations' AS table_name, cooperation_id AS record_id,
        'organisations' AS from_table, organisation_id AS from_id
    FROM cooperation_parties WHERE organisation_id IS NOT NULL
    UNION ALL
    SELECT 'cooperations', cooperation_id, 'projects', project_id
    FROM cooperation_parties WHERE project_id IS NOT NULL
    UNION ALL
    SELECT 'events', event_id, 'projects', project_id FROM event_projects
)
SELECT table_name, record_id, sector_id, basis, NULL AS inherited_from FROM own_sectors
UNION ALL
SELECT DISTINCT r.table_name, r.record_id, o.sector_id, 'assigned',
    CASE r.table_name WHEN 'events' THEN 'projects' ELSE 'parties' END
FROM related r JOIN own_sectors o ON o.table_name = r.from_table AND o.record_id = r.from_id
WHERE NOT EXISTS (FROM own_sectors own WHERE own.table_name = r.table_name AND own.record_id = r.record_id);
COMMENT ON TABLE record_sectors IS
    'Sectors of a record: its own, else those of the parties (cooperations) or of the projects (events).';
COMMENT ON COLUMN record_sectors.table_name IS 'Table of the record.';
COMMENT ON COLUMN record_sectors.record_id IS 'Id of the record.';
COMMENT ON COLUMN record_sectors.basis IS 'stated or assigned; an inherited sector is assigned.';
COMMENT ON COLUMN record_sectors.inherited_from IS 'parties or projects; null for a sector of its own.';

-- The crosswalk is used only for records without a theme of their own, because traded clusters are broad:
-- through Environmental Services, every water cluster would become an energy cluster too.
CREATE TABLE theme_assignments AS
WITH holders AS (
    SELECT table_name, record_id, sector_id, basis, inherited_from FROM record_sectors
    UNION ALL
    -- An organisation as it is today has the sectors of the organisations merged into it as well.
    SELECT DISTINCT 'current_organisations', current_id, sector_id, NULL, NULL
    FROM organisation_sectors JOIN current_organisations USING (organisation_id)
)
SELECT table_name, record_id, sector_id, theme_id, basis, inherited_from, via_crosswalk
FROM holders JOIN sector_themes USING (sector_id)
QUALIFY NOT via_crosswalk OR bool_and(via_crosswalk) OVER (PARTITION BY table_name, record_id);
COMMENT ON TABLE theme_assignments IS
    'Themes of every record and of every current organisation, with the sector each comes from: those of its themes '
    'and sub-sectors, and only where it has neither, those of its traded clusters by the crosswalk.';
COMMENT ON COLUMN theme_assignments.table_name IS
    'Table of the record; current_organisations for organisations with their merged predecessors.';
COMMENT ON COLUMN theme_assignments.record_id IS 'Id of the record.';
COMMENT ON COLUMN theme_assignments.basis IS
    'stated or assigned, as in record_sectors; null for current_organisations.';

CREATE TABLE record_themes AS
SELECT
    table_name, record_id, theme_id,
    CASE WHEN bool_or(basis = 'stated' AND NOT via_crosswalk) THEN 'stated' ELSE 'assigned' END AS basis,
    min(inherited_from) AS inherited_from
FROM theme_assignments WHERE table_name <> 'current_organisations'
GROUP BY ALL;
COMMENT ON TABLE record_themes IS
    'Themes of every record: those recorded for it, else those of its traded clusters by the crosswalk; a theme that '
    'is both stated and assigned is stated.';
COMMENT ON COLUMN record_themes.table_name IS 'Table of the record.';
COMMENT ON COLUMN record_themes.record_id IS 'Id of the record.';
COMMENT ON COLUMN record_themes.theme_id IS 'Theme.';
COMMENT ON COLUMN record_themes.basis IS
    'stated: a source names it; assigned: by us, or by the crosswalk from a traded cluster.';
COMMENT ON COLUMN record_themes.inherited_from IS 'parties or projects; null for a theme of its own.';

CREATE VIEW organisation_themes AS
SELECT record_id AS organisation_id, theme_id, basis FROM record_themes WHERE table_name = 'organisations';
COMMENT ON VIEW organisation_themes IS 'Themes of organisations: their own, else those of their traded clusters.';

CREATE VIEW project_themes AS
SELECT record_id AS project_id, theme_id, basis FROM record_themes WHERE table_name = 'projects';
COMMENT ON VIEW project_themes IS 'Themes of projects.';

CREATE VIEW cooperation_themes AS
SELECT record_id AS cooperation_id, theme_id, basis, inherited_from
FROM record_themes WHERE table_name = 'cooperations';
COMMENT ON VIEW cooperation_themes IS 'Themes of cooperations: their own, else their parties''.';

CREATE VIEW event_themes AS
SELECT record_id AS event_id, theme_id, basis, inherited_from FROM record_themes WHERE table_name = 'events';
COMMENT ON VIEW event_themes IS 'Themes of events: their own, else their projects''.';

CREATE VIEW policy_themes AS
SELECT record_id AS policy_id, theme_id, basis FROM record_themes WHERE table_name = 'policies';
COMMENT ON VIEW policy_themes IS 'Themes of policy instruments.';

-- ---------------------------------------------------------------- readable names, citations

CREATE VIEW project_labels AS
SELECT project_id, coalesce(acronym, name) AS label FROM projects;
COMMENT ON VIEW project_labels IS 'The short name of a project: its acronym, else its name.';
COMMENT ON COLUMN project_labels.label IS 'Short name.';

CREATE VIEW party_labels AS
SELECT p.*, coalesce(o.name, l.label, p.party_stated) AS label
FROM cooperation_parties p
LEFT JOIN organisations o USING (organisation_id)
LEFT JOIN project_labels l USING (project_id);
COMMENT ON VIEW party_labels IS 'Parties of cooperations with a readable name.';
COMMENT ON COLUMN party_labels.label IS 'Name of the organisation or project, else the wording of the source.';

-- Most programmes are policy instruments, with the same id; the others have no table, and their id is put in words.
CREATE VIEW figure_subjects AS
SELECT f.figure_id, coalesce(p.name, s.name, upper(f.subject_id[1]) || replace(f.subject_id[2:], '-', ' ')) AS subject
FROM figures f
LEFT JOIN policies p ON f.subject_type = 'programme' AND p.policy_id = f.subject_id
LEFT JOIN sectors s ON f.subject_type = 'sector' AND s.sector_id = f.subject_id
WHERE f.subject_type IN ('programme', 'sector');
COMMENT ON VIEW figure_subjects IS 'Figures about programmes and sectors, with the name of their subject.';
COMMENT ON COLUMN figure_subjects.figure_id IS 'Figure.';
COMMENT ON COLUMN figure_subjects.subject IS 'Name of the programme or sector.';

CREATE TABLE record_labels AS
WITH
main_records AS (
    SELECT 'organisations' AS table_name, organisation_id AS record_id, name AS label FROM organisations
    UNION ALL SELECT 'projects', project_id, label FROM project_labels
    UNION ALL SELECT 'cooperations', cooperation_id, title FROM cooperations
    UNION ALL SELECT 'events', event_id, name FROM events
    UNION ALL SELECT 'policies', policy_id, name FROM policies
    UNION ALL SELECT 'success_stories', story_id, title FROM success_stories
),
-- Rows that belong to a main record: their label is that of the record and a detail.
details AS (
    SELECT 'organisation_countries' AS table_name, concat_ws('|', organisation_id, country_code) AS record_id,
        'organisations' AS main_table, organisation_id AS main_id, name AS detail
    FROM organisation_countries JOIN countries USING (country_code)
    UNION ALL
    SELECT 'organisation_aliases', concat_ws('|', organisation_id, alias), 'organisations', organisation_id, alias
    FROM organisation_aliases
    UNION ALL
    SELECT 'organisation_ends', organisation_id, 'organisations', organisation_id, how FROM organisation_ends
    UNION ALL
    SELECT 'organisation_sectors', concat_ws('|', organisation_id, sector_id), 'organisations', organisation_id, name
    FROM organisation_sectors JOIN sectors USING (sector_id)
    UNION ALL SELECT 'project_aliases', concat_ws('|', project_id, alias), 'projects', project_id, alias
    FROM project_aliases
    UNION ALL SELECT 'project_targets', concat_ws('|', project_id, country_code), 'projects', project_id, name
    FROM project_targets JOIN countries USING (country_code)
    UNION ALL
    SELECT 'project_members', concat_ws('|', project_id, organisation_id, role),
        'projects', project_id, name || ' (' || role || ')'
    FROM project_members JOIN organisations USING (organisation_id)
    UNION ALL SELECT 'project_countries', concat_ws('|', project_id, country_code), 'projects', project_id, name
    FROM project_countries JOIN countries USING (country_code)
    UNION ALL SELECT 'project_sectors', concat_ws('|', project_id, sector_id), 'projects', project_id, name
    FROM project_sectors JOIN sectors USING (sector_id)
    UNION ALL
    SELECT 'cooperation_parties', concat_ws('|', cooperation_id, party_order), 'cooperations', cooperation_id, label
    FROM party_labels
    UNION ALL
    SELECT 'cooperation_party_countries', concat_ws('|', cooperation_id, party_order, country_code), 'cooperations',
        cooperation_id, label || ': ' || name
    FROM cooperation_party_countries JOIN party_labels USING (cooperation_id, party_order)
    JOIN countries USING (country_code)
    UNION ALL
    SELECT 'cooperation_party_regions', concat_ws('|', cooperation_id, party_order, region_code), 'cooperations',
        cooperation_id, label || ': ' || name
    FROM cooperation_party_regions JOIN party_labels USING (cooperation_id, party_order)
    JOIN regions USING (region_code)
    UNION ALL
    SELECT 'cooperation_renewals', r.cooperation_id, 'cooperations', r.cooperation_id, 'renews ' || title
    FROM cooperation_renewals r JOIN cooperations c ON c.cooperation_id = renewed_cooperation_id
    UNION ALL
    SELECT 'cooperation_sectors', concat_ws('|', cooperation_id, sector_id), 'cooperations', cooperation_id, name
    FROM cooperation_sectors JOIN sectors USING (sector_id)
    UNION ALL SELECT 'story_partners', concat_ws('|', story_id, partner_order), 'success_stories', story_id, name
    FROM story_partners JOIN organisations USING (organisation_id)
    UNION ALL SELECT 'story_cooperations', concat_ws('|', story_id, cooperation_id), 'success_stories', story_id, title
    FROM story_cooperations JOIN cooperations USING (cooperation_id)
    UNION ALL SELECT 'story_sectors', concat_ws('|', story_id, sector_id), 'success_stories', story_id, name
    FROM story_sectors JOIN sectors USING (sector_id)
    UNION ALL
    SELECT 'event_places', concat_ws('|', event_id, sequence),
        'events', event_id, coalesce(place, country_code, 'place unknown')
    FROM event_places
    UNION ALL
    SELECT 'event_projects', concat_ws('|', event_id, project_id, role),
        'events', event_id, label || ' (' || role || ')'
    FROM event_projects JOIN project_labels USING (project_id)
    UNION ALL
    SELECT 'event_organisations', concat_ws('|', event_id, organisation_id, role),
        'events', event_id, name || ' (' || role || ')'
    FROM event_organisations JOIN organisations USING (organisation_id)
    UNION ALL SELECT 'event_sectors', concat_ws('|', event_id, sector_id), 'events', event_id, name
    FROM event_sectors JOIN sectors USING (sector_id)
    UNION ALL
    SELECT 'event_policies', concat_ws('|', event_id, policy_id), 'events', event_id, name || ' (' || role || ')'
    FROM event_policies JOIN policies USING (policy_id)
    UNION ALL SELECT 'policy_countries', concat_ws('|', policy_id, country_code), 'policies', policy_id, c.name
    FROM policy_countries JOIN countries c USING (country_code)
    UNION ALL SELECT 'policy_projects', project_id, 'projects', project_id, 'policy instrument' FROM policy_projects
    UNION ALL SELECT 'policy_sectors', concat_ws('|', policy_id, sector_id), 'policies', policy_id, name
    FROM policy_sectors JOIN sectors USING (sector_id)
    UNION ALL SELECT 'activities', activity_id, 'projects', project_id, coalesce(description, cell || ': not available')
    FROM activities
)
SELECT table_name, record_id, label FROM main_records
UNION ALL
SELECT d.table_name, d.record_id, m.label || ': ' || d.detail
FROM details d JOIN main_records m ON m.table_name = d.main_table AND m.record_id = d.main_id
UNION ALL
SELECT 'figures', figure_id, coalesce(m.label, s.subject) || ': ' || measure
FROM figures f
LEFT JOIN main_records m ON m.table_name = f.subject_type || 's' AND m.record_id = f.subject_id
LEFT JOIN figure_subjects s USING (figure_id)
UNION ALL
SELECT 'opportunities', opportunity_id, name || ': ' || statement FROM opportunities JOIN sectors USING (sector_id)
UNION ALL
SELECT 'usa_share', measure_id, label FROM usa_share;
COMMENT ON TABLE record_labels IS 'A readable name for every record that must be cited.';
COMMENT ON COLUMN record_labels.table_name IS 'Table of the record, or usa_share.';
COMMENT ON COLUMN record_labels.record_id IS 'Key values of the record joined by |, as in citations.';
COMMENT ON COLUMN record_labels.label IS 'Readable name.';

-- ---------------------------------------------------------------- what a source is worth for a fact

-- The bodies that a fact is about. A page is official about its owner, and press about anybody else.
CREATE VIEW fact_subjects AS
WITH
project_bodies AS (
    SELECT project_id, 'project' AS kind, project_id AS id FROM projects
    UNION ALL
    SELECT project_id, 'organisation', lead_organisation_id FROM projects WHERE lead_organisation_id IS NOT NULL
),
cooperation_bodies AS (
    SELECT cooperation_id, 'organisation' AS kind, organisation_id AS id
    FROM cooperation_parties WHERE organisation_id IS NOT NULL
    UNION ALL SELECT cooperation_id, b.kind, b.id FROM cooperation_parties JOIN project_bodies b USING (project_id)
),
event_bodies AS (
    SELECT event_id, 'event' AS kind, event_id AS id FROM events
    UNION ALL SELECT event_id, 'organisation', organisation_id FROM event_organisations
    UNION ALL SELECT event_id, b.kind, b.id FROM event_projects JOIN project_bodies b USING (project_id)
),
main_records AS (
    SELECT DISTINCT table_name, record_id, split_part(record_id, '|', 1) AS main_id FROM citations
)
SELECT table_name, record_id, 'organisation' AS kind, main_id AS id
FROM main_records WHERE starts_with(table_name, 'organisation')
UNION
SELECT table_name, record_id, kind, id FROM main_records JOIN project_bodies ON project_id = main_id
WHERE starts_with(table_name, 'project') OR table_name = 'policy_projects'
UNION
SELECT table_name, record_id, 'organisation', split_part(record_id, '|', 2)
FROM main_records WHERE table_name = 'project_members'
UNION
SELECT 'activities', activity_id, kind, id FROM activities JOIN project_bodies USING (project_id)
UNION
SELECT table_name, record_id, kind, id FROM main_records JOIN cooperation_bodies ON cooperation_id = main_id
WHERE starts_with(table_name, 'cooperation')
UNION
SELECT table_name, record_id, kind, id FROM main_records JOIN event_bodies ON event_id = main_id
WHERE starts_with(table_name, 'event')
UNION
SELECT 'figures', figure_id, subject_type, subject_id FROM figures WHERE subject_type IN ('organisation', 'project')
UNION
SELECT 'figures', figure_id, kind, id
FROM figures JOIN project_bodies ON subject_type = 'project' AND project_id = subject_id
UNION
SELECT 'figures', figure_id, kind, id
FROM figures JOIN cooperation_bodies ON subject_type = 'cooperation' AND cooperation_id = subject_id
UNION
SELECT 'figures', figure_id, kind, id
FROM figures JOIN event_bodies ON subject_type = 'event' AND event_id = subject_id
UNION
SELECT table_name, record_id, 'organisation', organisation_id
FROM main_records JOIN story_partners ON story_id = main_id
WHERE table_name IN ('success_stories', 'story_partners', 'story_cooperations', 'story_sectors');
COMMENT ON VIEW fact_subjects IS
    'The bodies that a cited record is about: organisations, projects with their leads, parties of a cooperation, '
    'those who take part in an event.';
COMMENT ON COLUMN fact_subjects.table_name IS 'Table of the record.';
COMMENT ON COLUMN fact_subjects.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN fact_subjects.kind IS 'organisation, project or event.';
COMMENT ON COLUMN fact_subjects.id IS 'Its id.';

CREATE TABLE fact_reliability AS
WITH own AS (
    SELECT DISTINCT c.table_name, c.record_id, c.source_id
    FROM citations c
    JOIN source_owners o USING (source_id)
    LEFT JOIN fact_subjects s
        ON s.table_name = c.table_name AND s.record_id = c.record_id AND s.kind = o.owner_kind AND s.id = o.owner_id
    WHERE o.owner_kind = 'authority' OR s.id IS NOT NULL
)
SELECT DISTINCT
    c.table_name, c.record_id, c.source_id,
    CASE
        WHEN s.reliability <> 'official' THEN s.reliability
        WHEN own.source_id IS NOT NULL THEN 'official'
        ELSE 'secondary'
    END AS reliability
FROM citations c
JOIN sources s USING (source_id)
LEFT JOIN own ON own.table_name = c.table_name AND own.record_id = c.record_id AND own.source_id = c.source_id;
COMMENT ON TABLE fact_reliability IS
    'What a source is worth for a fact: an official page is official about its owner, and secondary about anybody '
    'else.';
COMMENT ON COLUMN fact_reliability.table_name IS 'Table of the fact.';
COMMENT ON COLUMN fact_reliability.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN fact_reliability.source_id IS 'Source.';
COMMENT ON COLUMN fact_reliability.reliability IS 'seed, official or secondary, for this fact.';

CREATE VIEW located_citations AS
SELECT * REPLACE (
    CASE WHEN locator IN (
        'page', 'web page', 'pages of the site', 'project page', 'article', 'news item', 'post', 'blog post',
        'press release', 'profile', 'document'
    ) THEN locator || ', place in it not recorded' ELSE locator END AS locator
)
FROM citations;
COMMENT ON VIEW located_citations IS
    'Citations; of those that name only the kind of page, the locator says that no place in it is recorded.';
COMMENT ON COLUMN located_citations.table_name IS 'Table of the fact, or usa_share.';
COMMENT ON COLUMN located_citations.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN located_citations.field IS 'Column that the citation supports; * for the whole row.';
COMMENT ON COLUMN located_citations.source_id IS 'Source.';
COMMENT ON COLUMN located_citations.locator IS 'Section, table, footnote or heading, or that none is recorded.';

CREATE VIEW record_citations AS
WITH of_facts AS (
    SELECT table_name, record_id, field, source_id, locator, reliability
    FROM located_citations JOIN fact_reliability USING (table_name, record_id, source_id)
)
FROM of_facts
UNION ALL
-- Projects that are policy instruments are rows of policy_register, under their project_id.
SELECT policy_table, record_id, field, source_id, locator, reliability
FROM of_facts
JOIN policy_projects ON project_id = split_part(record_id, '|', 1)
JOIN (VALUES
    ('projects', 'policies'), ('policy_projects', 'policies'), ('project_countries', 'policy_countries'),
    ('project_sectors', 'policy_sectors')
) tables (table_name, policy_table) USING (table_name);
COMMENT ON VIEW record_citations IS
    'Citations by the register that shows the record: those of a project that is a policy instrument stand under '
    'policies too.';
COMMENT ON COLUMN record_citations.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN record_citations.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN record_citations.reliability IS 'seed, official or secondary, for this fact.';

CREATE VIEW cited_facts AS
SELECT
    c.table_name, c.record_id, l.label, c.field, c.locator, s.source_id, s.title, s.publisher, s.document_type,
    r.reliability, s.published_on, s.published_precision, s.accessed_on, s.licence, s.url
FROM located_citations c
JOIN sources s USING (source_id)
JOIN fact_reliability r ON r.table_name = c.table_name AND r.record_id = c.record_id AND r.source_id = c.source_id
LEFT JOIN record_labels l ON l.table_name = c.table_name AND l.record_id = c.record_id
UNION ALL
SELECT
    'datasets', dataset_id, d.title, d.gives, d.locator, s.source_id, s.title, s.publisher, s.document_type,
    s.reliability, s.published_on, s.published_precision, s.accessed_on, s.licence, s.url
FROM (SELECT dataset_id, title, gives, locator, u.source_id FROM dataset_sources u JOIN datasets USING (dataset_id)) d
JOIN sources s USING (source_id);
COMMENT ON VIEW cited_facts IS
    'Every citation with its source, what the source is worth for this fact, and a readable name of the record; and the '
    'sources of each shipped data set, with what they give in place of the field.';
COMMENT ON COLUMN cited_facts.label IS 'Readable name of the record.';
COMMENT ON COLUMN cited_facts.reliability IS
    'seed, official or secondary, for this fact: a page is official about its owner only.';

CREATE VIEW seed_records AS
SELECT DISTINCT table_name, record_id FROM record_citations WHERE reliability = 'seed';
COMMENT ON VIEW seed_records IS 'Records that a seed document tells of: at least one citation of theirs is of one.';
COMMENT ON COLUMN seed_records.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN seed_records.record_id IS 'Key values of the record joined by |.';

-- ---------------------------------------------------------------- where rows come from that are not cited one by one

CREATE VIEW row_origins AS
SELECT
    source_id, false AS is_shipped, import_name AS name, format,
    [
        'file ' || input_file || ', imported on ' || strftime(imported_on, '%-d %B %Y'), 'licence: ' || licence,
        'SHA-256 ' || input_sha256[:16] || '…'
    ] AS locators
FROM imports JOIN sources USING (source_id)
UNION ALL
SELECT
    source_id, true, dataset_id, format,
    [
        title || ', ' || period || ', shipped with this dashboard', 'licence: ' || licence,
        'folder data/datasets/' || dataset_id
    ]
FROM (SELECT source_id, dataset_id, format, title, period FROM datasets)
JOIN (SELECT source_id, licence FROM sources) USING (source_id);
COMMENT ON VIEW row_origins IS
    'Where the rows of regional statistics and Horizon projects come from, by the source that they name: an import of '
    'the user or a data set that is shipped.';
COMMENT ON COLUMN row_origins.source_id IS 'Source that the rows name.';
COMMENT ON COLUMN row_origins.is_shipped IS 'A shipped data set, not an import.';
COMMENT ON COLUMN row_origins.name IS 'Name of the import or of the data set.';
COMMENT ON COLUMN row_origins.format IS 'Format of the import or of the data set.';
COMMENT ON COLUMN row_origins.locators IS
    'What it is, its licence, and how to find it: the hash of the file that was imported, or the folder.';

-- ---------------------------------------------------------------- why a value is missing

CREATE VIEW blank_reasons AS
WITH
place_reasons AS (
    SELECT event_id, column_name,
        CASE
            WHEN count(reason) < count(*) THEN NULL
            WHEN bool_and(reason = 'not applicable') THEN 'not applicable'
            ELSE min(reason) FILTER (reason <> 'not applicable')
        END AS reason
    FROM event_places
    CROSS JOIN (VALUES ('place', 'places'), ('country_code', 'countries')) columns (field, column_name)
    LEFT JOIN missing_values m ON m.table_name = 'event_places'
        AND m.record_id = concat_ws('|', event_id, sequence) AND m.field = columns.field
    GROUP BY ALL
)
SELECT table_name, record_id, field AS column_name, reason FROM missing_values WHERE table_name <> 'event_places'
UNION ALL
SELECT table_name, record_id, column_name, reason
FROM missing_values
JOIN (VALUES ('country_code', 'countries'), ('lead_organisation_id', 'lead_name')) columns (field, column_name)
    USING (field)
WHERE table_name <> 'event_places'
UNION ALL
SELECT 'events', event_id, column_name, reason FROM place_reasons WHERE reason IS NOT NULL
UNION ALL
-- As in policies: an instrument of the EU side without a country is one of the EU as a whole.
SELECT 'policies', project_id, 'countries', 'not applicable'
FROM policy_projects ANTI JOIN project_countries USING (project_id) WHERE side = 'EU';
COMMENT ON VIEW blank_reasons IS
    'Why a column of a register is blank, where that is known: the reasons of missing_values, those of the places of '
    'an event for the event, and the instruments of the EU as a whole that are stored as projects.';
COMMENT ON COLUMN blank_reasons.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN blank_reasons.record_id IS 'Key values of the record joined by |.';
COMMENT ON COLUMN blank_reasons.column_name IS
    'Column of the register, or of its table: countries has the reason of country_code.';
COMMENT ON COLUMN blank_reasons.reason IS 'Reason, see terms.';

CREATE TABLE filters_not_applicable AS
WITH pairs AS (
    SELECT table_name, record_id, 'countries' AS filter
    FROM blank_reasons WHERE column_name = 'countries' AND reason = 'not applicable'
    UNION ALL
    SELECT table_name, record_id, 'years'
    FROM blank_reasons WHERE column_name = 'start_on' AND reason = 'not applicable'
    UNION ALL
    -- The side of an event is that of its place: an event on the internet has neither.
    SELECT table_name, record_id, 'sides'
    FROM blank_reasons WHERE table_name = 'events' AND column_name = 'countries' AND reason = 'not applicable'
)
SELECT table_name, record_id, list_sort(list(filter)) AS not_applicable FROM pairs GROUP BY ALL;
COMMENT ON TABLE filters_not_applicable IS
    'Filters whose value makes no sense for a record: such a record does not match them, and is not counted among '
    'those that might, because nothing is unknown.';
COMMENT ON COLUMN filters_not_applicable.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN filters_not_applicable.record_id IS 'Id of the record.';
COMMENT ON COLUMN filters_not_applicable.not_applicable IS
    'Names of the filters that are not applicable to it: countries, sides, years.';
