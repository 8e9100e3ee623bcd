"""The form that annuls a personnel action posted in error."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms

from pay.forms.action_fields import choice, words
from pay.forms.personnel_action import By, PersonnelActionForm
from pay.models import PayAction
from pay.rules.wording.kinds import words_of
from pay.services.cancel_action import cancel_action
from workforce.models import Employee


class CancellationForm(PersonnelActionForm):
    """An action that should not have been; what was posted after it is worked out again."""

    layout = ("action", "reason", "authority")

    action = choice([], label="Action posted in error")
    reason = words(
        label="What the error was",
        help_text="It stays on record beside the action, and the employee can read it.",
        most=200,
    )
    authority = words(
        label="Authority",
        help_text="The order or decision that this rests on; it stays with the step.",
        most=160,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["action"]).choices = [
            ("", "Choose one"),
            *((str(action.pk), _told(action)) for action in self.choices.cancellable),
        ]

    @property
    def chosen(self) -> PayAction:
        """The action that was chosen."""
        pk = self.cleaned_data["action"]
        return next(each for each in self.choices.cancellable if str(each.pk) == pk)

    @property
    def counts_on(self) -> date:
        counted: date = self.chosen.effective
        return counted

    def carry_out(self, employee: Employee, by: By) -> None:
        cancel_action(
            self.chosen,
            reason=self.cleaned_data["reason"],
            authority=self.cleaned_data["authority"],
            actor=by.actor,
            on=by.on,
            version=by.version,
        )


def _told(action: PayAction) -> str:
    """A step in a line: its day, what it was, and the rate that it set."""
    on = action.effective
    title = words_of(action.kind, below_minimum=False, retained=False).title
    if action.amount is not None:
        return f"{on:%B} {on.day}, {on.year}: {title}, ${action.amount:,}"
    return f"{on:%B} {on.day}, {on.year}: {title}, basic pay ${action.basic_after:,}"
