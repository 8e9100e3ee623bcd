"""Roles, granted to a user for an organization and a time."""

from __future__ import annotations

from django.db import models


class Role(models.TextChoices):
    """Roles that are granted; employee, supervisor and reviewing official follow from relations."""

    HR_SPECIALIST = "hr_specialist", "HR specialist"
    PAY_SPECIALIST = "pay_specialist", "Pay specialist"
    DESIGNEE = "designee", "Secretary's designee"
    OPM_REVIEWER = "opm_reviewer", "OPM reviewer"
    AUDITOR = "auditor", "Auditor"
    ADMINISTRATOR = "administrator", "Administrator"


class RoleGrant(models.Model):
    """One role for one user, over an organization and what lies under it, from a date to a date."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=24, choices=Role.choices)
    organization = models.ForeignKey(
        "accounts.Organization",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        help_text="Empty: the whole Department.",
    )
    starts = models.DateField()
    ends = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gte=models.F("starts")),
                name="role_grant_ends_after_it_starts",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} ({self.organization or 'Department'})"
