"""Runs of many people's pay, from draft to verified: a range adjustment or a performance payout."""
