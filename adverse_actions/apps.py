from __future__ import annotations

from django.apps import AppConfig


class AdverseActionsConfig(AppConfig):
    name = "adverse_actions"

    def ready(self) -> None:
        from django.urls import reverse

        from pay.case_acts import CaseAct, register_case_act
        from pay.models import DenialState, DeniedIncrease

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
