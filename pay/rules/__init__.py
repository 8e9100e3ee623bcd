"""The computations of subpart C on plain values: no Django, no clock, no database."""
