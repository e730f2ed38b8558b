"""The frame of every page: navigation, filters, embedded cards and release notes."""
