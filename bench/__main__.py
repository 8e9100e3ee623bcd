"""`make bench`; fewer people or times with `make bench ARGS="--people 10000 --times 1"`."""

from __future__ import annotations

import argparse
import os

import django


def main() -> None:
    """Read the options and time cycles of growing departments."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[1_000, 10_000, 110_000])
    parser.add_argument("--times", type=int, default=5, help="runs of which the median counts")
    parser.add_argument("--workers", type=int, default=1, help="processes that claim chunks")
    parser.add_argument("--history", type=int, default=5, help="earlier rates of each person")
    parser.add_argument(
        "--plain", action="store_true", help="floor with every foreign key checked and indexed"
    )
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    django.setup()
    from bench.cycle import Department, time_cycles

    for people in options.people:
        time_cycles(
            Department(people=people, history=options.history),
            times=options.times,
            workers=options.workers,
            plain=options.plain,
        )


if __name__ == "__main__":
    main()
