"""What the pay page is made of: steps, rate in force, open cases, payouts."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from pay.kinds import Kind
from pay.models import PayAction
from pay.queries.history import pay_history
from pay.queries.timeline import Timeline, timeline
from pay.rules.wording.kinds import KINDS, words_of
from performance.services.systems import ensure_system
from regulation import clock
from tests.factories import make_policy
from tests.pay.history.story import (
    Story,
    deny,
    make_line,
    make_run,
    make_story,
    move_range,
    tell_years,
)

ON = date(2012, 6, 1)
CITATION = re.compile(r"9701\.\d{3}(\([A-Za-z0-9]+\))*|5 U\.S\.C\. \d+")


def shown_years() -> tuple[Story, Timeline]:
    """The whole career, and the page of it."""
    ensure_system()
    story = tell_years(make_story())
    return story, timeline(story.person, on=ON)


@pytest.mark.parametrize("kind", sorted({kind.value for kind in Kind} | KINDS))
def test_each_kind_has_a_title_a_reason_and_rights_with_a_paragraph(kind: str) -> None:
    words = words_of(kind, below_minimum=True, retained=True, lump_sum=True)

    assert kind in KINDS
    assert words.title
    assert words.reason.endswith(".")
    assert words.rights
    for right in words.rights:
        assert right.text.endswith(".")
        assert CITATION.fullmatch(right.citation), right


@pytest.mark.parametrize(
    ("citation", "title"),
    [
        ("9701.325(b)", "Minimum rate after 90 days"),
        ("9701.337(b)", "Minimum adjusted rate after 90 days"),
    ],
)
def test_a_default_is_named_after_the_minimum_that_is_due(citation: str, title: str) -> None:
    words = words_of("minimum_by_default", citation=citation)
    assert words.title == title
    assert words.rights[0].citation == citation


def test_a_kind_not_known_is_named_as_it_is() -> None:
    assert words_of("some_new_kind").title == "Some new kind"


@pytest.mark.django_db
def test_every_step_tells_its_arithmetic_newest_first() -> None:
    story, shown = shown_years()

    assert [event.effective for event in shown.events] == sorted(
        (event.effective for event in shown.events), reverse=True
    )
    steps = [event.step for event in shown.events if event.step is not None]
    assert [step.action.pk for step in steps] == [action.pk for action in story.actions[::-1]]
    for step in steps:
        assert step.lines
        assert step.fault == ""
        assert step.differences == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "line"),
    [
        ("range_increase", "55,000 × 42,139 ÷ 41,111 = 56,375.30, rounded half up to 56,375"),
        ("performance_payout", "2,272.72 × 2 points = 4,545.44, cut to 4,545"),
        ("promotion", "62,747 × (1 + 8%) = 67,766.76, rounded up to 67,767"),
    ],
)
def test_the_arithmetic_has_the_real_numbers(kind: str, line: str) -> None:
    _, shown = shown_years()
    told = [
        event.step.lines[0]
        for event in shown.events
        if event.step is not None and event.step.action.kind == kind
    ]
    assert line in told


@pytest.mark.django_db
def test_a_step_names_who_approved_it_and_what_it_read() -> None:
    _, shown = shown_years()
    steps = {event.step.action.kind: event.step for event in shown.events if event.step}

    assert steps["promotion"].approval.who == "Merit promotion 10-114"
    assert steps["range_increase"].approval.who == "the regulation itself"
    payout = next(
        event.step for event in shown.events if event.step and event.step.action.run_id is not None
    )
    assert payout.approval.label == "Approved by"
    assert payout.approval.who == "Avery Approver"
    assert payout.approval.also == "in “Performance payout of 2008”, drafted by Dana Drafter"
    (percent, tie) = steps["promotion"].parameters
    assert (percent.value, percent.directive, percent.citation) == ("0.08", "DIR-1", "9701.353(a)")
    assert tie.key == "supp.tie"


@pytest.mark.django_db
@pytest.mark.paragraph("9701.357(c)#2")
def test_the_rate_in_force_is_told_by_year_hour_and_pay_period() -> None:
    _, shown = shown_years()
    standing = shown.history.standing

    assert standing is not None
    assert (standing.basic, standing.supplement, standing.adjusted) == (83_767, 10_471, 94_238)
    assert (standing.hourly, standing.biweekly) == (Decimal("45.15"), Decimal("3612.00"))
    assert (standing.minimum, standing.maximum) == (43_403, 73_903)
    assert standing.action.retained
    assert (standing.place_in_range, standing.meter) == (132, 100)


@pytest.mark.django_db
def test_a_step_of_a_later_date_is_shown_as_coming() -> None:
    story = tell_years(make_story())
    shown = timeline(story.person, on=date(2011, 12, 31))

    assert [event.step.coming for event in shown.events if event.step][:2] == [True, False]
    assert shown.history.standing is not None
    assert shown.history.standing.action.kind == "reassignment"


@pytest.mark.django_db
def test_who_has_no_pay_on_record_has_an_empty_page() -> None:
    shown = timeline(make_story().person, on=ON)

    assert shown.events == ()
    assert shown.charts == ()
    assert shown.history.standing is None


@pytest.mark.django_db
def test_the_past_is_shown_as_it_was_known() -> None:
    story = make_story()
    with clock.use_clock(clock.at_noon(date(2007, 1, 7))):
        story.start(55_000, date(2007, 1, 7))
    with clock.use_clock(clock.at_noon(date(2008, 3, 1))):
        story.raise_range(date(2008, 1, 6), (42_139, 71_750))
    before = datetime(2008, 2, 1, tzinfo=clock.now().tzinfo)

    now = pay_history(story.person, on=date(2008, 4, 1))
    then = pay_history(story.person, on=date(2008, 2, 1), known=before)

    assert [step.action.basic_after for step in now.steps] == [56_375, 55_000]
    assert [step.action.basic_after for step in then.steps] == [55_000]
    assert then.standing is not None
    assert then.standing.basic == 55_000


@pytest.mark.django_db
def test_a_correction_takes_the_place_of_what_it_corrects() -> None:
    story = make_story()
    wrong = story.start(55_000, date(2007, 1, 7))
    right = PayAction.objects.get(pk=wrong.pk)
    right.pk, right.corrects_id, right.basic_after = None, wrong.pk, 56_000
    right.inputs = right.inputs | {"basic": 56_000}
    right.recorded_at = datetime(2030, 1, 1, tzinfo=clock.now().tzinfo)
    right.save(force_insert=True)

    now = pay_history(story.person, on=ON)
    earlier = pay_history(
        story.person, on=ON, known=datetime(2029, 1, 1, tzinfo=clock.now().tzinfo)
    )

    assert [step.action.pk for step in now.steps] == [right.pk]
    assert [step.action.pk for step in earlier.steps] == [wrong.pk]


@pytest.mark.django_db
def test_a_step_that_cannot_be_read_says_so_and_hides_nothing() -> None:
    story = make_story()
    story.start(55_000, date(2007, 1, 7))
    story.actions[0].pk = None
    broken = story.actions[0]
    broken.effective, broken.rule, broken.place = date(2008, 1, 6), "R99", 1
    broken.save(force_insert=True)

    (step, _) = pay_history(story.person, on=ON).steps

    assert "cannot be read" in step.fault
    assert [found.replayed for found in step.differences] == ["no such rule"]


@pytest.mark.django_db
def test_a_payout_says_what_each_rating_would_have_paid() -> None:
    _, shown = shown_years()
    payout = next(event.payout for event in shown.events if event.payout is not None)

    assert [(each.code, each.points_text, each.amount, each.used) for each in payout.levels] == [
        ("AE", "4", 9_090, False),
        ("EE", "2", 4_545, True),
        ("ME", "1", 2_272, False),
        ("U", "0", 0, False),
    ]
    assert payout.value_text == "$2,272.72"


@pytest.mark.django_db
def test_what_a_better_rating_would_have_paid_stops_at_the_maximum() -> None:
    ensure_system()
    story = make_story()
    story.start(65_000, date(2007, 1, 7))
    run = make_run("payout", date(2008, 1, 6))
    story.pay_out(date(2008, 1, 6), run_id=run.pk)
    make_line(
        story, run, level="EE", points="2", amount=4_545, increase=4_545, basic=65_000,
        maximum=70_000,
    )  # fmt: skip

    payout = timeline(story.person, on=ON).events[0].payout

    assert payout is not None
    best = payout.levels[0]
    assert (best.amount, best.increase, best.lump_sum) == (9_090, 5_000, 4_090)


@pytest.mark.django_db
def test_a_payout_of_nothing_is_on_the_page_too() -> None:
    ensure_system()
    make_policy()
    story = make_story()
    story.start(65_000, date(2007, 1, 7))
    run = make_run("payout", date(2008, 1, 6))
    make_line(story, run, level="U", points="0", amount=0, increase=0, basic=65_000, maximum=70_000)

    event = timeline(story.person, on=ON).events[0]

    assert event.step is None
    assert event.payout is not None
    assert [each.amount for each in event.payout.levels] == [9_090, 4_545, 2_272, 0]


@pytest.mark.django_db
def test_an_open_case_below_the_minimum_shows_day_90_and_both_ends() -> None:
    story = make_story()
    story.start(41_500, date(2006, 1, 8))
    deny(story, story.raise_range(date(2007, 1, 7), (42_139, 71_750), denied=True))

    (outlook,) = timeline(story.person, on=date(2007, 3, 8)).open_cases

    assert (outlook.case.due_on, outlook.days_left, outlook.days_gone) == (date(2007, 4, 7), 30, 60)
    assert outlook.withheld == "2.5005%"
    assert (outlook.released_to, outlook.released_from) == (42_538, date(2007, 3, 18))
    assert (outlook.default_to, outlook.default_from) == (42_139, date(2007, 4, 15))


@pytest.mark.django_db
def test_both_ends_of_an_open_case_are_figured_on_the_range_of_their_own_date() -> None:
    story = make_story()
    story.start(41_500, date(2006, 1, 8))
    deny(story, story.raise_range(date(2007, 1, 7), (42_139, 71_750), denied=True))
    move_range(story.full, date(2007, 3, 18), (42_700, 72_000))
    move_range(story.full, date(2007, 4, 15), (43_000, 73_000))

    (outlook,) = timeline(story.person, on=date(2007, 3, 8)).open_cases

    assert (outlook.released_to, outlook.released_from) == (42_700, date(2007, 3, 18))
    assert (outlook.default_to, outlook.default_from) == (43_000, date(2007, 4, 15))


@pytest.mark.django_db
def test_an_open_case_in_the_range_has_no_deadline() -> None:
    story = make_story()
    story.start(55_000, date(2006, 1, 8))
    deny(story, story.raise_range(date(2007, 1, 7), (42_139, 71_750), denied=True))

    (outlook,) = timeline(story.person, on=date(2007, 3, 15)).open_cases

    assert (outlook.days_left, outlook.default_to, outlook.default_from) == (None, None, None)
    assert (outlook.released_to, outlook.released_from) == (56_375, date(2007, 3, 18))


@pytest.mark.django_db
def test_two_open_denials_are_released_together() -> None:
    story = make_story()
    story.start(55_000, date(2006, 1, 8))
    deny(story, story.raise_range(date(2007, 1, 7), (42_139, 71_750), denied=True))
    deny(story, story.raise_range(date(2008, 1, 6), (43_403, 73_903), denied=True))

    outlooks = timeline(story.person, on=date(2008, 3, 3)).open_cases

    assert [outlook.released_to for outlook in outlooks] == [58_066, 58_066]


@pytest.mark.django_db
def test_the_page_takes_the_same_few_queries_however_many_steps(
    django_assert_num_queries: Any,
) -> None:
    story = make_story()
    story.start(55_000, date(2007, 1, 7))
    with django_assert_num_queries(4):
        timeline(story.person, on=ON)
    for year in range(2008, 2030):
        story.pay_out(date(year, 1, 14), points="0.1")
    with django_assert_num_queries(4):
        assert len(timeline(story.person, on=date(2031, 1, 1)).events) == 23


@pytest.mark.django_db
def test_payouts_take_two_queries_more(django_assert_num_queries: Any) -> None:
    ensure_system()
    story = tell_years(make_story())
    with django_assert_num_queries(6):
        timeline(story.person, on=ON)
