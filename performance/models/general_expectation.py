"""What is expected of everybody in an organization (5 CFR 9701.406(a))."""

from __future__ import annotations

from django.db import models


class GeneralKind(models.TextChoices):
    """The kinds that 5 CFR 9701.406(a) names."""

    PROCEDURE = "procedure", "Standard operating procedure"
    HANDBOOK = "handbook", "Handbook"
    INSTRUCTION = "instruction", "Job or unit instruction"


class GeneralExpectation(models.Model):
    """One version of a procedure, handbook or instruction; a revision is another row."""

    organization = models.ForeignKey(
        "accounts.Organization", on_delete=models.PROTECT, related_name="+"
    )
    kind = models.CharField(max_length=12, choices=GeneralKind.choices)
    title = models.CharField(max_length=160)
    #: Where it is found: its number, or the manual it is in.
    source = models.CharField(max_length=200)
    available_on = models.DateField()
    #: The version that this one takes the place of, from its own date.
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revised_by"
    )
    recorded_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, db_constraint=False, related_name="+"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["organization__path", "title", "available_on", "id"]

    def __str__(self) -> str:
        return f"{self.title}, available {self.available_on}"
