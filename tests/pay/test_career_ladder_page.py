"""The page of a career ladder: schedule a promotion, and certify what it required."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from casework.models import WorkItem
from casework.services.deadlines import sweep
from pay.models import LadderPromotion, LadderState
from pay.queries.rates import rate_on
from regulation.clock import at_noon, use_clock
from tests.factories import grant_role, make_band, make_user
from tests.pay.factories import make_ground, make_paid_employee
from workforce.models import Employee

pytestmark = pytest.mark.django_db
DUE = date(2007, 6, 10)


@pytest.fixture(autouse=True)
def _on_the_day() -> Iterator[None]:
    with use_clock(at_noon(DUE)):
        yield


@pytest.fixture
def specialist(db: None) -> User:
    user = make_user("specialist")
    grant_role(user, Role.PAY_SPECIALIST)
    return user


@pytest.fixture
def employee(db: None) -> Employee:
    make_ground()
    entry = make_band("ED", minimum=30_000, maximum=44_000, level="entry_developmental", rank=1)
    return make_paid_employee(entry, 36_000, hired=date(2007, 1, 7))


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_promotion_is_scheduled_asked_for_certified_and_paid(
    employee: Employee, specialist: User
) -> None:
    client = client_of(specialist)
    page = reverse("pay:career_ladder", args=[employee.number])
    fields = {
        "form_key": str(uuid4()),
        "due_on": DUE.isoformat(),
        "before": "34,075",
        "after": "$38,824",
        "authority": "Directive 3",
    }
    assert client.post(page, fields).headers["Location"] == page
    sweep(on=DUE)
    item = WorkItem.objects.get(kind="certify_ladder_promotion", done_at=None)
    assert item.url == page
    row = LadderPromotion.objects.get()
    assert "Certify as met" in client.get(page).content.decode()
    answer = client.post(
        reverse("pay:certify_ladder_promotion", args=[row.pk]),
        {"form_key": str(uuid4()), "version": str(row.version)},
    )
    assert answer.headers["Location"] == page
    assert LadderPromotion.objects.get().state == LadderState.PAID
    paid = rate_on(employee, DUE)
    assert paid is not None
    assert paid.basic == 41_017
    # A second form on the old page changes nothing.
    again = client.post(
        reverse("pay:certify_ladder_promotion", args=[row.pk]),
        {"form_key": str(uuid4()), "version": str(row.version)},
    )
    assert again.status_code == 409


def test_a_ladder_that_does_not_rise_comes_back_as_typed(
    employee: Employee, specialist: User
) -> None:
    fields = {
        "form_key": str(uuid4()),
        "due_on": DUE.isoformat(),
        "before": "38,824",
        "after": "34,075",
        "authority": "Directive 3",
    }
    page = reverse("pay:career_ladder", args=[employee.number])
    answer = client_of(specialist).post(page, fields)
    assert answer.status_code == 422
    assert 'data-code="invalid_input"' in answer.content.decode()
    assert 'value="38,824"' in answer.content.decode()
    assert not LadderPromotion.objects.exists()
