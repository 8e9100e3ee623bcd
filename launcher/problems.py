"""What a machine can lack, said together with the command that mends it."""

from __future__ import annotations


class Lacking(Exception):
    """Something this machine must have and has not; the launcher prints it and exits with 2."""

    def __init__(self, what: str, *, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend

    def __str__(self) -> str:
        return f"{self.what}\n  To mend it: {self.mend}"
