"""Statements that no reader may run: files, network, settings, secrets, catalogue, commands, tricks with names."""

COMMANDS = """
CREATE TABLE t (a INT)
CREATE VIEW v AS SELECT 1
CREATE MACRO m() AS 1
CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET 'b')
CREATE OR REPLACE FUNCTION f() AS TABLE SELECT * FROM read_text('/etc/passwd')
CREATE TEMP TABLE t AS SELECT 1
DROP TABLE organisations
ALTER TABLE organisations ADD COLUMN a INT
INSERT INTO organisations VALUES (1)
UPDATE organisations SET name = ''
DELETE FROM organisations
TRUNCATE organisations
COPY organisations TO '/srv/out.csv'
COPY organisations FROM '/etc/passwd'
COPY (SELECT 1) TO 'out.parquet' (FORMAT parquet)
EXPORT DATABASE '/srv/out'
IMPORT DATABASE '/srv/out'
ATTACH '/srv/other.duckdb'
ATTACH ':memory:' AS m
DETACH clusters
USE memory
INSTALL httpfs
FORCE INSTALL httpfs FROM 'http://example.org'
LOAD httpfs
UPDATE EXTENSIONS
SET memory_limit = '100GB'
SET GLOBAL threads = 64
SET VARIABLE a = 1
RESET lock_configuration
PRAGMA database_list
PRAGMA enable_profiling
PRAGMA table_info('organisations')
PRAGMA storage_info('organisations')
PRAGMA json_execute_serialized_sql('{}')
CALL pragma_version()
CALL force_checkpoint()
CHECKPOINT
VACUUM
ANALYZE
BEGIN TRANSACTION
COMMIT
PREPARE p AS SELECT 1
EXECUTE p
DEALLOCATE p
EXPLAIN SELECT 1
EXPLAIN ANALYZE SELECT 1
DESCRIBE organisations
SUMMARIZE organisations
SHOW TABLES
SHOW ALL TABLES
SHOW DATABASES
SELECT * FROM (SHOW ALL TABLES)
SELECT * FROM (DESCRIBE organisations)
COMMENT ON TABLE organisations IS 'x'
SELECT 1; SELECT 2
SELECT 1; DROP TABLE organisations
SELECT 1 /* ; */; COPY organisations TO 'x'
WITH a AS (DELETE FROM organisations RETURNING *) SELECT * FROM a
"""
FUNCTIONS_AND_FILES = """
SELECT getenv('HOME')
SELECT current_setting('temp_directory')
SELECT getvariable('a')
SELECT * FROM read_csv('/etc/passwd')
SELECT * FROM read_csv_auto('https://example.org/a.csv')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('/proc/self/environ')
SELECT * FROM read_parquet('*.parquet')
SELECT * FROM read_json('a.json')
SELECT * FROM read_duckdb('other.duckdb')
SELECT * FROM parquet_metadata('a.parquet')
SELECT * FROM sniff_csv('/etc/passwd')
SELECT * FROM glob('/*')
SELECT * FROM query('SELECT 1')
SELECT * FROM query_table('organisations')
SELECT * FROM json_execute_serialized_sql('{}')
SELECT json_serialize_sql('SELECT 1')
SELECT * FROM duckdb_settings()
SELECT * FROM duckdb_databases()
SELECT * FROM duckdb_secrets()
SELECT * FROM duckdb_functions()
SELECT * FROM duckdb_logs()
SELECT * FROM pragma_database_size()
SELECT * FROM which_secret('s3://a', 's3')
SELECT * FROM pg_timezone_names()
SELECT * FROM test_all_types()
SELECT * FROM seq_scan('organisations')
SELECT * FROM arrow_scan(1, 2, 3)
SELECT * FROM enable_logging()
SELECT write_log('x')
SELECT sleep_ms(100000)
SELECT pg_sleep(100)
SELECT version()
SELECT current_query()
SELECT current_database()
SELECT inet_server_addr()
SELECT pg_get_viewdef(1)
SELECT parse_path('/a/b')
SELECT nextval('s')
SELECT error('x')
SELECT system.main.getenv('HOME')
SELECT 'HOME'.getenv()
SELECT list_transform(['HOME'], lambda x: getenv(x))
SELECT (SELECT (SELECT getenv('HOME')))
SELECT * FROM organisations ORDER BY getenv('HOME')
SELECT count(*) FILTER (WHERE getenv('HOME') IS NULL) FROM organisations
SELECT CASE WHEN true THEN current_setting('threads') END
SELECT 1 LIMIT (SELECT length(getenv('HOME')))
SELECT GeTeNv ('HOME')
SELECT "getenv"('HOME')
SELECT /**/getenv/**/('HOME')
"""
TABLES = """
SELECT * FROM '/etc/passwd'
SELECT * FROM 'data.csv'
SELECT * FROM 'https://example.org/a.parquet'
SELECT * FROM "organisations.csv"
SELECT * FROM duckdb_settings
SELECT * FROM duckdb_databases
SELECT * FROM pragma_database_list
SELECT * FROM sqlite_master
SELECT * FROM information_schema.tables
SELECT * FROM pg_catalog.pg_settings
SELECT * FROM system.main.duckdb_settings
SELECT * FROM clusters.main.organisations
SELECT * FROM memory.organisations
SELECT * FROM search_words
SELECT * FROM df
TABLE duckdb_settings
FROM duckdb_settings
SELECT (SELECT max(path) FROM duckdb_databases)
SELECT * FROM organisations JOIN duckdb_settings ON true
SELECT 1 WHERE EXISTS (FROM duckdb_secrets)
SELECT 1 UNION ALL SELECT value FROM duckdb_settings
WITH duckdb_settings AS (SELECT * FROM duckdb_settings) SELECT * FROM duckdb_settings
WITH a AS (SELECT * FROM duckdb_databases), duckdb_databases AS (SELECT 1) SELECT * FROM a
WITH RECURSIVE pg_tables(a) AS (SELECT tablename FROM pg_tables UNION ALL SELECT 'x') SELECT * FROM pg_tables
SELECT * FROM (WITH pg_settings AS (SELECT 1) SELECT 1) JOIN pg_settings ON true
SELECT ?
SELECT $1
SELECT $name
"""
