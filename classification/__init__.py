"""Subpart B: series, clusters, bands, positions and classification decisions."""
