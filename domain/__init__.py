"""The vocabulary every other package shares: filters, record types, shares, text and URLs. Imports nothing of ours but settings."""
