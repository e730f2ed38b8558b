"""The report as PDF, printed by the browser of this machine."""
