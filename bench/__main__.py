"""`make bench`, and with options `make bench ARGS="--employees 110000 --workers 2"`."""

from __future__ import annotations

import argparse
import os

import django


def main() -> None:
    """Read the options and time a cycle."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--employees", type=int, default=20_000)
    parser.add_argument("--workers", type=int, default=1, help="processes that claim chunks")
    parser.add_argument("--history", type=int, default=5, help="earlier rates of each person")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from bench.cycle import time_cycle

    time_cycle(employees=options.employees, workers=options.workers, history=options.history)


if __name__ == "__main__":
    main()
