"""The ETL: reads curated CSV files and imports, checks them, and publishes them as one immutable DuckDB file."""
