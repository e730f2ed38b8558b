-- What the lists of a record may lack, so that a filter can tell a record that is known not to match from one that
-- might: a party or a place without a country, a project of which not every member is known, no traded cluster.

CREATE VIEW every_side AS FROM (VALUES ('EU'), ('US'), ('OTHER')) sides (side);
COMMENT ON VIEW every_side IS 'The sides of the Atlantic, and neither.';
COMMENT ON COLUMN every_side.side IS 'Side by the EU membership of 2017, the United Kingdom included.';

CREATE VIEW sector_gaps AS
WITH every_record AS (
    SELECT 'organisations' AS table_name, organisation_id AS record_id FROM organisations
    UNION ALL SELECT 'projects', project_id FROM projects
    UNION ALL SELECT 'cooperations', cooperation_id FROM cooperations
    UNION ALL SELECT 'events', event_id FROM events
    UNION ALL SELECT 'policies', policy_id FROM policies
    UNION ALL SELECT 'success_stories', story_id FROM success_stories
    UNION ALL SELECT 'opportunities', opportunity_id FROM opportunities
),
classified AS (
    SELECT table_name, record_id, 'theme' AS scheme FROM record_themes
    UNION
    SELECT table_name, record_id, scheme
    FROM record_sectors JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster'
),
gaps AS (
    SELECT table_name, record_id, scheme
    FROM every_record CROSS JOIN (VALUES ('theme'), ('traded_cluster')) schemes (scheme)
    ANTI JOIN classified USING (table_name, record_id, scheme)
)
FROM gaps
UNION ALL
SELECT 'policies', project_id, scheme
FROM gaps JOIN policy_projects ON table_name = 'projects' AND record_id = project_id;
COMMENT ON VIEW sector_gaps IS
    'Records without a sector of a scheme. A record with one is taken as classified in that scheme; one with themes '
    'and without a traded cluster may belong to any traded cluster.';
COMMENT ON COLUMN sector_gaps.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN sector_gaps.record_id IS 'Id of the record.';
COMMENT ON COLUMN sector_gaps.scheme IS 'theme or traded_cluster.';

CREATE TABLE organisation_gaps AS
SELECT organisation_id, every_side.side
FROM organisations o
-- A body of neither side may be one of the whole world, with a seat anywhere.
JOIN every_side ON o.side IN (every_side.side, 'OTHER')
ANTI JOIN organisation_countries USING (organisation_id)
ANTI JOIN filters_not_applicable n
    ON n.table_name = 'organisations' AND n.record_id = organisation_id AND list_contains(not_applicable, 'countries')
WHERE country_code IS NULL;
COMMENT ON TABLE organisation_gaps IS 'Organisations without a recorded country, with the sides it may be of.';
COMMENT ON COLUMN organisation_gaps.side IS
    'Side of the country that is missing, by the EU membership of 2017, the United Kingdom included.';

CREATE VIEW project_organisations AS
SELECT project_id, organisation_id, role FROM project_members
UNION
SELECT project_id, lead_organisation_id, 'lead' FROM projects WHERE lead_organisation_id IS NOT NULL;
COMMENT ON VIEW project_organisations IS 'Known members of every project, with its lead.';
COMMENT ON COLUMN project_organisations.project_id IS 'Project.';
COMMENT ON COLUMN project_organisations.organisation_id IS 'Member or lead.';
COMMENT ON COLUMN project_organisations.role IS 'Role in the project, lead for the lead.';

CREATE TABLE project_gaps AS
WITH
-- A source counts the clusters of the project, and as many are known.
complete_lists AS (
    SELECT project_id
    FROM figures JOIN project_organisations ON subject_type = 'project' AND subject_id = project_id
    WHERE measure IN ('clusters in the partnership', 'clusters in the pilot') AND role IN ('lead', 'partner')
    GROUP BY project_id, value HAVING count(DISTINCT organisation_id) >= value
)
SELECT project_id, side, NULL AS area FROM project_organisations JOIN organisation_gaps USING (organisation_id)
UNION
-- Of the others not every member may be known. Members of an ESCP-4i partnership are European.
SELECT project_id, side, CASE WHEN kind = 'escp4i_partnership' AND side = 'OTHER' THEN 'Europe' END
FROM projects CROSS JOIN every_side
ANTI JOIN complete_lists USING (project_id)
ANTI JOIN policy_projects USING (project_id)
WHERE NOT (kind = 'escp4i_partnership' AND side = 'US')
UNION
-- A programme of an authority is of its country, whoever takes part; a worldwide one may be of any.
SELECT project_id, every_side.side, NULL
FROM policy_projects p CROSS JOIN every_side ANTI JOIN project_countries USING (project_id)
WHERE p.side = 'OTHER';
COMMENT ON TABLE project_gaps IS
    'Projects of which a member or its country may be missing, with the sides it may be of. No gap have projects whose '
    'clusters a source counts, where as many are known, and programmes of the authorities of one or both sides.';
COMMENT ON COLUMN project_gaps.side IS
    'Side of the member or country that may be missing, by the EU membership of 2017, the United Kingdom included.';
COMMENT ON COLUMN project_gaps.area IS
    'Europe for countries of neither side that a member of an ESCP-4i partnership may be of (area_countries); else null.';

CREATE TABLE cooperation_gaps AS
WITH unnamed AS (
    SELECT cooperation_id, party_order, p.side, a.name AS area
    FROM cooperation_parties p LEFT JOIN areas a ON a.name = party_stated WHERE party_stated IS NOT NULL
)
SELECT cooperation_id, every_side.side, u.side IS NULL AS is_side_missing, area
FROM unnamed u
-- A party of the US side is of the United States.
JOIN every_side ON u.side IS NULL OR (u.side = every_side.side AND u.side <> 'US')
ANTI JOIN cooperation_party_countries USING (cooperation_id, party_order)
UNION
SELECT cooperation_id, g.side, false, NULL FROM cooperation_parties JOIN organisation_gaps g USING (organisation_id)
UNION
SELECT cooperation_id, g.side, false, area FROM cooperation_parties JOIN project_gaps g USING (project_id);
COMMENT ON TABLE cooperation_gaps IS
    'Cooperations with a party whose country is not recorded, or which is a project with a gap, with the sides that '
    'country may be of.';
COMMENT ON COLUMN cooperation_gaps.side IS
    'Side of the country that may be missing, by the EU membership of 2017, the United Kingdom included.';
COMMENT ON COLUMN cooperation_gaps.is_side_missing IS 'True where no source says on which side the party is.';
COMMENT ON COLUMN cooperation_gaps.area IS
    'Area that the words of the party name, or Europe of a member of an ESCP-4i partnership: the country is one of it '
    '(area_countries); null for any of the side.';

CREATE VIEW event_gaps AS
SELECT event_id, every_side.side, a.side IS NULL AS is_side_missing, a.name AS area
FROM event_places
LEFT JOIN areas a ON a.name = place
JOIN every_side ON coalesce(a.side, every_side.side) = every_side.side
ANTI JOIN missing_values m ON m.table_name = 'event_places' AND m.field = 'country_code'
    AND m.record_id = concat_ws('|', event_id, sequence) AND m.reason = 'not applicable'
WHERE country_code IS NULL;
COMMENT ON VIEW event_gaps IS
    'Events with a place whose country is not recorded, with the sides it may be of: that of an area of several '
    'countries, else any. An event on the internet has no gap.';
COMMENT ON COLUMN event_gaps.side IS
    'Side of the country that may be missing, by the EU membership of 2017, the United Kingdom included.';
COMMENT ON COLUMN event_gaps.is_side_missing IS 'True where the side of the place is not known either.';
COMMENT ON COLUMN event_gaps.area IS
    'Area that the place is: the country is one of it (area_countries); null for any of the side.';

CREATE VIEW policy_gaps AS
WITH without_country AS (
    SELECT policy_id, side FROM policies ANTI JOIN policy_countries USING (policy_id) WHERE country_code IS NULL
    UNION ALL
    SELECT project_id, side FROM policy_projects ANTI JOIN project_countries USING (project_id)
)
SELECT policy_id, every_side.side
FROM without_country p
-- An instrument of both sides or of the whole world may be of any country.
JOIN every_side ON p.side IN (every_side.side, 'BOTH', 'OTHER')
ANTI JOIN filters_not_applicable n
    ON n.table_name = 'policies' AND n.record_id = policy_id AND list_contains(not_applicable, 'countries');
COMMENT ON VIEW policy_gaps IS 'Policy instruments without a recorded country, with the sides it may be of.';
COMMENT ON COLUMN policy_gaps.policy_id IS 'Id of the instrument, as in policy_register.';
COMMENT ON COLUMN policy_gaps.side IS
    'Side of the country that is missing, by the EU membership of 2017, the United Kingdom included.';

CREATE TABLE possible_values AS
WITH
-- Party and country of a cooperation are those of its success stories too.
story_gaps AS (
    SELECT story_id, side, is_side_missing, area FROM story_cooperations JOIN cooperation_gaps USING (cooperation_id)
),
country_gaps AS (
    SELECT 'organisations' AS table_name, organisation_id AS record_id, side, false AS is_side_missing, NULL AS area
    FROM organisation_gaps
    UNION ALL SELECT 'projects', project_id, side, true, area FROM project_gaps
    UNION ALL SELECT 'cooperations', cooperation_id, side, is_side_missing, area FROM cooperation_gaps
    UNION ALL SELECT 'success_stories', story_id, side, is_side_missing, area FROM story_gaps
    UNION ALL SELECT 'events', event_id, side, is_side_missing, area FROM event_gaps
    UNION ALL SELECT 'policies', policy_id, side, false, NULL FROM policy_gaps
),
pairs AS (
    SELECT table_name, record_id, 'sectors' AS filter, sector_id AS value FROM sector_gaps JOIN sectors USING (scheme)
    UNION
    SELECT table_name, record_id, 'sides', side FROM country_gaps WHERE is_side_missing
    UNION
    SELECT table_name, record_id, 'countries', country_code FROM country_gaps JOIN countries USING (side)
    WHERE area IS NULL OR (area, country_code) IN (SELECT (area, country_code) FROM area_countries)
)
SELECT
    table_name, record_id,
    list_sort(list(value) FILTER (filter = 'sectors')) AS possible_sector_ids,
    list_sort(list(value) FILTER (filter = 'sides')) AS possible_sides,
    list_sort(list(value) FILTER (filter = 'countries')) AS possible_country_codes
FROM pairs GROUP BY table_name, record_id;
COMMENT ON TABLE possible_values IS
    'What a record may have beside the recorded values, because a part of it is not recorded. A record without a row is '
    'complete: what is not recorded of it does not apply to it.';
COMMENT ON COLUMN possible_values.table_name IS 'Table of the record, as its register names it.';
COMMENT ON COLUMN possible_values.record_id IS 'Id of the record.';
COMMENT ON COLUMN possible_values.possible_sector_ids IS
    'Ids of sectors that it may have beside the recorded ones: all of a scheme in which it has none.';
COMMENT ON COLUMN possible_values.possible_sides IS 'Sides that it may have beside the recorded ones.';
COMMENT ON COLUMN possible_values.possible_country_codes IS
    'ISO codes of countries that it may have beside the recorded ones: all of the sides of what is not recorded, of an '
    'area those in it.';

CREATE VIEW earliest_project_days AS
SELECT p.project_id, min(g.start_on) AS earliest_on
FROM projects p JOIN projects g USING (kind, generation)
WHERE p.start_on IS NULL AND g.start_on IS NOT NULL GROUP BY ALL;
COMMENT ON VIEW earliest_project_days IS
    'ESCP-4i partnerships without a date: none is earlier than the first dated one of its generation.';
COMMENT ON COLUMN earliest_project_days.project_id IS 'Partnership.';
COMMENT ON COLUMN earliest_project_days.earliest_on IS 'Day before which it cannot have begun.';

CREATE VIEW earliest_days AS
WITH
-- A partnership may carry on what was begun before it under the same name: its dated cooperations show that.
begun_projects AS (
    SELECT project_id, begun_on
    FROM (
        SELECT project_id, coalesce(start_on, earliest_on) AS begun_on
        FROM projects LEFT JOIN earliest_project_days USING (project_id)
    )
    LEFT JOIN cooperation_parties USING (project_id) LEFT JOIN cooperations c USING (cooperation_id)
    WHERE begun_on IS NOT NULL GROUP BY ALL HAVING coalesce(min(c.start_on) >= begun_on, true)
),
of_parties AS (
    SELECT cooperation_id, p.side, p.role, coalesce(begun_on, make_date(founded_year, 1, 1)) AS earliest_on
    FROM cooperation_parties p
    LEFT JOIN begun_projects USING (project_id) LEFT JOIN organisations USING (organisation_id)
),
bounds AS (
    SELECT r.cooperation_id, c.start_on AS earliest_on
    FROM cooperation_renewals r JOIN cooperations c ON c.cooperation_id = r.renewed_cooperation_id
    UNION ALL
    -- Each of two parties is needed; of several on one side, all but one may have come later.
    SELECT cooperation_id, max(earliest_on) FROM of_parties GROUP BY cooperation_id HAVING count(*) <= 2
    UNION ALL
    -- Each signatory signs.
    SELECT cooperation_id, max(earliest_on) FROM of_parties WHERE role = 'signatory' GROUP BY cooperation_id
    UNION ALL
    -- Nobody is a charter member, say, before the alliance.
    SELECT p.cooperation_id, max(a.start_on)
    FROM cooperation_parties p JOIN cooperation_parties m USING (organisation_id, role)
    JOIN cooperations a ON a.cooperation_id = m.cooperation_id AND a.kind = 'alliance'
    WHERE role IN ('charter member', 'regular member') GROUP BY p.cooperation_id
    UNION ALL
    SELECT cooperation_id, min(earliest_on)
    FROM of_parties GROUP BY cooperation_id, side HAVING count(earliest_on) = count(*)
)
SELECT cooperation_id, max(b.earliest_on) AS earliest_on
FROM bounds b JOIN cooperations c USING (cooperation_id)
WHERE c.start_on IS NULL AND b.earliest_on IS NOT NULL GROUP BY ALL;
COMMENT ON VIEW earliest_days IS
    'Cooperations without a date that cannot have begun before a day: before the agreement that they renew, before each '
    'side or both of two parties had a project or organisation, or before a signatory, or before the alliance as whose '
    'members the parties are named.';
COMMENT ON COLUMN earliest_days.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN earliest_days.earliest_on IS 'Day before which it cannot have begun.';

CREATE VIEW latest_days AS
WITH told_as_done AS (
    SELECT 'cooperations' AS table_name, cooperation_id AS record_id FROM cooperations
    WHERE start_on IS NULL AND status IN ('signed', 'renewed', 'completed')
    UNION ALL
    SELECT 'events', event_id FROM events WHERE start_on IS NULL AND status_in_source = 'held'
)
SELECT table_name, record_id, min(CASE published_precision
    WHEN 'day' THEN published_on
    WHEN 'month' THEN last_day(published_on)
    ELSE make_date(year(published_on), 12, 31)
END) AS latest_on
FROM told_as_done JOIN citations USING (table_name, record_id) JOIN sources USING (source_id)
WHERE published_on IS NOT NULL GROUP BY ALL;
COMMENT ON VIEW latest_days IS
    'Cooperations and events without a date that a source tells as signed, renewed, completed or held: they are not '
    'later than the source. What is ongoing in a source may last for years after it.';
COMMENT ON COLUMN latest_days.table_name IS 'cooperations or events.';
COMMENT ON COLUMN latest_days.record_id IS 'Cooperation or event.';
COMMENT ON COLUMN latest_days.latest_on IS 'Last day on which its first dated source may have been published.';
