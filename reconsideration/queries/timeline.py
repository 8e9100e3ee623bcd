"""What happened to a request, and what comes next, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from casework.models import Deadline, DeadlineState, Entry, WorkItem
from classification.models import Band
from reconsideration.models import IssueKind, Outcome, Request, RequestState
from reconsideration.services.follow_pay import PAY_SYSTEM, PROMISE, TO_SETTLE

_HAPPENED = {
    "file": "Request filed",
    "take_up": "Review by the Department began",
    "decide": "The Department decided",
    "take_to_opm": "Taken to OPM",
    "take_up_at_opm": "Review by OPM began",
    "decide_at_opm": "OPM decided",
    "cancel": "Withdrawn by the employee",
    "make_moot": "Closed as moot",
    "set_pay": "Pay followed",
    "settle_pay": "Pay settled by HR",
}

_NEXT = {
    RequestState.FILED_DHS: (
        "An HR specialist who did not make the contested decision takes up the request. "
        "No date is set by the regulation.",
        "9701.222(b)",
    ),
    RequestState.UNDER_DHS_REVIEW: (
        "The Department sustains the classification or changes it, with reasons and the date from "
        "which a change counts.",
        "9701.222(b)",
    ),
    RequestState.DHS_DECIDED: (
        "The Department’s determination is final, with no further review or appeal, unless the "
        "employee asks OPM to review it. No last day for that is set.",
        "9701.222(c)",
    ),
    RequestState.FILED_OPM: (
        "OPM’s reviewer takes up the request, under OPM’s own procedures.",
        "9701.222(d)",
    ),
    RequestState.UNDER_OPM_REVIEW: (
        "OPM decides. Its determination will be final, with no further review or appeal.",
        "9701.222(d)",
    ),
    RequestState.OPM_DECIDED: (
        "This is final. OPM’s determination is not subject to further review or appeal. A new "
        "request is possible only about a newer classification decision.",
        "9701.222(d)",
    ),
    RequestState.CANCELLED: (
        "Nothing. The employee withdrew the request and may file a new one at any time.",
        "9701.222(a)",
    ),
    RequestState.MOOT: (
        "Nothing. The employee no longer holds the position.",
        "9701.222(a)",
    ),
}


_TO_YOU = (
    ("the employee asks", "you ask"),
    ("The employee withdrew the request", "You withdrew the request"),
    ("The employee no longer holds", "You no longer hold"),
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline."""

    on: date
    title: str
    who: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Next:
    """What comes next, and whether the matter is at its end."""

    text: str
    citation: str
    final: bool


def timeline_of(request: Request) -> list[Happening]:
    """Every act on the request, the first one first."""
    entries = Entry.objects.filter(subject=request.subject).select_related("actor").order_by("id")
    return [
        Happening(
            on=entry.on,
            title=_HAPPENED.get(entry.act, entry.act),
            who=str(entry.actor) if entry.actor else entry.system_reason,
            text=_words(entry),
            citation=entry.citation,
        )
        for entry in entries
    ]


def next_of(request: Request, *, own: bool = False) -> Next:
    """What comes next for the request as it stands; `own` speaks to the employee."""
    text, citation = _NEXT[RequestState(request.state)]
    if own:
        for said, to_you in _TO_YOU:
            text = text.replace(said, to_you)
    final = request.state in (RequestState.OPM_DECIDED, RequestState.CANCELLED, RequestState.MOOT)
    return Next(text=text, citation=citation, final=final)


def pay_outlook(request: Request) -> tuple[Sequence[WorkItem], date | None]:
    """What HR still has to settle about pay, and the day on which pay changes by itself."""
    items = list(
        WorkItem.objects.filter(
            subject=request.subject, kind__in=(TO_SETTLE, PAY_SYSTEM), done_at=None
        )
    )
    promise = Deadline.objects.filter(
        subject=request.subject, kind=PROMISE, state=DeadlineState.OPEN
    ).first()
    return items, promise.due_on + timedelta(days=1) if promise else None


def _words(entry: Entry) -> str:
    detail = entry.detail
    if entry.act == "file":
        names = ", ".join(IssueKind(issue).label.lower() for issue in detail.get("issues", ()))
        return f"With {detail.get('to', 'DHS')}, about: {names}."
    if entry.act == "set_pay":
        return (
            f"Band {detail['band']}, from {_day(detail['effective'])}, by a pay order of its own."
        )
    if entry.act in ("decide", "decide_at_opm"):
        outcome = Outcome(detail.get("outcome", "")).label
        if not detail.get("effective"):
            return f"{outcome}."
        band = Band.objects.filter(code=detail["band"]).first() if detail.get("band") else None
        what = f": {band}" if band else ""
        return f"{outcome}{what}, from {_day(detail['effective'])}."
    return str(detail.get("reason", ""))


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%B %-d, %Y}"
