"""The content of pages that is too long for a file in pages/."""
