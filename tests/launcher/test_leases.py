from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from launcher.leases import Lease

HOLD = """
import sys, time
from pathlib import Path
from launcher.leases import Lease
lease = Lease(Path(sys.argv[1]))
print("held", flush=True)
time.sleep(60)
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_only_holder_is_the_last(tmp_path: Path) -> None:
    assert Lease(tmp_path / "lease").is_last()


def test_holder_is_not_the_last_while_another_process_lives(tmp_path: Path) -> None:
    lease = Lease(tmp_path / "lease")
    other = holder(tmp_path / "lease")
    try:
        assert not lease.is_last()
    finally:
        other.kill()
        other.wait()


def test_share_of_a_process_killed_with_9_is_gone(tmp_path: Path) -> None:
    lease = Lease(tmp_path / "lease")
    other = holder(tmp_path / "lease")
    other.send_signal(signal.SIGKILL)
    other.wait()
    assert lease.is_last()


def test_asking_whether_it_is_the_last_does_not_give_the_share_up(tmp_path: Path) -> None:
    lease = Lease(tmp_path / "lease")
    second = Lease(tmp_path / "lease")
    assert not lease.is_last()
    assert not second.is_last()
    lease.release()
    assert second.is_last()
