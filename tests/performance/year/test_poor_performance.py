"""The life of a record of poor performance, and what a rating makes of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from django_fsm import can_proceed

from casework.models import Entry, Notice, WorkItem
from performance.models import Expectation, PoorPerformanceRecord, PoorPerformanceState, Remedy
from performance.queries.poor_performance_page import record_page
from performance.queries.rating_file import records_behind
from performance.rules.poor_performance import NAMED, Option
from performance.services.choose_actions import choose_actions
from performance.services.close_poor_performance import close_poor_performance
from performance.services.consider_options import consider_options
from performance.services.open_poor_performance import Finding, open_poor_performance
from performance.services.record_action import record_action
from performance.services.remind_of_poor_performance import remind_of_poor_performance
from regulation.refusals import Refused
from tests.factories import make_employee
from tests.performance.office import ISSUED, TOLD, Office, make_office

pytestmark = pytest.mark.django_db

ON = date(2007, 5, 14)
STATES = [str(state) for state in PoorPerformanceState]
ROLES = ("employee", "supervisor", "reviewer", "hr", "stranger")
OTHERS = {
    "employee": "own_record",
    "reviewer": "not_rating_official",
    "hr": "not_rating_official",
    "stranger": "not_rating_official",
}
#: act: from which states to which, and what the supervisor hears in others.
TABLE: dict[str, tuple[dict[str, str], dict[str, str]]] = {
    "consider_options": ({"opened": "considered"}, {}),
    "choose_actions": ({"considered": "chosen"}, {"opened": "options_not_considered"}),
    "record_action": ({"chosen": "acted"}, {}),
    "close_poor_performance": ({"chosen": "closed", "acted": "closed"}, {}),
}
OPTIONS = [
    Option(kind=kind, suitable=kind in ("training", "adverse_action"), note="Weighed.")
    for kind in NAMED
]


@pytest.fixture
def office() -> Office:
    return make_office()


def found(office: Office, **fields: Any) -> Finding:
    finding = Finding(
        determined_on=ON,
        work_from=date(2007, 4, 1),
        work_to=date(2007, 4, 30),
        facts="Five reports came late.",
        not_met=[office.expectations[0].pk],
    )
    return replace(finding, **fields)


def opened(office: Office, who: str = "supervisor", **fields: Any) -> PoorPerformanceRecord:
    return open_poor_performance(
        office.plan, finding=found(office, **fields), actor=office.actor(who), on=ON
    )


def in_state(office: Office, state: str) -> PoorPerformanceRecord:
    record = PoorPerformanceRecord.objects.create(
        employee=office.employee,
        plan=office.plan,
        state=state,
        determined_on=ON,
        determined_by=office.supervisor,
        conduct=True,
        work_from=ON,
        work_to=ON,
        facts="Facts.",
    )
    if state != "opened":
        Remedy.objects.create(
            record=record,
            kind="training",
            suitable=True,
            note="Yes.",
            chosen_for=None if state == "considered" else ON,
        )
    return record


def acts(record: PoorPerformanceRecord, actor: Any) -> dict[str, Callable[[], Any]]:
    given: dict[str, Any] = {"actor": actor, "on": ON, "version": record.version}
    dates = {remedy.pk: ON for remedy in record.remedies.all()}
    return {
        "consider_options": lambda: consider_options(record, options=OPTIONS, **given),
        "choose_actions": lambda: choose_actions(record, chosen=dates, **given),
        "record_action": lambda: record_action(
            record,
            done=dates,
            nature_and_gravity="Grave.",
            consequences="Others waited.",
            circumstances="",
            **given,
        ),
        "close_poor_performance": lambda: close_poor_performance(
            record, outcome="improved", note="On time since.", **given
        ),
    }


@pytest.mark.paragraph("9701.408(b)(1)", "9701.408(b)(2)")
@pytest.mark.parametrize(("act", "state"), list(product(TABLE, STATES)))
def test_each_act_in_each_state_is_open_to_the_supervisor_and_closed_to_the_rest(
    office: Office, act: str, state: str
) -> None:
    record = in_state(office, state)
    moves, instead = TABLE[act]
    strange = Office(**{**office.__dict__, "hr": make_employee().user})
    for role in sorted(ROLES, key=lambda role: role == "supervisor"):
        actor = strange.actor("hr") if role == "stranger" else office.actor(role)
        outcome = moves.get(state) or instead.get(state, "invalid_transition")
        if role != "supervisor":
            outcome = OTHERS[role]
        entries = Entry.objects.count()
        if outcome in STATES:
            acts(record, actor)[act]()
            assert Entry.objects.filter(subject=record.subject).latest("id").act == act
        else:
            with pytest.raises(Refused) as refusal:
                acts(record, actor)[act]()
            assert refusal.value.code == outcome, role
            assert Entry.objects.count() == entries
            outcome = state
        assert PoorPerformanceRecord.objects.get(pk=record.pk).state == outcome


TRANSITIONS = {
    "consider": {"opened"},
    "choose": {"considered"},
    "act": {"chosen"},
    "close": {"chosen", "acted"},
}


@pytest.mark.parametrize(("name", "state"), list(product(TRANSITIONS, STATES)))
def test_a_transition_leaves_only_its_own_states(name: str, state: str) -> None:
    field: Any = PoorPerformanceRecord._meta.get_field("state")
    moves = field.get_all_transitions(PoorPerformanceRecord)
    assert {move.name for move in moves} == set(TRANSITIONS)
    record = PoorPerformanceRecord(state=state)
    assert can_proceed(getattr(record, name)) == (state in TRANSITIONS[name])


@pytest.mark.parametrize("act", sorted(TABLE))
def test_an_act_on_an_old_version_is_refused(office: Office, act: str) -> None:
    record = in_state(office, next(iter(TABLE[act][0])))
    PoorPerformanceRecord.objects.filter(pk=record.pk).update(version=2)
    with pytest.raises(Refused) as refusal:
        acts(record, office.actor("supervisor"))[act]()
    assert refusal.value.code == "stale_form"


@pytest.mark.paragraph("9701.408(b)(1)", "9701.406(b)#2")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"work_from": TOLD}, "expectation_not_communicated"),
        ({"work_from": date(2006, 10, 17)}, ""),
        ({"work_from": TOLD, "not_met": [], "conduct": True}, ""),
        ({"not_met": []}, "record_incomplete"),
        ({"determined_on": date(2007, 5, 15)}, "future_date"),
        ({"work_to": date(2007, 5, 15)}, "invalid_input"),
        ({"work_from": date(2007, 5, 1)}, "invalid_input"),
        ({"work_from": date(2006, 9, 30), "conduct": True, "not_met": []}, "outside_period"),
        ({"facts": " "}, "reason_required"),
    ],
)
def test_only_what_was_communicated_or_conduct_is_found_wanting(
    office: Office, fields: dict[str, Any], code: str
) -> None:
    if not code:
        assert opened(office, **fields).state == "opened"
        return
    with pytest.raises(Refused) as refusal:
        opened(office, **fields)
    assert refusal.value.code == code
    assert not PoorPerformanceRecord.objects.exists()


@pytest.mark.paragraph("9701.406(b)#2")
def test_a_draft_and_what_had_ended_hold_nobody(office: Office) -> None:
    draft = Expectation.objects.create(plan=office.plan, form="goal", title="New", statement="New.")
    with pytest.raises(Refused) as refusal:
        opened(office, not_met=[draft.pk])
    assert refusal.value.code == "expectation_not_communicated"
    ended = Expectation.objects.get(plan=office.plan, title="Cases")
    Expectation.objects.filter(pk=ended.pk).update(ended_on=date(2007, 4, 30))
    with pytest.raises(Refused, match="expected until 2007-04-30"):
        opened(office, not_met=[ended.pk])


@pytest.mark.parametrize("who", sorted(OTHERS.keys() - {"stranger"}))
def test_nobody_but_the_supervisor_opens_a_record(office: Office, who: str) -> None:
    with pytest.raises(Refused) as refusal:
        opened(office, who)
    assert refusal.value.code == OTHERS[who]


@pytest.mark.paragraph("9701.408(b)(1)")
@pytest.mark.parametrize("left_out", NAMED)
def test_each_of_the_seven_options_is_marked_with_a_note_before_one_is_chosen(
    office: Office, left_out: str
) -> None:
    record = opened(office)
    for options in (
        [option for option in OPTIONS if option.kind != left_out],
        [replace(each, suitable=None) if each.kind == left_out else each for each in OPTIONS],
        [replace(each, note="") if each.kind == left_out else each for each in OPTIONS],
    ):
        with pytest.raises(Refused) as refusal:
            consider_options(
                record,
                options=options,
                actor=office.actor("supervisor"),
                on=ON,
                version=record.version,
            )
        assert (refusal.value.code, refusal.value.message) == (
            "options_not_considered",
            "Mark every option considered before choosing (9701.408(b)(1)).",
        )
    assert not Remedy.objects.exists()


def weighed(office: Office) -> PoorPerformanceRecord:
    record = opened(office)
    other = Option(kind="other", title="Mentor", suitable=True, note="Pat Long agreed.")
    return consider_options(
        record,
        options=[*OPTIONS, other],
        actor=office.actor("supervisor"),
        on=ON,
        version=record.version,
    )


def chosen(office: Office, *kinds: str, on: date = ON) -> PoorPerformanceRecord:
    record = weighed(office)
    return choose_actions(
        record,
        chosen={each.pk: on for each in record.remedies.filter(kind__in=kinds)},
        actor=office.actor("supervisor"),
        on=ON,
        version=record.version,
    )


@pytest.mark.paragraph("9701.408(b)(1)")
def test_an_adverse_action_is_chosen_without_an_improvement_period_and_hr_hears_of_it(
    office: Office,
) -> None:
    record = chosen(office, "adverse_action")
    assert record.state == "chosen"
    item = WorkItem.objects.get(kind="adverse_action_chosen")
    assert (item.role, item.employee_key) == ("hr_specialist", office.employee.pk)
    assert record_page(record, reader=office.hr, on=ON).adverse


@pytest.mark.paragraph("9701.408(b)(2)")
@pytest.mark.parametrize(
    ("kinds", "on", "code"),
    [
        ((), ON, "action_not_recorded"),
        (("reprimand",), ON, "invalid_input"),
        (("training",), date(2007, 5, 13), "invalid_input"),
        (("other",), date(2007, 6, 1), ""),
    ],
)
def test_at_least_one_suitable_option_is_chosen_with_its_date(
    office: Office, kinds: tuple[str, ...], on: date, code: str
) -> None:
    if not code:
        assert chosen(office, *kinds, on=on).state == "chosen"
        return
    with pytest.raises(Refused) as refusal:
        chosen(office, *kinds, on=on)
    assert refusal.value.code == code


@pytest.mark.paragraph("9701.408(b)(2)")
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"nature_and_gravity": " "}, "action_not_recorded"),
        ({"consequences": ""}, "action_not_recorded"),
        ({"done": {}}, "action_not_recorded"),
        ({"done": date(2007, 5, 15)}, "future_date"),
        ({"done": date(2007, 5, 13)}, "invalid_input"),
        ({}, ""),
    ],
)
def test_it_is_acted_on_with_nature_gravity_consequences_and_a_dated_action(
    office: Office, fields: dict[str, Any], code: str
) -> None:
    record = chosen(office, "training")
    remedy = record.remedies.get(kind="training")
    given: dict[str, Any] = {
        "nature_and_gravity": "Grave.",
        "consequences": "Others waited.",
        "circumstances": "",
        "done": ON,
        **fields,
    }
    if isinstance(given["done"], date):
        given["done"] = {remedy.pk: given["done"]}
    given |= {"actor": office.actor("supervisor"), "on": ON, "version": record.version}
    if not code:
        assert record_action(record, **given).state == "acted"
        assert Remedy.objects.get(pk=remedy.pk).done_on == ON
        return
    with pytest.raises(Refused) as refusal:
        record_action(record, **given)
    assert refusal.value.code == code


def test_the_employee_reads_what_was_found_and_chosen_and_not_how_it_was_weighed(
    office: Office,
) -> None:
    record = chosen(office, "training")
    mine = record_page(record, reader=office.user("employee"), on=ON)
    assert (mine.own, mine.weighing, [each.kind for each in mine.chosen]) == (
        True,
        False,
        ["training"],
    )
    assert record_page(record, reader=office.user("reviewer"), on=ON).weighing
    told = Notice.objects.filter(recipient=office.user("employee"))
    assert told.count() == 2
    assert not any("reports" in f"{each.title}{each.body}" for each in told)


@pytest.mark.paragraph("9701.408(b)(2)")
@pytest.mark.parametrize(
    ("state", "on", "listed"),
    [
        ("opened", date(2007, 9, 30), 0),
        ("opened", date(2007, 10, 1), 1),
        ("considered", date(2007, 10, 1), 1),
        ("chosen", date(2008, 3, 1), 1),
        ("acted", date(2007, 10, 1), 0),
        ("closed", date(2007, 10, 1), 0),
    ],
)
def test_a_record_without_an_action_stays_on_the_list_of_hr_after_the_period(
    office: Office, state: str, on: date, listed: int
) -> None:
    record = in_state(office, state)
    remind_of_poor_performance(on)
    assert remind_of_poor_performance(on) == 0
    items = WorkItem.objects.filter(
        kind="poor_performance_no_action", subject=record.subject, done_at=None
    )
    assert items.count() == listed
    if state == "chosen":
        acts(record, office.actor("supervisor"))["record_action"]()
        assert not items.exists()


@pytest.mark.paragraph("9701.405(c)(4)")
@pytest.mark.parametrize("addressed", [True, False])
def test_an_unacceptable_rating_without_a_record_warns_and_asks_hr_and_is_valid(
    office: Office, addressed: bool
) -> None:
    record = in_state(office, "opened") if addressed else None
    rating = office.issued(content=office.content("U EE ME EE ME ME EE EE ME", level="U"))
    assert rating.state == "issued"
    assert records_behind(rating, on=ISSUED) == ([record] if record else [])
    asked = WorkItem.objects.filter(kind="poor_performance_not_addressed").count()
    warned = Notice.objects.filter(
        recipient=office.user("supervisor"), citation="9701.405(c)(4)"
    ).count()
    assert (asked, warned) == ((0, 0) if addressed else (1, 1))
