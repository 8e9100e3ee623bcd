"""The detection report: run, read by group, followed to the history behind a flag."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import access, user_of
from accounts.models import Role
from accounts.queries.roles import roles_of
from accounts.services.recusal import recusals_of
from casework.models import Entry
from casework.web import actor_of, carry_out
from governance.queries.policy import policy_on
from performance.flag_words import KINDS, SPREADS, TITLES, words_of
from performance.models import Cycle, DetectionReport, RatingOfRecord
from performance.queries.rating_history import WORDS
from performance.queries.reach import paths_of, reaches
from performance.rules.detection.facts import REVIEWER, SUPERVISOR, Detector
from performance.services.run_detection import run_detection
from performance.views.season import cycle_or_404
from performance.views.subjects import own_record
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee

ACTORS = (Role.HR_SPECIALIST,)
READERS = (Role.DESIGNEE, Role.AUDITOR)
#: Who may follow a flag to people's records.
FILE_READERS = (Role.AUDITOR,)
ON_A_PAGE = 50


@access(roles=ACTORS, readers=READERS)
@require_http_methods(["GET", "HEAD", "POST"])
def detection(request: HttpRequest, pk: int) -> HttpResponse:
    """The last report of a period, or the one chosen; HR runs another at any time."""
    cycle = cycle_or_404(pk)

    def act() -> str:
        run_detection(cycle, actor=actor_of(request), on=clock.today())
        return reverse("performance:detection", args=[pk])

    if request.method == "POST":
        return carry_out(request, act=act, again=lambda refusal: _page(request, cycle, refusal))
    return _page(request, cycle)


def _page(request: HttpRequest, cycle: Cycle, refusal: Refused | None = None) -> HttpResponse:
    on, user = clock.today(), user_of(request)
    held = roles_of(user, on=on)
    reports = list(
        DetectionReport.objects.filter(cycle=cycle).select_related("run_by").defer("content")[:20]
    )
    chosen = request.GET.get("report", "")
    report = next(
        (one for one in reports if str(one.pk) == chosen), reports[0] if reports else None
    )
    context: dict[str, Any] = {
        "cycle": cycle,
        "reports": reports,
        "report": report,
        "refusal": refusal,
        "may_run": Role.HR_SPECIALIST in held,
        "may_follow": bool(held & {*ACTORS, *FILE_READERS}),
    }
    if report is not None:
        paths = paths_of(user, on=on)
        groups = {
            (group["kind"], group["key"]): group
            for group in report.content["groups"]
            if reaches(paths, group["place"])
        }
        context |= _told(report, groups, smallest=policy_on(on)["report.smallest_group"])
        teams = [group for group in groups.values() if group["kind"] == SUPERVISOR]
        teams.sort(key=lambda group: group["title"])
        for group in teams:
            group["spread_words"] = SPREADS[group["spread"]]
            group["copied_words"] = _share(group, smallest=context["smallest"])
        context["teams"] = Paginator(teams, ON_A_PAGE).get_page(request.GET.get("page"))
        context["groups"] = len(groups)
        context["report_key"] = str(report.pk)
    return render(request, "performance/detection.html", context)


def _told(
    report: DetectionReport, groups: dict[tuple[str, str], Any], *, smallest: int
) -> dict[str, Any]:
    """The flags of those groups in words, by detector, and how many of each."""
    titles = dict(report.content["levels"])
    flags = [
        {
            "number": number,
            "detector": TITLES[Detector(flag["detector"])],
            "kind": KINDS.get(flag["kind"], flag["kind"]),
            "group": groups[flag["kind"], flag["key"]],
            "words": words_of(flag["detector"], flag["figures"], titles=titles, smallest=smallest),
        }
        for number, flag in enumerate(report.content["flags"])
        if (flag["kind"], flag["key"]) in groups
    ]
    return {
        "flags": flags,
        "counts": [
            (title, sum(flag["detector"] == title for flag in flags)) for title in TITLES.values()
        ],
        "smallest": smallest,
    }


def _share(group: dict[str, Any], *, smallest: int) -> str:
    """The share of a team's narratives that are copies, where they are enough to be told."""
    number, people = group["copied"], group["people"]
    if not number:
        return "None"
    if number < smallest or 0 < people - number < smallest:
        return "Some"
    return f"{(200 * number + people) // (2 * people)}%"


@access(roles=ACTORS, readers=FILE_READERS)
@require_safe
def flag(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The lines of the history that a flag rests on."""
    on, user = clock.today(), user_of(request)
    report = get_object_or_404(DetectionReport.objects.select_related("cycle"), pk=pk)
    flags = report.content["flags"]
    if number >= len(flags):
        raise Http404
    found = flags[number]
    group = next(
        each
        for each in report.content["groups"]
        if (each["kind"], each["key"]) == (found["kind"], found["key"])
    )
    if not reaches(paths_of(user, on=on), group["place"]):
        raise PermissionDenied("This flag is about another organization.")
    told = _told(
        report,
        {(found["kind"], found["key"]): group},
        smallest=policy_on(on)["report.smallest_group"],
    )
    subjects = [
        f"{RatingOfRecord.subject_kind}:{key}" for key in found["ratings"] or group["ratings"]
    ]
    recused = {
        int(key)
        for kind, _, key in (each.partition(":") for each in recusals_of(user, on=on))
        if kind == "employee" and key.isdecimal()
    }
    entries = (
        Entry.objects.filter(subject__in=subjects)
        .exclude(act="save_draft")
        .exclude(employee_key__in=recused)
        .select_related("actor")
        .order_by("subject", "id")
    )
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    names = {
        person.pk: person.name
        for person in Employee.objects.filter(pk__in={entry.employee_key for entry in page})
    }
    rows = [
        {
            "entry": entry,
            "name": names.get(entry.employee_key, entry.subject),
            "words": WORDS.get(entry.act, entry.act.replace("_", " ").capitalize()),
            "url": reverse("performance:rating", args=[int(entry.subject.partition(":")[2])]),
        }
        for entry in page
    ]
    context = {
        "report": report,
        "flag": next(one for one in told["flags"] if one["number"] == number),
        "page": page,
        "rows": rows,
    }
    return render(request, "performance/flag.html", context)


@access(relations={"self"}, subject=own_record)
@require_safe
def own_line(request: HttpRequest) -> HttpResponse:
    """What the reports of closed periods say of the reader's own line as reviewing official."""
    own = own_record(request)
    smallest = policy_on(clock.today())["report.smallest_group"]
    reports = DetectionReport.objects.filter(at_close=True, cycle__state="closed")
    told = []
    for report in reports.select_related("cycle").order_by("-cycle__ends")[:5]:
        groups = {
            (group["kind"], group["key"]): group
            for group in report.content["groups"]
            if own is not None
            and (
                (group["kind"] == REVIEWER and group["key"] == str(own.pk))
                or (group["kind"] == SUPERVISOR and group["reviewers"] == [own.pk])
            )
        }
        if groups:
            flags = _told(report, groups, smallest=smallest)["flags"]
            told.append({"report": report, "flags": flags})
    return render(request, "performance/own_line.html", {"told": told, "smallest": smallest})
