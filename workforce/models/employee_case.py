"""A case about one employee."""

from __future__ import annotations

from django.db import models

from casework.models import Case
from workforce.models.employee import Employee


class EmployeeCase(Case):
    """Base of the cases that lock the employee's row before their own."""

    employee = models.ForeignKey(
        "workforce.Employee", on_delete=models.PROTECT, related_name="%(class)ss"
    )

    class Meta:
        abstract = True

    def lock_subject(self) -> None:
        Employee.objects.select_for_update(no_key=True).only("pk").get(pk=self.employee_id)
