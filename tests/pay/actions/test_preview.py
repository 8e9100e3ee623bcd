"""A preview is the act itself, undone."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import transaction

from pay.models import DeniedIncrease, PayAction
from pay.services.adjust_ranges import adjust_ranges
from pay.services.preview import carried_out, previewed
from pay.services.promote import promote
from pay.services.separate import separate
from regulation.refusals import Refused
from tests.pay.actions.desk import Desk, make_desk, rows_of_every_table
from tests.pay.factories import SYSTEM, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 3, 18)


def test_a_preview_has_the_figures_of_the_act_and_keeps_nothing(desk: Desk) -> None:
    position = desk.position(desk.senior)

    def do() -> None:
        promote(
            desk.employee,
            position=position,
            effective=DAY,
            actor=SYSTEM,
            authority="Selection",
            on=DAY,
        )

    before = rows_of_every_table()
    seen = previewed(do, employee=desk.employee, on=DAY)
    assert rows_of_every_table() == before
    assert seen.before.standing is not None
    assert seen.after.standing is not None
    assert (seen.before.standing.basic, seen.after.standing.basic) == (62_000, 66_960)
    assert seen.after.assignment is not None
    assert (seen.moved, seen.after.assignment.position) == (True, position)
    (step,) = seen.own
    assert "62,000 × (1 + 8%) = 66,960" in " ".join(step.lines)
    assert {read.key for read in step.parameters} >= {"promotion.pct"}

    made = carried_out(do, employee=desk.employee, on=DAY, shown=seen.figures)
    assert made.figures == seen.figures
    action = PayAction.objects.latest("pk")
    assert (action.kind, action.basic_after, action.adjusted) == ("promotion", 66_960, 75_330)


def test_a_refusal_comes_through_and_leaves_nothing(desk: Desk) -> None:
    position = desk.position(desk.band)
    before = rows_of_every_table()
    with pytest.raises(Refused) as refusal:
        previewed(
            lambda: promote(
                desk.employee,
                position=position,
                effective=DAY,
                actor=SYSTEM,
                authority="x",
                on=DAY,
            ),
            employee=desk.employee,
            on=DAY,
        )
    assert refusal.value.code == "not_a_promotion"
    assert rows_of_every_table() == before


def test_a_preview_forgets_what_waits_for_the_commit(desk: Desk) -> None:
    called: list[str] = []
    previewed(
        lambda: transaction.on_commit(lambda: called.append("hook")),
        employee=desk.employee,
        on=DAY,
    )
    assert called == []
    assert "hook" not in str(transaction.get_connection().run_on_commit)
    assert transaction.get_connection().run_on_commit == []


def test_it_says_which_cases_the_act_closes_and_which_way_the_person_goes(today: None) -> None:
    desk = make_desk(41_111, user=True)
    rate(desk.employee, "U", issued=date(2006, 11, 15), period_end=date(2006, 9, 30))
    adjust_ranges(
        {"LE-FP": (42_139, 71_750)},
        effective=date(2007, 1, 7),
        actor=SYSTEM,
        authority="D",
        on=date(2007, 1, 7),
    )
    seen = previewed(
        lambda: separate(
            desk.fresh(),
            effective=DAY,
            actor=SYSTEM,
            authority="Resignation",
            on=DAY,
        ),
        employee=desk.employee,
        on=DAY,
    )
    ((change),) = seen.cases
    assert (change.before, change.case.state, change.opened) == ("Open", "closed", False)
    assert (seen.before.state, seen.after.state) == ("On board", "Separated")
    assert seen.after.standing is None
    assert DeniedIncrease.objects.get().state == "open"
    assert Employee.objects.get(pk=desk.employee.pk).state == "on_board"


def test_nothing_is_carried_out_that_was_not_shown(desk: Desk) -> None:
    before = rows_of_every_table()
    with pytest.raises(Refused) as refusal:
        carried_out(
            lambda: promote(
                desk.employee,
                position=desk.position(desk.senior),
                effective=DAY,
                actor=SYSTEM,
                authority="x",
                on=DAY,
            ),
            employee=desk.employee,
            on=DAY,
            shown=("basic pay $1",),
        )
    assert refusal.value.code == "stale_form"
    assert rows_of_every_table() == before
