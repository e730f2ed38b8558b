-- Releases: reviewed states of the facts, one file each in data/releases/.
-- The build fills releases, release_figures and release_changes from those files and from its own rows.

CREATE VIEW headline_figures AS
SELECT 'usa_share ' || measure_id AS figure,
    coalesce(numerator || ' of ' || denominator, round(share * 100, 2) || ' %') AS value FROM usa_share
UNION ALL
-- Organisations of today: merged and ended ones are not counted.
SELECT 'organisations, side ' || side, count(*)::VARCHAR FROM organisation_register WHERE is_current GROUP BY side
UNION ALL
SELECT 'cluster organisations, side ' || side, count(*)::VARCHAR
FROM organisation_register WHERE counted_as = 'cluster organisation' GROUP BY side
UNION ALL
SELECT 'regional clusters without a named organisation, side ' || side, count(*)::VARCHAR
FROM organisation_register WHERE counted_as = 'regional cluster' GROUP BY side
UNION ALL
SELECT 'organisations known to the city, side ' || side, count(*)::VARCHAR
FROM organisation_register WHERE location_precision = 'city' AND is_current GROUP BY side
UNION ALL
SELECT 'EU–US cooperations, status ' || status, count(*)::VARCHAR FROM cooperations WHERE is_eu_us GROUP BY status
UNION ALL
SELECT 'ESCP-4i partnerships known, generation ' || generation, count(*)::VARCHAR
FROM escp4i_partnerships GROUP BY generation
UNION ALL
SELECT 'events', count(*)::VARCHAR FROM events;
COMMENT ON VIEW headline_figures IS
    'The figures that are quoted most; a release stores them, so that a quoted figure can be compared with the '
    'current one.';
COMMENT ON COLUMN headline_figures.figure IS 'Name of the figure.';
COMMENT ON COLUMN headline_figures.value IS 'The figure as text; k of n where it is a share.';

CREATE TABLE releases (
    release_id VARCHAR PRIMARY KEY,
    fact_count BIGINT NOT NULL
);
COMMENT ON TABLE releases IS 'Reviewed states of the facts; one file each in data/releases/.';
COMMENT ON COLUMN releases.release_id IS 'Date of the release, with a number where a day has several.';
COMMENT ON COLUMN releases.fact_count IS 'Fact rows in it.';

CREATE TABLE release_figures (
    release_id VARCHAR NOT NULL,
    figure VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    value_now VARCHAR,
    PRIMARY KEY (release_id, figure)
);
COMMENT ON TABLE release_figures IS 'Headline figures of every release, with those of this build for comparison.';
COMMENT ON COLUMN release_figures.release_id IS 'Release.';
COMMENT ON COLUMN release_figures.figure IS 'Name of the figure.';
COMMENT ON COLUMN release_figures.value IS 'The figure in that release.';
COMMENT ON COLUMN release_figures.value_now IS 'The figure in this build; null when the build has no such figure.';

CREATE TABLE release_changes (
    from_release_id VARCHAR NOT NULL,
    to_release_id VARCHAR,
    table_name VARCHAR NOT NULL,
    record_id VARCHAR,
    label VARCHAR,
    change VARCHAR NOT NULL
);
COMMENT ON TABLE release_changes IS
    'Facts that changed from each release to the next, and from the last one to this build.';
COMMENT ON COLUMN release_changes.from_release_id IS 'Earlier release.';
COMMENT ON COLUMN release_changes.to_release_id IS 'Next release; null for this build.';
COMMENT ON COLUMN release_changes.table_name IS 'Table of the fact.';
COMMENT ON COLUMN release_changes.record_id IS
    'Key values of the fact joined by |; null for a table that is compared as a whole, such as citations.';
COMMENT ON COLUMN release_changes.label IS 'Readable name, where this build still has the fact.';
COMMENT ON COLUMN release_changes.change IS 'added, changed or withdrawn.';
