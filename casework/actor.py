"""Who acts: a user, or the system with its reason."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User


@dataclass(frozen=True, slots=True)
class Actor:
    """The person behind an act; without `user` the system acts, and `reason` says why."""

    user: User | None
    reason: str = ""

    @classmethod
    def system(cls, reason: str) -> Actor:
        """The system, acting because of `reason` (a sweep, a run, the lab)."""
        if not reason:
            raise ValueError("a system act says why")
        return cls(user=None, reason=reason)

    @property
    def is_system(self) -> bool:
        return self.user is None

    def __str__(self) -> str:
        return str(self.user) if self.user else f"the system ({self.reason})"
