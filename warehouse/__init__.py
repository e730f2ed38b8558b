"""Read layer: populations, registers, queries and provenance over the published database. No Streamlit here."""
