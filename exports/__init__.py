"""Export files: slides, report, workbook, calendar, CSV, images, and citations."""
