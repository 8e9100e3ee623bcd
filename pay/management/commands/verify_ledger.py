"""Replays the pay ledger and names whatever differs."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from pay.queries.integrity import Disagreement, disagreements
from pay.queries.replay import Difference
from pay.services.verification import Tally, replay_ledger
from regulation import clock
from workforce.models import Employee


class Command(BaseCommand):
    help = (
        "Run every step of the pay ledger again on its stored inputs and hold the projection "
        "against it. Exit status 1 where anything differs, 2 for an employee who is not known."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--employee", metavar="N", help="the number of one employee")
        parser.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="one JSON object a line; the last has the counts",
        )

    def handle(self, *args: object, employee: str | None, as_json: bool, **options: object) -> None:
        person = self._find(employee) if employee else None
        tally = Tally()
        for difference in replay_ledger(tally=tally, employee=person):
            self._tell_difference(difference, as_json=as_json)
        odd = disagreements([person.pk] if person else None, on=clock.today())
        tally.disagreements = len(odd)
        for disagreement in odd:
            self._tell_disagreement(disagreement, as_json=as_json)
        self._sum_up(tally, as_json=as_json)
        if not tally.clean:
            sys.exit(1)

    def _find(self, number: str) -> Employee:
        person = Employee.objects.filter(number=number).first()
        if person is None:
            raise CommandError(f"There is no employee with the number {number}.", returncode=2)
        return person

    def _tell_difference(self, found: Difference, *, as_json: bool) -> None:
        if as_json:
            told = {"difference": asdict(found) | {"effective": found.effective.isoformat()}}
            self.stdout.write(json.dumps(told))
            return
        self.stdout.write(
            f"Action {found.action_id}, employee {found.employee}, {found.kind} of "
            f"{found.effective}: {found.field} is {found.stored}, replayed {found.replayed}"
        )

    def _tell_disagreement(self, found: Disagreement, *, as_json: bool) -> None:
        if as_json:
            told = {"disagreement": asdict(found) | {"starts": found.starts.isoformat()}}
            self.stdout.write(json.dumps(told))
            return
        number = Employee.objects.values_list("number", flat=True).get(pk=found.employee_id)
        self.stdout.write(f"Employee {number}, rate from {found.starts}: {found.problem}")

    def _sum_up(self, tally: Tally, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps({"counts": asdict(tally)}))
            return
        self.stdout.write(
            f"{tally.actions:,} pay actions of {tally.people:,} people replayed: "
            f"{tally.differences:,} differences, "
            f"{tally.disagreements:,} rates that disagree."
        )
