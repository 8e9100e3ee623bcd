"""Subpart C: rates, orders, the ledger, runs, denied increases."""
