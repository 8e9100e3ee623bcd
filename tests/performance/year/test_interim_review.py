"""The life of an interim review: every act in every state by everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from django_fsm import can_proceed

from casework.models import Entry, Notice, WorkItem
from performance.models import Expectation, FollowUp, InterimReview, InterimReviewState
from performance.queries.review_page import review_page
from performance.services.acknowledge_interim_review import (
    acknowledge_interim_review,
    note_review_not_acknowledged,
)
from performance.services.follow_up import finish_follow_up
from performance.services.hold_interim_review import hold_interim_review
from performance.services.prepare_interim_review import begin_interim_review, save_interim_review
from performance.services.review_act import ReviewContent
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import TOLD, Office, make_office

pytestmark = pytest.mark.django_db

ON = date(2007, 5, 14)
STATES = [str(state) for state in InterimReviewState]
ROLES = ("employee", "supervisor", "reviewer", "hr", "stranger")
NOT_SUPERVISOR = {
    "employee": "own_record",
    "reviewer": "not_rating_official",
    "hr": "not_rating_official",
    "stranger": "not_rating_official",
}
DENIED = dict.fromkeys(ROLES, "permission_denied")
#: act: who may, what the others hear, from which states to which.
TABLE: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "save_interim_review": ("supervisor", NOT_SUPERVISOR, {"draft": "draft"}),
    "hold_interim_review": ("supervisor", NOT_SUPERVISOR, {"draft": "held"}),
    "acknowledge_interim_review": ("employee", DENIED, {"held": "acknowledged"}),
    "note_review_not_acknowledged": ("supervisor", NOT_SUPERVISOR, {"held": "not_acknowledged"}),
}


@pytest.fixture
def office() -> Office:
    office = make_office()
    office.plan.interim_reviews.all().delete()
    return office


def said(office: Office, **fields: Any) -> ReviewContent:
    item = office.expectations[0]
    content = ReviewContent(
        held_on=ON, progress={item.pk: ("at_risk", "Two cases late.")}, tools_adequate=True
    )
    return replace(content, **fields)


def in_state(office: Office, state: str) -> InterimReview:
    return InterimReview.objects.create(
        employee=office.employee,
        plan=office.plan,
        state=state,
        held_on=ON,
        held_by=office.supervisor,
    )


def acts(office: Office, review: InterimReview, actor: Any) -> dict[str, Callable[[], Any]]:
    given: dict[str, Any] = {"actor": actor, "on": ON, "version": review.version}
    return {
        "save_interim_review": lambda: save_interim_review(review, content=said(office), **given),
        "hold_interim_review": lambda: hold_interim_review(review, content=said(office), **given),
        "acknowledge_interim_review": lambda: acknowledge_interim_review(
            review, comments="Fair.", **given
        ),
        "note_review_not_acknowledged": lambda: note_review_not_acknowledged(
            review, note="On leave.", **given
        ),
    }


def hold(office: Office, *, on: date = ON, **fields: Any) -> InterimReview:
    by: dict[str, Any] = {"actor": office.actor("supervisor"), "on": on}
    content = said(office, **fields)
    review = begin_interim_review(office.plan, content=content, **by)
    return hold_interim_review(review, content=content, version=review.version, **by)


@pytest.mark.paragraph("9701.405(c)(1)", "9701.407(b)#2")
@pytest.mark.parametrize(("act", "state"), list(product(TABLE, STATES)))
def test_each_act_in_each_state_is_open_to_one_role_and_closed_to_the_rest(
    office: Office, act: str, state: str
) -> None:
    review = in_state(office, state)
    may, others, moves = TABLE[act]
    strange = Office(**{**office.__dict__, "hr": make_employee().user})
    for role in sorted(ROLES, key=lambda role: role == may):
        actor = strange.actor("hr") if role == "stranger" else office.actor(role)
        outcome = moves.get(state, "invalid_transition") if role == may else others[role]
        entries = Entry.objects.count()
        if outcome in STATES:
            acts(office, review, actor)[act]()
            assert Entry.objects.filter(subject=review.subject).latest("id").act == act
        else:
            with pytest.raises(Refused) as refusal:
                acts(office, review, actor)[act]()
            assert refusal.value.code == outcome, role
            assert Entry.objects.count() == entries
            outcome = state
        assert InterimReview.objects.get(pk=review.pk).state == outcome


@pytest.mark.parametrize("act", sorted(TABLE))
def test_an_act_on_an_old_version_is_refused_and_nothing_is_saved(office: Office, act: str) -> None:
    who, _, moves = TABLE[act]
    review = in_state(office, next(iter(moves)))
    InterimReview.objects.filter(pk=review.pk).update(version=2)
    with pytest.raises(Refused) as refusal:
        acts(office, review, office.actor(who))[act]()
    assert refusal.value.code == "stale_form"


TRANSITIONS = {
    "edit": {"draft"},
    "hold": {"draft"},
    "acknowledge": {"held"},
    "note_refusal": {"held"},
}


@pytest.mark.parametrize(("name", "state"), list(product(TRANSITIONS, STATES)))
def test_a_transition_leaves_only_its_own_states(name: str, state: str) -> None:
    field: Any = InterimReview._meta.get_field("state")
    assert {move.name for move in field.get_all_transitions(InterimReview)} == set(TRANSITIONS)
    assert can_proceed(getattr(InterimReview(state=state), name)) == (state in TRANSITIONS[name])


@pytest.mark.paragraph("9701.407(b)#2")
@pytest.mark.parametrize(
    ("held_on", "code"),
    [
        (date(2006, 9, 30), "review_outside_period"),
        (date(2007, 9, 30), ""),
        (date(2007, 10, 1), "review_outside_period"),
        (date(2007, 10, 6), "future_date"),
    ],
)
def test_a_review_is_held_inside_the_period_whose_last_day_counts(
    office: Office, held_on: date, code: str
) -> None:
    if not code:
        assert hold(office, held_on=held_on, on=date(2007, 10, 5)).state == "held"
        return
    with pytest.raises(Refused) as refusal:
        hold(office, held_on=held_on, on=date(2007, 10, 5))
    assert refusal.value.code == code
    assert not InterimReview.objects.exclude(state="draft").exists()


@pytest.mark.paragraph("9701.407(b)#2", "9701.404:appraisal")
def test_a_review_that_was_held_lets_the_rating_be_sent_and_a_draft_does_not(
    office: Office,
) -> None:
    rating = office.start()
    by: dict[str, Any] = {"actor": office.actor("supervisor"), "on": ON}
    review = begin_interim_review(office.plan, content=said(office), **by)
    with pytest.raises(Refused, match="No interim review between 2006-10-01 and 2007-09-30"):
        office.submit(rating)
    hold_interim_review(review, content=said(office), version=review.version, **by)
    assert office.submit(rating).state == "submitted"


@pytest.mark.parametrize(
    "fields", [{"progress": {}}, {"tools_adequate": None}, {"tools_adequate": False}]
)
def test_a_review_speaks_of_an_expectation_and_of_tools(
    office: Office, fields: dict[str, Any]
) -> None:
    with pytest.raises(Refused) as refusal:
        hold(office, **fields)
    assert refusal.value.code == "record_incomplete"


@pytest.mark.paragraph("9701.406(b)#2")
def test_nothing_is_said_to_be_missed_before_it_was_communicated(office: Office) -> None:
    with pytest.raises(Refused) as refusal:
        hold(office, held_on=TOLD)
    assert (refusal.value.code, refusal.value.message) == (
        "expectation_not_communicated",
        "This expectation was communicated on 2006-10-16. Work dated 2006-10-16 cannot be held "
        "against the employee under it (9701.406(b)).",
    )


@pytest.mark.parametrize("value", ["splendid", "AE"])
def test_a_review_has_no_level(office: Office, value: str) -> None:
    item = office.expectations[0]
    with pytest.raises(Refused) as refusal:
        hold(office, progress={item.pk: (value, "")})
    assert refusal.value.code == "invalid_input"
    names = {field.name for field in InterimReview._meta.get_fields()}
    assert not any("level" in name or "rating" in name for name in names)


def test_a_draft_expectation_is_not_spoken_of(office: Office) -> None:
    draft = Expectation.objects.create(plan=office.plan, form="goal", title="New", statement="New.")
    with pytest.raises(Refused) as refusal:
        hold(office, progress={draft.pk: ("on_track", "")})
    assert refusal.value.code == "invalid_input"


@pytest.mark.paragraph("9701.408(a)(1)", "9701.408(a)(2)")
def test_lacking_tools_and_development_become_follow_ups_and_block_nothing(office: Office) -> None:
    review = hold(
        office,
        tools_adequate=False,
        tools_note="A second screen.",
        development="Course in writing",
        development_due=date(2007, 7, 1),
    )
    assert [(row.kind, row.text, row.due_on) for row in FollowUp.objects.all()] == [
        ("tools", "A second screen.", None),
        ("development", "Course in writing", date(2007, 7, 1)),
    ]
    item = WorkItem.objects.get(kind="tools_lacking", done_at=None)
    assert (item.user, item.citation) == (office.user("supervisor"), "9701.408(a)(1)")
    assert office.submit(office.start()).state == "submitted"
    finish_follow_up(
        review.plan,
        follow_up=FollowUp.objects.get(kind="tools").pk,
        outcome="Not in this year's budget.",
        actor=office.actor("supervisor"),
        on=ON,
    )
    assert not WorkItem.objects.filter(kind="tools_lacking", done_at=None).exists()


def test_the_employee_reads_comments_and_is_not_told_the_content_by_mail(office: Office) -> None:
    review = hold(office, note="Slower than hoped.")
    notice = Notice.objects.get(recipient=office.user("employee"))
    assert "Slower" not in f"{notice.title}{notice.body}"
    saved = acknowledge_interim_review(
        review,
        comments="The server was down.",
        actor=office.actor("employee"),
        on=ON,
        version=review.version,
    )
    assert (saved.acknowledged_on, saved.employee_comments) == (ON, "The server was down.")
    assert not WorkItem.objects.filter(kind="acknowledge_interim_review", done_at=None).exists()
    heard = Notice.objects.get(recipient=office.user("supervisor"))
    assert "server" not in f"{heard.title}{heard.body}"


def test_a_review_that_was_not_acknowledged_says_why_and_counts(office: Office) -> None:
    review = hold(office)
    with pytest.raises(Refused) as refusal:
        note_review_not_acknowledged(
            review, note="", actor=office.actor("supervisor"), on=ON, version=review.version
        )
    assert refusal.value.code == "reason_required"
    note_review_not_acknowledged(
        review, note="On leave.", actor=office.actor("supervisor"), on=ON, version=review.version
    )
    assert office.submit(office.start()).state == "submitted"


@pytest.mark.parametrize(
    ("who", "draft", "held"),
    [
        ("supervisor", True, True),
        ("hr", True, True),
        ("employee", False, True),
        ("reviewer", False, True),
    ],
)
def test_a_draft_is_read_by_the_supervisor_and_hr_alone(
    office: Office, who: str, draft: bool, held: bool
) -> None:
    reader = office.user(who)
    for state, reads in (("draft", draft), ("held", held)):
        assert review_page(in_state(office, state), reader=reader, on=ON).reads is reads


def test_no_review_is_begun_of_a_plan_that_was_not_communicated(office: Office) -> None:
    plan = office.plan
    type(plan).objects.filter(pk=plan.pk).update(communicated_on=None)
    with pytest.raises(Refused) as refusal:
        begin_interim_review(
            type(plan).objects.get(pk=plan.pk),
            content=said(office),
            actor=office.actor("supervisor"),
            on=ON,
        )
    assert refusal.value.code == "invalid_transition"
