"""The bodies of the pages that are too long for a file in pages/."""
