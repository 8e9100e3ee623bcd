"""The promotions that an employee's former career ladder had in store (5 CFR 9701.373(f))."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import access
from casework.web import actor_of, carry_out
from pay.forms.career_ladder import LadderForm
from pay.models import LadderPromotion
from pay.services.career_ladder import certify_requirements, schedule_ladder
from pay.views.run_acts import version_of
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


def employee_numbered(request: HttpRequest, number: str) -> Employee:
    """Whose ladder it is."""
    found: Employee = get_object_or_404(Employee, number=number)
    return found


def employee_of_promotion(request: HttpRequest, pk: int) -> Employee:
    """Whose promotion it is."""
    return get_object_or_404(LadderPromotion.objects.select_related("employee"), pk=pk).employee


def _page(
    request: HttpRequest, employee: Employee, form: LadderForm, refusal: Refused | None = None
) -> HttpResponse:
    context = {
        "employee": employee,
        "form": form,
        "refusal": refusal,
        "promotions": LadderPromotion.objects.filter(employee=employee),
    }
    return render(request, "pay/career_ladder.html", context)


@access(relations={"hr", "pay_office"}, subject=employee_numbered)
def career_ladder(request: HttpRequest, number: str) -> HttpResponse:
    """What is scheduled, paid and cancelled, and another promotion to schedule."""
    employee = employee_numbered(request, number)
    if request.method != "POST":
        return _page(request, employee, LadderForm())
    form = LadderForm(request.POST)
    if not form.is_valid():
        response = _page(request, employee, form)
        response.status_code = 422
        return response

    def schedule() -> str:
        schedule_ladder(
            employee,
            [form.step()],
            authority=form.cleaned_data["authority"],
            actor=actor_of(request),
            on=clock.today(),
        )
        return reverse("pay:career_ladder", args=[number])

    return carry_out(
        request, act=schedule, again=lambda refusal: _page(request, employee, form, refusal)
    )


@access(relations={"hr", "pay_office"}, subject=employee_of_promotion)
@require_POST
def certify_ladder_promotion(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what the ladder required is met."""
    promotion = get_object_or_404(LadderPromotion.objects.select_related("employee"), pk=pk)

    def certify() -> str:
        certify_requirements(
            promotion, actor=actor_of(request), on=clock.today(), version=version_of(request)
        )
        return reverse("pay:career_ladder", args=[promotion.employee.number])

    return carry_out(
        request,
        act=certify,
        again=lambda refusal: _page(request, promotion.employee, LadderForm(), refusal),
    )
