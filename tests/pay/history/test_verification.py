"""Replaying the ledger: what agrees is passed over, and whatever was changed behind it is named."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections

from casework.models import WorkItem
from pay.models import PayAction, PayRate
from pay.queries.replay import difference_from, differences_of
from pay.services.verification import WORK_ITEM, Tally, replay_ledger, report_differences
from tests.pay.history.story import Story, make_story, tell_years

ON = date(2012, 6, 1)
CENTS = ("lump_sum", "supplement_percent")


def tamper(action: PayAction, **changes: Any) -> None:
    """Change a row as only the owner of the database can, with the guard switched off."""
    columns = ", ".join(f"{name} = %s" for name in changes)
    with connections["owner"].cursor() as cursor:
        cursor.execute("ALTER TABLE pay_payaction DISABLE TRIGGER append_only")
        cursor.execute(
            f"UPDATE pay_payaction SET {columns} WHERE id = %s", [*changes.values(), action.pk]
        )
        cursor.execute("ALTER TABLE pay_payaction ENABLE TRIGGER append_only")


def verify(*arguments: str) -> tuple[int, str]:
    """Exit status and output of `manage.py verify_ledger`."""
    output = StringIO()
    try:
        call_command("verify_ledger", *arguments, stdout=output)
    except SystemExit as stopped:
        return int(stopped.code or 0), output.getvalue()
    return 0, output.getvalue()


def step(story: Story, kind: str) -> PayAction:
    """The first step of a kind."""
    return next(action for action in story.actions if action.kind == kind)


@pytest.mark.django_db
def test_a_ledger_that_only_the_rules_have_written_agrees() -> None:
    first, second = tell_years(make_story()), make_story_of_two_steps()
    tally = Tally()

    assert list(replay_ledger(tally=tally)) == []
    assert tally.actions == len(first.actions) + len(second.actions)
    assert tally.people == 2
    assert tally.clean


def make_story_of_two_steps() -> Story:
    """Another person in another cluster."""
    from tests.factories import make_band, make_employee

    story = Story(
        person=make_employee(user=False),
        full=make_band("SC-FP", cluster="SC", minimum=41_111, maximum=70_000),
        expert=make_band("SC-SE", cluster="SC", minimum=64_500, maximum=98_400, rank=3),
    )
    story.start(69_500, date(2007, 1, 7))
    story.raise_range(date(2008, 1, 6), (42_139, 70_350))
    return story


@pytest.mark.django_db
def test_the_command_says_how_much_it_replayed() -> None:
    story = tell_years(make_story())

    assert verify() == (
        0,
        f"{len(story.actions)} pay actions of 1 people replayed: 0 differences, "
        "0 rates that disagree.\n",
    )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("column", "value", "replayed"),
    [
        ("basic_after", 56_376, "56375"),
        ("adjusted", 63_423, "63422"),
        ("uncapped", 63_423, "63422"),
        ("supplement", 7_048, "7047"),
        ("supplement_percent", "12.6", "12.5"),
        ("retained", True, "False"),
        ("lump_sum", "0.01", None),
        ("below_minimum", True, "False"),
        ("basic_before", 54_999, "55000"),
    ],
)
def test_each_figure_of_a_step_is_held_against_its_rule(
    column: str, value: Any, replayed: str | None
) -> None:
    story = make_story()
    story.start(55_000, date(2007, 1, 7))
    action = story.raise_range(date(2008, 1, 6), (42_139, 71_750))
    assert list(differences_of(action)) == []

    setattr(action, column, value if column not in CENTS else Decimal(value))
    found = [(each.field, each.replayed) for each in differences_of(action)]

    # A range increase has no lump sum, so its rule says nothing of one.
    assert found == ([] if replayed is None else [(column, replayed)])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "field", "replayed"),
    [
        ({"rule": "R99"}, "rule", "no such rule"),
        ({"rule_version": 2}, "rule", "no such rule"),
        ({"rule": ""}, "rule", "no such rule"),
        ({"inputs": {"basic": "much"}}, "inputs", "unreadable"),
        ({"inputs": {"basic": 5, "minimum": 41_111, "maximum": 70_000}}, "inputs", "refused"),
        ({"inputs": {"basic": 55_000, "minimum": 1, "maximum": 70_000}}, "adjusted", "not among"),
    ],
)
def test_a_step_that_cannot_be_replayed_is_named(
    changes: dict[str, Any], field: str, replayed: str
) -> None:
    action = make_story().start(55_000, date(2007, 1, 7))
    for name, value in changes.items():
        setattr(action, name, value)

    (found,) = differences_of(action)

    assert found.field == field
    assert found.replayed.startswith(replayed)


@pytest.mark.django_db
def test_a_step_begins_where_the_one_before_it_ended() -> None:
    story = make_story()
    story.start(55_000, date(2007, 1, 7))
    action = story.raise_range(date(2008, 1, 6), (42_139, 71_750))

    assert difference_from(action, basic=55_000) == []
    (found,) = difference_from(action, basic=54_000)
    assert (found.field, found.stored, found.replayed) == ("basic_before", "55000", "54000")


def test_a_row_changed_by_the_owner_is_found(fresh_database: str) -> None:
    story = tell_years(make_story())
    promotion, release = step(story, "promotion"), step(story, "denied_increase_released")
    tamper(promotion, basic_after=68_767)
    tamper(release, inputs=json.dumps(release.inputs | {"basic": 61_920}))

    status, output = verify("--json")

    lines = [json.loads(line) for line in output.splitlines()]
    found = {
        (line["difference"]["action_id"], line["difference"]["field"])
        for line in lines
        if "difference" in line
    }
    assert status == 1
    assert (promotion.pk, "basic_after") in found
    assert (release.pk, "basic_after") in found
    after_promotion = story.actions[story.actions.index(promotion) + 1]
    assert (after_promotion.pk, "basic_before") in found
    assert lines[0]["difference"]["employee"] == story.person.number
    assert lines[-1]["counts"]["differences"] == len(lines) - 1 - sum(
        "disagreement" in line for line in lines
    )
    assert verify()[1].count(f"Action {promotion.pk}, employee {story.person.number}") == 1


def test_the_command_can_look_at_one_employee(fresh_database: str) -> None:
    sound, wrong = tell_years(make_story()), make_story_of_two_steps()
    tamper(wrong.actions[-1], adjusted=70_000)

    assert verify("--employee", sound.person.number)[0] == 0
    assert verify("--employee", wrong.person.number)[0] == 1
    with pytest.raises(CommandError, match="no employee"):
        verify("--employee", "nobody")


@pytest.mark.django_db
def test_a_rate_that_the_ledger_did_not_make_fails_the_command() -> None:
    story = tell_years(make_story())
    PayRate.objects.filter(employee=story.person, starts=date(2010, 1, 3)).update(basic=70_000)

    status, output = verify()

    assert status == 1
    assert f"Employee {story.person.number}, rate from 2010-01-03" in output


@pytest.mark.django_db
def test_every_night_a_difference_waits_for_the_pay_specialists_until_it_is_gone() -> None:
    story = tell_years(make_story())
    rate = PayRate.objects.filter(employee=story.person, starts=date(2010, 1, 3))
    rate.update(basic=70_000)

    assert report_differences(on=ON).disagreements > 0
    report_differences(on=ON)
    item = WorkItem.objects.get(kind=WORK_ITEM)
    assert (item.role, item.url) == ("pay_specialist", f"/pay/people/{story.person.number}/")
    assert item.employee_key == story.person.pk

    rate.update(basic=67_767)
    assert report_differences(on=ON).clean
    item.refresh_from_db()
    assert item.done_on == ON
