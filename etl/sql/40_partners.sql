-- What the partner finder compares. The score itself is computed in partners/score.py;
-- what a record says about an organisation, its merged predecessors included, is decided here.
-- Tables, like the registers: a published file never changes.

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
COMMENT ON TABLE current_organisations IS 'Every organisation with the one it is today: itself, or the last of its successors.';
COMMENT ON COLUMN current_organisations.organisation_id IS 'Organisation as recorded.';
COMMENT ON COLUMN current_organisations.current_id IS 'The organisation it was merged into in the end; itself when it was not.';

CREATE TABLE partner_sectors AS
WITH own AS (
    SELECT current_id AS organisation_id, sector_id, concat_ws('|', organisation_id, sector_id) AS record_id
    FROM organisation_sectors JOIN current_organisations USING (organisation_id)
),
themed AS (
    SELECT organisation_id, theme_id, record_id, is_bridged, bool_and(is_bridged) OVER (PARTITION BY organisation_id) AS only_bridged
    FROM own JOIN sector_themes USING (sector_id)
)
SELECT organisation_id, 'traded_cluster' AS scheme, sector_id, record_id
FROM own JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster'
UNION ALL
-- A broad traded cluster would make a water cluster one of energy too: the bridge speaks only for who has no theme of its own.
SELECT organisation_id, 'theme', theme_id, record_id FROM themed WHERE NOT is_bridged OR only_bridged;
COMMENT ON TABLE partner_sectors IS 'Traded clusters and themes of every current organisation, those of its merged predecessors included, with the fact each rests on.';
COMMENT ON COLUMN partner_sectors.organisation_id IS 'Current organisation.';
COMMENT ON COLUMN partner_sectors.scheme IS 'traded_cluster or theme; a sub-sector gives its theme, a traded cluster only where no theme is recorded.';
COMMENT ON COLUMN partner_sectors.sector_id IS 'Traded cluster or theme.';
COMMENT ON COLUMN partner_sectors.record_id IS 'Key of the row of organisation_sectors, as in citations.';

CREATE TABLE cluster_carriers AS
SELECT concat_ws('/', table_name, record_id) AS carrier, sector_id AS traded_cluster_id
FROM own_sectors JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster';
COMMENT ON TABLE cluster_carriers IS 'Records that carry a traded cluster themselves: what co-occurrence of clusters is counted on.';
COMMENT ON COLUMN cluster_carriers.carrier IS 'Table and id of the record, divided by a slash.';
COMMENT ON COLUMN cluster_carriers.traded_cluster_id IS 'Traded cluster.';

CREATE TABLE partner_parties AS
SELECT cooperation_id, current_id AS organisation_id, NULL AS project_id
FROM cooperation_parties JOIN current_organisations USING (organisation_id)
UNION
SELECT cooperation_id, NULL, project_id FROM cooperation_parties WHERE project_id IS NOT NULL;
COMMENT ON TABLE partner_parties IS 'Named parties of cooperations, merged organisations as their successors.';
COMMENT ON COLUMN partner_parties.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN partner_parties.organisation_id IS 'Party that is an organisation, as it is today.';
COMMENT ON COLUMN partner_parties.project_id IS 'Party that is a project.';

CREATE TABLE partner_memberships AS
SELECT project_id, current_id AS organisation_id, concat_ws('|', project_id, organisation_id, role) AS record_id
FROM project_members JOIN current_organisations USING (organisation_id);
COMMENT ON TABLE partner_memberships IS 'Members of projects, merged organisations as their successors, with the fact each rests on.';
COMMENT ON COLUMN partner_memberships.project_id IS 'Project.';
COMMENT ON COLUMN partner_memberships.organisation_id IS 'Member, as it is today.';
COMMENT ON COLUMN partner_memberships.record_id IS 'Key of the row of project_members, as in citations.';

CREATE TABLE partner_project_themes AS
WITH themed AS (
    SELECT project_id, theme_id, is_bridged, bool_and(is_bridged) OVER (PARTITION BY project_id) AS only_bridged
    FROM project_sectors JOIN sector_themes USING (sector_id)
)
SELECT DISTINCT project_id, theme_id FROM themed WHERE NOT is_bridged OR only_bridged;
COMMENT ON TABLE partner_project_themes IS 'Themes of projects by the rule of partner_sectors: their own, the bridge only where they have none.';
COMMENT ON COLUMN partner_project_themes.project_id IS 'Project.';
COMMENT ON COLUMN partner_project_themes.theme_id IS 'Theme.';
