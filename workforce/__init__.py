"""Employees, assignments, supervision, absences, and who is covered on a date."""
