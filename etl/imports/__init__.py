"""Imports of files that cannot be distributed with the project: regional statistics and Horizon projects."""
