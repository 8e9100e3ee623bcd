"""What HR does for a rating that is under way."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.forms import ExceptionForm, OfficialsForm, cleaned
from performance.services.except_interim_review import except_interim_review
from performance.services.name_officials import name_officials
from performance.views.subjects import rated_employee, rating_or_404
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"hr"}, subject=rated_employee)
def officials(request: HttpRequest, pk: int) -> HttpResponse:
    """Name another rating or reviewing official."""
    found = rating_or_404(pk)

    def act() -> str:
        typed = cleaned(OfficialsForm(request.POST))
        name_officials(
            found,
            rater=_employee(typed["rater"]),
            reviewer=_employee(typed["reviewer"]) if typed["reviewer"] else None,
            reason=typed["reason"],
            actor=actor_of(request),
            on=clock.today(),
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        context = {"rating": rating_or_404(pk), "typed": request.POST, "refusal": refused}
        return render(request, "performance/officials.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


def _employee(number: str) -> Employee:
    found = Employee.objects.filter(number=number).first()
    if found is None:
        raise Refused("unknown_employee", "", f"There is no employee with the number “{number}”.")
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@access(relations={"hr"}, subject=rated_employee)
def interim_exception(request: HttpRequest, pk: int) -> HttpResponse:
    """Record why no interim review was held."""
    found = rating_or_404(pk)

    def act() -> str:
        typed = cleaned(ExceptionForm(request.POST))
        except_interim_review(
            found,
            reason=typed["reason"],
            actor=actor_of(request),
            on=clock.today(),
            version=typed["version"],
        )
        return reverse("performance:rating", args=[pk])

    def page(refused: Refused | None = None) -> HttpResponse:
        context = {"rating": rating_or_404(pk), "typed": request.POST, "refusal": refused}
        return render(request, "performance/interim_exception.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
