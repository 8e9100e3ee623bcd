"""Subpart A: directives and their dated policy parameters, coverage, coordination with OPM."""
