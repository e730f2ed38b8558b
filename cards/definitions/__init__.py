"""The definitions of all cards, one module per page."""
