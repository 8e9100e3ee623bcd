"""`manage.py first_administrator USERNAME`: the account from which all others are made."""

from __future__ import annotations

import getpass
import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.services.administrators import make_first_administrator
from regulation import clock
from regulation.refusals import Refused

VARIABLE = "MAXHR_ADMINISTRATOR_PASSWORD"


class Command(BaseCommand):
    help = "Make the first administrator; later ones are made by an administrator in the browser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--full-name", default="")
        parser.add_argument("--email", default="")
        parser.add_argument(
            "--password-from-env",
            action="store_true",
            help=f"take the password from {VARIABLE} and ask nothing",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = _from_environment() if options["password_from_env"] else _asked()
        try:
            user = make_first_administrator(
                options["username"],
                password=password,
                full_name=options["full_name"],
                email=options["email"],
                on=clock.today(),
            )
        except Refused as refusal:
            raise CommandError(refusal.message, returncode=2) from refusal
        self.stdout.write(f"{user.username} administers from today. Log in and open /admin/.")


def _from_environment() -> str:
    password = os.environ.get(VARIABLE, "")
    if not password:
        raise CommandError(f"{VARIABLE} is empty or not set.", returncode=2)
    return password


def _asked() -> str:
    if not sys.stdin.isatty():
        raise CommandError(
            f"There is no terminal to ask for a password; set {VARIABLE} and give "
            "--password-from-env.",
            returncode=2,
        )
    password = getpass.getpass("Password: ")
    if password != getpass.getpass("Again: "):
        raise CommandError("The two passwords differ. Nobody was made.", returncode=2)
    return password
