"""Files made beside the pages: a bounded queue, and a process of its own for each file.

Nothing here uses Streamlit. See docs/decisions/0038-files-in-a-queue-of-their-own.md.
"""
