"""Implementing directives (5 CFR 9701.103 "Implementing directives")."""

from __future__ import annotations

from django.db import models


class DirectiveState(models.TextChoices):
    DRAFT = "draft", "Draft"
    DECIDED = "decided", "Decided"
    IN_EFFECT = "in_effect", "In effect"
    SUPERSEDED = "superseded", "Superseded"


class Directive(models.Model):
    """A directive of the Secretary or designee; it carries the dated policy parameters."""

    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    state = models.CharField(
        max_length=12, choices=DirectiveState.choices, default=DirectiveState.DRAFT
    )
    signed_by = models.CharField(max_length=160, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    effective = models.DateField()
    coordination = models.ForeignKey(
        "governance.Coordination", null=True, blank=True, on_delete=models.PROTECT
    )

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
