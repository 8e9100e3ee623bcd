"""The season of a period: how far it is, who is not rated, how levels fall; closing it."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import access, user_of
from accounts.models import Role, User
from accounts.queries.roles import roles_of
from accounts.services.reads import log_export
from accounts.services.recusal import recusals_of
from casework.web import actor_of, carry_out
from governance.queries.policy import policy_on
from performance.models import Cycle, CycleState
from performance.queries.reach import organizations_under, paths_of
from performance.queries.season import Person, Standing, season
from performance.queries.season_page import Levels, levels_of, progress_of
from performance.queries.team import cycle_shown, cycles
from performance.season_charts import review_charts, share_charts
from performance.services.close_cycle import close_cycle, list_not_rated, may_close
from performance.views.subjects import named_employee
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee

ON_A_PAGE = 50
ACTORS = (Role.HR_SPECIALIST,)
READERS = (Role.DESIGNEE, Role.AUDITOR)
_ORDER = [Standing.UNRATED, Standing.NOT_RATABLE, Standing.LISTED]
STANDINGS = {
    Standing.UNRATED: "Not rated, to be explained",
    Standing.NOT_RATABLE: "Not ratable",
    Standing.LISTED: "Listed by HR",
}


def cycle_or_404(pk: int) -> Cycle:
    """The period with its system."""
    return get_object_or_404(Cycle.objects.select_related("system"), pk=pk)


@access(roles=ACTORS, readers=READERS)
@require_safe
def season_page(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return _page(request, chosen=request.GET.get("cycle", ""))


def _page(request: HttpRequest, *, chosen: str, refusal: Refused | None = None) -> HttpResponse:
    on, user = clock.today(), user_of(request)
    known = cycles()
    cycle = cycle_shown(known, chosen=chosen, on=on)
    context: dict[str, Any] = {"cycles": known, "cycle": cycle, "refusal": refusal}
    if cycle is not None:
        context |= _season(request, user, cycle=cycle, on=on)
    return render(request, "performance/season.html", context)


def _season(request: HttpRequest, user: User, *, cycle: Cycle, on: date) -> dict[str, Any]:
    paths = paths_of(user, on=on)
    people = season(cycle, on=on, organizations=organizations_under(paths))
    smallest = policy_on(on)["report.smallest_group"]
    rows, whole = progress_of(people)
    levels = levels_of(people, cycle=cycle, smallest=smallest)
    waiting = _not_rated(people, user=user, on=on)
    actor = actor_of(request)
    return {
        "people": len(people),
        "cycle_key": str(cycle.pk),
        "progress": rows,
        "whole": whole,
        "levels": levels,
        "distribution": _distribution(levels),
        "review": _review(levels),
        "share_charts": share_charts(levels),
        "review_charts": review_charts(levels),
        "smallest": smallest,
        "waiting": Paginator(waiting, ON_A_PAGE).get_page(request.GET.get("page")),
        "standings": [
            (STANDINGS[each], sum(one.standing == each for one in people)) for each in _ORDER
        ],
        "labels": {each.value: words for each, words in STANDINGS.items()},
        "may_list": cycle.state != CycleState.CLOSED
        and Role.HR_SPECIALIST in roles_of(user, on=on),
        "may_close": cycle.state == CycleState.RATING and may_close(actor, on=on),
    }


def _distribution(levels: Levels) -> list[dict[str, Any]]:
    table = levels.by_component
    names = [*table.rows, *([""] if len(table.rows) > 1 else [])]
    return [
        {
            "title": levels.components.get(name, "All"),
            "counts": [
                (levels.titles[code], number)
                for code, number in zip(levels.codes, table.row(name), strict=True)
            ],
            "total": table.shown(name, ""),
            "all": name == "",
        }
        for name in names
    ]


def _review(levels: Levels) -> list[dict[str, Any]]:
    table = levels.on_review
    return [
        {
            "title": levels.titles.get(code, "Issued in all"),
            "counts": [
                (levels.titles[column], number)
                for column, number in zip(levels.codes, table.row(code), strict=True)
            ],
            "total": table.shown(code, ""),
            "all": code == "",
        }
        for code in (*table.rows, "")
    ]


def _not_rated(people: Iterable[Person], *, user: User, on: date) -> list[Person]:
    """Who has no rating, first those without a reason; nobody whom the reader is kept out of."""
    recused = recusals_of(user, on=on)
    return sorted(
        (
            one
            for one in people
            if one.standing != Standing.RATED and f"employee:{one.pk}" not in recused
        ),
        key=lambda one: _ORDER.index(one.standing),
    )


@access(roles=ACTORS, readers=READERS)
@require_safe
def unrated_csv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who is not rated and why, as CSV; that it was taken is logged as a read."""
    on, user, cycle = clock.today(), user_of(request), cycle_or_404(pk)
    people = season(cycle, on=on, organizations=organizations_under(paths_of(user, on=on)))
    log_export(user, subject=f"list:unrated:{pk}", page=request.get_full_path())
    response = StreamingHttpResponse(
        _written(_not_rated(people, user=user, on=on)), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="unrated-{cycle.ends}-on-{on}.csv"'
    return response


class _Echo:
    def write(self, row: str) -> str:
        return row


def _written(people: Iterable[Person]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(
        ("number", "family name", "given name", "organization", "supervisor", "standing", "reason")
    )
    for one in people:
        cells = (one.number, one.family_name, one.given_name, one.organization, one.supervisor)
        yield writer.writerow((*map(_safe, cells), STANDINGS[one.standing], _safe(one.why)))


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


@access(roles=ACTORS)
@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the period, where everybody is explained."""
    cycle = cycle_or_404(pk)

    def act() -> str:
        close_cycle(cycle, actor=actor_of(request), on=clock.today())
        return reverse("performance:detection", args=[pk])

    return carry_out(
        request,
        act=act,
        again=lambda refusal: _page(request, chosen=str(pk), refusal=refusal),
    )


def listed_employee(request: HttpRequest, pk: int, cycle: int) -> Employee:
    """The employee whom HR lists."""
    return named_employee(request, pk)


@access(relations={"hr"}, subject=listed_employee)
@require_http_methods(["GET", "HEAD", "POST"])
def not_rated(request: HttpRequest, pk: int, cycle: int) -> HttpResponse:
    """Say why somebody has no rating of record for a period."""
    found, employee = cycle_or_404(cycle), named_employee(request, pk)

    def act() -> str:
        list_not_rated(
            found,
            employee=employee,
            reason=request.POST.get("reason", ""),
            actor=actor_of(request),
            on=clock.today(),
        )
        return f"{reverse('performance:season')}?cycle={cycle}#unrated"

    def page(refused: Refused | None = None) -> HttpResponse:
        listed = found.not_rated.filter(employee=employee).first()
        context = {
            "cycle": found,
            "employee": employee,
            "reason": request.POST.get("reason", listed.reason if listed else ""),
            "refusal": refused,
        }
        return render(request, "performance/not_rated.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
