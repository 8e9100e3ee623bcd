"""A record of poor performance as a person reads it (5 CFR 9701.408(b))."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django_fsm import can_proceed

from accounts.models import User
from performance.models import Expectation, PoorPerformanceRecord, Remedy, RemedyKind
from workforce.queries import relations


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record, and what the reader may do with it now."""

    record: PoorPerformanceRecord
    not_met: Sequence[Expectation]
    remedies: Sequence[Remedy]
    own: bool
    #: Whether the reader sees how the options were weighed.
    weighing: bool
    considers: bool
    chooses: bool
    acts: bool
    closes: bool
    #: HR is led to the adverse action.
    adverse: bool

    @property
    def chosen(self) -> Sequence[Remedy]:
        """What was chosen."""
        return [each for each in self.remedies if each.chosen_for is not None]

    @property
    def suitable(self) -> Sequence[Remedy]:
        """What was found suitable."""
        return [each for each in self.remedies if each.suitable]


def record_page(record: PoorPerformanceRecord, *, reader: User, on: date) -> RecordPage:
    """What a reader sees of a record; the employee sees what was found and what was chosen.

    5 CFR 9701.408(b). How the options were weighed is read by the supervisor, the line, HR and
    auditors.
    """
    own = relations.is_self(reader, record.employee, on)
    supervises = relations.is_supervisor(reader, record.employee, on)
    remedies = list(record.remedies.all())
    return RecordPage(
        record=record,
        not_met=list(record.not_met.all()),
        remedies=remedies,
        own=own,
        weighing=not own,
        considers=supervises and bool(can_proceed(record.consider)),
        chooses=supervises and bool(can_proceed(record.choose)),
        acts=supervises and bool(can_proceed(record.act)),
        closes=supervises and bool(can_proceed(record.close)),
        adverse=relations.is_hr(reader, record.employee, on)
        and any(
            each.kind == RemedyKind.ADVERSE_ACTION and each.chosen_for is not None
            for each in remedies
        ),
    )
