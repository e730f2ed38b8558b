"""Self-contained HTML report: opens from a USB drive, without a network."""
