"""`simulate FILE.yaml [FILE.yaml ...]`: play scenario files and say what came of them.

A file called `-` is read from standard input.

Exit status: 0 every expectation held; 1 one did not; 2 a file is malformed or could not be played.
"""

from __future__ import annotations

import gc
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from scenarios.database import lab_database
from scenarios.document import Scenario
from scenarios.parsing import parse
from scenarios.play import Played, play
from scenarios.reading import Malformed
from scenarios.table import lines_of
from scenarios.unplayable import Unplayable

HELD, NOT_HELD, MALFORMED = 0, 1, 2


class Command(BaseCommand):
    help = "Plays scenario files through the services, in virtual time, and keeps nothing."
    requires_migrations_checks = False
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE.yaml")
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument(
            "--explain",
            metavar="EMPLOYEE",
            help="every step of this employee's pay, in words; in JSON under the key explained",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        worst = HELD
        with lab_database():
            # What is imported stays; looking through it again and again finds nothing to free.
            gc.freeze()
            for name in options["files"]:
                worst = max(worst, self._file(Path(name), options))
        sys.exit(worst)

    def _file(self, path: Path, options: dict[str, Any]) -> int:
        try:
            scenario = _scenario(path)
            played = play(scenario, explain=options["explain"])
        except Malformed as fault:
            self.stderr.write(f"{path}: {fault}")
            return MALFORMED
        except Unplayable as fault:
            self.stderr.write(f"{path}: {fault}")
            return MALFORMED
        except Exception as error:
            # Whatever it was, the other files are still played; `--traceback` shows where it was.
            if options["traceback"]:
                raise
            told = (str(error) or type(error).__name__).splitlines()[0]
            self.stderr.write(f"{path}: it cannot be played: {told}")
            return MALFORMED
        self._tell(played, as_json=options["format"] == "json", explain=options["explain"])
        if played.answer.failed and options["format"] == "json":
            for line in played.answer.failed:
                self.stderr.write(f"{path}: {line}")
        return HELD if played.answer.held else NOT_HELD

    def _tell(self, played: Played, *, as_json: bool, explain: str | None) -> None:
        if as_json:
            document = played.answer.as_json()
            if explain is not None:
                document["explained"] = {explain: played.explained}
            self.stdout.write(json.dumps(document, ensure_ascii=False))
            return
        for line in lines_of(played.answer):
            self.stdout.write(line)
        for line in played.explained:
            self.stdout.write(line)


def _scenario(path: Path) -> Scenario:
    try:
        raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
        text = raw.decode("utf-8")
    except OSError as error:
        raise Malformed("file", 1, f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise Malformed("file", 1, "expected text in UTF-8") from None
    return parse(text)
