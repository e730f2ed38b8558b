"""Excel export: typed rows, codebook, sources, filters and licence."""
