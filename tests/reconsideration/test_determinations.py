"""Determinations of the Department and of OPM, and what they make of the classification."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.models import Role
from casework.models import Entry, Notice, WorkItem
from classification.models import ClassificationDecision
from classification.queries.decisions import classification_on
from classification.signals import position_reclassified
from governance.parameters import PARAMETERS
from governance.services.directives import coordinated_directive, issue_directive
from reconsideration.models import Forum, Outcome, Request, RequestState
from reconsideration.models.request import OPEN_STATES
from reconsideration.queries.procedure import REQUIRED_PARAMETERS
from reconsideration.services.close import cancel, make_moot
from reconsideration.services.decide import decide, decide_at_opm
from reconsideration.services.take_to_opm import take_to_opm
from reconsideration.services.take_up import take_up, take_up_at_opm
from regulation.refusals import Refused
from tests.factories import grant_role, make_organization, make_position, make_series
from tests.reconsideration.conftest import TODAY, Scene
from workforce.models import AssignmentKind, Employee
from workforce.services.leave import leave
from workforce.services.place import place

pytestmark = pytest.mark.django_db

LATER = date(2025, 4, 6)
#: The policy of reconsideration, carried anew by a directive of the day.
CARRIED: dict[str, Any] = {
    "effective": TODAY,
    "signed_by": "S",
    "values": {key: PARAMETERS[key].default for key in REQUIRED_PARAMETERS},
}


def under_review(scene: Scene) -> Request:
    return take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)


def at_opm(scene: Scene) -> Request:
    return take_up_at_opm(scene.file(Forum.OPM), actor=scene.actor("opm"), on=TODAY)


def change(request: Request, scene: Scene, **changes: Any) -> Request:
    arguments: dict[str, Any] = {
        "outcome": Outcome.CHANGED,
        "reason": "The work is that of an expert.",
        "band": scene.expert,
        "effective": LATER,
        "actor": scene.actor("hr"),
        "on": TODAY,
    }
    return decide(request, **(arguments | changes))


def sustain(request: Request, scene: Scene) -> Request:
    return decide(
        request, outcome="sustained", reason="It fits.", actor=scene.actor("hr"), on=TODAY
    )


def test_a_sustained_classification_stands_and_the_employee_is_told_of_opm(scene: Scene) -> None:
    request = sustain(under_review(scene), scene)
    assert (request.state, request.dhs_outcome) == (RequestState.DHS_DECIDED, "sustained")
    assert request.dhs_decided_by == scene.users["hr"]
    assert request.resulting is None
    assert ClassificationDecision.objects.count() == 1
    assert not WorkItem.objects.filter(done_at=None).exists()
    notice = Notice.objects.get(recipient=scene.user)
    assert "unless you ask OPM" in notice.body
    assert notice.citation == "9701.222(c)"


@pytest.mark.paragraph("9701.221(b)(2)", "9701.221(d)")
def test_a_changed_outcome_makes_a_classification_decision_from_its_date(scene: Scene) -> None:
    heard: list[ClassificationDecision] = []

    def hear(decision: ClassificationDecision, **_: object) -> None:
        heard.append(decision)

    position_reclassified.connect(hear)
    try:
        request = change(under_review(scene), scene)
    finally:
        position_reclassified.disconnect(hear)
    decision = request.resulting
    assert decision is not None
    assert heard == [decision]
    assert (decision.band, decision.series) == (scene.expert, scene.series)
    assert decision.source == request.subject
    assert decision.decided_by == scene.users["hr"]
    assert classification_on(scene.position, on=date(2025, 4, 5)) == request.contested
    assert classification_on(scene.position, on=LATER) == decision
    entry = Entry.objects.get(subject=request.subject, act="decide")
    assert entry.detail == {
        "outcome": "changed", "series": "", "band": "LE-SE", "effective": "2025-04-06",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "  "}, "reason_required"),
        ({"outcome": "granted"}, "invalid_decision"),
        pytest.param(
            {"effective": None}, "record_incomplete", marks=pytest.mark.paragraph("9701.221(d)")
        ),
        pytest.param(
            {"effective": date(2025, 3, 2)}, "retroactive",
            marks=pytest.mark.paragraph("9701.221(d)"),
        ),
    ],
)  # fmt: skip
def test_a_refused_determination_leaves_everything_as_it_was(
    scene: Scene, changes: dict[str, Any], code: str
) -> None:
    request = under_review(scene)
    with pytest.raises(Refused) as refused:
        change(request, scene, **changes)
    assert refused.value.code == code
    kept = Request.objects.get()
    assert (kept.state, kept.dhs_outcome) == (RequestState.UNDER_DHS_REVIEW, "")
    assert ClassificationDecision.objects.count() == 1
    assert not Notice.objects.exists()


@pytest.mark.paragraph("9701.221(b)(2)")
def test_series_cluster_and_band_are_changed_to_what_fits_together(scene: Scene) -> None:
    request = under_review(scene)
    for changes, code in (
        ({"band": scene.full}, "invalid_decision"),
        ({"band": scene.other_full}, "record_incomplete"),
        ({"band": scene.other_full, "series": scene.series}, "band_mismatch"),
        ({"band": None, "cluster": scene.other_full.cluster}, "record_incomplete"),
        ({"band": scene.expert, "cluster": scene.other_full.cluster}, "band_mismatch"),
    ):
        with pytest.raises(Refused) as refused:
            change(request, scene, **changes)
        assert refused.value.code == code
    decided = change(
        request,
        scene,
        band=scene.other_full,
        series=scene.other_series,
        cluster=scene.other_full.cluster,
    )
    assert decided.resulting is not None
    assert decided.resulting.band == scene.other_full


@pytest.mark.paragraph("9701.212(b)(3)")
def test_a_supervisory_position_is_not_changed_into_an_expert_band(scene: Scene) -> None:
    request = under_review(scene)
    scene.position.supervisory = True
    scene.position.save()
    with pytest.raises(Refused) as refused:
        change(request, scene)
    assert refused.value.code == "band_mismatch"


@pytest.mark.paragraph("9701.222(b)#1")
def test_a_request_is_dated_at_once_and_its_review_waits_for_a_coordinated_directive(
    scene: Scene,
) -> None:
    issue_directive(number="D-2", title="Not coordinated", **CARRIED)
    request = scene.file()
    assert request.filed_on == TODAY
    with pytest.raises(Refused) as refused:
        take_up(request, actor=scene.actor("hr"), on=TODAY)
    assert refused.value.code == "directive_required"
    assert Request.objects.get().state == RequestState.FILED_DHS
    reviewed = scene.request_in(RequestState.UNDER_DHS_REVIEW)
    with pytest.raises(Refused) as refused:
        sustain(reviewed, scene)
    assert refused.value.code == "directive_required"
    coordinated_directive(number="D-3", title="Coordinated", **CARRIED)
    assert take_up(request, actor=scene.actor("hr"), on=TODAY).state == "under_dhs_review"


@pytest.mark.paragraph("9701.222(b)#1")
@pytest.mark.parametrize(
    "key",
    [
        "reconsideration.nonreviewable_issues",
        "reconsideration.representation",
        "classification.retroactive",
    ],
)
def test_each_of_the_three_parameters_is_needed(scene: Scene, key: str) -> None:
    issue_directive(number="D-2", title="Less", effective=TODAY, signed_by="S", values={key: None})
    with pytest.raises(Refused, match=key) as refused:
        take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    assert refused.value.code == "directive_required"


def test_opms_review_does_not_wait_for_the_departments_directive(scene: Scene) -> None:
    issue_directive(number="D-2", title="Not coordinated", **CARRIED)
    request = at_opm(scene)
    decided = decide_at_opm(
        request, outcome="sustained", reason="It fits.", actor=scene.actor("opm"), on=TODAY
    )
    assert decided.state == RequestState.OPM_DECIDED


@pytest.mark.paragraph("9701.222(c)#1", "9701.222(d)")
def test_opm_has_the_last_word_over_the_department(scene: Scene) -> None:
    request = change(under_review(scene), scene, effective=date(2025, 7, 1))
    departments = request.resulting
    request = take_to_opm(
        request, argument="Not far enough back.", actor=scene.actor("employee"), on=TODAY
    )
    request = take_up_at_opm(request, actor=scene.actor("opm"), on=TODAY)
    with pytest.raises(Refused) as refused:
        decide_at_opm(
            request,
            outcome="changed",
            reason="Same.",
            band=scene.expert,
            effective=LATER,
            actor=scene.actor("opm"),
            on=TODAY,
        )
    assert refused.value.code == "invalid_decision"
    request = decide_at_opm(
        request,
        outcome="changed",
        reason="It was right before.",
        band=scene.full,
        effective=date(2025, 6, 1),
        actor=scene.actor("opm"),
        on=TODAY,
    )
    assert (request.state, request.opm_outcome) == (RequestState.OPM_DECIDED, "changed")
    assert request.closed_on == TODAY
    final = request.resulting
    assert final is not None
    assert final != departments
    assert classification_on(scene.position, on=date(2025, 8, 1)) == final
    for to in Forum:
        with pytest.raises(Refused) as refused:
            scene.file(to)
        assert refused.value.code == "final_decision"
        with pytest.raises(Refused) as refused:
            scene.file(to, on=date(2025, 8, 1))
        assert refused.value.code == "final_decision"


def test_what_opm_sustains_is_what_the_department_determined(scene: Scene) -> None:
    request = change(under_review(scene), scene)
    request = take_to_opm(request, argument="More.", actor=scene.actor("employee"), on=TODAY)
    request = take_up_at_opm(request, actor=scene.actor("opm"), on=TODAY)
    request = decide_at_opm(
        request, outcome="sustained", reason="It fits.", actor=scene.actor("opm"), on=TODAY
    )
    assert request.resulting is not None
    assert request.resulting.band == scene.expert


def test_who_decided_for_the_department_does_not_decide_for_opm(scene: Scene) -> None:
    request = take_to_opm(
        sustain(under_review(scene), scene),
        argument="No.",
        actor=scene.actor("employee"),
        on=TODAY,
    )
    grant_role(scene.users["hr"], Role.OPM_REVIEWER)
    with pytest.raises(Refused) as refused:
        take_up_at_opm(request, actor=scene.actor("hr"), on=TODAY)
    assert refused.value.code == "permission_denied"


def test_nobody_decides_about_the_own_position(scene: Scene) -> None:
    for role in (Role.HR_SPECIALIST, Role.OPM_REVIEWER):
        grant_role(scene.user, role)
    for request, service in (
        (scene.request_in(RequestState.UNDER_DHS_REVIEW), decide),
        (scene.request_in(RequestState.UNDER_OPM_REVIEW), decide_at_opm),
    ):
        with pytest.raises(Refused) as refused:
            service(
                request,
                outcome="sustained",
                reason="Mine.",
                actor=scene.actor("employee"),
                on=TODAY,
            )
        assert refused.value.code == "permission_denied"


def test_a_form_of_an_older_version_is_refused(scene: Scene) -> None:
    request = scene.file()
    version = request.version
    take_up(request, actor=scene.actor("hr"), on=TODAY, version=version)
    with pytest.raises(Refused) as refused:
        cancel(request, actor=scene.actor("employee"), on=TODAY, version=version)
    assert refused.value.code == "stale_form"


@pytest.mark.paragraph("9701.222(a)#2")
def test_a_changed_pay_system_is_handed_to_a_person_and_classifies_nothing(scene: Scene) -> None:
    request = take_up(scene.file(issues=["pay_system"]), actor=scene.actor("hr"), on=TODAY)
    decided = change(request, scene, band=None, effective=None)
    assert decided.resulting is None
    assert WorkItem.objects.get(done_at=None).kind == "reconsideration_pay_system"


def test_leaving_the_position_ends_nothing_until_a_person_says_so(scene: Scene) -> None:
    request = under_review(scene)
    with pytest.raises(Refused) as refused:
        make_moot(request, reason="Gone.", actor=scene.actor("hr"), on=TODAY)
    assert refused.value.code == "invalid_transition"
    scene.employee.assignments.update(position=make_position(scene.office))
    with pytest.raises(Refused) as refused:
        make_moot(request, reason=" ", actor=scene.actor("hr"), on=TODAY)
    assert refused.value.code == "reason_required"
    assert Request.objects.get().state == RequestState.UNDER_DHS_REVIEW
    closed = make_moot(request, reason="Gone.", actor=scene.actor("hr"), on=TODAY)
    assert (closed.state, closed.closed_on) == (RequestState.MOOT, TODAY)
    assert not WorkItem.objects.filter(done_at=None).exists()


@pytest.mark.paragraph("9701.222(a)#3")
@pytest.mark.parametrize(
    ("state", "role"),
    [
        (RequestState.FILED_DHS, Role.HR_SPECIALIST),
        (RequestState.UNDER_DHS_REVIEW, Role.HR_SPECIALIST),
        (RequestState.FILED_OPM, Role.OPM_REVIEWER),
        (RequestState.UNDER_OPM_REVIEW, Role.OPM_REVIEWER),
    ],
)
@pytest.mark.parametrize("leaving", ["another position", "the Department"])
def test_leaving_the_position_raises_a_work_item_for_whoever_has_the_request(
    scene: Scene, state: RequestState, role: Role, leaving: str
) -> None:
    request = scene.request_in(state)
    leave_position(scene, leaving)
    item = WorkItem.objects.get()
    assert (item.subject, item.role, item.done_at) == (request.subject, role, None)
    assert item.organization == (scene.office if role == Role.HR_SPECIALIST else None)
    assert (item.citation, item.opened_on) == ("9701.222(a)", TODAY)
    assert Request.objects.get().state == state
    who = "hr" if role == Role.HR_SPECIALIST else "opm"
    make_moot(request, reason="No earlier date.", actor=scene.actor(who), on=TODAY)
    assert not WorkItem.objects.filter(done_at=None).exists()


@pytest.mark.paragraph("9701.222(a)#3")
@pytest.mark.parametrize(
    "state", [s for s in RequestState if s not in OPEN_STATES], ids=lambda state: str(state)
)
def test_leaving_asks_nothing_about_what_is_closed(scene: Scene, state: RequestState) -> None:
    scene.request_in(state)
    leave_position(scene, "another position")
    assert not WorkItem.objects.exists()


@pytest.mark.parametrize("kind", ["another duty station", "a temporary promotion"])
def test_who_stays_in_the_position_of_record_leaves_nothing(scene: Scene, kind: str) -> None:
    scene.request_in(RequestState.FILED_DHS)
    if kind == "another duty station":
        place(scene.employee, scene.position, effective=TODAY, area="DC")
    else:
        place(
            scene.employee,
            make_position(scene.office),
            effective=TODAY,
            area="",
            kind=AssignmentKind.TEMPORARY_PROMOTION,
        )
    assert not WorkItem.objects.exists()


def leave_position(scene: Scene, leaving: str) -> None:
    """The employee leaves today."""
    if leaving == "the Department":
        employee = Employee.objects.get(pk=scene.employee.pk)
        leave(employee, effective=TODAY)
        employee.save()
    else:
        place(scene.employee, make_position(make_organization()), effective=TODAY, area="")


def test_two_requests_on_one_position_do_not_undo_each_other(scene: Scene) -> None:
    about_band = under_review(scene)
    about_series = take_up(scene.file(issues=["series"]), actor=scene.actor("hr"), on=TODAY)
    change(about_band, scene)
    other = make_series(scene.full.cluster, "1801")
    decided = change(about_series, scene, series=other, band=None)
    assert decided.resulting is not None
    assert (decided.resulting.series, decided.resulting.band) == (other, scene.expert)


@pytest.mark.paragraph("9701.222(a)#2")
def test_a_former_position_is_not_taken_to_opm(scene: Scene) -> None:
    request = sustain(under_review(scene), scene)
    scene.employee.assignments.update(position=make_position(scene.office))
    with pytest.raises(Refused) as refused:
        take_to_opm(request, argument="No.", actor=scene.actor("employee"), on=TODAY)
    assert refused.value.code == "not_position_of_record"


def test_a_matter_with_opm_is_not_brought_there_twice(scene: Scene) -> None:
    request = sustain(under_review(scene), scene)
    other = scene.request_in(RequestState.UNDER_OPM_REVIEW)
    with pytest.raises(Refused) as refused:
        take_to_opm(request, argument="No.", actor=scene.actor("employee"), on=TODAY)
    assert refused.value.code == "duplicate_open"
    decide_at_opm(other, outcome="sustained", reason="Fits.", actor=scene.actor("opm"), on=TODAY)
    with pytest.raises(Refused) as refused:
        take_to_opm(request, argument="No.", actor=scene.actor("employee"), on=TODAY)
    assert refused.value.code == "final_decision"
