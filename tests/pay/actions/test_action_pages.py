"""Each form of a personnel action: the result first, then the act; a refusal writes nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from pay.models import PayAction, SpecialPayment, Supplement
from pay.queries.history import standing_actions
from pay.services.adjust_ranges import adjust_ranges
from pay.services.promote import promote
from performance.models import RatingOfRecord
from regulation import clock
from tests.factories import make_employee
from tests.pay.actions.desk import NEXT, TODAY, Desk, make_desk, rows_of_every_table, shown_on
from tests.pay.factories import SYSTEM, make_paid_employee, rate
from workforce.models import Assignment, Employee
from workforce.services.absences import begin_absence

pytestmark = pytest.mark.django_db

ORDER = {"effective": NEXT, "authority": "Order 07-12"}
DECISION = {"decision": "AA-2007-4", "delivered_on": "2007-03-01"}


@dataclass(frozen=True)
class Form:
    """What a form is told, what its result says, and what the ledger has after it."""

    slug: str
    fields: dict[str, Any]
    says: str
    basic: int
    person: dict[str, Any]
    band: str = ""


FORMS = [
    Form("promotion", ORDER, "62,000 × (1 + 8%) = 66,960", 66_960, {"basic": 62_000}, "senior"),
    Form(
        "promotion",
        {**ORDER, "percent": "10", "temporary": "on", "area": "DC"},
        "62,000 × (1 + 10%) = 68,200",
        68_200,
        {"basic": 62_000},
        "senior",
    ),
    Form(
        "demotion",
        {**ORDER, "basis": "adverse_action", "basic": "$58,500", **DECISION},
        "58,500",
        58_500,
        {"basic": 65_000, "held": "senior"},
        "band",
    ),
    Form(
        "demotion",
        {**ORDER, "basis": "other", "reason": "reduction_in_force"},
        "retained",
        74_000,
        {"basic": 74_000, "held": "senior"},
        "band",
    ),
    Form(
        "reassignment",
        {**ORDER, "area": "DC", "reason": "management_directed"},
        "$74,400",
        62_000,
        {"basic": 62_000},
    ),
    Form(
        "reduction",
        {**ORDER, "basic": "55800", "reason": "conduct", **DECISION},
        "$55,800",
        55_800,
        {"basic": 62_000},
    ),
    Form(
        "special-increase",
        {**ORDER, "reason": "exceptional_skills", "percent": "4"},
        "$64,480",
        64_480,
        {"basic": 62_000},
    ),
    Form(
        "developmental-step",
        {
            **ORDER,
            "amount": "2,000",
            "point_1": "Radio",
            "certified_1": "on",
            "months_served": "6",
            "standard_months": "12",
            "pace_reason": "Quick",
        },
        "$42,000",
        42_000,
        {"basic": 40_000, "held": "lower"},
    ),
    Form(
        "special-payment",
        {**ORDER, "kind": "skills", "amount": "312.50", "schedule": "pay_period"},
        "$312.50",
        62_000,
        {"basic": 62_000},
    ),
]


def _fields(desk: Desk, form: Form) -> dict[str, Any]:
    if not form.band:
        return form.fields
    return {"position": desk.position(getattr(desk, form.band)).number, **form.fields}


@pytest.mark.parametrize("role", [Role.HR_SPECIALIST, Role.PAY_SPECIALIST])
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.slug)
def test_the_result_is_shown_and_nothing_kept_until_it_is_carried_out(
    today: None, form: Form, role: Role
) -> None:
    desk = make_desk(role=role, **form.person)
    fields = _fields(desk, form)
    before = rows_of_every_table()
    text = desk.show(form.slug, **fields)
    assert rows_of_every_table() == before
    assert form.says in text
    assert "Nothing is saved yet" in text

    status, _ = desk.send(form.slug, "carry_out", shown=shown_on(text), **fields)
    assert status == 302
    action = PayAction.objects.latest("pk")
    assert (action.basic_after, action.actor) == (form.basic, desk.user)
    assert action.authority == "Order 07-12"
    listed = desk.client.get(desk.url()).content.decode()
    assert "Order 07-12" in listed
    assert "Harper Quinn" in listed
    assert "Coming" in listed


@pytest.mark.parametrize(
    ("slug", "band", "fields", "code", "citation"),
    [
        ("promotion", "band", ORDER, "not_a_promotion", "9701.304"),
        ("promotion", "senior", {**ORDER, "percent": "7.99"}, "invalid_parameter", "9701.353(a)"),
        ("demotion", "lower", {**ORDER, "basis": "adverse_action", "basic": "40000", **DECISION},
         "reduction_over_10", "9701.354"),
        ("reduction", "", {**ORDER, "basic": "55000", "reason": "conduct", **DECISION},
         "reduction_over_10", "9701.343"),
        ("special-increase", "", {**ORDER, "reason": "other"}, "invalid_input", "9701.344"),
        ("developmental-step", "", {**ORDER, "amount": "500", "point_1": "Radio"},
         "not_eligible", "9701.345"),
        ("starting-pay", "", {**ORDER, "entry": "new_appointment", "basic": "50000"},
         "already_employed", "9701.351"),
        ("return", "", {"back_on": "2007-03-05", "authority": "x"}, "invalid_transition", ""),
        ("special-payment", "", {**ORDER, "effective": "1999-01-03", "kind": "skills",
          "amount": "5", "schedule": "lump_sum"}, "not_covered", "9701.102(c)"),
    ],
)  # fmt: skip
def test_a_refusal_is_shown_with_its_paragraph_and_what_was_typed_stays(
    desk: Desk, slug: str, band: str, fields: dict[str, Any], code: str, citation: str
) -> None:
    fields = _fields(desk, Form(slug, fields, "", 0, {}, band))
    before = rows_of_every_table()
    status, text = desk.send(slug, **fields)
    assert status in (403, 409, 422)
    assert rows_of_every_table() == before
    assert f'data-code="{code}"' in text
    assert citation in text
    assert 'value="carry_out"' not in text
    for name, value in fields.items():
        if name not in ("basis", "reason", "kind", "schedule", "entry"):
            assert f'value="{value}"' in text
    status, _ = desk.send(slug, "carry_out", **fields)
    assert status in (403, 409, 422)
    assert rows_of_every_table() == before


def test_what_changed_meanwhile_is_shown_beside_what_was_shown_before(desk: Desk) -> None:
    fields = {**ORDER, "reason": "exceptional_skills", "percent": "4"}
    shown = shown_on(desk.show("special-increase", **fields))
    promote(
        desk.fresh(),
        position=desk.position(desk.senior),
        effective=TODAY,
        actor=SYSTEM,
        authority="Meanwhile",
        on=TODAY,
    )
    before = rows_of_every_table()
    status, text = desk.send("special-increase", "carry_out", shown=shown, **fields)
    assert status == 409
    assert rows_of_every_table() == before
    assert 'data-code="stale_form"' in text
    assert "basic pay $64,480" in text
    assert "basic pay $69,638" in text
    status, _ = desk.send("special-increase", "carry_out", shown=shown_on(text), **fields)
    assert status == 302
    assert PayAction.objects.latest("pk").basic_after == 69_638


def test_another_figure_alone_is_enough_to_stop(desk: Desk) -> None:
    """No act on the employee: a published supplement changed between the result and the act."""
    fields = {**ORDER, "reason": "other", "amount": "1000"}
    shown = shown_on(desk.show("special-increase", **fields))
    Supplement.objects.filter(key="RUS").update(percent=Decimal(13))
    status, text = desk.send("special-increase", "carry_out", shown=shown, **fields)
    assert (status, 'data-code="stale_form"' in text) == (409, True)
    assert "adjusted rate $70,875" in text
    assert "adjusted rate $71,190" in text
    assert not PayAction.objects.filter(kind="within_band_increase").exists()


@pytest.mark.parametrize("shown", ["", "forged", "eyJmaWd1cmVzIjpbXX0:1abc:xyz"])
def test_nothing_is_carried_out_unseen(desk: Desk, shown: str) -> None:
    fields = {**ORDER, "reason": "other", "amount": "1000"}
    status, text = desk.send("special-increase", "carry_out", shown=shown, **fields)
    assert (status, 'data-code="stale_form"' in text) == (409, True)
    assert not PayAction.objects.filter(kind="within_band_increase").exists()


def test_a_form_changed_after_its_result_is_shown_again(desk: Desk) -> None:
    fields = {**ORDER, "reason": "other", "amount": "1000"}
    shown = shown_on(desk.show("special-increase", **fields))
    fields["amount"] = "2000"
    status, text = desk.send("special-increase", "carry_out", shown=shown, **fields)
    assert status == 409
    assert "changed after its result was shown" in text
    assert "$64,000" in text
    assert not PayAction.objects.filter(kind="within_band_increase").exists()


def test_a_result_shown_for_one_person_carries_out_nothing_for_another(desk: Desk) -> None:
    fields = {**ORDER, "kind": "skills", "amount": "312.50", "schedule": "pay_period"}
    shown = shown_on(desk.show("special-payment", **fields))
    first, desk.employee = desk.employee, make_desk_mate(desk)
    status, _ = desk.send("special-payment", "carry_out", shown=shown, **fields)
    assert status == 409
    assert not PayAction.objects.filter(kind="special_payment").exists()
    assert first.pk != desk.employee.pk


def make_desk_mate(desk: Desk) -> Employee:
    """Another employee of the same office, with the same pay."""
    return make_paid_employee(desk.band, 62_000, area="RUS", organization=desk.organization)


def test_the_same_form_sent_twice_acts_once(desk: Desk) -> None:
    fields = {**ORDER, "kind": "skills", "amount": "5", "schedule": "lump_sum"}
    shown = shown_on(desk.show("special-payment", **fields))
    key = "7a0a6e4e-7f0c-4d0f-9a4b-0f8f2f5b7a10"
    for _ in range(2):
        status, _ = desk.send(
            "special-payment", "carry_out", shown=shown, **{**fields, "form_key": key}
        )
        assert status == 302
    assert PayAction.objects.filter(kind="special_payment").count() == 1


def test_a_position_is_searched_and_chosen_without_a_script(desk: Desk) -> None:
    position = desk.position(desk.senior)
    before = rows_of_every_table()
    status, text = desk.send("promotion", "find", position=position.title, authority="Kept")
    assert status == 200
    assert f'name="choose" value="{position.number}"' in text
    assert "LE-SE, " in text
    assert "vacant" in text
    assert 'value="Kept"' in text
    status, text = desk.send("promotion", "show", choose=position.number, authority="Kept")
    assert f'name="position" value="{position.number}"' in text
    assert 'value="Kept"' in text
    assert rows_of_every_table() == before
    status, text = desk.send("promotion", position="P-none", **ORDER)
    assert (status, "No position has this number" in text) == (422, True)


def test_a_first_rate_is_set_from_the_day_of_hiring(desk: Desk) -> None:
    newcomer = make_employee(user=False, hired=TODAY)
    Assignment.objects.create(
        employee=newcomer, position=desk.position(desk.band), area="DC", period=(TODAY, None)
    )
    desk.employee = newcomer
    assert 'value="2007-03-05"' in desk.client.get(desk.url("starting-pay")).content.decode()
    fields = {
        "entry": "new_appointment",
        "basic": "50,000",
        "effective": "2007-03-05",
        "authority": "Appointment",
    }
    assert 'data-code="reason_required"' in desk.send("starting-pay", **fields)[1]
    fields["reason"] = "superior_qualifications"
    assert "$60,000" in desk.show("starting-pay", **fields)
    assert desk.carry_out("starting-pay", **fields)[0] == 302
    assert PayAction.objects.get(employee=newcomer).basic_after == 50_000


def test_the_rate_of_a_converted_nafi_position_comes_from_its_hour(desk: Desk) -> None:
    newcomer = make_employee(user=False, hired=TODAY)
    Assignment.objects.create(
        employee=newcomer, position=desk.position(desk.band), period=(TODAY, None)
    )
    desk.employee = newcomer
    fields = {"entry": "nafi", "effective": "2007-03-05", "authority": "Conversion"}
    status, text = desk.send("starting-pay", **fields)
    assert (status, "Give this rate" in text) == (422, True)
    fields["hourly"] = "25.00"
    assert "$52,175" in desk.show("starting-pay", **fields)
    assert desk.carry_out("starting-pay", **fields)[0] == 302
    assert PayAction.objects.get(employee=newcomer).basic_after == 52_175


def test_a_special_payment_is_reduced_and_ended_with_its_days_shown(desk: Desk) -> None:
    begun = {
        "kind": "assignment",
        "amount": "300",
        "schedule": "pay_period",
        "effective": "2007-03-05",
        "authority": "Order 1",
    }
    text = desk.show("special-payment", **begun)
    assert "Special assignment payment of $300.00: every pay period from March 5, 2007" in text
    assert desk.carry_out("special-payment", **begun)[0] == 302
    assert f'href="{desk.url("payment-end")}"' in desk.client.get(desk.url()).content.decode()
    payment = SpecialPayment.objects.get()
    less = {
        "payment": str(payment.pk),
        "amount": "200",
        "effective": "2007-03-18",
        "authority": "Order 2",
    }
    before = rows_of_every_table()
    text = desk.show("payment-reduction", **less)
    assert rows_of_every_table() == before
    assert "its last day is March 17, 2007" in text
    assert desk.carry_out("payment-reduction", **less)[0] == 302
    running = SpecialPayment.objects.get(ends__isnull=True)
    assert running.amount == 200
    end = {"payment": str(running.pk), "last_day": "2007-03-31", "authority": "Order 3"}
    assert "its last day is March 31, 2007" in desk.show("payment-end", **end)
    assert desk.carry_out("payment-end", **end)[0] == 302
    assert SpecialPayment.objects.get(pk=running.pk).ends == date(2007, 3, 31)
    assert "Special payment ended" in desk.client.get(desk.url()).content.decode()


def test_somebody_goes_away_comes_back_and_leaves(desk: Desk) -> None:
    away = {"kind": "uniformed_service", "effective": "2007-03-05"}
    text = desk.show("absence", **away)
    assert "In uniformed service" in text
    assert desk.fresh().state == "on_board"
    assert desk.carry_out("absence", **away)[0] == 302
    assert desk.fresh().state == "uniformed_service"

    with clock.use_clock(clock.at_noon(date(2007, 9, 10))):
        back = {"back_on": "2007-09-10", "evidence": "DD 214", "authority": "Return"}
        assert desk.carry_out("return", **back)[0] == 302
        assert desk.fresh().state == "on_board"
        leaving = {"effective": "2007-09-10", "authority": "Resignation"}
        assert "Separated" in desk.show("separation", **leaving)
        assert desk.carry_out("separation", **leaving)[0] == 302
        assert desk.fresh().state == "separated"
        listed = desk.client.get(desk.url()).content.decode()
    for title in ("Absence begun", "Return to duty", "Separation"):
        assert title in listed


def test_a_rating_that_was_wrong_shows_what_it_changes_and_what_is_owed(today: None) -> None:
    desk = make_desk(62_000)
    rate(desk.employee, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)},
        effective=date(2007, 1, 7),
        actor=SYSTEM,
        authority="D",
        on=date(2007, 1, 7),
    )
    rating = RatingOfRecord.objects.get(employee=desk.employee)
    fields = {
        "rating": str(rating.pk),
        "reference": "Award 7",
        "decided": "2007-02-20",
    }
    page = desk.client.get(desk.url("rating-correction")).content.decode()
    fields["corrected_level"] = _best_level(page)
    before = rows_of_every_table()
    text = desk.show("rating-correction", **fields)
    assert rows_of_every_table() == before
    assert "Steps worked out anew" in text
    assert "back pay" in text
    assert "Open → <strong>Closed</strong>" in text
    assert desk.carry_out("rating-correction", **fields)[0] == 302
    assert PayAction.objects.filter(corrects__isnull=False).count() == 1
    assert "Corrected" in desk.client.get(desk.url()).content.decode()


def test_an_action_posted_in_error_is_cancelled_with_what_comes_after_it_shown(desk: Desk) -> None:
    assert f'href="{desk.url("cancellation")}"' not in desk.client.get(desk.url()).content.decode()
    desk.carry_out("promotion", **ORDER, position=desk.position(desk.senior).number)
    later = {"effective": "2007-04-01", "authority": "Order 9"}
    desk.carry_out("special-increase", **later, reason="exceptional_skills", percent="2")
    assert f'href="{desk.url("cancellation")}"' in desk.client.get(desk.url()).content.decode()
    page = desk.client.get(desk.url("cancellation")).content.decode()
    # 62,000 x 1.08 = 66,960, and 2 % on that.
    assert "March 18, 2007: Promotion, basic pay $66,960" in page
    assert "basic pay $68,299" in page
    promotion = PayAction.objects.get(kind="promotion")
    fields = {"action": str(promotion.pk), "reason": "Meant for another", "authority": "Order 10"}
    before = rows_of_every_table()
    text = desk.show("cancellation", **fields)
    assert rows_of_every_table() == before
    assert "63,240" in text
    assert desk.carry_out("cancellation", **fields)[0] == 302
    standing = [each.basic_after for each in standing_actions(desk.employee)]
    # 62,000 again, and 2 % on that.
    assert standing == [62_000, 63_240]
    assert "Cancelled" in desk.client.get(desk.url()).content.decode()
    again = desk.client.get(desk.url("cancellation")).content.decode()
    assert f'value="{promotion.pk}"' not in again


def test_a_cancellation_without_a_reason_or_of_another_persons_action_is_no_form(
    desk: Desk,
) -> None:
    desk.carry_out("special-increase", **ORDER, reason="exceptional_skills", percent="2")
    action = PayAction.objects.get(kind="within_band_increase")
    fields = {"action": str(action.pk), "reason": " ", "authority": "Order 10"}
    assert desk.send("cancellation", **fields)[0] == 422
    desk.employee = make_desk_mate(desk)
    assert desk.send("cancellation", **{**fields, "reason": "Error"})[0] == 422


def _best_level(page: str) -> str:
    (levels,) = re.findall(r'name="corrected_level".*?</select>', page, re.DOTALL)
    codes: list[str] = re.findall(r'value="([^"]+)"', levels)
    return codes[0]


def test_only_what_fits_is_offered_and_nothing_to_those_who_may_not_act(desk: Desk) -> None:
    text = desk.client.get(desk.url()).content.decode()
    assert "Start a new action" in text
    for slug, offered in (("promotion", True), ("absence", True), ("return", False)):
        assert (f'href="{desk.url(slug)}"' in text) is offered
    begin_absence(desk.fresh(), kind="leave_without_pay", first_day=TODAY, actor=SYSTEM, on=TODAY)
    text = desk.client.get(desk.url()).content.decode()
    assert f'href="{desk.url("return")}"' in text
    assert f'href="{desk.url("absence")}"' not in text


def test_an_employee_reads_the_own_actions_and_begins_none(today: None) -> None:
    desk = make_desk(user=True)
    client = Client()
    assert desk.employee.user is not None
    client.force_login(desk.employee.user, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(desk.url()).content.decode()
    assert "Your own record" in text
    assert "Starting pay" in text
    assert "Start a new action" not in text
    assert client.get(desk.url("promotion")).status_code == 403


def test_the_list_takes_as_many_queries_for_many_actions_as_for_few(desk: Desk) -> None:
    taken = []
    for amount in ("5", "6", "7"):
        fields = {**ORDER, "kind": "skills", "amount": amount, "schedule": "lump_sum"}
        assert desk.carry_out("special-payment", **fields)[0] == 302
        with CaptureQueriesContext(connection) as queries:
            assert f"${amount}.00" in desk.client.get(desk.url()).content.decode()
        taken.append(len(queries))
    assert taken[0] == taken[-1]
