"""Installs, starts and stops MaxHR; bootstrap modules use nothing outside the standard library."""
