"""Giving a signed appraisal to the employee (5 CFR 9701.409(h))."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.urls import reverse

from casework.actor import Actor
from casework.services.notices import notify
from performance.models import Appraisal
from performance.rules.appraisal import CITATION, NOT_A_RATING
from performance.services.appraisal_act import act_on_appraisal
from performance.services.ask_for_appraisals import appraisal_given


@transaction.atomic
def give_appraisal(appraisal: Appraisal, *, actor: Actor, on: date, version: int) -> Appraisal:
    """The employee has it; it goes beside the form when he is rated, and is used for nothing else.

    Raises Refused: what `act_on_appraisal` refuses.
    """
    saved = act_on_appraisal(
        appraisal,
        name="give_appraisal",
        do=lambda fresh: fresh.give(on=on),
        actor=actor,
        on=on,
        version=version,
    )
    if saved.circumstance is not None:
        appraisal_given(saved.circumstance, on=on)
    notify(
        saved.employee.user,
        title="An appraisal of your work was given to you",
        body=NOT_A_RATING,
        on=on,
        subject=saved.subject,
        citation=CITATION,
        url=reverse("performance:appraisal", args=[saved.pk]),
    )
    return saved
