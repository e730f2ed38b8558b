"""The Explorer: registers, facets with counts, tables of counts, and the choice in words and in the URL."""
