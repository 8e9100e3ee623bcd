"""The life of a rating of record: every act in every state by everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import product
from typing import Any

import pytest
from django_fsm import can_proceed

from casework.actor import Actor
from casework.models import Entry
from performance.models import RatingElement, RatingOfRecord, RatingState
from performance.services.acknowledge_rating import acknowledge_rating, record_refusal
from performance.services.approve_rating import approve_rating
from performance.services.cancel_rating import cancel_rating
from performance.services.change_level import change_level
from performance.services.correct_rating import correct_rating
from performance.services.except_interim_review import except_interim_review
from performance.services.issue_rating import issue_rating
from performance.services.name_officials import name_officials
from performance.services.note_award import note_award
from performance.services.reply_to_change import reply_to_change
from performance.services.return_rating import return_rating
from performance.services.save_draft import save_draft
from performance.services.submit_rating import submit_rating
from regulation import clock
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import Office, make_office

pytestmark = pytest.mark.django_db

ON = date(2007, 10, 2)
#: The days for a reply to a change of that day are over.
AFTER_REPLY = date(2007, 10, 20)
STATES = [str(state) for state in RatingState]
VOID = {"cancelled", "cancelled_remanded"}
FINAL = {"issued", "superseded", *VOID}
ROLES = ("employee", "supervisor", "reviewer", "hr", "stranger")

NOT_RATER = {
    "employee": "self_rating",
    "reviewer": "not_rating_official",
    "hr": "not_rating_official",
    "stranger": "not_rating_official",
}
NOT_REVIEWER = {
    "employee": "own_record",
    "supervisor": "reviewer_same_as_rater",
    "hr": "permission_denied",
    "stranger": "permission_denied",
}
DENIED = dict.fromkeys(ROLES, "permission_denied")

#: act: who may, what the others hear, from which states to which.
TABLE: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "save_draft": ("supervisor", NOT_RATER, {"draft": "draft"}),
    "submit_rating": ("supervisor", NOT_RATER, {"draft": "submitted"}),
    "return_rating": ("reviewer", NOT_REVIEWER, {"submitted": "draft"}),
    "change_level": ("reviewer", NOT_REVIEWER, {"submitted": "submitted"}),
    "reply_to_change": ("supervisor", NOT_RATER, {"submitted": "submitted"}),
    "approve_rating": ("reviewer", NOT_REVIEWER, {"submitted": "approved"}),
    "issue_rating": ("supervisor", NOT_RATER, {"approved": "issued"}),
    "acknowledge_rating": ("employee", DENIED, {"issued": "issued"}),
    "record_refusal": ("supervisor", NOT_RATER, {"issued": "issued"}),
    "name_officials": ("hr", DENIED, {"draft": "draft", "submitted": "submitted"}),
    "hand_over": ("hr", DENIED, {"draft": "draft", "submitted": "draft", "approved": "draft"}),
    "except_interim_review": ("hr", DENIED, {"draft": "draft"}),
    "note_award": (
        "supervisor",
        NOT_RATER,
        {"approved": "approved", "issued": "issued", "superseded": "superseded"},
    ),
    "correct_rating": (
        "hr",
        DENIED | {"employee": "own_record"},
        {"issued": "issued", "superseded": "superseded"},
    ),
    "cancel_rating": (
        "hr",
        DENIED | {"employee": "own_record"},
        {"issued": "cancelled", "superseded": "cancelled"},
    ),
    "remand_rating": (
        "hr",
        DENIED | {"employee": "own_record"},
        {"issued": "cancelled_remanded", "superseded": "cancelled_remanded"},
    ),
}
#: Acts that the history knows by another name.
NAMES = {"hand_over": "name_officials"}
AFTER_ISSUE = {
    "acknowledge_rating",
    "record_refusal",
    "note_award",
    "correct_rating",
    "cancel_rating",
    "remand_rating",
}


def in_state(office: Office, state: str) -> RatingOfRecord:
    """A rating as it stands in a state, with every part assessed."""
    level = {level.code: level for level in office.cycle.system.levels.all()}
    signed = clock.now()
    rating = RatingOfRecord.objects.create(
        employee=office.employee,
        cycle=office.cycle,
        state=state,
        rater=office.supervisor,
        reviewer=office.reviewer,
        level=level["EE"],
        rater_level=None if state == "draft" else level["EE"],
        narrative="A good year.",
        # The reviewing official changed the level back and forth; a reply is offered.
        level_changed_on=ON if state == "submitted" else None,
        rater_signed_at=None if state == "draft" else signed,
        reviewer_signed_at=None if state in ("draft", "submitted") else signed,
        issued_on=date(2007, 10, 1) if state in FINAL else None,
    )
    RatingElement.objects.bulk_create(
        RatingElement(rating=rating, expectation_id=pk, level=level[part.level], basis=part.basis)
        for pk, part in office.content().parts.items()
    )
    return rating


def acts(office: Office, rating: RatingOfRecord, actor: Actor) -> dict[str, Callable[[], Any]]:
    """Every act, with content that the rules allow."""
    given: dict[str, Any] = {"actor": actor, "on": ON, "version": rating.version}
    return {
        "save_draft": lambda: save_draft(rating, content=office.content(), **given),
        "submit_rating": lambda: submit_rating(rating, **given),
        "return_rating": lambda: return_rating(
            rating, reason="inconsistent", text="See the report of May.", **given
        ),
        "change_level": lambda: change_level(
            rating, level_code="AE", reason="More than that.", absence_is_no_factor=False, **given
        ),
        "approve_rating": lambda: approve_rating(rating, **given | {"on": AFTER_REPLY}),
        "reply_to_change": lambda: reply_to_change(rating, text="I stand by it.", **given),
        "note_award": lambda: note_award(rating, considered=True, note="For the port.", **given),
        "correct_rating": lambda: correct_rating(
            rating, corrected_level="AE", reference="Award 7", decided=ON, **given
        ),
        "cancel_rating": lambda: cancel_rating(
            rating, reference="Award 7", decided=ON, remanded=False, **given
        ),
        "remand_rating": lambda: cancel_rating(
            rating, reference="Award 7", decided=ON, remanded=True, **given
        ),
        "issue_rating": lambda: issue_rating(rating, delivery="In person", **given),
        "acknowledge_rating": lambda: acknowledge_rating(rating, **given),
        "record_refusal": lambda: record_refusal(rating, witness="Pat Long", **given),
        "name_officials": lambda: name_officials(
            rating, rater=office.supervisor, reviewer=make_employee(), reason="Moved", **given
        ),
        "hand_over": lambda: name_officials(
            rating, rater=make_employee(), reviewer=office.reviewer, reason="Retired", **given
        ),
        "except_interim_review": lambda: except_interim_review(
            rating, reason="On duty abroad", **given
        ),
    }


def expected(act: str, state: str, role: str) -> str:
    """The code of the refusal, or the state after the act."""
    may, others, moves = TABLE[act]
    if state in FINAL and act not in AFTER_ISSUE:
        return "rating_final"
    if role != may:
        return others[role]
    if state in moves:
        return moves[state]
    return "signatures_incomplete" if act == "issue_rating" else "invalid_transition"


@pytest.mark.paragraph("9701.409(c)#2", "9701.405(c)(1)")
@pytest.mark.parametrize(("act", "state"), list(product(TABLE, STATES)))
def test_each_act_in_each_state_is_open_to_one_role_and_closed_to_the_rest(
    act: str, state: str
) -> None:
    office = make_office()
    rating = in_state(office, state)
    stranger = make_employee().user
    assert stranger is not None
    may = TABLE[act][0]
    for role in sorted(ROLES, key=lambda role: role == may):
        actor = Actor(user=stranger) if role == "stranger" else office.actor(role)
        outcome = expected(act, state, role)
        entries = Entry.objects.count()
        if outcome in STATES:
            acts(office, rating, actor)[act]()
            assert Entry.objects.filter(subject=rating.subject).latest("id").act == NAMES.get(
                act, act
            )
        else:
            with pytest.raises(Refused) as refusal:
                acts(office, rating, actor)[act]()
            assert refusal.value.code == outcome, role
            assert Entry.objects.count() == entries
            outcome = state
        assert RatingOfRecord.objects.get(pk=rating.pk).state == outcome


@pytest.mark.parametrize("act", sorted(TABLE))
def test_an_act_on_an_old_version_is_refused_and_nothing_is_saved(act: str) -> None:
    office = make_office()
    who, _, moves = TABLE[act]
    rating = in_state(office, next(iter(moves)))
    RatingOfRecord.objects.filter(pk=rating.pk).update(version=2)
    with pytest.raises(Refused) as refusal:
        acts(office, rating, office.actor(who))[act]()
    assert refusal.value.code == "stale_form"
    assert not Entry.objects.exists()


TRANSITIONS = {
    "edit": {"draft"},
    "submit": {"draft"},
    "send_back": {"submitted"},
    "hand_over": {"submitted", "approved"},
    "change_level": {"submitted"},
    "reply_to_change": {"submitted"},
    "approve": {"submitted"},
    "issue": {"approved"},
    "take_over": {"draft"},
    "record_acknowledgement": {"issued"},
    "supersede": {"issued"},
    "stand_again": {"superseded"},
    "note_award": {"approved", "issued", "superseded"},
    "cancel": {"issued", "superseded"},
    "remand": {"issued", "superseded"},
    "correct": {"issued", "superseded"},
}


def test_the_table_names_every_transition() -> None:
    field: Any = RatingOfRecord._meta.get_field("state")
    found = {move.name for move in field.get_all_transitions(RatingOfRecord)}
    assert found == set(TRANSITIONS)


@pytest.mark.parametrize(("name", "state"), list(product(TRANSITIONS, STATES)))
def test_a_transition_leaves_only_its_own_states(name: str, state: str) -> None:
    rating = RatingOfRecord(state=state)
    assert can_proceed(getattr(rating, name)) == (state in TRANSITIONS[name])


def test_the_state_cannot_be_written_by_hand() -> None:
    rating = RatingOfRecord(state="draft")
    with pytest.raises(AttributeError):
        rating.state = "issued"
