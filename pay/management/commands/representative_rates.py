"""`manage.py representative_rates DATE`: the rates of all bands for a reduction in force."""

from __future__ import annotations

import csv
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from pay.queries.representative_rates import representative_rates
from regulation.refusals import Refused


class Command(BaseCommand):
    help = "Write the representative rate of each band as CSV (5 CFR 9701.357(e), part 351)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("on", type=date.fromisoformat, help="the date, such as 2007-01-07")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rates = representative_rates(on=options["on"])
        except Refused as refusal:
            message = f"{refusal.code}: {refusal} (5 CFR {refusal.citation})"
            raise CommandError(message, returncode=1) from None
        writer = csv.writer(self.stdout, lineterminator="\n")
        writer.writerow(["cluster", "band", "minimum", "maximum", "representative_rate"])
        for each in rates:
            writer.writerow([each.cluster, each.band, each.minimum, each.maximum, each.rate])
