"""The maintainer's commands: add, rename, merge and retire facts in the CSV files, and list what has grown old."""
