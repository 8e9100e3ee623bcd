"""What waits for whom: the inbox is one indexed query."""

from __future__ import annotations

from django.db import models


class WorkItem(models.Model):
    """One thing to do, for a user or for a role over an organization, until it is done."""

    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=60)
    employee_key = models.BigIntegerField(default=0)
    title = models.CharField(max_length=200)
    citation = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=200, blank=True)
    user = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.CASCADE, related_name="work_items"
    )
    role = models.CharField(max_length=24, blank=True)
    organization = models.ForeignKey(
        "accounts.Organization", null=True, blank=True, on_delete=models.PROTECT
    )
    opened_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=models.Q(done_at=None),
                name="one_open_work_item_of_a_kind",
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "due_on"],
                condition=models.Q(done_at=None),
                name="open_items_of_user",
            ),
            models.Index(
                fields=["role", "due_on"],
                condition=models.Q(done_at=None),
                name="open_items_of_role",
            ),
        ]

    def __str__(self) -> str:
        return self.title
