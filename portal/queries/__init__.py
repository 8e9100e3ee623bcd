"""Reads of the pages composed of several apps."""
