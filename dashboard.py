"""Entry point: `streamlit run dashboard.py`."""

from ui import shell

shell.configure()
shell.run()
