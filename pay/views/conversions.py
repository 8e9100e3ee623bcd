"""Drafting a conversion, loading former rates, and the ledger of a conversion."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from accounts.access import access
from accounts.models import Role
from casework.web import actor_of, carry_out
from pay.forms.conversion_run import ConversionRunForm, FormerRatesForm
from pay.models import PayRun, RunException, RunKind
from pay.queries.conversion_ledger import (
    CONVERSION_CSV,
    conversion_csv,
    days_loaded,
    ledger_page,
    ledger_proof,
)
from pay.services.former_rates import COLUMNS, load_former_rates
from pay.services.runs.conversion_plan import ConversionPlan
from pay.services.runs.drafting import change_plan, draft_run
from pay.uploads import FaultyFile
from pay.views.run_acts import version_of
from pay.views.run_pages import READERS, Echo
from regulation import clock
from regulation.refusals import Refused

ACTORS = {Role.PAY_SPECIALIST}
EXAMPLE = (
    "E00001,GS,50000,12.5,,5,51600,400,no,yes,no,,",
    "E00002,GS,44444,12.5,,,,,no,yes,yes,,promotion=54600; duty_station=55100",
    "E00003,GS,60500,,66000,,,,no,yes,no,90000,",
)


@access(roles=ACTORS)
def new_conversion(request: HttpRequest) -> HttpResponse:
    """Conversion date, population, and the link of the ranges."""
    return conversion_page(request, run=None)


def conversion_page(request: HttpRequest, *, run: PayRun | None) -> HttpResponse:
    """The form of a conversion, new or to be changed."""
    on = clock.today()
    initial: dict[str, Any] = {}
    if run is not None:
        plan = ConversionPlan.from_json(run.plan)
        initial = {
            "title": run.title,
            "effective": run.effective,
            **ConversionRunForm.initial_of(plan),
        }

    def page(form: ConversionRunForm, refusal: Refused | None = None) -> HttpResponse:
        context = {"form": form, "run": run, "refusal": refusal}
        return render(request, "pay/conversion_form.html", context)

    if request.method != "POST":
        return page(ConversionRunForm(initial=initial, on=on))
    form = ConversionRunForm(request.POST, on=on)
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response

    def save() -> str:
        shared: dict[str, Any] = {
            "title": form.cleaned_data["title"],
            "effective": form.cleaned_data["effective"],
            "actor": actor_of(request),
            "on": on,
        }
        if run is None:
            saved = draft_run(form.plan(), **shared)
        else:
            saved = change_plan(run, plan=form.plan(), version=version_of(request), **shared)
        return reverse("pay:run", args=[saved.pk])

    return carry_out(request, act=save, again=lambda refusal: page(form, refusal))


@access(roles=ACTORS)
def former_rates(request: HttpRequest) -> HttpResponse:
    """What is on record, and a table to add to it; a faulty one is refused line by line."""

    def page(form: FormerRatesForm, refusal: Refused | None = None) -> HttpResponse:
        context = {
            "form": form,
            "refusal": refusal,
            "faults": refusal.faults if isinstance(refusal, FaultyFile) else (),
            "columns": COLUMNS,
            "days": days_loaded(),
        }
        return render(request, "pay/former_rates.html", context)

    if request.method != "POST":
        return page(FormerRatesForm())
    form = FormerRatesForm(request.POST, request.FILES)
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response

    def load() -> str:
        load_former_rates(
            form.cleaned_data["file"],
            converts_on=form.cleaned_data["converts_on"],
            actor=actor_of(request),
            on=clock.today(),
        )
        return reverse("pay:former_rates")

    return carry_out(request, act=load, again=lambda refusal: page(form, refusal))


@access(roles=ACTORS)
@require_GET
def former_rates_template(request: HttpRequest) -> HttpResponse:
    """An empty table with three lines as examples."""
    lines = [",".join(column.name for column in COLUMNS), *EXAMPLE]
    response = HttpResponse("\r\n".join([*lines, ""]), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="former-rates.csv"'
    return response


@access(roles=ACTORS, readers=READERS)
@require_GET
def conversion_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """A conversion by orders and ledger: its proof, its exceptions, and everybody converted."""
    run = get_object_or_404(PayRun, pk=pk, kind=RunKind.CONVERSION)
    context = {
        "run": run,
        "proof": ledger_proof(run),
        "page": ledger_page(run, after=request.GET.get("after", "")),
        "exceptions": RunException.objects.filter(run=run)
        .select_related("employee")
        .order_by("employee__number")[:200],
    }
    return render(request, "pay/conversion_ledger.html", context)


@access(roles=ACTORS, readers=READERS)
@require_GET
def conversion_ledger_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The whole ledger of a conversion, exceptions at its end, as CSV."""
    run = get_object_or_404(PayRun, pk=pk, kind=RunKind.CONVERSION)
    response = StreamingHttpResponse(_rows(run), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="conversion-{run.pk}-ledger.csv"'
    return response


def _rows(run: PayRun) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(CONVERSION_CSV)
    for row in conversion_csv(run):
        yield writer.writerow(row)
