from __future__ import annotations

from django.apps import AppConfig


class AdverseActionsConfig(AppConfig):
    name = "adverse_actions"

    def ready(self) -> None:
        from django.urls import reverse

        from adverse_actions import receivers
        from adverse_actions.services.effect import effect_promised
        from casework.settlement import DeadlineKind, register
        from pay.case_acts import CaseAct, register_case_act
        from pay.deadlines import DECIDED_ACTION
        from pay.models import DenialState, DeniedIncrease
        from performance.signals import rating_corrected

        register(
            DeadlineKind(DECIDED_ACTION, lapse=effect_promised, alert=lambda deadline, day: None)
        )

        rating_corrected.connect(
            receivers.on_rating_corrected, dispatch_uid="adverse_actions.correction"
        )

        def address(case: DeniedIncrease) -> str:
            return reverse("adverse_actions:new_proposal", args=[case.employee.number])

        register_case_act(
            CaseAct(
                name="propose",
                label="Record a delivered proposal",
                address=address,
                offered=lambda case: (
                    case.below_minimum and case.state in (DenialState.OPEN, DenialState.DEFAULTED)
                ),
            )
        )
