"""Maps: deck.gl layers, choropleths, static maps for files, and their geometry. No input or output, no Streamlit."""
