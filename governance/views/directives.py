"""Directives: the list, one beside what it replaces, a draft, and its issue."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access
from casework.models import Entry
from casework.web import actor_of, carry_out
from governance.forms import DirectiveForm, NoticeForm
from governance.models import Directive
from governance.models.directive import ISSUED
from governance.queries.parameters import compared, parameters_on
from governance.rules.coordination import REQUIRED
from governance.services.draft_directive import (
    OPEN,
    change_draft,
    coordinated_subjects,
    draft_directive,
    give_up_draft,
    issue_draft,
    notify_opm,
    refuse_unissuable,
)
from governance.views.standing import DRAFTERS, may_draft, may_read_drafts
from regulation import clock
from regulation.refusals import Refused


@access(anyone=True)
@require_safe
def directives(request: HttpRequest) -> HttpResponse:
    """Every directive, the latest to take effect first; drafts only for those who work on them."""
    found = Directive.objects.order_by("-effective", "-pk")
    if not may_read_drafts(request):
        found = found.filter(state__in=ISSUED)
    context = {"directives": found[:200], "may_draft": may_draft(request)}
    return render(request, "governance/directives.html", context)


@access(anyone=True)
@require_safe
def directive(request: HttpRequest, pk: int) -> HttpResponse:
    """One directive, its values beside what they replace."""
    return _page(request, _readable(request, pk))


@access(roles=DRAFTERS)
def new_directive(request: HttpRequest) -> HttpResponse:
    """Draft a directive that changes parameters."""
    return _form_page(request, directive=None)


@access(roles=DRAFTERS)
def change_directive(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a draft."""
    return _form_page(request, directive=get_object_or_404(Directive, pk=pk))


@access(roles=DRAFTERS)
@require_POST
def notify(request: HttpRequest, pk: int) -> HttpResponse:
    """Give OPM notice of what a draft would change."""
    found = get_object_or_404(Directive, pk=pk)
    form = NoticeForm(request.POST)
    consulted = form.cleaned_data["staff_consulted_on"] if form.is_valid() else None
    return _act(
        request,
        found,
        lambda: notify_opm(
            found,
            staff_consulted_on=consulted,
            actor=actor_of(request),
            on=clock.today(),
            version=_version(request),
        ),
    )


@access(roles=DRAFTERS)
@require_POST
def issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Issue a draft: from here on nothing of it changes."""
    found = get_object_or_404(Directive, pk=pk)
    return _act(
        request,
        found,
        lambda: issue_draft(
            found, actor=actor_of(request), on=clock.today(), version=_version(request)
        ),
    )


@access(roles=DRAFTERS)
@require_POST
def give_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not pursue a draft."""
    found = get_object_or_404(Directive, pk=pk)
    return _act(
        request,
        found,
        lambda: give_up_draft(
            found, actor=actor_of(request), on=clock.today(), version=_version(request)
        ),
    )


def _readable(request: HttpRequest, pk: int) -> Directive:
    found = get_object_or_404(
        Directive.objects.select_related("coordination", "drafted_by", "issued_by"), pk=pk
    )
    if not found.issued and not may_read_drafts(request):
        raise PermissionDenied("This account may not open a draft.")
    return found


def _act(request: HttpRequest, found: Directive, act: Callable[[], object]) -> HttpResponse:
    def done() -> str:
        act()
        return reverse("governance:directive", args=[found.pk])

    return carry_out(
        request,
        act=done,
        again=lambda refusal: _page(request, _readable(request, found.pk), refusal),
    )


def _page(request: HttpRequest, found: Directive, refusal: Refused | None = None) -> HttpResponse:
    on = clock.today()
    works = found.state in OPEN and may_draft(request)
    context = {
        "directive": found,
        "refusal": refusal,
        "values": compared(found),
        "needs": [REQUIRED[subject] for subject in coordinated_subjects(found.proposed)],
        "works": works,
        "hindrance": _hindrance(found, works=works),
        "notice_form": NoticeForm(),
        "history": Entry.objects.filter(subject=found.subject)
        .select_related("actor")
        .order_by("id"),
        "on": on,
    }
    return render(request, "governance/directive.html", context)


def _hindrance(found: Directive, *, works: bool) -> Refused | None:
    if not works:
        return None
    try:
        refuse_unissuable(found, on=clock.today())
    except Refused as refusal:
        return refusal
    return None


def _form_page(request: HttpRequest, *, directive: Directive | None) -> HttpResponse:
    on = clock.today()
    in_force = {each.known.key: each.held.told for each in parameters_on(on) if each.held}
    initial = DirectiveForm.initial_of(directive) if directive else {}

    def page(form: DirectiveForm, refusal: Refused | None = None) -> HttpResponse:
        saved = Directive.objects.get(pk=directive.pk) if directive else None
        context = {
            "form": form,
            "directive": saved,
            "refusal": refusal,
            "stale": refusal is not None and refusal.code == "stale_form",
            "saved": compared(saved) if saved is not None else [],
        }
        return render(request, "governance/directive_form.html", context)

    if request.method != "POST":
        return page(DirectiveForm(in_force=in_force, initial=initial))
    form = DirectiveForm(request.POST, in_force=in_force)
    if not form.is_valid():
        response = page(form)
        response.status_code = 422
        return response

    def save() -> str:
        actor = actor_of(request)
        if directive is None:
            saved = draft_directive(form.draft(), actor=actor, on=on)
        else:
            saved = change_draft(
                directive, draft=form.draft(), actor=actor, on=on, version=_version(request)
            )
        return reverse("governance:directive", args=[saved.pk])

    return carry_out(request, act=save, again=lambda refusal: page(form, refusal))


def _version(request: HttpRequest) -> int | None:
    text = request.POST.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
