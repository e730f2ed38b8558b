"""Cards and registers: what screens and files show, with titles, rows and evidence. No Streamlit here."""
