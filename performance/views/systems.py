"""Performance systems: what each says, whom it covers, and a new one (5 CFR 9701.405)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access
from casework.web import actor_of, carry_out
from classification.models import BandLevel
from governance.models import Directive
from governance.models.directive import ISSUED
from governance.views.standing import DRAFTERS, may_draft
from performance.forms import cleaned
from performance.models import AppraisalPurpose, CircumstanceKind, Cycle, PerformanceSystem
from performance.queries.system_page import NOT_FROM_THE_DIRECTIVE, systems_shown, values_for
from performance.rules.special_circumstance import APPRAISERS, RATERS
from performance.rules.system_content import DETERMINERS, PROCEDURES
from performance.services.establish_system import cover_group, establish_system
from performance.special_forms import CoverForm, system_content
from regulation import clock
from regulation.refusals import Refused


@require_safe
@access(anyone=True)
def systems(request: HttpRequest) -> HttpResponse:
    """Every system, with the scoring of the periods."""
    return _page(request)


def _page(request: HttpRequest, *, refusal: Refused | None = None, doing: int = 0) -> HttpResponse:
    on = clock.today()
    cycles = Cycle.objects.order_by("-ends", "pk").distinct("ends")[:3]
    context = {
        "systems": systems_shown(on=on),
        "periods": [(cycle, values_for(cycle)) for cycle in cycles],
        "not_from_the_directive": NOT_FROM_THE_DIRECTIVE,
        "establishes": may_draft(request),
        "bands": BandLevel.choices,
        "refusal": refusal,
        "doing": doing,
        "typed": request.POST if refusal else {},
    }
    return render(request, "performance/systems.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@access(roles=DRAFTERS)
def new_system(request: HttpRequest) -> HttpResponse:
    """Establish a system by a directive."""

    def act() -> str:
        content, number = system_content(request.POST)
        establish_system(
            content,
            directive=Directive.objects.filter(pk=number or 0).first(),
            actor=actor_of(request),
            on=clock.today(),
        )
        return reverse("performance:systems")

    def page(refusal: Refused | None = None) -> HttpResponse:
        typed = request.POST
        context = {
            "directives": Directive.objects.filter(state__in=ISSUED).order_by("-effective"),
            "bands": BandLevel.choices,
            "chosen_bands": typed.getlist("band_level"),
            "procedures": [
                (key, title, typed.get(f"clause-{key}", "")) for key, title in PROCEDURES.items()
            ],
            "kinds": [
                (
                    kind,
                    label,
                    typed.get(f"rater-{kind}", "supervisor_at_end"),
                    typed.get(f"appraiser-{kind}", ""),
                )
                for kind, label in CircumstanceKind.choices
            ],
            "raters": RATERS.items(),
            "appraisers": APPRAISERS.items(),
            "purposes": AppraisalPurpose.choices,
            "chosen_purposes": typed.getlist("purpose") if typed else AppraisalPurpose.values,
            "determiners": DETERMINERS.items(),
            "typed": typed,
            "refusal": refusal,
        }
        return render(request, "performance/system_form.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()


@require_POST
@access(roles=DRAFTERS)
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a system cover one more group."""
    system = get_object_or_404(PerformanceSystem, pk=pk)

    def act() -> str:
        cover_group(
            system, actor=actor_of(request), on=clock.today(), **cleaned(CoverForm(request.POST))
        )
        return reverse("performance:systems")

    return carry_out(
        request, act=act, again=lambda refusal: _page(request, refusal=refusal, doing=pk)
    )
