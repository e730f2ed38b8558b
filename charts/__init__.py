"""Pure chart builders: DataFrame in, figure out. No I/O, no Streamlit, no SQL."""
