"""General expectations of the organizations of an HR specialist, and a new one."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access, user_of
from accounts.models import Role
from accounts.queries.roles import organizations_of
from casework.web import actor_of, carry_out
from performance.forms import cleaned
from performance.models import GeneralKind
from performance.queries.general_expectations import kept_by
from performance.services.make_available import make_available
from regulation import clock
from regulation.refusals import Refused

#: Ids of a bigint column, so that what is typed is refused and not a database error.
LARGEST_ID = 2**63 - 1


class GeneralForm(forms.Form):
    """One version of a procedure, handbook or instruction."""

    organization = forms.IntegerField(min_value=1, max_value=LARGEST_ID)
    kind = forms.ChoiceField(choices=GeneralKind.choices)
    title = forms.CharField(max_length=160)
    source = forms.CharField(max_length=200, label="Where it is found")
    available_on = forms.DateField(required=False, label="Made available on")
    replaces = forms.IntegerField(
        required=False, min_value=1, max_value=LARGEST_ID, label="What it revises"
    )


@require_http_methods(["GET", "HEAD", "POST"])
@access(roles={Role.HR_SPECIALIST})
def general_expectations(request: HttpRequest) -> HttpResponse:
    """What is expected of everybody in an organization, and from when."""
    on, user = clock.today(), user_of(request)
    organizations = organizations_of(user, Role.HR_SPECIALIST, on=on)

    def act() -> str:
        typed = cleaned(GeneralForm(request.POST))
        organization = organizations.filter(pk=typed.pop("organization")).first()
        if organization is None:
            raise Refused("permission_denied", "9701.406(a)", "HR of the organization does this.")
        make_available(organization, actor=actor_of(request), on=on, **typed)
        return reverse("performance:general_expectations")

    def page(refusal: Refused | None = None) -> HttpResponse:
        context = {
            "items": list(kept_by(user, on=on)),
            "organizations": organizations,
            "kinds": GeneralKind.choices,
            "typed": request.POST if refusal else {},
            "refusal": refusal,
        }
        return render(request, "performance/general_expectations.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
