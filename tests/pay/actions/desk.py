"""An HR desk: one employee in a small department, who may act on him, and what a form sends."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

from accounts.models import Organization, Role, User
from classification.models import Band, Position
from tests.factories import grant_role, make_band, make_organization, make_user
from tests.pay.factories import make_ground, make_locality, make_paid_employee, position_in
from workforce.models import Employee

TODAY = date(2007, 3, 5)
#: The first pay period on or after it.
NEXT = "2007-03-18"

#: What the machinery of a page writes whatever the page does: who read it, and sessions.
_NOT_COUNTED = {"accounts_readlog", "django_session", "django_migrations"}


@dataclass
class Desk:
    """Bands, positions, one paid employee, and a user over his organization."""

    organization: Organization
    band: Band
    senior: Band
    lower: Band
    employee: Employee
    user: User
    client: Client

    def url(self, slug: str = "", *, number: str = "") -> str:
        """The list of the employee's actions, or one of its forms."""
        base = f"/pay/people/{number or self.employee.number}/actions/"
        return f"{base}{slug}/" if slug else base

    def position(self, band: Band) -> Position:
        """Another position of the same office."""
        return position_in(band, organization=self.organization)

    def send(self, slug: str, do: str = "show", **fields: Any) -> tuple[int, str]:
        """Post a form; the status and the text of the answer."""
        told = {"form_key": str(uuid4()), "do": do, **fields}
        answer = self.client.post(self.url(slug), told)
        return answer.status_code, answer.content.decode()

    def show(self, slug: str, **fields: Any) -> str:
        """Show the result of a form; the page."""
        status, text = self.send(slug, **fields)
        assert status == 200, re.findall(r'usa-error-message[^>]*>[^<]*|id="refusal".*', text)
        return text

    def carry_out(self, slug: str, **fields: Any) -> tuple[int, str]:
        """Show the result of a form, and carry out what was shown."""
        return self.send(slug, "carry_out", shown=shown_on(self.show(slug, **fields)), **fields)

    def fresh(self) -> Employee:
        """The employee as saved."""
        return Employee.objects.get(pk=self.employee.pk)


def make_desk(basic: int = 62_000, *, role: Role = Role.HR_SPECIALIST, **person: Any) -> Desk:
    """One employee in the middle of three bands of a cluster."""
    make_ground()
    make_locality("DC", "20")
    make_locality("RUS", "12.5")
    organization = make_organization("HQ")
    bands = {
        "lower": make_band(
            "LE-ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1
        ),
        "band": make_band("LE-FP", minimum=41_111, maximum=70_000),
        "senior": make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3),
    }
    person.setdefault("area", "RUS")
    held = bands[person.pop("held", "band")]
    employee = make_paid_employee(held, basic, organization=organization, **person)
    user = make_user(f"{role.value}-desk", full_name="Harper Quinn")
    grant_role(user, role, organization=organization)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return Desk(organization=organization, employee=employee, user=user, client=client, **bands)


def shown_on(page: str) -> str:
    """The result that a page carries."""
    found = re.search(r'name="shown" value="([^"]+)"', page)
    assert found, "the page shows no result to carry out"
    return found[1]


def rows_of_every_table() -> dict[str, int]:
    """How many rows every table has, but for those that the reading of any page writes."""
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor)) - _NOT_COUNTED
        counted = {}
        for table in sorted(tables):
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            (counted[table],) = cursor.fetchone()
    return counted
