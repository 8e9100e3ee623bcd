"""The form of each personnel action: what it would do is shown first, by the service that does it.

Every button of a form posts to the same address: one searches for a position, one shows the result,
one carries out what was shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access, may_open
from casework.web import actor_of, carry_out
from pay.forms.personnel_action import By, PersonnelActionForm
from pay.queries.action_choices import ActionChoices
from pay.queries.history import pay_history
from pay.queries.position_search import FoundPositions, find_positions
from pay.services.preview import Preview, carried_out, previewed
from pay.views.personnel_action_kinds import KINDS, ActionKind
from pay.views.personnel_actions import employee_numbered
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee

SALT = "pay.personnel_action"


@dataclass(frozen=True, slots=True)
class Shown:
    """The result that the user was shown: its figures, for what was typed, on which version."""

    figures: tuple[str, ...]
    typed: str
    version: int


@dataclass
class Desk:
    """One form of one kind on one employee, as one request meets it."""

    request: HttpRequest
    kind: ActionKind
    employee: Employee
    form: PersonnelActionForm = field(init=False)

    def __post_init__(self) -> None:
        self.on = clock.today()
        self.choices = ActionChoices(self.employee, self.on)
        self.salt = f"{SALT}:{self.kind.slug}:{self.employee.pk}"

    def open(self) -> HttpResponse:
        """The form with what it proposes."""
        self.form = self.kind.form(
            initial=self.kind.form.proposed(self.choices), choices=self.choices
        )
        return self.page()

    def find(self, *, choose: str = "") -> HttpResponse:
        """What was typed, with positions that fit it, or with the one that was chosen."""
        typed: dict[str, Any] = {
            name: self.request.POST.get(name, "")
            for name in self.kind.form(choices=self.choices).fields
        }
        name = self.kind.form(choices=self.choices).position_field
        if choose:
            typed[name] = choose[:80]
        self.form = self.kind.form(initial=typed, choices=self.choices)
        found = None if choose or not name else find_positions(typed[name], on=self.on)
        return self.page(found=found)

    def answer(self) -> HttpResponse:
        """Show the result of what was typed, or carry out what was shown."""
        self.form = self.kind.form(self.request.POST, choices=self.choices)
        if not self.form.is_valid():
            return self.page(status=422)
        if self.request.POST.get("do") != "carry_out":
            return self.result()
        return carry_out(self.request, act=self.act, again=self.again)

    def result(self) -> HttpResponse:
        """What the service would do, or why it refuses."""
        try:
            return self.page(preview=self.preview())
        except Refused as refusal:
            return self.page(refusal=refusal, status=refusal.http_status)

    def act(self) -> str:
        """Call the service, if what it does is what was shown."""
        shown = self.shown()
        if shown is None:
            raise Refused("stale_form", "", "Look at the result first, then carry it out.")
        if shown.typed != self.form.typed:
            message = "The form was changed after its result was shown. Nothing was saved."
            raise Refused("stale_form", "", message)
        by = By(actor=actor_of(self.request), on=self.on, version=shown.version)
        carried_out(
            lambda: self.form.carry_out(self.employee, by),
            employee=self.employee,
            on=self.form.counts_on,
            shown=shown.figures,
        )
        messages.success(self.request, f"{self.kind.title} of {self.employee.name} is on record.")
        return self.afterwards()

    def again(self, refusal: Refused) -> HttpResponse:
        """The form after a refusal; a result that would differ now stands beside the one shown."""
        if refusal.code != "stale_form":
            return self.page(refusal=refusal)
        self.employee = Employee.objects.get(pk=self.employee.pk)
        shown = self.shown()
        try:
            preview = self.preview()
        except Refused as now:
            return self.page(refusal=now, before=shown)
        return self.page(refusal=refusal, preview=preview, before=shown)

    def preview(self) -> Preview:
        """The same service, undone."""
        by = By(actor=actor_of(self.request), on=self.on, version=self.employee.version)
        return previewed(
            lambda: self.form.carry_out(self.employee, by),
            employee=self.employee,
            on=self.form.counts_on,
        )

    def shown(self) -> Shown | None:
        """The result that the form carries, if it carries one of ours."""
        try:
            told = signing.loads(self.request.POST.get("shown", ""), salt=self.salt)
        except signing.BadSignature:
            return None
        return Shown(tuple(told["figures"]), told["typed"], told["version"])

    def afterwards(self) -> str:
        """The list, or home where the move took the person out of the user's reach."""
        url = reverse("pay:actions", args=[self.employee.number])
        user = actor_of(self.request).user
        reached = user is not None and may_open(user, url, self.employee, on=self.on)
        return url if reached else "/"

    def page(
        self,
        *,
        preview: Preview | None = None,
        refusal: Refused | None = None,
        before: Shown | None = None,
        found: FoundPositions | None = None,
        status: int = 200,
    ) -> HttpResponse:
        """The page of the form."""
        context = {
            "kind": self.kind,
            "employee": self.employee,
            "assignment": self.choices.assignment,
            "standing": pay_history(self.employee, on=self.on).standing,
            "today": self.on,
            "form": self.form,
            "found": found,
            "refusal": refusal,
            "preview": preview,
            "before": before,
            "shown": self.sign(preview) if preview is not None else "",
        }
        # A script that asks for a result gets one, be it a refusal: to the browser any other status
        # is a fault.
        if self.request.headers.get("HX-Request"):
            status = 200
        return render(self.request, "pay/actions/form.html", context, status=status)

    def sign(self, preview: Preview) -> str:
        """What the form carries of the result that it shows."""
        told = {
            "figures": preview.figures,
            "typed": self.form.typed,
            "version": self.employee.version,
        }
        return signing.dumps(told, salt=self.salt, compress=True)


def page_of(kind: ActionKind) -> Callable[..., HttpResponseBase]:
    """The page of one kind."""

    @access(relations=kind.relations, subject=employee_numbered)
    @require_http_methods(["GET", "POST"])
    def form_page(request: HttpRequest, number: str) -> HttpResponse:
        desk = Desk(request, kind, request.subject)  # type: ignore[attr-defined]
        if request.method != "POST":
            return desk.open()
        if choose := request.POST.get("choose", ""):
            return desk.find(choose=choose)
        if request.POST.get("do") == "find":
            return desk.find()
        return desk.answer()

    return form_page


PAGES = {kind.slug: page_of(kind) for kind in KINDS}
