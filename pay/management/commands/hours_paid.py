"""`manage.py hours_paid FILE`: hours paid by pay period, from payroll's CSV."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from casework.actor import Actor
from pay.services.load_hours import COLUMNS, load_hours
from pay.uploads import FaultyFile
from regulation import clock


class Command(BaseCommand):
    help = "Load hours paid, from which back pay is figured (5 U.S.C. 5596). Columns: " + ", ".join(
        column.name for column in COLUMNS
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="a CSV file with a line of headings")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["file"].read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as fault:
            raise CommandError(f"The file cannot be read: {fault}", returncode=2) from None
        try:
            count = load_hours(text, actor=Actor.system("manage.py hours_paid"), on=clock.today())
        except FaultyFile as refusal:
            lines = "\n".join(f"line {fault.line}: {fault.message}" for fault in refusal.faults)
            raise CommandError(f"{refusal.code}\n{lines}", returncode=1) from None
        self.stdout.write(f"{count:,} pay periods on record")
