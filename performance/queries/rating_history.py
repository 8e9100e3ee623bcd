"""The history of a rating, in words, without what was only saved on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casework.models import Entry
from performance.models import RatingOfRecord

WORDS = {
    "start_rating": "Started",
    "start_additional_rating": "Started as an additional rating",
    "submit_rating": "Signed by the rating official and sent to review",
    "return_rating": "Returned to the rating official",
    "change_level": "Level changed by the reviewing official",
    "approve_rating": "Approved and signed by the reviewing official",
    "issue_rating": "Issued",
    "acknowledge_rating": "Receipt acknowledged",
    "record_refusal": "Refusal to sign recorded",
    "name_officials": "Officials named by HR",
    "except_interim_review": "Interim review exception recorded by HR",
    "record_final_rating": "Recorded as final",
    "supersede_rating": "Superseded by an additional rating",
    "correct_rating": "Found wrong, and corrected",
    "cancel_rating": "Cancelled on a decision",
    "remand_rating": "Cancelled on a decision, to be rated again",
    "stand_again": "Stands again, as the rating that took its place was cancelled",
    "reply_to_change": "Reply of the rating official",
    "take_over": "Taken over from an earlier system",
    "note_award": "Award consideration noted",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One line: when, what, by whom."""

    on: date
    words: str
    by: str


def history_of(rating: RatingOfRecord) -> list[Step]:
    """The steps of a rating, the first first; one query."""
    entries = (
        Entry.objects.filter(subject=rating.subject)
        .exclude(act="save_draft")
        .select_related("actor")
        .order_by("id")
    )
    return [
        Step(
            on=entry.on,
            words=WORDS.get(entry.act, entry.act.replace("_", " ").capitalize()),
            by=str(entry.actor or entry.system_reason),
        )
        for entry in entries
    ]
