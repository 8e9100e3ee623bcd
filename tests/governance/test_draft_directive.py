"""A directive that changes parameters: drafted, coordinated, issued, and then as it is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Role, User
from casework.actor import Actor
from casework.models import Entry
from governance.models import CoordinationState, Directive, DirectiveState, PolicyValue
from governance.queries.parameters import compared, parameters_on
from governance.queries.policy import policy_on
from governance.services.coordination import record_answer
from governance.services.draft_directive import (
    Draft,
    change_draft,
    draft_directive,
    give_up_draft,
    issue_draft,
    notify_opm,
)
from regulation import clock
from regulation.refusals import Refused
from tests.factories import grant_role, make_policy, make_user

TODAY = date(2007, 3, 1)
NEXT = date(2007, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _policy() -> None:
    make_policy()


def holder(role: Role) -> User:
    user = make_user()
    grant_role(user, role)
    return user


def designee() -> Actor:
    return Actor(user=holder(Role.DESIGNEE))


def a_draft(**changed: Any) -> Draft:
    said: dict[str, Any] = {
        "number": "D-2",
        "title": "Promotions",
        "reason": "Promotions to the next band are too small.",
        "effective": NEXT,
        "values": {"promotion.pct": "0.10"},
    }
    return Draft(**(said | changed))


def drafted(**changed: Any) -> Directive:
    return draft_directive(a_draft(**changed), actor=designee(), on=TODAY)


def code_of(act: Any) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_draft_changes_nothing_until_it_is_issued() -> None:
    directive = drafted()
    assert str(policy_on(NEXT)["promotion.pct"]) == "0.08"
    issue_draft(directive, actor=designee(), on=TODAY)
    assert str(policy_on(NEXT)["promotion.pct"]) == "0.10"
    assert str(policy_on(NEXT - timedelta(days=1))["promotion.pct"]) == "0.08"
    assert policy_on(NEXT).read == {}
    acts = Entry.objects.filter(subject=directive.subject).order_by("id").values_list("act")
    assert [act for (act,) in acts] == ["draft", "issue"]


@pytest.mark.paragraph("9701.103:implementing-directives-1")
@pytest.mark.parametrize("role", [role for role in Role if role != Role.DESIGNEE])
def test_nobody_but_the_designee_drafts_or_issues(role: Role) -> None:
    directive, other = drafted(), Actor(user=holder(role))
    for act in (
        lambda: draft_directive(a_draft(number="D-3"), actor=other, on=TODAY),
        lambda: change_draft(directive, draft=a_draft(), actor=other, on=TODAY, version=None),
        lambda: issue_draft(directive, actor=other, on=TODAY),
        lambda: give_up_draft(directive, actor=other, on=TODAY),
        lambda: issue_draft(directive, actor=Actor.system("by itself"), on=TODAY),
    ):
        assert code_of(act) == "not_authorized"
    assert Directive.objects.get(pk=directive.pk).state == DirectiveState.DRAFT


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"reason": " "}, "record_incomplete"),
        ({"values": {}}, "record_incomplete"),
        ({"values": {"promotion.pct": "0.07"}}, "invalid_parameter"),
        ({"values": {"promotion.percent": "0.09"}}, "invalid_parameter"),
        ({"number": "D-1"}, "duplicate_open"),
    ],
)
def test_a_draft_that_says_too_little_or_nonsense_is_not_kept(
    changed: dict[str, Any], code: str
) -> None:
    assert code_of(lambda: drafted(**changed)) == code
    assert Directive.objects.count() == 1


def test_a_directive_takes_effect_on_the_day_of_issue_at_the_earliest() -> None:
    yesterday = drafted(effective=TODAY - timedelta(days=1))
    assert code_of(lambda: issue_draft(yesterday, actor=designee(), on=TODAY)) == "retroactive"
    assert issue_draft(yesterday, actor=designee(), on=TODAY - timedelta(days=1)).issued


def test_two_directives_do_not_carry_one_parameter_from_one_date() -> None:
    issue_draft(drafted(), actor=designee(), on=TODAY)
    second = drafted(number="D-3", values={"promotion.pct": "0.09", "modal.tie": "lowest"})
    assert code_of(lambda: issue_draft(second, actor=designee(), on=TODAY)) == "duplicate_open"
    assert policy_on(NEXT)["modal.tie"] == "highest"


RETENTION: dict[str, Any] = {"values": {"retention.eligible_reasons": ["reclassification"]}}


@pytest.mark.paragraph("9701.103:coordination-2")
def test_retention_waits_for_the_thirty_days_of_opm() -> None:
    directive = drafted(**RETENTION)
    act = designee()
    assert code_of(lambda: issue_draft(directive, actor=act, on=TODAY)) == "coordination_required"
    noticed = notify_opm(
        directive, staff_consulted_on=TODAY, actor=act, on=TODAY, version=directive.version
    )
    day_30 = TODAY + timedelta(days=30)
    assert code_of(lambda: issue_draft(noticed, actor=act, on=day_30)) == "coordination_pending"
    assert issue_draft(noticed, actor=act, on=day_30 + timedelta(days=1)).issued


@pytest.mark.paragraph("9701.103:coordination-3")
def test_a_governmentwide_hold_stops_the_issue() -> None:
    act = designee()
    directive = notify_opm(
        drafted(**RETENTION), staff_consulted_on=TODAY, actor=act, on=TODAY, version=1
    )
    assert directive.coordination is not None
    record_answer(
        directive.coordination,
        answer=CoordinationState.HELD,
        text="Governmentwide",
        actor=Actor(user=holder(Role.OPM_REVIEWER)),
        on=TODAY,
    )
    late = NEXT - timedelta(days=1)
    assert code_of(lambda: issue_draft(directive, actor=act, on=late)) == "coordination_hold"


@pytest.mark.paragraph("9701.103:coordination-5")
def test_a_notice_covers_only_what_it_said_and_no_earlier_date() -> None:
    act = designee()
    first = notify_opm(
        drafted(**RETENTION), staff_consulted_on=TODAY, actor=act, on=TODAY, version=None
    )
    later = a_draft(effective=NEXT + timedelta(days=14), **RETENTION)
    kept = change_draft(first, draft=later, actor=act, on=TODAY, version=None)
    assert kept.coordination is not None
    for said in (
        a_draft(effective=NEXT - timedelta(days=1), **RETENTION),
        a_draft(values={"retention.eligible_reasons": ["range_lowered"]}),
    ):
        with transaction.atomic():
            changed = change_draft(kept, draft=said, actor=act, on=TODAY, version=None)
            assert changed.coordination is None
            with pytest.raises(Refused) as refused:
                issue_draft(changed, actor=act, on=TODAY)
            assert refused.value.code == "coordination_required"
            transaction.set_rollback(True)


def test_opm_is_not_told_of_what_needs_no_coordination() -> None:
    directive = drafted()
    act = designee()
    assert (
        code_of(
            lambda: notify_opm(
                directive, staff_consulted_on=TODAY, actor=act, on=TODAY, version=None
            )
        )
        == "no_effect"
    )


def test_what_is_issued_never_changes() -> None:
    directive = issue_draft(drafted(), actor=designee(), on=TODAY)
    act = designee()
    for again in (
        lambda: change_draft(directive, draft=a_draft(), actor=act, on=TODAY, version=None),
        lambda: issue_draft(directive, actor=act, on=TODAY),
        lambda: give_up_draft(directive, actor=act, on=TODAY),
    ):
        assert code_of(again) == "invalid_transition"
    for change in (
        lambda: Directive.objects.filter(pk=directive.pk).update(title="Other"),
        lambda: Directive.objects.filter(pk=directive.pk).update(state="draft"),
        lambda: Directive.objects.filter(pk=directive.pk).delete(),
        lambda: PolicyValue.objects.filter(directive=directive).update(value="0.5"),
        lambda: PolicyValue.objects.filter(directive=directive).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert str(policy_on(NEXT)["promotion.pct"]) == "0.10"


def test_a_draft_given_up_is_not_issued() -> None:
    directive = give_up_draft(drafted(), actor=designee(), on=TODAY)
    act = designee()
    assert code_of(lambda: issue_draft(directive, actor=act, on=TODAY)) == "invalid_transition"


def test_a_directive_is_compared_with_what_it_replaces_not_with_what_came_later() -> None:
    first = issue_draft(drafted(), actor=designee(), on=TODAY)
    later = drafted(
        number="D-3", effective=NEXT + timedelta(days=1), values={"promotion.pct": "0.12"}
    )
    issue_draft(later, actor=designee(), on=TODAY)
    told = [(row.before, row.after, row.changed) for row in compared(first)]
    assert told == [("0.08", "0.10", True)]
    assert [(row.before, row.after) for row in compared(later)] == [("0.10", "0.12")]
    shown = {row.known.key: row for row in parameters_on(NEXT)}["promotion.pct"]
    assert shown.held is not None
    assert shown.held.told == "0.10"
    assert [held.told for held in shown.history] == ["0.12", "0.10", "0.08"]


# The pages


def page(client: Client, user: User, address: str, **sent: Any) -> Any:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    with clock.use_clock(clock.at_noon(TODAY)):
        return client.post(address, sent) if sent else client.get(address)


KEY = "6ec8a37e-56b4-4d4a-9f2d-9a3b54b4b2d1"


def typed(**changed: Any) -> dict[str, Any]:
    said = {
        "form_key": KEY,
        "number": "D-2",
        "title": "Promotions",
        "effective": NEXT.isoformat(),
        "reason": "Too small.",
        "value_promotion_pct": "0.10",
    }
    return said | changed


def test_a_directive_is_drafted_and_issued_on_its_pages(client: Client) -> None:
    user = holder(Role.DESIGNEE)
    answer = page(client, user, reverse("governance:new_directive"), **typed())
    directive = Directive.objects.get(number="D-2")
    assert answer["Location"] == reverse("governance:directive", args=[directive.pk])
    shown = page(client, user, answer["Location"]).content.decode()
    assert "0.08" in shown
    assert "0.10" in shown
    assert "Issue the directive" in shown
    page(
        client,
        user,
        reverse("governance:issue", args=[directive.pk]),
        form_key="6ec8a37e-56b4-4d4a-9f2d-9a3b54b4b2d2",
        version="1",
    )
    assert Directive.objects.get(pk=directive.pk).issued
    shown = page(client, user, reverse("governance:directive", args=[directive.pk]))
    assert "Issue the directive" not in shown.content.decode()


def test_a_value_typed_wrong_is_told_beside_its_field_and_nothing_is_lost(client: Client) -> None:
    user = holder(Role.DESIGNEE)
    answer = page(
        client,
        user,
        reverse("governance:new_directive"),
        **typed(value_promotion_pct="8", value_modal_tie="lowest"),
    )
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "promotion.pct is fraction, at least 0.08, at most 1" in text
    assert 'value="8"' in text
    assert '<option value="lowest" selected>' in text


def test_a_form_opened_before_another_saved_shows_both(client: Client) -> None:
    user = holder(Role.DESIGNEE)
    directive = drafted()
    change_draft(
        directive,
        draft=a_draft(values={"promotion.pct": "0.11"}),
        actor=designee(),
        on=TODAY,
        version=1,
    )
    answer = page(
        client,
        user,
        reverse("governance:change_directive", args=[directive.pk]),
        **typed(version="1", value_promotion_pct="0.15"),
    )
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "0.11" in text
    assert 'value="0.15"' in text


def test_a_draft_is_not_for_everybody(client: Client) -> None:
    directive = drafted()
    plain = make_user()
    address = reverse("governance:directive", args=[directive.pk])
    assert page(client, plain, address).status_code == 403
    assert "D-2" not in page(client, plain, reverse("governance:directives")).content.decode()
    assert page(client, holder(Role.AUDITOR), address).status_code == 200


def test_the_parameters_of_a_date_are_found_by_word(client: Client) -> None:
    issue_draft(drafted(), actor=designee(), on=TODAY)
    plain = make_user()
    address = reverse("governance:parameters")
    before = page(client, plain, f"{address}?q=353(a)&on=2007-05-31").content.decode()
    after = page(client, plain, f"{address}?q=353(a)&on=2007-06-01").content.decode()
    assert "promotion.pct" in before
    assert "modal.tie" not in before
    assert '<strong class="governance-value">0.08' in before
    assert '<strong class="governance-value">0.10' in after


def test_an_administrator_writes_no_value(client: Client) -> None:
    administrator = holder(Role.ADMINISTRATOR)
    administrator.is_staff = administrator.is_superuser = True
    administrator.save()
    row = PolicyValue.objects.first()
    assert row is not None
    for address in (
        reverse("admin:governance_policyvalue_add"),
        reverse("admin:governance_policyvalue_change", args=[row.pk]),
        reverse("admin:governance_policyvalue_delete", args=[row.pk]),
        reverse("governance:new_directive"),
    ):
        answer = page(client, administrator, address, **typed(value="0.5", key="promotion.pct"))
        assert answer.status_code == 403, address
    assert PolicyValue.objects.get(pk=row.pk).value == row.value
