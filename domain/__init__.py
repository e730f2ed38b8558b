"""What every other package builds on: filters, record types, pages, shares, text and URLs.

Imports nothing of ours but settings.
"""
