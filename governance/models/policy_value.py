"""The Department's numbers, dated, each carried by a directive (rule 4 of the design)."""

from __future__ import annotations

from django.db import models


class PolicyValue(models.Model):
    """The value of one parameter from a date on, until a later row of the same key; append-only.

    Of two rows of one day the later one holds.

    A JSON null takes the parameter away: who needs it then is refused by name.
    """

    key = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    starts = models.DateField()
    directive = models.ForeignKey(
        "governance.Directive", on_delete=models.PROTECT, related_name="values"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "directive"], name="one_value_of_a_key_in_a_directive"
            )
        ]
        indexes = [models.Index(fields=["key", "starts"])]
        ordering = ["key", "starts", "id"]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} from {self.starts}"
