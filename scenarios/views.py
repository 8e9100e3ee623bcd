"""The lab's page: write or upload a scenario, and see what would come of it; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import access, user_of
from accounts.models import Role, User
from scenarios.forms import LabForm
from scenarios.simulation import MOST_SECONDS, Fault, has_lab, simulate
from scenarios.told import lines_around, told

STAFF = {
    Role.HR_SPECIALIST,
    Role.PAY_SPECIALIST,
    Role.DESIGNEE,
    Role.AUDITOR,
    Role.OPM_REVIEWER,
}
EXAMPLES = Path(__file__).parent / "examples"
#: Up to this many people the timelines stand open.
FEW = 6


@dataclass(frozen=True, slots=True)
class Example:
    """A scenario to start from; its first line says what it shows."""

    name: str
    text: str

    @property
    def about(self) -> str:
        """What it shows."""
        return self.text.partition("\n")[0].lstrip("# ")


def examples() -> list[Example]:
    """Every example, by name."""
    return [
        Example(name=path.stem, text=path.read_text(encoding="utf-8"))
        for path in sorted(EXAMPLES.glob("*.yaml"))
    ]


@access(roles=STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def lab(request: HttpRequest) -> HttpResponse:
    """The text, and what came of it."""
    at_hand = examples()
    if request.method != "POST":
        chosen = request.GET.get("example", "")
        text = next((each.text for each in at_hand if each.name == chosen), at_hand[0].text)
        return _page(request, LabForm(initial={"text": text}), text=text, examples=at_hand)
    form = LabForm(request.POST, request.FILES)
    if not form.is_valid():
        typed = form.cleaned_data.get("scenario", "")
        return _page(request, form, text=typed, examples=at_hand, status=422)
    text = form.cleaned_data["scenario"]
    if not has_lab():
        return _page(request, form, text=text, examples=at_hand)
    with _only_one_of(user_of(request)) as first:
        if not first:
            return _page(request, form, text=text, examples=at_hand, busy=True, status=409)
        answer = simulate(text, explain=form.cleaned_data["explain"])
    if isinstance(answer, Fault):
        return _page(
            request,
            form,
            text=text,
            examples=at_hand,
            fault=answer,
            around=lines_around(text, answer.line),
            status=422,
        )
    return _page(request, form, text=text, examples=at_hand, answer=told(answer))


def _page(
    request: HttpRequest, form: LabForm, *, text: str, status: int = 200, **context: Any
) -> HttpResponse:
    available = has_lab()
    if not available:
        status = 503
    elif request.htmx:  # type: ignore[attr-defined]
        # Swapped in place: the fault is part of the page that was asked for.
        status = 200
    return render(
        request,
        "scenarios/lab.html",
        {
            "form": form,
            # A browser drops the first line break of the field.
            "typed": f"\n{text}",
            "available": available,
            "few": FEW,
            **context,
        },
        status=status,
    )


@contextmanager
def _only_one_of(user: User) -> Iterator[bool]:
    """Whether this is the user's only play; it is given up when it cannot be running any more."""
    key = f"lab-play-{user.pk}"
    first = cache.add(key, True, timeout=MOST_SECONDS + 15)
    try:
        yield first
    finally:
        if first:
            cache.delete(key)
