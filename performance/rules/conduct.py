"""Conduct is always expected (5 CFR 9701.406(b)#3)."""

from __future__ import annotations

#: On every plan without being communicated, and in none as a row: so nobody can remove it.
CONDUCT_STANDARD = (
    "Conduct, behavior and professionalism, such as civility and respect for others. Always "
    "expected, from the first day, without being communicated."
)
CITATION = "9701.406(b)"
