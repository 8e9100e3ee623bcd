"""Loads a demonstration department."""

from __future__ import annotations

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from demonstration.clock import is_demonstration
from demonstration.services.carry_new_parameters import carry_new_parameters
from demonstration.services.load_department import load_department
from regulation.refusals import Refused
from workforce.models import Employee

DEFAULT_EMPLOYEES = 400
DEFAULT_SEED = 2024


class Command(BaseCommand):
    help = "Load a synthetic department whose shares follow the published figures of 2024."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--employees", type=int, default=DEFAULT_EMPLOYEES, metavar="N")
        parser.add_argument("--seed", type=int, default=DEFAULT_SEED, metavar="S")
        parser.add_argument(
            "--if-empty", action="store_true", help="do nothing where there are employees"
        )

    def handle(
        self, *args: object, employees: int, seed: int, if_empty: bool, **options: object
    ) -> None:
        if if_empty and not is_demonstration():
            return
        if if_empty and Employee.objects.exists():
            self._bring_up_to_date()
            return
        began = time.monotonic()
        try:
            loaded = load_department(employees, seed=seed)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=2) from refusal
        self.stdout.write(
            f"Drew a synthetic department: {loaded.employees:,} employees in "
            f"{loaded.organizations} organizations, {loaded.ratings:,} past ratings, "
            f"{loaded.log_ins} log-ins ({time.monotonic() - began:.1f} s). "
            "Names and records are invented; shares follow published figures "
            "(demonstration/figures/SOURCES.md)."
        )

    def _bring_up_to_date(self) -> None:
        new = carry_new_parameters()
        if new:
            self.stdout.write(f"Parameters that came with this version: {', '.join(new)}.")
