"""Read layer: filters, questions and measures over the published database. No Streamlit here."""
