"""PNG and SVG images of charts and maps, drawn by a headless browser."""
