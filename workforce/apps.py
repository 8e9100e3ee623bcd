from __future__ import annotations

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    name = "workforce"

    def ready(self) -> None:
        from accounts.access import register_relation
        from casework.settlement import register_person_lock
        from workforce.models import Employee
        from workforce.queries import relations

        register_relation("self", relations.is_self)  # type: ignore[arg-type]
        register_relation("team", relations.is_supervisor)  # type: ignore[arg-type]
        register_relation("line", relations.is_line)  # type: ignore[arg-type]
        register_relation("hr", relations.is_hr)  # type: ignore[arg-type]
        register_relation("pay_office", relations.is_pay_office)  # type: ignore[arg-type]
        register_relation("audit", relations.is_auditor)  # type: ignore[arg-type]

        def lock(employee_key: int) -> None:
            Employee.objects.select_for_update(no_key=True).only("pk").get(pk=employee_key)

        register_person_lock(lock)
