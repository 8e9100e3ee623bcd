"""Subpart D: cycles, plans, expectations and ratings of record."""
