"""Signing an appraisal (5 CFR 9701.409(h))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from performance.models import Appraisal
from performance.services.appraisal_act import act_on_appraisal
from regulation import clock
from regulation.refusals import Refused


def sign_appraisal(appraisal: Appraisal, *, actor: Actor, on: date, version: int) -> Appraisal:
    """The supervisor signs; nothing of it changes from then on.

    Raises Refused: what `act_on_appraisal` refuses, record_incomplete without words on progress.
    """

    def sign(fresh: Appraisal) -> None:
        if not fresh.progress.strip():
            raise Refused(
                "record_incomplete", "9701.409(h)", "Say how the employee did before you sign."
            )
        fresh.sign(at=clock.now())

    return act_on_appraisal(
        appraisal, name="sign_appraisal", do=sign, actor=actor, on=on, version=version
    )
