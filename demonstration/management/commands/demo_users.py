"""Prints the log-ins of a demonstration."""

from __future__ import annotations

from django.core.management.base import BaseCommand

from demonstration.clock import is_demonstration
from demonstration.queries import log_ins
from demonstration.services.load_log_ins import DEMONSTRATION_PASSWORD


class Command(BaseCommand):
    help = "Print a table of the demonstration's log-ins by role."

    def handle(self, *args: object, **options: object) -> None:
        rows = log_ins() if is_demonstration() else []
        if not rows:
            self.stdout.write("No demonstration is loaded here.")
            return
        widths = [max(len(row[place]) for row in rows) for place in (0, 1)]
        self.stdout.write(
            f"Demonstration log-ins; the password of each is {DEMONSTRATION_PASSWORD}\n"
            "(a demonstration's password: it protects nothing, and every name is synthetic)\n"
        )
        for username, name, purpose in rows:
            self.stdout.write(f"  {username:<{widths[0]}}  {name:<{widths[1]}}  {purpose}")
