"""Filing a request, and what keeps one from being filed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection

from casework.models import Document, Entry, WorkItem
from casework.services.documents import Upload
from classification.services.classify import classify
from governance.services.directives import issue_directive
from reconsideration.models import Forum, RequestState
from regulation.refusals import Refused
from tests.factories import make_assignment, make_employee, make_position
from tests.reconsideration.conftest import TODAY, Scene

pytestmark = pytest.mark.django_db

PDF = Upload(name="duties.pdf", media_type="application/pdf", data=b"%PDF-1.7 duties")


def rows() -> dict[str, int]:
    """How many rows every table of the program has."""
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name.partition("_")[0]
            in ("accounts", "casework", "classification", "pay", "reconsideration", "workforce")
        ]
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            counts[table] = cursor.fetchone()[0]
    return counts


@pytest.mark.paragraph("9701.222(a)#1")
@pytest.mark.parametrize(
    ("to", "state", "role"),
    [
        (Forum.DHS, RequestState.FILED_DHS, "hr_specialist"),
        (Forum.OPM, RequestState.FILED_OPM, "opm_reviewer"),
    ],
)
def test_the_employee_files_with_dhs_or_at_once_with_opm(
    scene: Scene, to: Forum, state: str, role: str
) -> None:
    request = scene.file(to, documents=[PDF])
    assert (request.state, request.filed_on) == (state, TODAY)
    assert request.opm_filed_on == (TODAY if to == Forum.OPM else None)
    assert request.contested == scene.position.decisions.get()
    entry = Entry.objects.get(subject=request.subject)
    assert (entry.act, entry.actor, entry.to_state, entry.citation) == (
        "file", scene.user, state, "9701.222(a)",
    )  # fmt: skip
    assert WorkItem.objects.get(subject=request.subject, done_at=None).role == role
    assert Document.objects.get(subject=request.subject).name == "duties.pdf"


@pytest.mark.paragraph("9701.222(a)#1")
@pytest.mark.parametrize("on", [date(2000, 1, 3), date(2025, 3, 3), date(2060, 1, 1)])
def test_there_is_no_deadline_for_filing(scene: Scene, on: date) -> None:
    assert scene.file(on=on).filed_on == on


@pytest.mark.paragraph("9701.222(a)#2")
def test_a_temporary_promotion_does_not_change_the_position_of_record(scene: Scene) -> None:
    held = make_position(scene.office, series=scene.series, band=scene.expert)
    make_assignment(scene.employee, held, kind="temporary_promotion")
    assert scene.file().position == scene.position
    with pytest.raises(Refused) as refused:
        scene.file(issues=["series"], position=held)
    assert refused.value.code == "not_position_of_record"


def _of_another(scene: Scene) -> dict[str, Any]:
    return {"actor": scene.actor("hr")}


def _supervisor(scene: Scene) -> dict[str, Any]:
    return {"actor": scene.actor("nobody")}


def _former_position(scene: Scene) -> dict[str, Any]:
    return {"position": make_position(scene.office, series=scene.series, band=scene.full)}


def _not_covered(scene: Scene) -> dict[str, Any]:
    scene.employee.coverage_category = "elsewhere"
    scene.employee.save()
    return {}


def _no_longer_assigned(scene: Scene) -> dict[str, Any]:
    scene.employee.assignments.update(period=(date(2000, 1, 3), TODAY))
    return {}


def _unclassified(scene: Scene) -> dict[str, Any]:
    scene.employee.assignments.update(position=make_position(scene.office))
    return {}


def _already_open(scene: Scene) -> dict[str, Any]:
    scene.file(issues=["band", "series"])
    return {}


def _open_with_the_other(scene: Scene) -> dict[str, Any]:
    scene.file()
    return {"to": Forum.OPM}


def _decided_by_dhs(scene: Scene) -> dict[str, Any]:
    scene.request_in(RequestState.DHS_DECIDED)
    return {}


def _decided_by_opm(scene: Scene) -> dict[str, Any]:
    scene.request_in(RequestState.OPM_DECIDED)
    return {}


def _decided_by_opm_and_asking_opm(scene: Scene) -> dict[str, Any]:
    scene.request_in(RequestState.OPM_DECIDED)
    return {"to": Forum.OPM}


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        pytest.param(
            _of_another, "not_authorized", marks=pytest.mark.paragraph("9701.222(a)#1")
        ),
        pytest.param(
            _supervisor, "not_authorized", marks=pytest.mark.paragraph("9701.222(a)#1")
        ),
        pytest.param(
            lambda scene: {"issues": ["title"]}, "not_reviewable",
            marks=pytest.mark.paragraph("9701.222(a)#2"),
        ),
        pytest.param(
            lambda scene: {"issues": []}, "record_incomplete",
            marks=pytest.mark.paragraph("9701.222(a)#2"),
        ),
        pytest.param(
            _former_position, "not_position_of_record",
            marks=pytest.mark.paragraph("9701.222(a)#2"),
        ),
        pytest.param(
            _no_longer_assigned, "not_position_of_record",
            marks=pytest.mark.paragraph("9701.222(a)#2"),
        ),
        (_unclassified, "record_incomplete"),
        pytest.param(_not_covered, "not_covered", marks=pytest.mark.paragraph("9701.202(a)")),
        (_already_open, "duplicate_open"),
        (_open_with_the_other, "duplicate_open"),
        pytest.param(
            _decided_by_dhs, "final_decision", marks=pytest.mark.paragraph("9701.222(c)#2")
        ),
        pytest.param(
            _decided_by_opm, "final_decision", marks=pytest.mark.paragraph("9701.222(d)")
        ),
        pytest.param(
            _decided_by_opm_and_asking_opm, "final_decision",
            marks=pytest.mark.paragraph("9701.222(d)"),
        ),
        (
            lambda scene: {"documents": [Upload("a.exe", "application/x-dosexec", b"MZ")]},
            "file_refused",
        ),
        (
            lambda scene: {"documents": [PDF, Upload("b.pdf", "application/pdf", b"no pdf")]},
            "file_refused",
        ),
        (lambda scene: {"documents": [PDF] * 11}, "limit_exceeded"),
    ],
)  # fmt: skip
def test_a_refused_filing_leaves_no_row_anywhere(
    scene: Scene, prepare: Callable[[Scene], dict[str, Any]], code: str
) -> None:
    changes = prepare(scene)
    before = rows()
    with pytest.raises(Refused) as refused:
        scene.file(**changes)
    assert refused.value.code == code
    assert rows() == before


@pytest.mark.paragraph("9701.222(a)#1", "9701.222(c)#1")
def test_nobody_files_or_takes_to_opm_for_another_employee(scene: Scene) -> None:
    other = make_employee()
    for part in ("hr", "opm"):
        with pytest.raises(Refused) as refused:
            scene.file(actor=scene.actor(part))
        assert refused.value.code == "not_authorized"
    assert other.requests.count() == 0


def test_a_withdrawn_or_moot_request_stands_in_nobodys_way(scene: Scene) -> None:
    scene.request_in(RequestState.CANCELLED)
    scene.request_in(RequestState.MOOT)
    assert scene.file().state == RequestState.FILED_DHS


@pytest.mark.paragraph("9701.222(d)")
def test_a_newer_decision_opens_the_way_to_a_new_request(scene: Scene) -> None:
    scene.request_in(RequestState.OPM_DECIDED)
    newer = classify(
        scene.position,
        series=scene.series,
        band=scene.entry,
        effective=TODAY,
        decided_by=scene.actor("classifier"),
        reason="The duties changed.",
        on=TODAY,
    )
    assert scene.file().contested == newer


@pytest.mark.paragraph("9701.222(c)#1", "9701.203(a)#2")
def test_asking_opm_about_what_the_department_decided_takes_that_request_there(
    scene: Scene,
) -> None:
    decided = scene.request_in(RequestState.DHS_DECIDED)
    taken = scene.file(Forum.OPM, argument="Look again.")
    assert taken.pk == decided.pk
    assert (taken.state, taken.opm_argument) == (RequestState.FILED_OPM, "Look again.")


@pytest.mark.paragraph("9701.203(a)#2")
def test_no_directive_can_switch_the_way_to_opm_off(scene: Scene) -> None:
    with pytest.raises(Refused) as refused:
        issue_directive(
            number="D-2",
            title="No OPM",
            effective=TODAY,
            signed_by="S",
            values={"reconsideration.opm_route": False},
        )
    assert refused.value.code == "invalid_parameter"
    assert scene.file(Forum.OPM).state == RequestState.FILED_OPM
