"""Builds in a DuckLake for several machines: tables as Parquet files, with their catalogue in PostgreSQL.

A machine that builds adds each build as one snapshot; others copy the newest one to a file that they read. The rest of
the program knows the file alone.
"""
