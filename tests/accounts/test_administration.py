"""The Django admin: for administrators alone, and for nothing that a service must do."""

from __future__ import annotations

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client

from accounts.models import Role, RoleGrant, User
from tests import factories
from workforce.models import Employee

pytestmark = pytest.mark.django_db

#: What services write: never to be added, changed or deleted in the admin, nor shown there.
KEPT_OUT = [
    "casework.Entry",
    "casework.Notice",
    "casework.WorkItem",
    "casework.Document",
    "classification.ClassificationDecision",
    "pay.PayOrder",
    "pay.PayAction",
    "pay.PayRate",
    "pay.PayRun",
    "pay.DeniedIncrease",
    "performance.Plan",
    "performance.RatingOfRecord",
    "reconsideration.Request",
    "adverse_actions.Proposal",
    "workforce.Assignment",
    "workforce.Supervision",
]
WRITABLE = {
    "accounts.User",
    "accounts.Organization",
    "accounts.RoleGrant",
    "accounts.Recusal",
    "classification.OccupationalCluster",
    "classification.OccupationalSeries",
    "classification.Band",
    "classification.MovementRule",
    "pay.LocalityArea",
    "pay.PayPool",
}
ADDED_TO = {
    "pay.ExecutiveSchedule",
    "pay.InterestRate",
    "pay.SpecialRate",
    "performance.Cycle",
}
#: Only the log-in of an employee who has none.
JOINED = {"workforce.Employee"}


@pytest.fixture
def administrator() -> User:
    user = factories.make_user("admin")
    factories.grant_role(user, Role.ADMINISTRATOR)
    return user


@pytest.fixture
def inside(client: Client, administrator: User) -> Client:
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_strangers_are_sent_to_the_one_log_in_page(client: Client) -> None:
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_no_other_role_and_no_flag_opens_the_admin(client: Client, role: Role) -> None:
    user = factories.make_user(is_staff=True, is_superuser=True)
    factories.grant_role(user, role)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/", follow=True).status_code == 403
    assert client.get("/admin/accounts/user/", follow=True).status_code == 403


def test_an_ended_grant_closes_the_admin(client: Client) -> None:
    user = factories.make_user()
    RoleGrant.objects.create(
        user=user, role=Role.ADMINISTRATOR, starts=date(2000, 1, 1), ends=date(2000, 12, 31)
    )
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/", follow=True).status_code == 403


def test_every_page_of_the_admin_opens(inside: Client) -> None:
    assert inside.get("/admin/").status_code == 200
    for model, shown in admin.site._registry.items():
        if not model.__module__.startswith(("axes", "django")):
            place = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            assert inside.get(place).status_code == 200, place
            added = inside.get(f"{place}add/").status_code
            assert added == (200 if getattr(shown, "may_add", False) else 403), place


@pytest.mark.parametrize("label", KEPT_OUT)
def test_what_services_write_is_not_in_the_admin(label: str) -> None:
    assert not admin.site.is_registered(apps.get_model(label))


def test_only_reference_data_and_users_are_writable(administrator: User) -> None:
    registered = {
        model._meta.label: shown
        for model, shown in admin.site._registry.items()
        if not model.__module__.startswith(("axes", "django"))
    }
    may_change = {label for label, shown in registered.items() if shown.may_change}  # type: ignore[attr-defined]
    may_add = {label for label, shown in registered.items() if shown.may_add}  # type: ignore[attr-defined]
    assert may_change == WRITABLE | JOINED
    assert may_add == WRITABLE | ADDED_TO


def test_nothing_is_deleted_in_the_admin(inside: Client) -> None:
    office = factories.make_organization("HQ")
    assert inside.post(f"/admin/accounts/organization/{office.pk}/delete/").status_code == 403
    office.refresh_from_db()


def test_a_user_is_made_with_a_name_and_without_a_flag(inside: Client) -> None:
    body = {
        "username": "bob",
        "full_name": "Bob Lee",
        "email": "",
        "usable_password": "true",
        "password1": "correct horse battery",
        "password2": "correct horse battery",
        "grants-TOTAL_FORMS": "0",
        "grants-INITIAL_FORMS": "0",
    }
    assert inside.post("/admin/accounts/user/add/", body).status_code == 302
    user = User.objects.get(username="bob")
    assert (user.full_name, user.is_staff, user.is_superuser) == ("Bob Lee", False, False)


def test_a_grant_that_the_rules_refuse_is_shown_with_the_reason(
    inside: Client, administrator: User
) -> None:
    body = {"user": administrator.pk, "role": Role.AUDITOR, "starts": "2024-10-01"}
    answer = inside.post("/admin/accounts/rolegrant/add/", body)
    assert "Another administrator grants and ends your roles." in answer.content.decode()
    other = factories.make_user()
    answer = inside.post("/admin/accounts/rolegrant/add/", body | {"user": other.pk})
    assert answer.status_code == 302
    assert RoleGrant.objects.get(user=other).role == Role.AUDITOR


def test_an_employee_is_joined_to_a_log_in_once(inside: Client) -> None:
    employee = factories.make_employee(user=False)
    user = factories.make_user()
    place = f"/admin/workforce/employee/{employee.pk}/change/"
    assert inside.post(place, {"user": user.pk, "given_name": "Other"}).status_code == 302
    joined = Employee.objects.get(pk=employee.pk)
    assert (joined.user, joined.given_name) == (user, "Robin")
    inside.post(place, {"user": factories.make_user().pk})
    assert Employee.objects.get(pk=employee.pk).user == user
