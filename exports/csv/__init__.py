"""CSV export: the rows shown, and rows with their metadata as a ZIP."""
