"""A file that reads well and still describes what cannot be."""

from __future__ import annotations


class Unplayable(Exception):
    """The scenario could not be set up or played; the message says why."""
