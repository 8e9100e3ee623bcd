"""`manage.py paragraphs`: each id of the index with the code and the tests that answer it."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from regulation.evidence import code_for, proofs_of
from regulation.index import Requirement, covered, requirements


class Command(BaseCommand):
    help = "Print each paragraph of part 9701 with the code and the tests that answer it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--missing", action="store_true", help="only those without a test")
        parser.add_argument("--app", help="only those of one app")
        parser.add_argument("--priority", type=int, choices=(1, 2, 3), help="only of one priority")

    def handle(self, *args: Any, **options: Any) -> None:
        app = options["app"]
        if app and app not in {row.app for row in requirements().values()}:
            raise CommandError(f"No paragraph belongs to an app named {app}.", returncode=2)
        chosen = [
            row
            for row in requirements().values()
            if (not app or row.app == app)
            and (not options["priority"] or row.priority == options["priority"])
            and not (options["missing"] and proofs_of(row))
        ]
        for row in chosen:
            self._print(row)
        proved = sum(1 for row in chosen if proofs_of(row))
        self.stdout.write(f"{len(chosen)} ids, {proved} with a test, {len(covered())} covered")

    def _print(self, row: Requirement) -> None:
        mark = "+" if row.id in covered() else " "
        self.stdout.write(f"{mark} {row.id} [{row.app}, {row.priority}] {row.requirement}")
        for place in code_for(row):
            self.stdout.write(f"      code  {place}")
        for place in proofs_of(row):
            self.stdout.write(f"      test  {place}")
