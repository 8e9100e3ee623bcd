"""Rebuilds the demonstration's tables from a folder of published figures."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from demonstration.derivation import rebuild
from demonstration.published import FOLDER


class Command(BaseCommand):
    help = "Rebuild demonstration/figures from a folder of published figures."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="source", required=True, type=Path, metavar="PATH")

    def handle(self, *args: object, source: Path, **options: object) -> None:
        try:
            written = rebuild(source, into=FOLDER)
        except (FileNotFoundError, KeyError, ValueError) as error:
            raise CommandError(f"{source} does not hold the figures expected: {error}") from error
        for name, rows in written.items():
            self.stdout.write(f"{name}.csv: {rows} rows")
