"""What every form of a personnel action is asked, and how it becomes one call of one service."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.forms import BoundField

from casework.actor import Actor
from pay.forms.action_fields import PositionField, day, words
from pay.queries.action_choices import ActionChoices
from regulation.pay_periods import pay_calendar
from workforce.models import Employee


@dataclass(frozen=True, slots=True)
class By:
    """Who acts, on which day, and on which version of the employee's record."""

    actor: Actor
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that belong together, under a legend; without one they stand alone."""

    legend: str
    fields: tuple[BoundField, ...]
    hint: str = ""


class PersonnelActionForm(forms.Form):
    """A decision about one person; a subclass names its fields in `layout`."""

    #: The fields, each alone or in a group: legend, names, hint.
    layout: ClassVar[Sequence[str | tuple[str, Sequence[str], str]]] = ()

    def __init__(self, *args: Any, choices: ActionChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices

    @classmethod
    def proposed(cls, choices: ActionChoices) -> dict[str, Any]:
        """What the form begins with."""
        return {}

    def groups(self) -> Iterator[Group]:
        """The fields as the page shows them."""
        for each in self.layout:
            if isinstance(each, str):
                yield Group("", (self[each],))
            else:
                legend, names, hint = each
                yield Group(legend, tuple(self[name] for name in names), hint)

    @property
    def position_field(self) -> str:
        """The name of the field that holds a position, empty where there is none."""
        return next(
            (name for name, field in self.fields.items() if isinstance(field, PositionField)), ""
        )

    @property
    def typed(self) -> str:
        """A hash of everything typed, by which a change after the result is found out."""
        entries = [(name, self.data.get(name)) for name in sorted(self.fields)]
        return hashlib.sha256(json.dumps(entries).encode()).hexdigest()

    @property
    def counts_on(self) -> date:
        """The date on which the result is looked at."""
        raise NotImplementedError

    def carry_out(self, employee: Employee, by: By) -> None:
        """Call the service. Refused: what the service refuses."""
        raise NotImplementedError


class OrderForm(PersonnelActionForm):
    """A decision with its effective date and the authority that it rests on."""

    effective = day(label="Effective date")
    authority = words(
        label="Authority",
        help_text="The order, certificate or decision that this rests on; it stays with the step.",
        most=160,
    )

    @classmethod
    def proposed(cls, choices: ActionChoices) -> dict[str, Any]:
        """The pay period that begins next."""
        return {"effective": pay_calendar().on_or_after(choices.on)}

    @property
    def counts_on(self) -> date:
        """The date on which the result is looked at."""
        counted: date = self.cleaned_data["effective"]
        return counted

    def common(self, by: By) -> dict[str, Any]:
        """What nearly every service is told."""
        return {
            "effective": self.cleaned_data["effective"],
            "authority": self.cleaned_data["authority"],
            "actor": by.actor,
            "on": by.on,
            "version": by.version,
        }
