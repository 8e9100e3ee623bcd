"""Subpart F: proposals of adverse action."""
