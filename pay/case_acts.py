"""Acts that apps above offer on the page of a denied increase (a proposal to record)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pay.models import DeniedIncrease


@dataclass(frozen=True, slots=True)
class CaseAct:
    """A link that HR sees on a case: its words, its address, and whether it is offered now."""

    name: str
    label: str
    address: Callable[[DeniedIncrease], str]
    offered: Callable[[DeniedIncrease], bool]


_acts: dict[str, CaseAct] = {}


def register_case_act(act: CaseAct) -> None:
    """Make an act known; once per app start."""
    _acts[act.name] = act


def acts_on(case: DeniedIncrease) -> list[tuple[str, str]]:
    """Words and address of each act that is offered on a case now."""
    return [(act.label, act.address(case)) for act in _acts.values() if act.offered(case)]
