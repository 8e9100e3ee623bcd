"""Starting pay by how somebody comes, and the rate of a converted NAFI position (R24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accounts.models import Role, User
from casework.actor import Actor
from classification.models import Band
from governance.parameters import parameter
from governance.services.coordination import require_coordination
from governance.services.directives import issue_directive
from pay.models import PayAction, PayOrder
from pay.queries.integrity import disagreements
from pay.queries.replay import differences_of
from pay.services.start_pay import start_pay, start_pay_from_nafi
from regulation.refusals import Refused
from tests.factories import grant_role, make_band, make_employee, make_organization, make_user
from tests.pay.factories import SYSTEM, make_ground, position_in
from workforce.models import Assignment, Employee

pytestmark = pytest.mark.django_db

DAY = date(2007, 3, 7)


@pytest.fixture
def band() -> Band:
    make_ground()
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


@pytest.fixture
def specialist(band: Band) -> User:
    user = make_user()
    grant_role(user, Role.HR_SPECIALIST)
    return user


def newcomer(band: Band) -> Employee:
    who = make_employee(user=False, hired=DAY)
    Assignment.objects.create(
        employee=who, position=position_in(band, organization=make_organization()),
        period=(DAY, None),
    )  # fmt: skip
    return who


def start(band: Band, basic: int, user: User | None = None, **more: Any) -> PayAction:
    return start_pay(
        newcomer(band), basic=basic, effective=DAY, authority="SF-52", on=DAY,
        actor=Actor(user=user) if user else SYSTEM, **more,
    )  # fmt: skip


def nafi(band: Band, hourly: str) -> PayAction:
    return start_pay_from_nafi(
        newcomer(band), hourly=Decimal(hourly), effective=DAY, actor=SYSTEM, authority="SF-52",
        on=DAY,
    )  # fmt: skip


def code_of(act: Any, *given: Any, **more: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as refusal:
        act(*given, **more)
    assert not PayAction.objects.exists()
    assert not PayOrder.objects.exists()
    return refusal.value.code, refusal.value.citation


@pytest.mark.parametrize(
    ("entry", "citation"),
    [
        pytest.param("new_appointment", "9701.351(a)", marks=pytest.mark.paragraph("9701.351(a)")),
        pytest.param("reappointment", "9701.351(a)", marks=pytest.mark.paragraph("9701.351(a)")),
        pytest.param("transfer", "9701.351(b)", marks=pytest.mark.paragraph("9701.351(b)")),
        pytest.param("from_noncovered", "9701.351(c)", marks=pytest.mark.paragraph("9701.351(c)")),
    ],
)
def test_each_way_in_is_starting_pay_and_neither_promotion_nor_conversion(
    band: Band, specialist: User, entry: str, citation: str
) -> None:
    # 50,000 at 8 percent more would be 54,000, and conversion would keep 50,000: it is what HR set.
    action = start(
        band, 41_111, specialist, entry=entry, prior_rate=50_000, reason="prior_noncovered_rate"
    )
    assert (action.kind, action.rule, action.citation) == ("starting_pay", "R24", citation)
    assert (action.basic_before, action.basic_after, action.retained) == (None, 41_111, False)
    assert action.order is not None
    assert (action.order.chosen["entry"], action.order.chosen["prior_rate"]) == (entry, 50_000)
    assert action.policy["starting_pay.reasons"]["directive"] == "D-1"
    assert list(differences_of(action)) == []
    assert disagreements(on=DAY) == []


@pytest.mark.parametrize(
    ("entry", "citation"),
    [
        pytest.param("transfer", "9701.351(b)", marks=pytest.mark.paragraph("9701.351(b)")),
        pytest.param("from_noncovered", "9701.351(c)", marks=pytest.mark.paragraph("9701.351(c)")),
    ],
)
def test_who_comes_from_a_rate_elsewhere_leaves_it_on_record(
    band: Band, entry: str, citation: str
) -> None:
    assert code_of(start, band, 41_111, entry=entry) == ("record_incomplete", citation)


@pytest.mark.paragraph("9701.351(a)")
@pytest.mark.parametrize(
    ("basic", "reason", "code"),
    [
        (41_110, "special_need", "below_band_minimum"),
        (41_111, "", None),
        (41_112, "", "reason_required"),
        (41_112, "seniority", "reason_required"),
        (41_112, "special_need", None),
        (70_000, "superior_qualifications", None),
        (70_001, "superior_qualifications", "above_band_maximum"),
    ],
)
def test_above_the_minimum_whoever_sets_it_names_a_reason_of_the_directive(
    band: Band, specialist: User, basic: int, reason: str, code: str | None
) -> None:
    if code is not None:
        assert code_of(start, band, basic, specialist, reason=reason)[0] == code
        return
    action = start(band, basic, specialist, reason=reason)
    assert (action.basic_after, action.actor_id) == (basic, specialist.pk)
    assert action.order is not None
    assert action.order.chosen["reason"] == reason


@pytest.mark.paragraph("9701.351(a)")
def test_without_a_directive_on_starting_pay_nobody_starts(band: Band) -> None:
    issue_directive(
        number="D-2", title="None", effective=DAY, signed_by="The Secretary",
        values={"starting_pay.reasons": None},
    )  # fmt: skip
    assert code_of(start, band, 41_111) == ("parameter_missing", "9701.351")


@pytest.mark.paragraph("9701.351(a)")
def test_such_a_directive_is_coordinated_with_opm(band: Band) -> None:
    subject = parameter("starting_pay.reasons").coordinated
    with pytest.raises(Refused) as refusal:
        require_coordination(None, subject=subject, on=DAY)
    assert (refusal.value.code, refusal.value.citation) == ("coordination_required", "9701.351")


def test_another_way_in_is_refused(band: Band) -> None:
    assert code_of(start, band, 41_111, entry="inheritance")[0] == "invalid_parameter"


@pytest.mark.paragraph("9701.352#3")
@pytest.mark.parametrize(
    ("hourly", "basic", "retained"),
    [
        ("23.17", 48_356, False),  # 48,355.79
        ("19.00", 41_111, False),  # 39,653, below the minimum
        ("19.70", 41_114, False),  # 41,113.90
        ("33.54", 69_998, False),  # 69,997.98
        ("33.55", 70_019, True),  # 70,018.85
    ],
)
def test_the_existing_rate_of_a_converted_nafi_position_is_used(
    band: Band, hourly: str, basic: int, retained: bool
) -> None:
    action = nafi(band, hourly)
    assert (action.rule, action.citation) == ("R24N", "9701.352")
    assert (action.basic_after, action.retained) == (basic, retained)
    assert list(differences_of(action)) == []
    assert disagreements(on=DAY) == []


@pytest.mark.paragraph("9701.352#3")
def test_without_retention_by_directive_a_nafi_rate_above_the_maximum_is_refused(
    band: Band,
) -> None:
    issue_directive(
        number="D-2", title="None", effective=DAY, signed_by="The Secretary",
        values={"nafi.retention": False},
    )  # fmt: skip
    assert code_of(nafi, band, "33.55") == ("above_band_maximum", "9701.352")
    assert code_of(nafi, band, "0") == ("invalid_input", "9701.352")
    assert nafi(band, "33.54").basic_after == 69_998


# -- a highest previous rate


@pytest.mark.paragraph("9701.352#1")
@pytest.mark.parametrize(
    ("previous", "basic", "code"),
    [
        (58_200, 58_200, ""),
        (58_200, 50_000, ""),
        (58_200, 58_201, "above_band_maximum"),
        (75_000, 70_000, ""),
        (39_000, 41_111, ""),
        (39_000, 41_112, "above_band_maximum"),
    ],
)
def test_a_highest_previous_rate_bounds_the_chosen_rate(
    band: Band, previous: int, basic: int, code: str
) -> None:
    if not code:
        action = start(band, basic, highest_previous_rate=previous)
        assert (action.basic_after, action.inputs["highest_previous_rate"]) == (basic, previous)
        return
    with pytest.raises(Refused) as refusal:
        start(band, basic, highest_previous_rate=previous)
    assert (refusal.value.code, refusal.value.citation) == (code, "9701.352")
    assert not PayAction.objects.exists()


@pytest.mark.paragraph("9701.352#1")
@pytest.mark.parametrize(
    ("uses", "code"),
    [(["transfer"], ""), (["reappointment"], "invalid_parameter"), (None, "parameter_missing")],
)
def test_a_previous_rate_is_used_only_where_the_directive_lists_the_way_in(
    band: Band, uses: list[str] | None, code: str
) -> None:
    issue_directive(
        number="D-2", title="Previous rates", effective=date(2007, 1, 1),
        signed_by="The Secretary", values={"previous_rate.uses": uses},
    )  # fmt: skip
    given: dict[str, Any] = {"entry": "transfer", "prior_rate": 58_200}
    if not code:
        assert start(band, 58_200, highest_previous_rate=58_200, **given).basic_after == 58_200
        return
    with pytest.raises(Refused) as refusal:
        start(band, 58_200, highest_previous_rate=58_200, **given)
    assert (refusal.value.code, refusal.value.citation) == (code, "9701.352")
    assert not PayAction.objects.exists()
    # Never automatic: without one nothing asks for the list.
    assert start(band, 58_200, **given).basic_after == 58_200
