"""PowerPoint export with native, editable charts, tables and maps."""
