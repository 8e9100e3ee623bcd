"""Describing, classifying and abolishing positions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from accounts.models import Organization, Role, User
from casework.actor import Actor
from casework.models import Entry
from classification.models import (
    Band,
    BandLevel,
    ClassificationDecision,
    OccupationalSeries,
    Position,
    PositionState,
)
from classification.queries.decisions import classification_on
from classification.queries.documentation import documentation_of
from classification.services.abolish import abolish
from classification.services.classify import classify
from classification.services.describe_position import describe_position
from classification.signals import position_reclassified
from governance.models import Directive
from governance.services.directives import issue_directive
from regulation.refusals import Refused
from tests.factories import (
    cover,
    grant_role,
    make_band,
    make_cluster,
    make_organization,
    make_policy,
    make_position,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = date(2025, 3, 3)
LATER = date(2025, 4, 6)


@dataclass
class Scene:
    """An office with an HR specialist, two clusters, and one described position."""

    office: Organization
    hr: User
    series: OccupationalSeries
    band: Band
    other_series: OccupationalSeries
    other_band: Band
    position: Position


@pytest.fixture
def scene() -> Scene:
    make_policy()
    directive = Directive.objects.get()
    office = make_organization("HQ")
    hr = make_user("hr")
    grant_role(hr, Role.HR_SPECIALIST, organization=office)
    found: list[tuple[OccupationalSeries, Band]] = []
    for code in ("LE", "MP"):
        cluster = make_cluster(code)
        cluster.directive = directive
        cluster.save()
        found.append(
            (
                make_series(cluster),
                make_band(f"{code}-FP", minimum=60_000, maximum=90_000, cluster=code),
            )
        )
    return Scene(office, hr, *found[0], *found[1], position=make_position(office))


def decide(scene: Scene, **changes: Any) -> ClassificationDecision:
    arguments: dict[str, Any] = {
        "position": scene.position,
        "series": scene.series,
        "band": scene.band,
        "effective": LATER,
        "decided_by": Actor(user=scene.hr),
        "reason": "Full range of the work.",
        "on": TODAY,
    }
    return classify(**(arguments | changes))


@pytest.mark.paragraph("9701.204:position-or-job", "9701.221(a)#1")
def test_a_position_is_established_by_its_duties(scene: Scene) -> None:
    arguments: dict[str, Any] = {
        "number": "P-9",
        "title": "Analyst",
        "description": "Studies the figures.",
        "organization": scene.office,
        "supervisory": False,
        "actor": Actor(user=scene.hr),
        "on": TODAY,
    }
    for changes, code in (
        ({"description": "  "}, "record_incomplete"),
        ({"actor": Actor(user=make_user())}, "not_authorized"),
        ({"number": scene.position.number}, "duplicate_open"),
    ):
        with pytest.raises(Refused) as refused:
            describe_position(**(arguments | changes))
        assert refused.value.code == code
    assert Position.objects.count() == 1
    position = describe_position(**arguments)
    assert position.state == PositionState.DESCRIBED
    assert Entry.objects.get(subject=position.subject).act == "describe"


@pytest.mark.paragraph("9701.221(b)(2)", "9701.221(d)")
def test_a_decision_counts_from_the_date_its_official_set(scene: Scene) -> None:
    decision = decide(scene)
    assert classification_on(scene.position, on=date(2025, 4, 5)) is None
    assert classification_on(scene.position, on=LATER) == decision
    assert (decision.decided_by, decision.deciding_official) == (scene.hr, "hr")
    assert decision.directive == scene.band.cluster.directive
    entry = Entry.objects.get(subject=scene.position.subject)
    assert (entry.act, entry.from_state, entry.to_state) == ("classify", "described", "classified")
    assert entry.detail["effective"] == "2025-04-06"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        pytest.param(
            {"series": None}, "record_incomplete",
            marks=pytest.mark.paragraph("9701.204:classification"),
        ),
        pytest.param(
            {"band": None}, "record_incomplete",
            marks=pytest.mark.paragraph("9701.204:classification"),
        ),
        pytest.param(
            {"effective": date(2025, 3, 2)}, "retroactive",
            marks=pytest.mark.paragraph("9701.221(d)"),
        ),
        pytest.param(
            {"category": "general"}, "not_covered", marks=pytest.mark.paragraph("9701.202(a)")
        ),
    ],
)  # fmt: skip
def test_a_decision_is_refused_whole(scene: Scene, changes: dict[str, Any], code: str) -> None:
    with pytest.raises(Refused) as refused:
        decide(scene, **changes)
    assert refused.value.code == code
    assert not ClassificationDecision.objects.exists()
    assert not Entry.objects.filter(subject=scene.position.subject).exists()
    assert Position.objects.get(pk=scene.position.pk).state == PositionState.DESCRIBED


@pytest.mark.paragraph("9701.221(b)(2)", "9701.204:band", "9701.304:band")
def test_the_bands_cluster_holds_the_series(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        decide(scene, band=scene.other_band)
    assert refused.value.code == "band_mismatch"
    decide(scene, band=scene.other_band, series=scene.other_series)


@pytest.mark.paragraph("9701.221(b)(2)")
def test_a_decision_needs_the_directive_that_defines_the_band(scene: Scene) -> None:
    cluster = scene.band.cluster
    for directive in (
        None,
        issue_directive(
            number="D-2", title="Later", effective=date(2025, 5, 1), signed_by="S", values={}
        ),
    ):
        cluster.directive = directive
        cluster.save()
        scene.band.refresh_from_db()
        with pytest.raises(Refused) as refused:
            decide(scene)
        assert refused.value.code == "directive_required"


@pytest.mark.paragraph("9701.221(b)(1)#1")
def test_only_an_official_with_authority_over_the_organization_decides(scene: Scene) -> None:
    elsewhere = make_user()
    grant_role(elsewhere, Role.HR_SPECIALIST, organization=make_organization("ELSE"))
    auditor = make_user()
    grant_role(auditor, Role.AUDITOR)
    for user in (elsewhere, auditor, make_user()):
        with pytest.raises(Refused) as refused:
            decide(scene, decided_by=Actor(user=user))
        assert refused.value.code == "not_authorized"


@pytest.mark.parametrize(
    ("level", "supervisory", "fits"),
    [
        (BandLevel.ENTRY_DEVELOPMENTAL, False, True),
        (BandLevel.ENTRY_DEVELOPMENTAL, True, True),
        pytest.param(
            BandLevel.FULL_PERFORMANCE, True, False, marks=pytest.mark.paragraph("9701.212(b)(2)")
        ),
        pytest.param(
            BandLevel.SENIOR_EXPERT, True, False, marks=pytest.mark.paragraph("9701.212(b)(3)")
        ),
        (BandLevel.SENIOR_EXPERT, False, True),
        pytest.param(
            BandLevel.SUPERVISORY, False, False, marks=pytest.mark.paragraph("9701.212(b)(4)")
        ),
        pytest.param(
            BandLevel.SUPERVISORY, True, True, marks=pytest.mark.paragraph("9701.212(b)(4)")
        ),
    ],
)
def test_the_kind_of_band_fits_the_duties(
    scene: Scene, level: str, supervisory: bool, fits: bool
) -> None:
    position = make_position(scene.office, supervisory=supervisory)
    band = make_band("LE-X", minimum=70_000, maximum=99_000, level=level, rank=9)
    if fits:
        assert decide(scene, position=position, band=band).band == band
        return
    with pytest.raises(Refused) as refused:
        decide(scene, position=position, band=band)
    assert refused.value.code == "band_mismatch"


@pytest.mark.paragraph("9701.221(d)")
def test_a_past_date_needs_a_directive_that_allows_it(scene: Scene) -> None:
    issue_directive(
        number="D-2",
        title="Corrections",
        effective=date(2025, 1, 1),
        signed_by="The Secretary",
        values={"classification.retroactive": True},
    )
    assert decide(scene, effective=date(2025, 2, 1)).effective == date(2025, 2, 1)


@pytest.mark.paragraph("9701.202(a)")
def test_the_incumbents_category_is_covered_from_the_effective_date(scene: Scene) -> None:
    cover("general", "B", effective=LATER)
    with pytest.raises(Refused) as refused:
        decide(scene, category="general", effective=date(2025, 4, 5))
    assert refused.value.code == "not_covered"
    decide(scene, category="general", effective=LATER)


def test_of_the_decisions_that_count_the_one_made_last_is_in_force(scene: Scene) -> None:
    first = decide(scene, effective=TODAY)
    decide(scene, effective=date(2025, 7, 1))
    binding = decide(scene, effective=date(2025, 6, 1), band=scene.band)
    assert classification_on(scene.position, on=date(2025, 5, 31)) == first
    assert classification_on(scene.position, on=date(2025, 6, 1)) == binding
    assert classification_on(scene.position, on=date(2025, 8, 1)) == binding


def test_only_a_change_of_a_classified_position_is_told(scene: Scene) -> None:
    heard: list[ClassificationDecision] = []

    def hear(decision: ClassificationDecision, **_: object) -> None:
        heard.append(decision)

    position_reclassified.connect(hear)
    try:
        decide(scene, effective=TODAY)
        assert heard == []
        second = decide(scene)
        assert heard == [second]
    finally:
        position_reclassified.disconnect(hear)


def test_a_receiver_that_fails_takes_the_decision_with_it(scene: Scene) -> None:
    decide(scene, effective=TODAY)

    def fail(**_: object) -> None:
        raise RuntimeError("no promise, no decision")

    position_reclassified.connect(fail)
    try:
        with pytest.raises(RuntimeError), transaction.atomic():
            decide(scene)
    finally:
        position_reclassified.disconnect(fail)
    assert ClassificationDecision.objects.count() == 1


@pytest.mark.paragraph("9701.221(d)")
def test_a_decision_once_made_cannot_be_edited(scene: Scene) -> None:
    decision = decide(scene)
    decision.reason = "Another."
    with pytest.raises(ProgrammingError), transaction.atomic():
        decision.save()


@pytest.mark.paragraph("9701.304:occupational-cluster")
def test_the_documentation_names_what_the_cluster_groups(scene: Scene) -> None:
    decision = decide(scene)
    documentation = documentation_of(decision)
    assert list(documentation.series) == [scene.series]
    assert list(documentation.bands) == [scene.band]


ROLES = ["hr", "hr_elsewhere", "opm_reviewer", "auditor", "nobody", "system"]
ALLOWED_STATES = {PositionState.DESCRIBED, PositionState.CLASSIFIED}


def actor_named(name: str, scene: Scene) -> Actor:
    if name == "system":
        return Actor.system("a test")
    if name == "hr":
        return Actor(user=scene.hr)
    user = make_user()
    if name == "hr_elsewhere":
        grant_role(user, Role.HR_SPECIALIST, organization=make_organization())
    elif name != "nobody":
        grant_role(user, Role(name))
    return Actor(user=user)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", ["classify", "abolish"])
@pytest.mark.parametrize("state", list(PositionState))
def test_lifecycle_of_a_position(scene: Scene, state: PositionState, act: str, role: str) -> None:
    position = Position.objects.create(
        number="P-L", title="Post", description="Work.", organization=scene.office, state=state
    )
    actor = actor_named(role, scene)

    def carry_out() -> object:
        if act == "classify":
            return decide(scene, position=position, decided_by=actor)
        return abolish(position, actor=actor, on=TODAY)

    expected = None
    if role not in ("hr", "system"):
        expected = "not_authorized"
    elif state not in ALLOWED_STATES:
        expected = "invalid_transition"
    if expected is None:
        carry_out()
        target = PositionState.CLASSIFIED if act == "classify" else PositionState.ABOLISHED
    else:
        with pytest.raises(Refused) as refused:
            carry_out()
        assert refused.value.code == expected
        target = state
    assert Position.objects.get(pk=position.pk).state == target
    assert Entry.objects.filter(subject=position.subject).count() == (expected is None)
