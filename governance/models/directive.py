"""Implementing directives (5 CFR 9701.103 "Implementing directives")."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class DirectiveState(models.TextChoices):
    DRAFT = "draft", "Draft"
    DECIDED = "decided", "Decided"
    IN_EFFECT = "in_effect", "Issued"
    SUPERSEDED = "superseded", "Superseded"
    WITHDRAWN = "withdrawn", "Given up"


#: Once issued, nothing of a directive changes; a trigger sees to it.
ISSUED = (DirectiveState.IN_EFFECT, DirectiveState.SUPERSEDED)


class Directive(Case):
    """A directive of the Secretary or designee; it carries the dated policy parameters.

    While it is a draft, `proposed` holds the values; when it is issued they become `PolicyValue`.
    """

    subject_kind = "directive"

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    #: Why the values are changed.
    reason = models.TextField(blank=True)
    state = FSMField(
        max_length=12,
        choices=DirectiveState.choices,
        default=DirectiveState.DRAFT,
        protected=True,
    )
    proposed = models.JSONField(default=dict)
    signed_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective = models.DateField()
    coordination = models.ForeignKey(
        "governance.Coordination", null=True, blank=True, on_delete=models.PROTECT
    )
    drafted_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def issued(self) -> bool:
        """Whether it was issued, so that nothing of it changes any more."""
        return self.state in ISSUED

    @transition(
        field=state,
        source=[DirectiveState.DRAFT, DirectiveState.DECIDED],
        target=DirectiveState.IN_EFFECT,
    )
    def issue(self, *, by: object, on: object) -> None:
        """The Secretary or designee signs it; from here on nothing of it changes."""
        self.issued_by = by  # type: ignore[assignment]
        self.signed_by = str(by or "")
        self.decided_on = on  # type: ignore[assignment]

    @transition(
        field=state,
        source=[DirectiveState.DRAFT, DirectiveState.DECIDED],
        target=DirectiveState.WITHDRAWN,
    )
    def give_up(self) -> None:
        """The draft is not pursued."""
