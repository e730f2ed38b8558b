"""The only Streamlit helpers: shell, cache, cards, registers and record panels."""
