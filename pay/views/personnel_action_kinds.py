"""Every personnel action that has a form: what it is called, who may, and when it is offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from pay.forms.cancellation import CancellationForm
from pay.forms.in_the_band import DevelopmentalStepForm, ReductionForm, SpecialIncreaseForm
from pay.forms.moves import DemotionForm, PromotionForm, ReassignmentForm
from pay.forms.personnel_action import PersonnelActionForm
from pay.forms.presence import AbsenceForm, RatingCorrectionForm, ReturnForm, SeparationForm
from pay.forms.special_payments import (
    PaymentEndForm,
    PaymentReductionForm,
    SpecialPaymentForm,
)
from pay.forms.starting_pay import StartingPayForm
from pay.models import SpecialPayment
from pay.models.special_payment import PaymentSchedule
from pay.services.cancel_action import cancellable_of
from workforce.models import Employee, EmployeeState
from workforce.models.employee import ABSENT

Offered: TypeAlias = Callable[[Employee, bool], bool]

BOTH = frozenset({"hr", "pay_office"})
HR = frozenset({"hr"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """One kind of personnel action; `offered` is asked with the employee and whether he is paid."""

    slug: str
    title: str
    about: str
    citation: str
    form: type[PersonnelActionForm]
    group: str
    relations: frozenset[str] = BOTH
    offered: Offered

    @property
    def url_name(self) -> str:
        """The name of its page."""
        return f"pay:action_{self.slug.replace('-', '_')}"


def _paid(employee: Employee, paid: bool) -> bool:
    return paid


def _paid_beside(employee: Employee, paid: bool) -> bool:
    return SpecialPayment.objects.filter(
        employee=employee, schedule=PaymentSchedule.PAY_PERIOD, ends__isnull=True
    ).exists()


MOVES, IN_POSITION, PRESENCE, RIGHT = (
    "Moves",
    "In the position held",
    "Coming and going",
    "Setting right",
)

KINDS = (
    ActionKind(
        slug="promotion",
        title="Promotion",
        about="To a position in a higher band, for good or for a time.",
        citation="9701.353",
        form=PromotionForm,
        group=MOVES,
        offered=_paid,
    ),
    ActionKind(
        slug="reassignment",
        title="Reassignment",
        about="To another position, duty station or special rate category.",
        citation="9701.355",
        form=ReassignmentForm,
        group=MOVES,
        offered=_paid,
    ),
    ActionKind(
        slug="demotion",
        title="Demotion",
        about="To a position in a lower band: by decision, at the employee’s request, or at the "
        "end of a temporary promotion.",
        citation="9701.354",
        form=DemotionForm,
        group=MOVES,
        offered=_paid,
    ),
    ActionKind(
        slug="special-increase",
        title="Special increase within the band",
        about="For exceptional skills or contributions, beside the payout.",
        citation="9701.344",
        form=SpecialIncreaseForm,
        group=IN_POSITION,
        offered=_paid,
    ),
    ActionKind(
        slug="developmental-step",
        title="Developmental step",
        about="A step of the progression plan, its points certified.",
        citation="9701.345",
        form=DevelopmentalStepForm,
        group=IN_POSITION,
        offered=_paid,
    ),
    ActionKind(
        slug="special-payment",
        title="Special payment",
        about="For skills, an assignment or staffing; never basic pay.",
        citation="9701.361-363",
        form=SpecialPaymentForm,
        group=IN_POSITION,
        offered=_paid,
    ),
    ActionKind(
        slug="payment-reduction",
        title="Less of a special payment",
        about="From any date on, without notice.",
        citation="9701.361-363",
        form=PaymentReductionForm,
        group=IN_POSITION,
        offered=_paid_beside,
    ),
    ActionKind(
        slug="payment-end",
        title="End of a special payment",
        about="After any day, without notice; no rate changes.",
        citation="9701.361-363",
        form=PaymentEndForm,
        group=IN_POSITION,
        offered=_paid_beside,
    ),
    ActionKind(
        slug="reduction",
        title="Reduction within the band",
        about="Carries out a decided adverse action; nothing else lowers pay.",
        citation="9701.343",
        form=ReductionForm,
        group=IN_POSITION,
        offered=_paid,
    ),
    ActionKind(
        slug="starting-pay",
        title="Starting pay",
        about="The first rate of somebody who holds a position and is not paid yet.",
        citation="9701.351",
        form=StartingPayForm,
        group=PRESENCE,
        offered=lambda employee, paid: not paid and employee.state != EmployeeState.SEPARATED,
    ),
    ActionKind(
        slug="absence",
        title="Absence without pay",
        about="Leave without pay, uniformed service or injury compensation begins.",
        citation="9701.342(e)(2)",
        form=AbsenceForm,
        group=PRESENCE,
        relations=HR,
        offered=lambda employee, paid: employee.state == EmployeeState.ON_BOARD,
    ),
    ActionKind(
        slug="return",
        title="Return to duty",
        about="Back from an absence; what service or injury compensation missed is credited.",
        citation="9701.342(f)",
        form=ReturnForm,
        group=PRESENCE,
        offered=lambda employee, paid: employee.state in (*ABSENT, EmployeeState.SEPARATED),
    ),
    ActionKind(
        slug="separation",
        title="Separation",
        about="Employment and pay end.",
        citation="",
        form=SeparationForm,
        group=PRESENCE,
        offered=lambda employee, paid: paid and employee.state != EmployeeState.SEPARATED,
    ),
    ActionKind(
        slug="rating-correction",
        title="Correction of a rating",
        about="A rating was wrong when it was issued; pay is set right from its first consequence, "
        "with back pay and interest.",
        citation="9701.323",
        form=RatingCorrectionForm,
        group=RIGHT,
        relations=HR,
        offered=lambda employee, paid: True,
    ),
    ActionKind(
        slug="cancellation",
        title="Cancellation of an action",
        about="An action was posted in error: it counts no longer, and what came after it is "
        "worked out again.",
        citation="9701.321(a)",
        form=CancellationForm,
        group=RIGHT,
        offered=lambda employee, paid: bool(cancellable_of(employee)),
    ),
)


def offered_to(
    employee: Employee, *, paid: bool, allowed: Callable[[ActionKind], bool]
) -> Iterator[tuple[str, list[ActionKind]]]:
    """What may be begun for an employee now, by group."""
    for group in (MOVES, IN_POSITION, PRESENCE, RIGHT):
        kinds = [
            kind
            for kind in KINDS
            if kind.group == group and kind.offered(employee, paid) and allowed(kind)
        ]
        if kinds:
            yield group, kinds
