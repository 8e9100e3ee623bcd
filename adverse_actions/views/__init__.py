"""The pages of adverse actions."""
