"""The world that the access table is walked in: one employee, and everybody around."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.access import Access
from accounts.models import Role, User
from adverse_actions.models import Proposal
from casework.actor import Actor
from casework.services.documents import attach
from governance.models import Directive
from governance.services.draft_directive import Draft, draft_directive
from pay.models import DeniedIncrease, LadderPromotion, PayPool, PayRun
from performance.models import (
    Appraisal,
    AppraisalState,
    DetectionReport,
    FollowUp,
    InterimReview,
    PoorPerformanceRecord,
    RatingOfRecord,
)
from performance.models.rating import RatingState
from performance.services.cycles import ensure_cycle
from performance.services.send_packet import send_packet
from reconsideration.models import Request, RequestState
from regulation import clock
from tests import factories
from tests.access_table import Row
from tests.performance.office import make_office
from workforce.models import Employee

TODAY = date(2025, 3, 3)


@dataclass(frozen=True)
class Page:
    """One URL of ours."""

    name: str
    view: Any

    @property
    def rule(self) -> Access | None:
        """The rule that the view declares."""
        return getattr(self.view, "access", None)


def _walk(patterns: list[Any], namespace: str = "") -> Iterator[Page]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _walk(pattern.url_patterns, pattern.namespace or namespace)
        elif isinstance(pattern, URLPattern):
            yield Page(name=f"{namespace}:{pattern.name}", view=pattern.callback)


PAGES = {page.name: page for page in _walk(get_resolver().url_patterns)}


def page_of(name: str) -> str:
    """The URL of a row."""
    return name.partition("/")[0]


@dataclass
class World:
    """One employee with a rating, a request and all the rest, and everybody around."""

    people: dict[str, User]
    recused: frozenset[str]
    employee: Employee
    facts: dict[str, str]
    client: Client
    #: The session of each log-in, so that nobody logs in anew for each page.
    sessions: dict[int, str] = field(default_factory=dict)

    def enter(self, user: User | None) -> None:
        """Go on as this user, or as nobody."""
        self.client.cookies.clear()
        if user is not None:
            self.client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[user.pk]

    def address(self, name: str, row: Row) -> str:
        """The address of a page about this employee."""
        return reverse(
            page_of(name), kwargs={key: self.facts[fact] for key, fact in row.about.items()}
        )


@contextmanager
def living_world() -> Iterator[World]:
    """The world, in a transaction that is never committed, with everybody logged in once."""
    with clock.use_clock(clock.at_noon(TODAY)), transaction.atomic():
        made = _make_world()
        for user in made.people.values():
            made.client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            made.sessions[user.pk] = made.client.cookies[settings.SESSION_COOKIE_NAME].value
            made.client.cookies.clear()
        yield made
        transaction.set_rollback(True)


@contextmanager
def as_it_was(world: World) -> Iterator[World]:
    """The world on its day; what is changed in the block is undone."""
    with clock.use_clock(clock.at_noon(TODAY)), transaction.atomic():
        yield world
        transaction.set_rollback(True)


def _make_world() -> World:
    office = make_office()
    assignment = office.employee.assignments.select_related("position__organization").get()
    here, elsewhere = assignment.position.organization, factories.make_organization()
    stranger, sidelined = factories.make_employee("Stranger"), factories.make_employee("Sidelined")
    for person in (stranger, sidelined):
        factories.make_assignment(person, factories.make_position(elsewhere))
    people = {
        "self": office.user("employee"),
        "supervisor": office.user("supervisor"),
        "second_line": office.user("reviewer"),
        "stranger": _user(stranger),
        "hr": _staff(Role.HR_SPECIALIST, here),
        "hr_elsewhere": _staff(Role.HR_SPECIALIST, elsewhere),
        "pay": _staff(Role.PAY_SPECIALIST, here),
        "pay_elsewhere": _staff(Role.PAY_SPECIALIST, elsewhere),
        "auditor": _staff(Role.AUDITOR, here),
        "auditor_elsewhere": _staff(Role.AUDITOR, elsewhere),
        "designee": _staff(Role.DESIGNEE),
        "opm": _staff(Role.OPM_REVIEWER),
        "administrator": _staff(Role.ADMINISTRATOR),
    }
    people["recused_hr"] = people["hr"]
    people["recused_auditor"] = people["auditor"]
    people["recused_supervisor"] = people["supervisor"]
    return World(
        people=people,
        recused=frozenset(name for name in people if name.startswith("recused_")),
        employee=office.employee,
        facts=_facts(office, people),
        client=Client(),
    )


def _user(employee: Employee) -> User:
    assert employee.user is not None
    return employee.user


def _staff(role: Role, organization: Any = None) -> User:
    user = factories.make_user()
    factories.grant_role(user, role, organization=organization)
    return user


def _facts(office: Any, people: dict[str, User]) -> dict[str, str]:
    """The records that fill the addresses."""
    employee: Employee = office.employee
    rating = office.submit(office.start())
    request = _request(employee, people["hr"])
    document = attach(
        request, name="a.txt", media_type="text/plain", data=b"a", actor=Actor(user=people["self"])
    )
    evidence = attach(
        rating, name="b.txt", media_type="text/plain", data=b"b", actor=office.actor("supervisor")
    )
    run = PayRun.objects.create(
        kind="range_adjustment",
        title="January",
        plan={"ranges": {"LE-FP": [51_000, 91_800]}},
        effective=date(2025, 1, 12),
        drafted_by=people["pay"],
        created_at=clock.now(),
    )
    conversion = PayRun.objects.create(
        kind="conversion",
        title="Conversion",
        plan={"categories": ["general"], "organizations": [], "linkage": "As the directive says."},
        effective=date(2025, 1, 12),
        drafted_by=people["pay"],
        created_at=clock.now(),
    )
    ladder = LadderPromotion.objects.create(
        employee=employee, due_on=date(2026, 1, 4), before=50_000, after=55_000
    )
    denied = DeniedIncrease.objects.create(
        employee=employee, adjusted_on=date(2025, 1, 12), percentage="1/10", basic_denied=100
    )
    draft = draft_directive(
        Draft(
            number="D-2",
            title="Promotions",
            reason="Too small.",
            effective=date(2025, 6, 1),
            values={"promotion.pct": "0.10"},
        ),
        actor=Actor(user=people["designee"]),
        on=TODAY,
    )
    proposal = Proposal.objects.create(
        employee=employee, kind="demotion", delivered_on=date(2025, 2, 3)
    )
    return {
        "proposal": str(proposal.pk),
        "employee": str(employee.pk),
        "number": employee.number,
        "rating": str(rating.pk),
        "issued": str(_issued(office).pk),
        "cycle": str(office.cycle.pk),
        "plan": str(office.plan.pk),
        "expectation": str(office.expectations[0].pk),
        **_year(office),
        "request": str(request.pk),
        "document": str(document.pk),
        "evidence": str(evidence.pk),
        "run": str(run.pk),
        "ladder": str(ladder.pk),
        "conversion": str(conversion.pk),
        "denied": str(denied.pk),
        "directive": str(Directive.objects.filter(state="in_effect").earliest("pk").pk),
        "draft": str(draft.pk),
        "pool": str(PayPool.objects.create(code="P1", title="Pool 1").pk),
        "detection": str(_detection(office).pk),
        "first": "0",
        "paragraph": "9701.409(b)",
        **_special_facts(office, people["hr"]),
        "text": "x",
    }


def _detection(office: Any) -> DetectionReport:
    """A report with one flag, about the office."""
    place = office.employee.assignments.get().position.organization.path
    group = {"kind": "organization", "key": place, "title": "Office", "place": place}
    return DetectionReport.objects.create(
        cycle=office.cycle,
        on=TODAY,
        recorded_at=clock.now(),
        content={
            "levels": [["AE", "Achieved Excellence"]],
            "ratings": 12,
            "groups": [
                {**group, "reviewers": [], "people": 12, "spread": "less", "copied": 0,
                 "ratings": []}
            ],
            "flags": [
                {"detector": "repeat", "kind": "organization", "key": place,
                 "figures": {"people": 12, "levels": 3}, "ratings": []}
            ],
        },
    )  # fmt: skip


def _year(office: Any) -> dict[str, str]:
    """An interim review held and one in draft, a follow-up, a record of poor performance."""
    held = office.plan.interim_reviews.get()
    given = {"employee": office.employee, "plan": office.plan}
    draft = InterimReview.objects.create(
        **given, held_on=date(2007, 5, 2), held_by=office.supervisor
    )
    follow_up = FollowUp.objects.create(
        plan=office.plan,
        review=held,
        kind="tools",
        text="A second screen.",
        noted_on=held.held_on,
        noted_by=office.supervisor,
    )
    record = PoorPerformanceRecord.objects.create(
        **given,
        determined_on=date(2007, 6, 1),
        determined_by=office.supervisor,
        conduct=True,
        work_from=date(2007, 5, 1),
        work_to=date(2007, 5, 31),
        facts="Late reports.",
    )
    return {
        "interim": str(held.pk),
        "interim_draft": str(draft.pk),
        "follow_up": str(follow_up.pk),
        "poor_performance": str(record.pk),
    }


def _special_facts(office: Any, hr: User) -> dict[str, str]:
    """A system, appraisals that are no rating, and a packet of ratings."""
    given, draft = (
        Appraisal.objects.create(
            employee=office.employee,
            plan=office.plan,
            state=state,
            purpose="detail",
            prepared_by=office.supervisor,
            covers_from=date(2007, 1, 2),
            covers_to=date(2007, 3, 2),
            given_on=date(2007, 3, 3) if state == AppraisalState.GIVEN else None,
        )
        for state in (AppraisalState.GIVEN, AppraisalState.DRAFT)
    )
    packet = send_packet(office.employee, receiver="Treasury", actor=Actor(user=hr), on=TODAY)
    return {
        "system": str(office.cycle.system_id),
        "appraisal": str(given.pk),
        "draft_appraisal": str(draft.pk),
        "packet": str(packet.pk),
    }


def _issued(office: Any) -> RatingOfRecord:
    """The rating of the year before, by the same officials."""
    cycle = ensure_cycle(date(2006, 9, 30))
    return RatingOfRecord.objects.create(
        employee=office.employee,
        cycle=cycle,
        rater=office.supervisor,
        reviewer=office.reviewer,
        level=cycle.system.levels.first(),
        state=RatingState.ISSUED,
        issued_on=date(2006, 10, 15),
    )


def _request(employee: Employee, decider: User) -> Request:
    """A request that DHS decided and that waits at OPM, on a classified position of record."""
    cluster = factories.make_cluster()
    band = factories.make_band("LE-FP", minimum=50_000, maximum=90_000)
    held = employee.assignments.get()
    position = factories.make_position(
        held.position.organization, series=factories.make_series(cluster), band=band
    )
    held.position = position
    held.save()
    return Request.objects.create(
        employee=employee,
        position=position,
        contested=position.decisions.get(),
        issues=["band"],
        filed_on=date(2025, 2, 3),
        state=RequestState.FILED_OPM,
        dhs_outcome="sustained",
        dhs_decided_on=date(2025, 2, 10),
        dhs_decided_by=factories.make_user(),
        opm_filed_on=date(2025, 2, 17),
    )
