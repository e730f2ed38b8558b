-- Data that the partner finder compares. partners/score.py computes the score; here each fact is attributed
-- to the current organisation, so that facts about merged organisations count for their successors.
-- They are tables for the same reason as the registers.

CREATE TABLE partner_sectors AS
WITH own AS (
    SELECT current_id AS organisation_id, sector_id, concat_ws('|', organisation_id, sector_id) AS record_id
    FROM organisation_sectors JOIN current_organisations USING (organisation_id)
)
SELECT organisation_id, 'traded_cluster' AS scheme, sector_id, record_id
FROM own JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster'
UNION ALL
SELECT own.organisation_id, 'theme', a.theme_id, own.record_id
FROM own JOIN theme_assignments a ON a.record_id = own.organisation_id AND a.sector_id = own.sector_id
WHERE a.table_name = 'current_organisations';
COMMENT ON TABLE partner_sectors IS
    'Traded clusters and themes of every current organisation and of its merged predecessors, with the fact that '
    'states each.';
COMMENT ON COLUMN partner_sectors.organisation_id IS 'Current organisation.';
COMMENT ON COLUMN partner_sectors.scheme IS
    'traded_cluster or theme; a sub-sector gives its theme, a traded cluster gives its themes only where no other '
    'theme is recorded.';
COMMENT ON COLUMN partner_sectors.sector_id IS 'Traded cluster or theme.';
COMMENT ON COLUMN partner_sectors.record_id IS 'Key of the row of organisation_sectors, as in citations.';

CREATE TABLE co_occurrence_records AS
SELECT concat_ws('/', table_name, record_id) AS record, sector_id AS traded_cluster_id
FROM own_sectors JOIN sectors USING (sector_id) WHERE scheme = 'traded_cluster';
COMMENT ON TABLE co_occurrence_records IS
    'Records with the traded clusters recorded for them; the co-occurrence of two clusters is counted over these '
    'records.';
COMMENT ON COLUMN co_occurrence_records.record IS 'Table and id of the record, separated by a slash.';
COMMENT ON COLUMN co_occurrence_records.traded_cluster_id IS 'Traded cluster.';

CREATE TABLE partner_parties AS
SELECT cooperation_id, current_id AS organisation_id, NULL AS project_id
FROM cooperation_parties JOIN current_organisations USING (organisation_id)
UNION
SELECT cooperation_id, NULL, project_id FROM cooperation_parties WHERE project_id IS NOT NULL;
COMMENT ON TABLE partner_parties IS
    'Named parties of cooperations, with the successors in place of merged organisations.';
COMMENT ON COLUMN partner_parties.cooperation_id IS 'Cooperation.';
COMMENT ON COLUMN partner_parties.organisation_id IS 'Party that is an organisation: the current one.';
COMMENT ON COLUMN partner_parties.project_id IS 'Party that is a project.';

CREATE TABLE partner_memberships AS
SELECT project_id, current_id AS organisation_id, concat_ws('|', project_id, organisation_id, role) AS record_id
FROM project_members JOIN current_organisations USING (organisation_id);
COMMENT ON TABLE partner_memberships IS
    'Members of projects, with the successors in place of merged organisations, and the fact that states each.';
COMMENT ON COLUMN partner_memberships.project_id IS 'Project.';
COMMENT ON COLUMN partner_memberships.organisation_id IS 'Member: the current organisation.';
COMMENT ON COLUMN partner_memberships.record_id IS 'Key of the row of project_members, as in citations.';
