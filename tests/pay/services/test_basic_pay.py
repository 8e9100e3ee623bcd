"""Basic pay: the rate without its supplement, and the purposes for which the supplement counts."""

from __future__ import annotations

import inspect
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from classification.models import Band
from governance.models import Directive
from governance.parameters import PARAMETERS
from governance.services.directives import issue_directive
from pay.models import LocalityArea, PayAction, PayRate, RateRange, Supplement
from pay.queries.bases import bases_of
from pay.rules.conversion import convert
from pay.rules.pay_state import PayState, check_pay_state
from pay.rules.purposes import WITH_SUPPLEMENT, WITHIN_SUBPART_C, PaidRate, basic_pay_for
from pay.services.adjust_supplement import adjust_supplement
from pay.services.promote import promote
from pay.services.set_ranges import set_ranges
from pay.services.special_payment import pay_special_payment
from regulation.refusals import Refused
from tests.factories import make_band
from tests.pay.factories import SYSTEM, make_ground, make_locality, make_paid_employee, position_in

DAY = date(2007, 3, 7)
#: Purposes outside subpart C whose base payroll is told by name.
TOLD_TO_PAYROLL = ("9701.332(c)(1)", "9701.332(c)(2)", "9701.332(c)(3)", "9701.332(c)(4)")
RATE = PaidRate(basic=55_000, adjusted=61_875, supplement_kind="locality")


@pytest.fixture
def band(db: None) -> Band:
    make_ground()
    LocalityArea.objects.create(code="RUS", name="Rest")
    make_locality("RUS", "12.5")
    return make_band("LE-FP", minimum=41_111, maximum=70_000)


def directive(values: dict[str, object]) -> None:
    issue_directive(
        number="D-2", title="Pay", effective=date(2007, 1, 1), signed_by="The Secretary",
        values=values,
    )  # fmt: skip


# -- by purpose


@pytest.mark.paragraph("9701.204:basic-pay")
@pytest.mark.paragraph("9701.304:basic-pay")
@pytest.mark.parametrize(
    ("purpose", "basic"),
    [
        pytest.param(
            purpose,
            61_875,
            marks=[pytest.mark.paragraph(citation)] if citation in TOLD_TO_PAYROLL else [],
        )
        for purpose, citation in WITH_SUPPLEMENT.items()
    ]
    + [(purpose, 55_000) for purpose in WITHIN_SUBPART_C]
    + [("nonforeign_allowance", 55_000)],
)
def test_a_supplement_is_basic_pay_for_the_purposes_named_alone(purpose: str, basic: int) -> None:
    assert basic_pay_for(purpose, rate=RATE) == basic


@pytest.mark.paragraph("9701.204:basic-pay")
def test_no_other_purpose_has_a_basic_pay(band: Band) -> None:
    with pytest.raises(Refused) as refusal:
        basic_pay_for("awards", rate=RATE)
    assert refusal.value.code == "invalid_parameter"


@pytest.mark.paragraph("9701.332(c)(7)")
@pytest.mark.parametrize("purpose", WITHIN_SUBPART_C)
def test_a_rule_of_subpart_c_counts_it_only_where_a_directive_names_the_rule(purpose: str) -> None:
    others = [each for each in WITHIN_SUBPART_C if each != purpose]
    assert basic_pay_for(purpose, rate=RATE, directed=[purpose]) == 61_875
    assert basic_pay_for(purpose, rate=RATE, directed=others) == 55_000


@pytest.mark.paragraph("9701.332(c)(6)")
@pytest.mark.parametrize(
    ("former", "percent", "basic"),
    [(61_875, "12.5", 55_000), (61_876, "12.5", 55_001), (61_875, "0", 61_875)],
)
def test_a_conversion_compares_totals_with_the_supplement_in_them(
    former: int, percent: str, basic: int
) -> None:
    result = convert(
        former, minimum=41_111, maximum=70_000, percent=Decimal(percent), retained_mode="full",
        cap=150_000, former_basic=None,
    )  # fmt: skip
    total = basic_pay_for(
        "conversion", rate=PaidRate(basic=result.basic, adjusted=result.total, supplement_kind="")
    )
    assert (result.basic, total >= former) == (basic, True)


@pytest.mark.paragraph("9701.333#2")
@pytest.mark.parametrize(
    ("kind", "allowance"), [("locality", 55_000), ("special", 61_875), ("none", 55_000)]
)
def test_a_special_supplement_counts_for_the_nonforeign_allowance_too(
    kind: str, allowance: int
) -> None:
    rate = PaidRate(basic=55_000, adjusted=61_875, supplement_kind=kind)
    assert basic_pay_for("nonforeign_allowance", rate=rate) == allowance
    assert basic_pay_for("retirement", rate=rate) == 61_875


@pytest.mark.paragraph("9701.304:basic-pay")
@pytest.mark.paragraph("9701.332(c)(1)")
@pytest.mark.paragraph("9701.332(c)(3)")
def test_what_payroll_is_told_holds_no_payment_beside_the_rate(band: Band) -> None:
    person = make_paid_employee(band, 55_000, area="RUS")
    pay_special_payment(
        person, kind="skills", amount=Decimal(3_000), effective=DAY, actor=SYSTEM,
        authority="Order", on=DAY,
    )  # fmt: skip
    bases = bases_of(person, on=DAY)
    assert bases.by_purpose["retirement"] == 61_875
    assert bases.by_purpose["promotion"] == 55_000
    # 61,875 / 2,087 = 29.6478...
    assert bases.premium_hourly == Decimal("29.65")


@pytest.mark.paragraph("9701.333#2")
def test_payroll_is_told_the_base_of_the_allowance_by_the_supplement_that_is_paid(
    band: Band,
) -> None:
    Supplement.objects.create(
        kind="special", key="PILOT", percent=Decimal(18), period=(date(2000, 1, 1), None)
    )
    pilot = make_paid_employee(band, 55_000, area="RUS", category="PILOT")
    other = make_paid_employee(band, 55_000, area="RUS")
    found = [bases_of(who, on=DAY).by_purpose["nonforeign_allowance"] for who in (pilot, other)]
    assert found == [64_900, 55_000]


@pytest.mark.paragraph("9701.332(c)(7)")
def test_the_parameter_on_promotions_names_that_rule_alone(band: Band) -> None:
    person = make_paid_employee(band, 55_000, area="RUS")
    directive({"promotion.includes_supplement": True})
    found = bases_of(person, on=DAY).by_purpose
    assert {found[each] for each in WITHIN_SUBPART_C if each != "promotion"} == {55_000}
    assert found["promotion"] == 61_875


# -- the range


@pytest.mark.paragraph("9701.321(b)")
@pytest.mark.parametrize(
    ("starts", "ends"),
    [(date(1999, 1, 1), date(2000, 1, 2)), (date(2007, 1, 7), None), (date(2001, 1, 1), DAY)],
)
def test_no_second_range_of_a_band_stands_beside_the_first(
    band: Band, starts: date, ends: date | None
) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        RateRange.objects.create(band=band, minimum=1, maximum=2, period=(starts, ends))
    (only,) = RateRange.objects.filter(band=band)
    assert (only.minimum, only.maximum) == (41_111, 70_000)


@pytest.mark.paragraph("9701.304:band-rate-range")
@pytest.mark.paragraph("9701.321(b)")
@pytest.mark.paragraph("9701.321:preamble")
def test_a_range_has_a_minimum_and_a_maximum_and_nothing_between_or_beside_them() -> None:
    """No control point inside a band, and no supplement in its range, can be written down.

    The representative rate is for a reduction in force and limits nobody's pay.
    """
    columns = {field.name for field in RateRange._meta.get_fields() if not field.is_relation}
    assert columns == {"id", "minimum", "maximum", "period", "representative_rate"}
    related = {field.name for field in RateRange._meta.fields if field.is_relation}
    assert related == {"band", "run"}  # no place: one range in all locations
    assert not [key for key in PARAMETERS if "control" in key or key.startswith("range.")]


@pytest.mark.paragraph("9701.321:preamble")
@given(st.integers(41_111, 70_000))
def test_every_rate_from_minimum_to_maximum_is_as_good_as_any_other(basic: int) -> None:
    state = check_pay_state(
        basic, minimum=41_111, maximum=70_000, retained=False, denial_open=False
    )
    assert state is PayState.IN_RANGE


@pytest.mark.paragraph("9701.304:band-rate-range")
@pytest.mark.parametrize(
    ("minimum", "maximum", "code"),
    [
        (60_000, 60_000, "invalid_range"),
        (60_001, 60_000, "invalid_range"),
        (59_999, 60_000, None),
    ],
)
def test_a_minimum_not_below_the_maximum_is_refused_by_rule_and_database(
    band: Band, minimum: int, maximum: int, code: str | None
) -> None:
    if code is None:
        assert set_ranges({"LE-FP": (minimum, maximum)}, effective=DAY)
        return
    with pytest.raises(Refused) as refusal:
        set_ranges({"LE-FP": (minimum, maximum)}, effective=DAY)
    assert refusal.value.code == code
    with pytest.raises(IntegrityError), transaction.atomic():
        RateRange.objects.update(minimum=minimum, maximum=maximum)


@pytest.mark.paragraph("9701.304:band-rate-range")
@pytest.mark.paragraph("9701.304:basic-pay")
def test_the_range_is_compared_with_basic_pay_never_with_the_adjusted_rate(band: Band) -> None:
    person = make_paid_employee(band, 69_000, area="RUS")
    row = PayRate.objects.get(employee=person)
    assert (row.basic, row.adjusted, row.retained) == (69_000, 77_625, False)
    senior = make_band("LE-SE", minimum=64_500, maximum=76_000, level="senior_expert", rank=3)
    action = promote(
        person, position=position_in(senior), effective=DAY, actor=SYSTEM, authority="Merit",
        on=DAY,
    )  # fmt: skip
    # 69,000 x 1.08 = 74,520 is in the range, though 83,835 with the supplement is not.
    assert (action.basic_after, action.adjusted, action.retained) == (74_520, 83_835, False)


# -- supplements of a retained rate


@pytest.mark.paragraph("9701.331#2")
@pytest.mark.parametrize(
    ("mode", "adjusted"),
    [
        ("full", 87_000),  # 75,000 x 1.16
        ("to_band_max", 86_200),  # 75,000 + 70,000 x 0.16
        ("none", 75_000),
    ],
)
def test_the_directive_says_how_far_a_supplement_is_for_a_retained_rate(
    band: Band, mode: str, adjusted: int
) -> None:
    directive({"supp.retained_mode": mode})
    person = make_paid_employee(band, 75_000, area="RUS", retained=True, hired=date(2007, 1, 2))
    adjust_supplement(
        "locality", key="RUS", percent=Decimal(16), effective=DAY, actor=SYSTEM, authority="D",
        on=DAY,
    )  # fmt: skip
    row = PayRate.objects.filter(employee=person).latest("starts")
    assert (row.basic, row.adjusted, row.retained) == (75_000, adjusted, True)


@pytest.mark.paragraph("9701.331#2")
def test_without_that_directive_no_supplement_is_adjusted(band: Band) -> None:
    person = make_paid_employee(band, 75_000, area="RUS", retained=True)
    directive({"supp.retained_mode": None})
    before = PayAction.objects.count()
    with pytest.raises(Refused) as refusal:
        adjust_supplement(
            "locality", key="RUS", percent=Decimal(16), effective=DAY, actor=SYSTEM,
            authority="D", on=DAY,
        )  # fmt: skip
    assert (refusal.value.code, refusal.value.citation) == ("parameter_missing", "9701.331")
    assert not Supplement.objects.filter(percent=16).exists()
    assert PayAction.objects.count() == before
    assert PayRate.objects.get(employee=person).adjusted == 84_375


# -- what chapter 55 and FEPCA paid


@pytest.mark.parametrize(
    ("kind", "citation"),
    [
        pytest.param(
            "supervisory_differential", "9701.106(c)(2)",
            marks=pytest.mark.paragraph("9701.106(c)(2)"),
        ),
        pytest.param(
            "law_enforcement_special_rate", "9701.106(c)(3)",
            marks=pytest.mark.paragraph("9701.106(c)(3)"),
        ),
        pytest.param(
            "law_enforcement_geographic_adjustment", "9701.106(c)(3)",
            marks=pytest.mark.paragraph("9701.106(c)(3)"),
        ),
    ],
)  # fmt: skip
def test_what_the_former_law_paid_beside_the_rate_is_excluded(
    band: Band, kind: str, citation: str
) -> None:
    person = make_paid_employee(band, 60_000)
    with pytest.raises(Refused) as refusal:
        pay_special_payment(
            person, kind=kind, amount=Decimal(100), effective=DAY, actor=SYSTEM,
            authority="Order", on=DAY,
        )  # fmt: skip
    assert (refusal.value.code, refusal.value.citation) == ("excluded_matter", citation)
    assert PayAction.objects.filter(employee=person).count() == 1


@pytest.mark.paragraph("9701.332:preamble")
@pytest.mark.django_db
def test_no_component_has_a_treatment_of_its_own() -> None:
    assert set(inspect.signature(basic_pay_for).parameters) == {"purpose", "rate", "directed"}
    with pytest.raises(Refused) as refused:
        issue_directive(
            number="D-9",
            title="One component",
            effective=date(2007, 1, 7),
            signed_by="Secretary",
            values={"promotion.includes_supplement@BORDER": True},
        )
    assert refused.value.code == "invalid_parameter"
    assert not Directive.objects.exists()
