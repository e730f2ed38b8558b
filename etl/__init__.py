"""Curated facts in CSV files become one checked, immutable DuckDB file."""
