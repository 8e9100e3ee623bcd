"""The plan of a year: written, discussed, communicated, replaced; and who may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from casework.models import Entry, Notice
from performance.models import Expectation, Plan, PlanNote
from performance.rules.expectation import ExpectationContent
from performance.services.communicate_expectations import Telling, communicate_expectations
from performance.services.cycles import ensure_cycle
from performance.services.drop_draft import drop_draft
from performance.services.involve_employee import invite_input, record_involvement
from performance.services.note_on_plan import note_on_plan
from performance.services.open_plan import open_plan
from performance.services.withdraw_expectation import withdraw_expectation
from performance.services.write_expectation import write_expectation
from regulation.refusals import Refused
from tests.performance.office import Office, make_office

pytestmark = pytest.mark.django_db

ON = date(2007, 10, 3)
NEXT_YEAR = date(2008, 9, 30)
GOAL = ExpectationContent(
    form="goal",
    title="Cases",
    statement="Close nine of ten.",
    goal_level="individual",
    weight=100,
    alignment="Strategic goal 3",
)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def plan(office: Office) -> Plan:
    cycle = ensure_cycle(NEXT_YEAR)
    return open_plan(office.employee, cycle=cycle, actor=office.actor("supervisor"), on=ON)


def by(office: Office, who: str = "supervisor", on: date = ON) -> dict[str, Any]:
    return {"actor": office.actor(who), "on": on}


def fresh(plan: Plan) -> Plan:
    return Plan.objects.get(pk=plan.pk)


def involve(office: Office, plan: Plan, **fields: Any) -> Plan:
    given = {"how": "met", "happened_on": ON, "note": "", **by(office), **fields}
    return record_involvement(plan, **given)


def tell(office: Office, plan: Plan, *rows: Expectation, **fields: Any) -> Plan:
    told = {"told_on": ON, "how": "oral", **fields}
    on = max(ON, told["told_on"])
    return communicate_expectations(
        plan,
        expectations=[row.pk for row in rows],
        telling=Telling(**told),
        actor=office.actor("supervisor"),
        on=on,
    )


def test_a_plan_is_opened_once_by_the_supervisor_with_a_history(office: Office, plan: Plan) -> None:
    again = open_plan(office.employee, cycle=plan.cycle, **by(office))
    assert (again.pk, again.state) == (plan.pk, "draft")
    entry = Entry.objects.get(subject=plan.subject)
    assert (entry.act, entry.to_state, entry.citation) == ("open_plan", "draft", "9701.406")


@pytest.mark.paragraph("9701.405(c)(1)", "9701.406(d)#2")
@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("employee", "own_record"),
        ("reviewer", "not_rating_official"),
        ("hr", "not_rating_official"),
    ],
)
def test_nobody_but_the_supervisor_of_the_day_says_what_is_expected(
    office: Office, plan: Plan, who: str, code: str
) -> None:
    draft = write_expectation(plan, content=GOAL, **by(office))
    involve(office, plan)
    acts = (
        lambda: open_plan(office.employee, cycle=plan.cycle, **by(office, who)),
        lambda: write_expectation(plan, content=GOAL, **by(office, who)),
        lambda: drop_draft(plan, expectation=draft.pk, **by(office, who)),
        lambda: invite_input(plan, **by(office, who)),
        lambda: involve(office, plan, actor=office.actor(who)),
        lambda: communicate_expectations(
            plan,
            expectations=[draft.pk],
            telling=Telling(told_on=ON, how="oral"),
            **by(office, who),
        ),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == code
    assert Expectation.objects.get(pk=draft.pk).state == "draft"


@pytest.mark.paragraph("9701.406(b)#1", "9701.406(b)#2")
def test_what_is_communicated_names_the_day_and_the_way_and_tells_retention_first(
    office: Office, plan: Plan
) -> None:
    other = write_expectation(
        plan,
        content=ExpectationContent(
            form="competency",
            title="Teamwork",
            statement="Works with others.",
            competency="teamwork",
        ),
        **by(office),
    )
    goal = write_expectation(plan, content=replace(GOAL, affects_retention=True), **by(office))
    involve(office, plan)
    saved = tell(office, plan, other, goal, told_at=time(9, 30), words="As in the meeting.")
    assert (saved.state, saved.communicated_on) == ("communicated", ON)
    row = Expectation.objects.get(pk=goal.pk)
    assert (row.state, row.communicated_on, row.communicated_at, row.communicated_how) == (
        "communicated",
        ON,
        time(9, 30),
        "oral",
    )
    assert (row.communicated_by, row.words_used) == (office.supervisor, "As in the meeting.")
    notice = Notice.objects.filter(recipient=office.user("employee")).latest("pk")
    assert notice.body.splitlines() == ["May affect your retention in the job: Cases", "Teamwork"]


@pytest.mark.paragraph("9701.406(d)#1")
def test_nothing_is_communicated_before_involvement_is_on_record(
    office: Office, plan: Plan
) -> None:
    draft = write_expectation(plan, content=GOAL, **by(office))
    with pytest.raises(Refused) as refusal:
        tell(office, plan, draft)
    assert refusal.value.code == "involvement_not_recorded"
    assert (fresh(plan).state, Expectation.objects.get(pk=draft.pk).state) == ("draft", "draft")
    invite_input(plan, **by(office))
    assert tell(office, plan, draft).state == "communicated"


@pytest.mark.paragraph("9701.406(a)#1")
def test_a_goal_without_alignment_stays_a_draft(office: Office, plan: Plan) -> None:
    draft = write_expectation(plan, content=replace(GOAL, alignment=""), **by(office))
    involve(office, plan)
    with pytest.raises(Refused) as refusal:
        tell(office, plan, draft)
    assert (refusal.value.code, refusal.value.citation) == ("alignment_missing", "9701.406(a)")
    assert Expectation.objects.get(pk=draft.pk).communicated_on is None


def test_a_goal_is_aligned_with_one_of_the_supervisors_plan_and_no_other(
    office: Office, plan: Plan
) -> None:
    own = open_plan(office.supervisor, cycle=plan.cycle, **by(office, "reviewer"))
    above = write_expectation(own, content=GOAL, **by(office, "reviewer"))
    aligned = replace(GOAL, alignment="", aligned_with=above.pk)
    assert write_expectation(plan, content=aligned, **by(office)).aligned_with == above
    stranger = office.expectations[0]
    with pytest.raises(Refused) as refusal:
        write_expectation(plan, content=replace(GOAL, aligned_with=stranger.pk), **by(office))
    assert refusal.value.code == "invalid_input"


@pytest.mark.paragraph("9701.406(b)#2")
def test_what_was_communicated_is_replaced_and_never_edited(office: Office, plan: Plan) -> None:
    first = write_expectation(plan, content=GOAL, **by(office))
    involve(office, plan)
    tell(office, plan, first)
    other = replace(GOAL, statement="Close all of them.")
    for act in (
        lambda: write_expectation(plan, content=other, expectation=first.pk, **by(office)),
        lambda: drop_draft(plan, expectation=first.pk, **by(office)),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "expectation_fixed"
    second = write_expectation(plan, content=other, replaces=first.pk, **by(office))
    with pytest.raises(Refused) as refusal:
        write_expectation(plan, content=other, replaces=first.pk, **by(office))
    assert refusal.value.code == "already_done"
    later = date(2008, 1, 7)
    tell(office, plan, second, told_on=later)
    first, second = (Expectation.objects.get(pk=row.pk) for row in (first, second))
    assert (first.state, first.ended_on, first.statement) == ("replaced", later, GOAL.statement)
    assert (second.state, second.communicated_on) == ("communicated", later)
    assert fresh(plan).communicated_on == ON


def test_what_is_withdrawn_stays_for_its_dates_and_needs_a_reason(
    office: Office, plan: Plan
) -> None:
    goal = write_expectation(plan, content=GOAL, **by(office))
    involve(office, plan)
    tell(office, plan, goal)
    later = date(2008, 2, 4)
    with pytest.raises(Refused) as refusal:
        withdraw_expectation(plan, expectation=goal.pk, reason=" ", **by(office, on=later))
    assert refusal.value.code == "reason_required"
    withdraw_expectation(plan, expectation=goal.pk, reason="Moved on.", **by(office, on=later))
    row = Expectation.objects.get(pk=goal.pk)
    assert (row.state, row.ended_on, row.ended_reason) == ("withdrawn", later, "Moved on.")
    with pytest.raises(Refused):
        withdraw_expectation(plan, expectation=goal.pk, reason="Again.", **by(office, on=later))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"how": "met", "happened_on": None}, "invalid_input"),
        ({"how": "met", "happened_on": date(2007, 10, 4)}, "future_date"),
        ({"how": "dreamt"}, "invalid_input"),
        ({"how": "not_practicable", "happened_on": None, "note": ""}, "reason_required"),
    ],
)
def test_involvement_is_recorded_with_its_day_or_its_reason(
    office: Office, plan: Plan, fields: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refused) as refusal:
        involve(office, plan, **fields)
    assert refusal.value.code == code
    assert fresh(plan).involvement == ""


def test_nobody_is_told_on_a_day_to_come_and_nothing_is_told_of_nothing(
    office: Office, plan: Plan
) -> None:
    draft = write_expectation(plan, content=GOAL, **by(office))
    involve(office, plan)
    with pytest.raises(Refused, match="still to come"):
        communicate_expectations(
            plan,
            expectations=[draft.pk],
            telling=Telling(told_on=date(2007, 10, 4), how="oral"),
            **by(office),
        )
    with pytest.raises(Refused, match="Choose what was communicated"):
        tell(office, plan)


@pytest.mark.paragraph("9701.406(d)#2")
def test_the_employee_may_propose_and_object_and_that_decides_nothing(
    office: Office, plan: Plan
) -> None:
    draft = write_expectation(plan, content=GOAL, **by(office))
    say = by(office, "employee")
    with pytest.raises(Refused) as refusal:
        note_on_plan(plan, kind="comment", text="Too many.", **say)
    assert refusal.value.code == "record_locked"
    invite_input(plan, **by(office))
    note_on_plan(plan, kind="proposal", text="Eight of ten.", expectation=draft.pk, **say)
    with pytest.raises(Refused) as refusal:
        drop_draft(plan, expectation=draft.pk, **by(office))
    assert refusal.value.code == "record_locked"
    tell(office, plan, draft)
    note_on_plan(plan, kind="objection", text="Still too many.", expectation=draft.pk, **say)
    note_on_plan(plan, kind="received", text="", expectation=draft.pk, **say)
    assert [note.kind for note in PlanNote.objects.all()] == ["proposal", "objection", "received"]
    row = Expectation.objects.get(pk=draft.pk)
    assert (row.state, row.statement) == ("communicated", GOAL.statement)
    assert Notice.objects.filter(recipient=office.user("supervisor")).count() == 3


@pytest.mark.parametrize("who", ["supervisor", "reviewer", "hr"])
def test_nobody_speaks_for_the_employee(office: Office, plan: Plan, who: str) -> None:
    invite_input(plan, **by(office))
    with pytest.raises(Refused) as refusal:
        note_on_plan(plan, kind="comment", text="Fine.", **by(office, who))
    assert refusal.value.code == "permission_denied"
    assert not PlanNote.objects.exists()


def test_a_stale_form_writes_nothing(office: Office, plan: Plan) -> None:
    write_expectation(plan, content=GOAL, version=plan.version, **by(office))
    with pytest.raises(Refused) as refusal:
        write_expectation(plan, content=GOAL, version=plan.version, **by(office))
    assert refusal.value.code == "stale_form"
    assert Expectation.objects.filter(plan=plan).count() == 1


def test_a_plan_is_not_begun_in_a_closed_period(office: Office) -> None:
    cycle = ensure_cycle(NEXT_YEAR)
    cycle.state = "closed"
    cycle.save()
    with pytest.raises(Refused) as refusal:
        open_plan(office.employee, cycle=cycle, **by(office))
    assert refusal.value.code == "record_locked"


def test_nothing_new_is_expected_of_a_period_that_is_over(office: Office, plan: Plan) -> None:
    draft = write_expectation(plan, content=GOAL, **by(office, on=NEXT_YEAR))
    involve(office, plan)
    over = date(2008, 10, 1)
    acts = (
        lambda: write_expectation(plan, content=GOAL, **by(office, on=over)),
        lambda: invite_input(plan, **by(office, on=over)),
        lambda: communicate_expectations(
            plan,
            expectations=[draft.pk],
            telling=Telling(told_on=NEXT_YEAR, how="oral"),
            **by(office, on=over),
        ),
    )
    for act in acts:
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "record_locked"
    assert Expectation.objects.get(pk=draft.pk).state == "draft"
