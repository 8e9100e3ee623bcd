"""Supplement adjustments through the services: gate, freeze, release, and the 90 days of 337."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from adverse_actions.services.propose import propose
from adverse_actions.services.withdraw import withdraw
from casework.models import Deadline, Entry, Notice, WorkItem
from casework.sweeps import run_daily
from classification.models import Band
from pay.models import DeniedIncrease, LocalityArea, PayAction, PayOrder, PayRate, Supplement
from pay.queries.integrity import disagreements
from pay.queries.timeline import timeline
from pay.services.adjust_ranges import adjust_ranges
from pay.services.adjust_supplement import adjust_supplement
from pay.services.executive_schedule import set_executive_schedule
from pay.services.initiation import record_initiation
from pay.services.reassign import reassign
from pay.services.separate import separate
from pay.services.supplement_outcomes import SupplementAdjustment
from pay.services.verification import Tally, replay_ledger
from performance.services.cycles import ensure_cycle
from regulation.clock import at_noon, use_clock
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_locality, make_paid_employee, rate
from workforce.models import Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 1, 7)
DEFAULT = date(2007, 4, 15)
PERIOD = date(2006, 9, 30)
NEXT = date(2007, 9, 30)


@pytest.fixture
def band() -> Band:
    make_ground()
    for period_end in (PERIOD, NEXT):
        ensure_cycle(period_end)
    for area in ("WAS", "NYC"):
        LocalityArea.objects.create(code=area, name=area)
    make_locality("WAS", "12.5")
    make_locality("NYC", "20")
    return make_band("LE-FP", minimum=42_139, maximum=71_750)


def employ(
    band: Band, basic: int, level: str = "", area: str = "WAS", category: str = ""
) -> Employee:
    person = make_paid_employee(band, basic, area=area, category=category, user=True)
    if level:
        rate(person, level, issued=date(2006, 11, 15), period_end=PERIOD)
    return person


def adjust(percent: str, on: date = DAY, **given: object) -> SupplementAdjustment:
    key = {"kind": "locality", "key": "WAS", **given}
    return adjust_supplement(
        str(key.pop("kind")), percent=Decimal(percent), effective=on, actor=SYSTEM,
        authority="D-4", on=on, **key,  # type: ignore[arg-type]
    )  # fmt: skip


def paid(person: Employee, on: date = date(2008, 12, 31)) -> tuple[int | None, int | None, str]:
    """Basic pay, adjusted rate and percentage in force."""
    row = PayRate.objects.filter(employee=person, starts__lte=on).latest("starts")
    return row.basic, row.adjusted, format(row.supplement_percent.normalize(), "f")


def kinds(person: Employee) -> list[str]:
    rows = PayAction.objects.filter(employee=person).order_by("effective", "step", "place")
    return [row.kind for row in rows][1:]


def better(person: Employee, issued: date, **given: date) -> None:
    rate(person, "ME", issued=issued, period_end=NEXT, kind="additional", **given)


def state(person: Employee) -> str:
    return str(DeniedIncrease.objects.get(employee=person, kind="supplement").state)


def check_books() -> None:
    assert list(replay_ledger(tally=Tally())) == []
    assert disagreements(on=date(2008, 12, 31)) == []


@pytest.mark.paragraph("9701.335(a)#1")
@pytest.mark.paragraph("9701.335(b)")
@pytest.mark.paragraph("9701.335(c)#1")
@pytest.mark.paragraph("9701.335:preamble")
@pytest.mark.paragraph("9701.332(a)#2")
def test_a_rise_is_for_whoever_passes_in_the_area_and_a_denial_freezes_only_the_supplement(
    band: Band,
) -> None:
    rated, unrated, denied = (
        employ(band, 55_000, "ME"),
        employ(band, 55_000),
        employ(band, 55_000, "U"),
    )
    elsewhere = employ(band, 55_000, "ME", area="NYC")
    adjust("16")
    assert paid(rated) == paid(unrated) == (55_000, 63_800, "16")
    assert paid(denied) == (55_000, 61_875, "12.5")
    assert paid(elsewhere) == (55_000, 66_000, "20")
    assert kinds(elsewhere) == []
    action = PayAction.objects.get(employee=denied, kind="supplement_increase_denied")
    assert (action.rule, action.citation, action.step) == ("R11", "9701.335(c)", 2)
    assert action.basic_before == action.basic_after
    assert PayOrder.objects.filter(pk=action.order_id or 0, kind="supplement_adjustment").exists()
    case = DeniedIncrease.objects.get(employee=denied)
    assert (case.kind, case.percentage, case.due_on, case.citation) == (
        "supplement", "7/200", None, "9701.336",
    )  # fmt: skip
    assert case.rating is not None
    assert Notice.objects.filter(recipient=denied.user, citation="9701.335(c)").exists()
    assert not Deadline.objects.exists()
    check_books()


@pytest.mark.paragraph("9701.334(a)")
@pytest.mark.paragraph("9701.335(c)#1")
def test_a_cut_is_for_every_rating_and_never_below_what_is_published(band: Band) -> None:
    rated, denied = employ(band, 55_000, "ME"), employ(band, 55_000, "U")
    adjust("16")
    adjust("14", on=date(2007, 2, 4))
    assert (paid(rated), paid(denied)) == ((55_000, 62_700, "14"), (55_000, 61_875, "12.5"))
    assert kinds(denied) == ["supplement_increase_denied"]
    adjust("11", on=date(2007, 3, 4))
    assert paid(rated) == paid(denied) == (55_000, 61_050, "11")
    check_books()


@pytest.mark.paragraph("9701.335(a)#1")
@pytest.mark.paragraph("9701.335(b)")
def test_while_a_denial_is_open_a_later_rise_brings_only_its_own_points(band: Band) -> None:
    person = employ(band, 55_000, "U")
    adjust("16")
    adjust("18", on=date(2007, 11, 4))
    assert paid(person) == (55_000, 62_975, "14.5")
    # A rating releases what is published then.
    better(person, date(2007, 11, 8))
    run_daily(on=date(2007, 11, 18))
    assert paid(person) == (55_000, 64_900, "18")
    check_books()


@pytest.mark.paragraph("9701.335(a)#2")
def test_a_first_special_supplement_is_a_rise_over_the_one_paid_the_day_before(band: Band) -> None:
    special, denied = (employ(band, 55_000, level, category="AGENT") for level in ("ME", "U"))
    adjust("18", kind="special", key="AGENT", bands=["LE-FP"])
    assert paid(special) == (55_000, 64_900, "18")
    assert paid(denied) == (55_000, 61_875, "12.5")
    assert [PayRate.objects.filter(employee=each).latest("starts").supplement_kind
            for each in (special, denied)] == ["special", "locality"]  # fmt: skip
    check_books()


@pytest.mark.paragraph("9701.336")
@pytest.mark.paragraph("9701.409(b)(2)")
@pytest.mark.parametrize(
    ("issued", "effective"),
    [(date(2007, 3, 15), date(2007, 3, 18)), (date(2007, 3, 18), date(2007, 3, 18)),
     (date(2007, 10, 26), date(2007, 10, 28))],
)  # fmt: skip
def test_a_new_rating_releases_from_the_pay_period_on_or_after_its_issue(
    band: Band, issued: date, effective: date
) -> None:
    person = employ(band, 50_000, "U")
    adjust("16")
    better(person, issued)
    assert paid(person) == (50_000, 56_250, "12.5")
    run_daily(on=effective)
    action = PayAction.objects.get(employee=person, kind="denied_increase_released")
    assert (action.effective, action.rule, action.citation) == (effective, "R12", "9701.336")
    assert paid(person) == (50_000, 58_000, "16")
    assert state(person) == "released"
    check_books()


@pytest.mark.paragraph("9701.337(a)")
@pytest.mark.paragraph("9701.334(b)#1")
@pytest.mark.parametrize(
    ("basic", "due"), [(43_449, date(2007, 4, 7)), (43_450, None), (50_000, None)]
)
def test_only_below_the_minimum_adjusted_rate_the_90_days_run(
    band: Band, basic: int, due: date | None
) -> None:
    person = employ(band, basic, "U")
    adjust("16")
    case = DeniedIncrease.objects.get(employee=person)
    assert (case.due_on, case.below_minimum) == (due, due is not None)
    clocks = Deadline.objects.filter(kind="below_minimum_adjusted_90_days")
    assert [clock.due_on for clock in clocks] == ([due] if due else [])
    assert WorkItem.objects.filter(done_at=None).count() == (1 if due else 0)
    run_daily(on=date(2007, 2, 6))
    run_daily(on=DEFAULT)
    assert state(person) == ("defaulted" if due else "open")
    check_books()


@pytest.mark.paragraph("9701.337(b)")
@pytest.mark.parametrize("late", [date(2007, 4, 15), date(2007, 4, 16), date(2007, 9, 1)])
def test_nothing_done_gives_the_minimum_adjusted_rate_by_dollars_however_late_the_sweep(
    band: Band, late: date
) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    run_daily(on=date(2007, 4, 7))
    assert state(person) == "open"
    run_daily(on=late)
    action = PayAction.objects.get(employee=person, kind="minimum_by_default")
    assert (action.effective, action.rule, action.citation) == (DEFAULT, "R12", "9701.337(b)")
    assert (action.supplement, action.basic_before) == (5_881, 43_000)
    assert paid(person) == (43_000, 48_881, "13.6767")
    assert "pay_minimum" in Entry.objects.values_list("act", flat=True)
    check_books()


@pytest.mark.paragraph("9701.337(a)(1)")
@pytest.mark.parametrize(
    ("issued", "shown", "after"),
    [
        (date(2007, 3, 15), None, (43_000, 49_880, "16")),
        # The paper comes late for performance shown by day 90; a day later it is too late.
        (date(2007, 5, 1), date(2007, 4, 7), (43_000, 49_880, "16")),
        (date(2007, 5, 1), date(2007, 4, 8), (43_000, 48_881, "13.6767")),
    ],
)
def test_performance_shown_by_day_90_releases_the_full_published_supplement(
    band: Band, issued: date, shown: date | None, after: tuple[int, int, str]
) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    run_daily(on=issued)
    better(person, issued, **({"shown_by": shown} if shown else {}))
    run_daily(on=date(2007, 6, 1))
    assert paid(person) == after
    check_books()


@pytest.mark.paragraph("9701.337(a)(2)")
@pytest.mark.parametrize(
    ("delivered", "adjusted"), [(date(2007, 4, 7), 48_375), (date(2007, 4, 8), 48_881)]
)
def test_a_proposal_delivered_by_its_own_day_90_stops_it(
    band: Band, delivered: date, adjusted: int
) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    run_daily(on=delivered)
    propose(person, kind="removal", delivered_on=delivered, actor=SYSTEM, on=delivered)
    run_daily(on=date(2007, 6, 1))
    assert paid(person) == (43_000, adjusted, "12.5" if adjusted == 48_375 else "13.6767")
    check_books()


@pytest.mark.paragraph("9701.337(a)(2)")
def test_one_proposal_answers_both_cases_and_its_late_withdrawal_gives_both_minimums(
    band: Band,
) -> None:
    person = employ(band, 42_139, "U")
    adjust_ranges({"LE-FP": (43_000, 73_000)}, effective=DAY, actor=SYSTEM, authority="D", on=DAY)
    adjust("16")
    proposal = propose(
        person, kind="demotion", delivered_on=date(2007, 4, 7), actor=SYSTEM, on=date(2007, 4, 7)
    )
    states = {"action_initiated"}
    assert set(DeniedIncrease.objects.values_list("state", flat=True)) == states
    run_daily(on=date(2007, 5, 1))
    withdraw(proposal, on=date(2007, 5, 2), actor=SYSTEM)
    run_daily(on=date(2007, 5, 13))
    # 325(b) first, then 337(b): 43,000 x 1.16 = 49,880, which is the full 16 %.
    rows = PayAction.objects.filter(employee=person, effective=date(2007, 5, 13))
    assert [row.citation for row in rows.order_by("place")] == ["9701.325(b)", "9701.337(b)"]
    assert paid(person) == (43_000, 49_880, "16")
    check_books()


@pytest.mark.paragraph("9701.337(a)(2)")
def test_what_does_not_answer_the_case_is_refused_by_its_own_paragraph(band: Band) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    case = DeniedIncrease.objects.get(employee=person)
    for kind, delivered, code in (
        ("suspension", date(2007, 2, 1), "not_initiation"),
        ("removal", date(2007, 4, 8), "initiation_late"),
    ):
        with pytest.raises(Refused) as refusal:
            record_initiation(
                case, kind=kind, delivered_on=delivered, ref="r", actor=SYSTEM, on=delivered
            )
        assert (refusal.value.code, refusal.value.citation) == (code, "9701.337(a)(2)")


@pytest.mark.paragraph("9701.337(b)")
def test_two_clocks_that_end_in_one_pay_period_bring_the_band_minimum_first(band: Band) -> None:
    person = employ(band, 42_139, "U")
    # The supplement's clock began first; both minimums are due from 2007-04-15.
    adjust("16", on=date(2007, 1, 8))
    on = date(2007, 1, 10)
    adjust_ranges({"LE-FP": (43_000, 73_000)}, effective=on, actor=SYSTEM, authority="D", on=on)
    for day in range(8, 16):
        run_daily(on=date(2007, 4, day))
    rows = PayAction.objects.filter(employee=person, effective=DEFAULT).order_by("place")
    assert [row.citation for row in rows] == ["9701.325(b)", "9701.337(b)"]
    assert paid(person) == (43_000, 49_880, "16")
    check_books()


@pytest.mark.paragraph("9701.357(a)")
def test_where_the_gate_passes_the_minimum_adjusted_rate_holds_with_a_denial_open(
    band: Band,
) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    propose(person, kind="removal", delivered_on=DAY, actor=SYSTEM, on=DAY)
    on = date(2007, 11, 4)
    # Unrated for the last period: 12.5 + 2 = 14.5 % is 49,235, below 42,139 x 1.18 = 49,724.
    adjust("18", on=on)
    assert paid(person) == (43_000, 49_724, "15.6372")
    # 42,139 -> 43,403: 43,000 -> 44,290, and 43,403 x 1.18 = 51,216.
    adjust_ranges(
        {"LE-FP": (43_403, 73_902)}, effective=date(2007, 12, 2), actor=SYSTEM, authority="D",
        on=date(2007, 12, 2),
    )  # fmt: skip
    assert paid(person)[:2] == (44_290, 51_216)
    check_books()


@pytest.mark.paragraph("9701.332(c)(5)")
def test_the_cap_comes_last_and_its_rise_leaves_the_percentage_frozen(band: Band) -> None:
    top = make_band("LE-TOP", minimum=120_000, maximum=150_000, rank=5)
    person = employ(top, 135_000, "U")
    adjust("16")
    assert paid(person)[1] == 150_000
    set_executive_schedule(
        effective=date(2007, 1, 21), actor=SYSTEM, authority="EO", on=date(2007, 1, 21),
        level_ii=180_000, level_iii=160_000,
    )  # fmt: skip
    # 135,000 x 1.125 = 151,875; at 16 % it would be 156,600.
    assert paid(person) == (135_000, 151_875, "12.5")
    check_books()


def test_a_move_to_another_area_ends_the_freeze_and_the_case_and_its_clock(band: Band) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    on = date(2007, 2, 4)
    reassign(person, area="NYC", effective=on, actor=SYSTEM, authority="Move", on=on)
    assert (paid(person), state(person)) == ((43_000, 51_600, "20"), "closed")
    run_daily(on=date(2007, 6, 1))
    assert kinds(person) == ["supplement_increase_denied", "reassignment"]
    # What was open in the old area is over: the next rise in the new one is given in full.
    adjust("22", on=date(2007, 11, 4), key="NYC")
    assert paid(person) == (43_000, 52_460, "22")
    check_books()


def test_two_supplements_denied_on_one_day_are_one_case(band: Band) -> None:
    person = employ(band, 43_100, "U", category="PILOT")
    adjust("14", kind="special", key="PILOT")
    case = DeniedIncrease.objects.get(employee=person)
    # 43,100 x 1.125 = 48,488 against 42,139 x 1.14 = 48,038: not below yet.
    assert (case.percentage, case.due_on) == ("3/200", None)
    adjust("16")
    case = DeniedIncrease.objects.get(employee=person)
    assert (case.percentage, case.due_on) == ("7/200", date(2007, 4, 7))
    assert case.citation == "9701.337(a)"
    assert Deadline.objects.filter(kind="below_minimum_adjusted_90_days").count() == 1
    run_daily(on=DEFAULT)
    assert paid(person)[:2] == (43_100, 48_881)
    check_books()


def test_nothing_is_dated_beyond_90_days_that_still_run(band: Band) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    with pytest.raises(Refused) as refusal:
        separate(person, effective=date(2007, 5, 1), actor=SYSTEM, authority="x", on=DAY)
    assert (refusal.value.code, refusal.value.citation) == ("too_early", "9701.337(b)")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"percent": "-1"}, "invalid_input"),
        ({"percent": "1000"}, "invalid_input"),
        ({"percent": "12.00001"}, "invalid_input"),
        ({"key": "ATL"}, "invalid_input"),
        ({"kind": "special", "key": ""}, "invalid_input"),
        ({"kind": "bonus"}, "invalid_input"),
        ({"bands": ["NONE"]}, "invalid_input"),
        ({"on": date(1999, 12, 31)}, "earlier_than_posted"),
    ],
)
def test_bad_input_is_refused_and_nothing_is_written(
    band: Band, given: dict[str, object], code: str
) -> None:
    person = employ(band, 55_000, "ME")
    before = list(Supplement.objects.values())
    with pytest.raises(Refused) as refusal:
        adjust(str(given.pop("percent", "16")), **given)  # type: ignore[arg-type]
    assert refusal.value.code == code
    assert list(Supplement.objects.values()) == before
    assert kinds(person) == []


def test_a_percentage_for_one_band_goes_before_that_for_all_until_all_are_set_again(
    band: Band,
) -> None:
    expert = make_band("LE-SE", minimum=64_500, maximum=98_400, level="senior_expert", rank=3)
    one, other = employ(band, 50_000), employ(expert, 70_000)
    adjust("14", bands=["LE-FP"])
    assert (paid(one)[2], paid(other)[2]) == ("14", "12.5")
    adjust("16", on=date(2007, 2, 4))
    assert (paid(one)[2], paid(other)[2]) == ("16", "16")
    # Set again for the same day, the later percentage holds.
    adjust("17", on=date(2007, 2, 4))
    assert (paid(one)[2], paid(other)[2]) == ("17", "17")
    check_books()


def test_whoever_cannot_be_adjusted_is_named_and_the_others_are_adjusted(band: Band) -> None:
    outside = employ(band, 50_000)
    Employee.objects.filter(pk=outside.pk).update(coverage_category="elsewhere")
    moved, person = employ(band, 50_000), employ(band, 55_000)
    on = date(2007, 3, 4)
    reassign(moved, area="NYC", effective=on, actor=SYSTEM, authority="Move", on=on)
    reassign(moved, area="WAS", effective=on, actor=SYSTEM, authority="Back", on=on)
    found = adjust("16", on=date(2007, 3, 4))
    assert [(who, refusal.code) for who, refusal in found.exceptions] == [
        (outside.pk, "not_covered")
    ]
    # Who moved on that day is adjusted before the move, and after it paid the same.
    assert (paid(moved)[2], paid(person)[2]) == ("16", "16")


def test_the_pages_tell_the_minimum_adjusted_rate_and_promise_no_basic_pay(
    band: Band, client: Client
) -> None:
    person = employ(band, 43_000, "U")
    adjust("16")
    (outlook,) = timeline(person, on=date(2007, 2, 1)).open_cases
    assert (outlook.released_to, outlook.default_to) == (None, None)
    assert (outlook.withheld, outlook.default_from) == ("3.5%", DEFAULT)
    assert person.user is not None
    client.force_login(person.user)
    case = DeniedIncrease.objects.get(employee=person)
    with use_clock(at_noon(date(2007, 2, 1))):
        page = client.get(f"/pay/denied-increases/{case.pk}/").content.decode()
        own = client.get(f"/pay/people/{person.number}/").content.decode()
    for text in (page, own):
        assert "minimum adjusted rate of the band is" in text
        assert "9701.337(b)" in text
        assert "9701.325" not in text
