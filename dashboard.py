"""Entry point: `streamlit run dashboard.py`."""

from ui.frame import shell

shell.configure()
shell.run()
