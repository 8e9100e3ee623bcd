"""The acts that a person may do now; templates are handed them and never test a state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django_fsm import can_proceed

from accounts.models import User
from performance.models import Acknowledgement, RatingOfRecord, RatingState
from performance.queries.awards import award_unanswered
from workforce.queries import relations


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its words and where; `post` where one press does it."""

    name: str
    label: str
    url: str
    main: bool = False
    post: bool = False


def acts_of_rating_official(rating: RatingOfRecord) -> list[Act]:
    """What the rating official may do with a rating of his own."""
    by_state = {
        RatingState.DRAFT: [_act("rate", "Rate", rating, main=True)],
        RatingState.APPROVED: [_act("issue", "Issue", rating, main=True)],
    }
    acts = by_state.get(RatingState(rating.state), [])
    if rating.state != RatingState.DRAFT:
        acts = [*acts, _act("rating", "Read", rating)]
    if rating.state == RatingState.ISSUED and rating.acknowledgement == Acknowledgement.NONE:
        acts = [*acts, _act("refusal", "Record a refusal to sign", rating)]
    return acts


def read_rating(rating: RatingOfRecord) -> Act:
    """The rating's own page."""
    return _act("rating", "Read", rating)


def acts_on_rating(user: User, rating: RatingOfRecord, *, on: date) -> list[Act]:
    """What a reader of the rating's page may do with it now, whoever he is."""
    who = relations.employee_of_user(user)
    pk = who.pk if who else None
    acts: list[Act] = []
    if pk is not None and pk == rating.rater_id:
        acts += [act for act in acts_of_rating_official(rating) if act.name != "rating"]
    if pk is not None and pk == rating.rater_id:
        acts += _acts_after_sending(rating)
    if pk is not None and pk == rating.reviewer_id and rating.state == RatingState.SUBMITTED:
        acts.append(_act("review", "Review", rating, main=True))
    if pk is not None and pk == rating.employee_id and _awaits_signature(rating):
        acts.append(_act("acknowledge", "Sign that I received it", rating, main=True, post=True))
    if relations.is_hr(user, rating.employee, on):
        acts += _acts_of_hr(rating)
    return acts


def _acts_after_sending(rating: RatingOfRecord) -> list[Act]:
    acts = []
    if awaits_reply(rating):
        acts.append(_act("reply", "Reply to the change", rating, main=True))
    if award_unanswered(rating):
        acts.append(_act("award", "Note whether an award was considered", rating))
    return acts


def awaits_reply(rating: RatingOfRecord) -> bool:
    """Whether the rating official can answer a changed level now."""
    return (
        bool(can_proceed(rating.reply_to_change))
        and rating.level_changed_on is not None
        and rating.rater_replied_on is None
    )


def _awaits_signature(rating: RatingOfRecord) -> bool:
    return rating.state == RatingState.ISSUED and rating.acknowledgement == Acknowledgement.NONE


def _acts_of_hr(rating: RatingOfRecord) -> list[Act]:
    acts = []
    if rating.state in (RatingState.DRAFT, RatingState.SUBMITTED, RatingState.APPROVED):
        acts.append(_act("officials", "Name officials", rating))
    if rating.state == RatingState.DRAFT:
        acts.append(_act("interim_exception", "Record an interim review exception", rating))
    if can_proceed(rating.cancel):
        acts.append(_act("decision", "Record an award or decision", rating))
    return acts


def _act(
    name: str, label: str, rating: RatingOfRecord, *, main: bool = False, post: bool = False
) -> Act:
    return Act(name, label, reverse(f"performance:{name}", args=[rating.pk]), main, post)
