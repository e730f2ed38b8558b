"""Streamlit: the frame of the app, the state in the URL, and the parts that several pages use."""
