"""The SQL of readers: what is allowed, and a process of its own that runs one query and ends.

Nothing here uses Streamlit. See docs/decisions/0029-safe-sql.md.
"""
