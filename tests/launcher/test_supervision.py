from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

PLAY = """
import asyncio, sys
from launcher.supervision import Service, Supervisor

async def announce(children):
    print("children", *children, flush=True)
    return {announced}

services = tuple(
    Service(name=f"service{{number}}", command=(sys.executable, "-c", code))
    for number, code in enumerate({codes!r})
)
sys.exit(Supervisor(services=services, when_started=announce).run())
"""
STAYS = "import time; print('up', flush=True); time.sleep(60)"


def play(*codes: str, announced: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PLAY.format(codes=codes, announced=announced)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def children_of(process: subprocess.Popen[str]) -> list[int]:
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("children"):
            return [int(word) for word in line.split()[1:]]
    raise AssertionError("the supervisor announced nothing")


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_one_signal_ends_all_with_status_0(number: signal.Signals) -> None:
    process = play(STAYS, STAYS)
    children = children_of(process)
    process.send_signal(number)
    assert process.wait(20) == 0
    assert not [pid for pid in children if is_alive(pid)]


def test_service_that_fails_ends_the_others_and_lends_its_status() -> None:
    process = play(STAYS, "import sys; sys.exit(7)")
    output, _ = process.communicate(timeout=20)
    assert process.returncode == 7
    assert "service1 ended with status 7." in output


def test_service_that_ends_unasked_is_a_failure_even_with_status_0() -> None:
    process = play(STAYS, "pass")
    process.communicate(timeout=20)
    assert process.returncode == 1


def test_start_that_fails_ends_the_services() -> None:
    process = play(STAYS, announced=3)
    children = children_of(process)
    process.communicate(timeout=20)
    assert process.returncode == 3
    assert not [pid for pid in children if is_alive(pid)]


def test_second_signal_kills_a_service_that_does_not_listen(tmp_path: Path) -> None:
    deaf = tmp_path / "deaf"
    code = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(deaf)!r}).touch(); print('deaf', flush=True); time.sleep(60)"
    )
    process = play(code)
    children = children_of(process)
    assert process.stdout is not None
    while "deaf" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    while "Stopping" not in process.stdout.readline():
        pass
    process.send_signal(signal.SIGINT)
    assert process.wait(20) == 0
    assert not [pid for pid in children if is_alive(pid)]


def test_lines_carry_the_name_of_their_service() -> None:
    output, _ = play(STAYS, "import time; time.sleep(1)").communicate(timeout=20)
    assert "service0 | up" in output
