"""Who is told of a request, and for whom it waits."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.models import Role
from casework.services.notices import notify
from casework.services.work_items import finish_work_item, open_work_item
from reconsideration.models import Request

DHS_REVIEW = "reconsideration_review"
OPM_REVIEW = "reconsideration_opm_review"
POSITION_LEFT = "reconsideration_position_left"


def address_of(request: Request) -> str:
    """The page of the request."""
    return reverse("reconsideration:request", args=[request.pk])


def wait_for_dhs(request: Request, *, on: date) -> None:
    """Put the request into the inbox of HR over the organization."""
    open_work_item(
        request,
        kind=DHS_REVIEW,
        title=f"Reconsider the classification of {request.position.number}, {request.employee}",
        on=on,
        url=reverse("reconsideration:decide", args=[request.pk]),
        citation="9701.222(b)",
        role=Role.HR_SPECIALIST,
        organization=request.position.organization,
    )


def wait_for_opm(request: Request, *, on: date) -> None:
    """Put the request into the inbox of OPM's reviewers."""
    open_work_item(
        request,
        kind=OPM_REVIEW,
        title=f"Review the classification of {request.position.number}, {request.employee}",
        on=on,
        url=reverse("reconsideration:opm_decide", args=[request.pk]),
        citation="9701.222(d)",
        role=Role.OPM_REVIEWER,
    )


def stop_waiting(request: Request, *, on: date) -> None:
    """Take the request out of every reviewer's inbox."""
    for kind in (DHS_REVIEW, OPM_REVIEW, POSITION_LEFT):
        finish_work_item(request, kind=kind, on=on)


def tell_employee(request: Request, *, title: str, body: str, citation: str, on: date) -> None:
    """Tell the employee what happened."""
    notify(
        request.employee.user,
        title=title,
        body=body,
        on=on,
        subject=request.subject,
        citation=citation,
        url=address_of(request),
    )
