"""What surrounds every page: navigation, filters, embedded cards and release notes."""
