"""The data API: registers and cards as JSON, CSV, Parquet and GeoJSON, by the filters of the pages.

Routes of Starlette beside the app, see asgi.py and docs/api.md. Nothing here uses Streamlit.
"""
