"""Forms of payments beside basic pay: begun, reduced, ended (5 CFR 9701.361-363)."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from pay.forms.action_fields import choice, day, words
from pay.forms.fields import Cents, text_input
from pay.forms.personnel_action import By, OrderForm, PersonnelActionForm
from pay.models import SpecialPayment
from pay.models.special_payment import PaymentSchedule, SpecialPaymentKind
from pay.services.special_payment import (
    end_special_payment,
    pay_special_payment,
    reduce_special_payment,
)
from workforce.models import Employee


class SpecialPaymentForm(OrderForm):
    """A payment begins."""

    layout = ("kind", "amount", "schedule", "effective", "conditions", "review_on", "authority")

    kind = choice(SpecialPaymentKind.choices, label="Kind of payment")
    amount = Cents(label="Amount in dollars and cents", widget=text_input())
    schedule = choice(PaymentSchedule.choices, label="How it is paid")
    conditions = words(label="Conditions", most=300, required=False)
    review_on = day(label="Looked at again on", required=False)

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        pay_special_payment(
            employee,
            kind=cleaned["kind"],
            amount=cleaned["amount"],
            schedule=cleaned["schedule"],
            conditions=cleaned["conditions"],
            review_on=cleaned["review_on"],
            **self.common(by),
        )


class RunningPaymentForm(PersonnelActionForm):
    """A form about a payment that runs."""

    payment = choice([], label="Payment")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["payment"]).choices = [
            ("", "Choose one"),
            *((str(each.pk), _named(each)) for each in self.choices.payments),
        ]

    def chosen(self) -> SpecialPayment:
        """The payment that was chosen."""
        return next(
            each for each in self.choices.payments if str(each.pk) == self.cleaned_data["payment"]
        )


class PaymentReductionForm(RunningPaymentForm, OrderForm):
    """Less is paid from a date on."""

    layout = ("payment", "amount", "effective", "reason", "authority")

    amount = Cents(label="New amount a pay period", widget=text_input())
    reason = words(label="Reason", most=200, required=False)

    def carry_out(self, employee: Employee, by: By) -> None:
        reduce_special_payment(
            self.chosen(),
            amount=self.cleaned_data["amount"],
            reason=self.cleaned_data["reason"],
            **self.common(by),
        )


class PaymentEndForm(RunningPaymentForm):
    """A payment ends after any day, without notice."""

    layout = ("payment", "last_day", "reason", "authority")

    last_day = day(label="Last day on which it is earned")
    reason = words(label="Reason", most=200, required=False)
    authority = words(label="Authority", most=160)

    @property
    def counts_on(self) -> date:
        counted: date = self.cleaned_data["last_day"]
        return counted

    def carry_out(self, employee: Employee, by: By) -> None:
        cleaned = self.cleaned_data
        end_special_payment(
            self.chosen(),
            last_day=cleaned["last_day"],
            reason=cleaned["reason"],
            authority=cleaned["authority"],
            actor=by.actor,
            on=by.on,
            version=by.version,
        )


def _named(payment: SpecialPayment) -> str:
    return (
        f"{payment.get_kind_display()}, ${payment.amount:,} from {payment.starts:%b} "
        f"{payment.starts.day}, {payment.starts.year}"
    )
