"""How much of the time between payouts each member of a pool earned (5 CFR 9701.342(e), R19)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from pay.queries.members import absences_in, promoted_in
from pay.queries.people import PersonPay
from pay.queries.supervisor_programs import in_supervisor_program
from pay.queries.terms import Terms
from pay.rules.developmental import supervisor_factor
from pay.rules.proration import Span, proration
from regulation.refusals import Refused

_WHOLE = Fraction(1)


@dataclass(frozen=True, slots=True)
class Factors:
    """Proration of each member in the window between payouts."""

    since: date | None
    until: date
    promoted: Mapping[int, date]
    absences: Mapping[int, list[Span]]
    threshold_days: int
    #: What a payout counts of each new supervisor whose program is not complete (R23).
    supervisors: Mapping[int, Fraction]

    def of(self, person: PersonPay) -> Fraction:
        """Eligible days over days of the window (R19), times a new supervisor's part (R23), exact.

        5 CFR 9701.342(e), 9701.346.
        """
        days = self._days(person)
        part = self.supervisors.get(person.employee_id)
        return days if part is None else days * part

    def _days(self, person: PersonPay) -> Fraction:
        if self.since is None:
            return _WHOLE
        return proration(
            window_start=self.since,
            window_end=self.until,
            hired=person.hired,
            promoted=self.promoted.get(person.employee_id),
            leave_without_pay=self.absences.get(person.employee_id, ()),
            threshold_days=self.threshold_days,
        )


def proration_factors(ids: Iterable[int], *, since: date | None, terms: Terms) -> Factors:
    """What proration reads of people for a payout on the terms' date; `since` None prorates nobody.

    5 CFR 9701.342(e), 9701.346: new supervisors' programs count in either case. Refused
    `invalid_input`, `parameter_missing`.
    """
    ids = list(ids)
    until = terms.on - timedelta(days=1)
    threshold = terms.policy["proration.lwop_threshold_days"]
    if since is None:
        return Factors(None, until, {}, {}, threshold, _supervisors(ids, terms=terms))
    if until < since:
        raise Refused(
            "invalid_input", "9701.342(e)(1)", "The time between payouts begins before the payout."
        )
    terms.policy.require("proration.formula")
    window = {"window_start": since, "window_end": until}
    return Factors(
        since,
        until,
        promoted_in(ids, **window),
        absences_in(ids, **window),
        threshold,
        _supervisors(ids, terms=terms),
    )


def _supervisors(ids: Iterable[int], *, terms: Terms) -> dict[int, Fraction]:
    """The part of each whose program is not complete; the directive is asked where one is."""
    learning = in_supervisor_program(ids, on=terms.on)
    if not learning:
        return {}
    part = supervisor_factor(complete=False, factor=terms.policy["supervisor.factor"])
    return dict.fromkeys(learning, part)
