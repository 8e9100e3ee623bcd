"""Systems, circumstances, appraisals, packets and equal opportunity, through their services."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import Role
from casework.actor import Actor
from casework.models import Entry, Notice, WorkItem
from governance.models import Directive
from governance.services.directives import coordinated_directive
from performance.models import (
    Appraisal,
    AppraisalState,
    Expectation,
    PacketDirection,
    Plan,
    RatingOfRecord,
)
from performance.packet_paper import packet_pdf
from performance.queries.circumstances import known_to_workforce
from performance.queries.published import RatingUse, rating_cited, rating_for
from performance.queries.rating_file import rating_file
from performance.queries.systems import system_of
from performance.rules.level_pattern import LevelShape
from performance.rules.system_content import PROCEDURES
from performance.services.appraisal_act import AppraisalContent
from performance.services.ask_for_appraisals import ask_for_appraisals
from performance.services.ask_for_transfers import ask_for_transfers
from performance.services.draft_content import DraftContent, PartContent
from performance.services.establish_system import (
    SystemContent,
    cover_group,
    establish_system,
)
from performance.services.expect_equal_opportunity import expect_of_new_supervisors
from performance.services.follow_system import follow_systems
from performance.services.give_appraisal import give_appraisal
from performance.services.prepare_appraisal import prepare_appraisal, write_appraisal
from performance.services.receive_packet import receive_packet
from performance.services.record_circumstance import record_circumstance
from performance.services.send_packet import send_packet
from performance.services.sign_appraisal import sign_appraisal
from performance.services.start_rating import start_rating
from performance.services.submit_rating import submit_rating
from performance.services.withdraw_expectation import withdraw_expectation
from regulation.refusals import Refused
from tests.factories import (
    grant_role,
    make_assignment,
    make_band,
    make_employee,
    make_organization,
    make_position,
    make_series,
    make_supervision,
    make_user,
)
from tests.performance.office import END, ISSUED, SUBMITTED, Office, make_office
from workforce.models import Supervision

pytestmark = pytest.mark.django_db

EARLY = date(2006, 9, 1)
TWO = (
    LevelShape("P", "Meets", fully_successful=True),
    LevelShape("U", "Unacceptable", unacceptable=True),
)
CONTENT = SystemContent(
    code="ED",
    title="Entry and developmental",
    starts=date(2006, 10, 1),
    levels=TWO,
    groups=[("entry_developmental", "")],
    procedures=dict.fromkeys(PROCEDURES, "IV.A"),
    special_rules={"detail": {"rater": "supervisor_of_record"}},
    appraisal_purposes=["detail"],
)


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def designee() -> Actor:
    user = make_user()
    grant_role(user, Role.DESIGNEE)
    return Actor(user=user)


def directive() -> Directive:
    return Directive.objects.earliest("pk")


def refused(code: str, act: Any) -> Refused:
    with pytest.raises(Refused) as caught:
        act()
    assert caught.value.code == code
    return caught.value


def put_in_band(office: Office, level: str, *, starts: date = date(2000, 1, 3)) -> None:
    """The employee's position of record gets a band of that level from a date on."""
    held = office.employee.assignments.get(period__endswith=None)
    if starts > held.period.lower:
        held.period = (held.period.lower, starts)
        held.save()
    else:
        held.delete()
    band = make_band(f"B-{level[:6]}", minimum=30_000, maximum=60_000, level=level, rank=len(level))
    position = make_position(
        held.position.organization, series=make_series(band.cluster), band=band
    )
    make_assignment(office.employee, position, starts=starts)


@pytest.mark.paragraph("9701.405(a)", "9701.405(b)(1)", "9701.405(b)(5)", "9701.409(a)(3)")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"groups": []}, "coverage_unspecified"),
        ({"procedures": {}}, "procedure_missing"),
        ({"levels": TWO[:1]}, "levels_invalid"),
        ({"groups": [("full_performance", "")]}, "two_level_needs_determination"),
        ({"groups": [("", "")]}, "two_level_needs_determination"),
        (
            {
                "groups": [("full_performance", "")],
                "determination": "War",
                "determined_by": "component_head",
            },
            "two_level_needs_determination",
        ),
        ({"starts": date(2006, 8, 31)}, "retroactive"),
        ({"starts": date(1999, 10, 1)}, "directive_required"),
        ({"code": "DHS"}, "already_done"),
    ],
)
def test_a_system_is_refused_that_does_not_say_what_it_must(
    office: Office, designee: Actor, change: dict[str, Any], code: str
) -> None:
    content = replace(CONTENT, **change)
    refused(
        code, lambda: establish_system(content, directive=directive(), actor=designee, on=EARLY)
    )


@pytest.mark.paragraph("9701.405(a)", "9701.409(a)(3)")
def test_the_designee_alone_establishes_and_a_determination_opens_two_levels(
    office: Office, designee: Actor
) -> None:
    refused(
        "permission_denied",
        lambda: establish_system(
            CONTENT, directive=directive(), actor=office.actor("hr"), on=EARLY
        ),
    )
    refused(
        "directive_required",
        lambda: establish_system(CONTENT, directive=None, actor=designee, on=EARLY),
    )
    content = replace(
        CONTENT,
        groups=[("full_performance", "")],
        determination="War",
        determined_by="under_secretary",
    )
    system = establish_system(content, directive=directive(), actor=designee, on=EARLY)
    entry = Entry.objects.get(subject=f"system:{system.pk}")
    assert (entry.act, entry.actor) == ("establish_system", designee.user)


@pytest.mark.paragraph("9701.405(b)(1)")
def test_a_group_that_would_leave_somebody_in_two_systems_is_refused(
    office: Office, designee: Actor
) -> None:
    system = establish_system(CONTENT, directive=directive(), actor=designee, on=EARLY)
    given: dict[str, Any] = {"actor": designee, "on": EARLY, "starts": date(2006, 10, 1)}
    refused(
        "two_level_needs_determination",
        lambda: cover_group(system, band_level="", category="x", reason="Pilot", **given),
    )
    refused(
        "reason_required",
        lambda: cover_group(
            system, band_level="entry_developmental", category="x", reason=" ", **given
        ),
    )
    refused(
        "system_conflict",
        lambda: cover_group(
            office.cycle.system, band_level="", category="x", reason="Pilot", **given
        ),
    )


@pytest.mark.paragraph("9701.409(a)(2)", "9701.405(b)(1)")
def test_an_entry_developmental_employee_is_rated_on_two_levels_end_to_end(
    office: Office, designee: Actor
) -> None:
    system = establish_system(CONTENT, directive=directive(), actor=designee, on=EARLY)
    put_in_band(office, "entry_developmental")
    rating = office.start()
    assert rating.cycle.system == system
    assert rating.cycle.ends == office.cycle.ends
    assert Plan.objects.get(pk=office.plan.pk).cycle == rating.cycle
    file = rating_file(rating, on=SUBMITTED)
    assert [level.title for level in file.levels] == ["Meets", "Unacceptable"]

    parts = {row.pk: PartContent(level="P", basis="Done") for row in file.expectations}
    four = replace(office.content())
    refused("level_not_in_system", lambda: office.submit(rating, content=four))
    content = DraftContent(level="P", narrative="Learns fast.", parts=parts)
    rating = office.issue(office.approve(office.submit(rating, content=content)))
    published = rating_for(office.employee, RatingUse.PERFORMANCE_PAY, ISSUED)
    assert published is not None
    assert (published.rating_id, published.level_code) == (rating.pk, "P")


@pytest.mark.paragraph("9701.405(b)(1)")
@pytest.mark.parametrize(("starts", "code"), [(END, "ED"), (END + timedelta(days=1), "DHS")])
def test_a_band_change_on_the_last_day_counts_and_one_after_it_does_not(
    office: Office, designee: Actor, starts: date, code: str
) -> None:
    establish_system(CONTENT, directive=directive(), actor=designee, on=EARLY)
    rating = office.start()
    assert rating.cycle.system.code == "DHS"
    put_in_band(office, "entry_developmental", starts=starts)
    on = END + timedelta(days=2)
    follow_systems(on)
    rating = RatingOfRecord.objects.select_related("cycle__system").get(pk=rating.pk)
    assert rating.cycle.system.code == code
    assert system_of(office.employee, cycle=office.cycle, on=on).code == code
    assert follow_systems(on) == 0


@pytest.mark.paragraph("9701.405(b)(5)")
def test_a_change_of_the_scoring_applies_from_the_next_period(office: Office) -> None:
    points = {"AE": 9, "EE": 8, "ME": 7, "U": 1}
    rating = office.start()
    before = rating_file(rating, on=SUBMITTED).scoring["points"]
    coordinated_directive(
        number="D-9",
        title="Points",
        effective=office.cycle.starts + timedelta(days=30),
        signed_by="The Secretary",
        values={"points": points},
    )
    assert rating_file(rating, on=SUBMITTED).scoring["points"] == before
    cycle = office.cycle
    cycle.starts = cycle.starts + timedelta(days=30)
    cycle.save()
    rating = RatingOfRecord.objects.get(pk=rating.pk)
    assert rating_file(rating, on=SUBMITTED).scoring["points"] == points


APPRAISED = AppraisalContent(
    purpose="departing_supervisor",
    covers_from=date(2006, 10, 16),
    covers_to=date(2007, 2, 28),
    progress="Steady.",
)
MARCH = date(2007, 3, 2)


def change_supervisor(office: Office, *, on: date = date(2007, 3, 1)) -> Any:
    row = Supervision.objects.get(employee=office.employee)
    row.period = (row.period.lower, on)
    row.save()
    successor = make_employee("Okafor")
    make_supervision(successor, office.employee, starts=on)
    return successor


def recorded(office: Office, **fields: Any) -> Any:
    given: dict[str, Any] = {
        "kind": "change_of_supervisor",
        "starts": date(2007, 3, 1),
        "ends": None,
        "note": "",
        "actor": office.actor("hr"),
        "on": MARCH,
        **fields,
    }
    return record_circumstance(office.employee, **given)


@pytest.mark.paragraph("9701.405(b)(6)", "9701.409(h)")
def test_a_departing_supervisor_owes_an_appraisal_which_reaches_the_rating_as_evidence(
    office: Office,
) -> None:
    successor = change_supervisor(office)
    (known,) = known_to_workforce(office.employee, on=MARCH)
    assert (known.kind, known.starts) == ("change_of_supervisor", date(2007, 3, 1))
    row = recorded(office)
    assert (row.rated_by, row.appraised_by) == (successor, office.supervisor)
    item = WorkItem.objects.get(kind="prepare_appraisal", done_at=None)
    assert item.user == office.user("supervisor")
    assert item.url.endswith(f"?circumstance={row.pk}")
    assert known_to_workforce(office.employee, on=MARCH) == []

    made = prepare_appraisal(
        office.plan,
        content=replace(APPRAISED, items={office.expectations[0].pk: ("EE", "Good")}),
        actor=office.actor("supervisor"),
        on=MARCH,
        circumstance=row,
    )
    given: dict[str, Any] = {"actor": office.actor("supervisor"), "on": MARCH}
    made = sign_appraisal(made, version=made.version, **given)
    made = give_appraisal(made, version=made.version, **given)
    assert made.state == AppraisalState.GIVEN
    assert not WorkItem.objects.filter(kind="prepare_appraisal", done_at=None).exists()
    assert "not a rating of record" in Notice.objects.latest("pk").body
    assert "Steady" not in Notice.objects.latest("pk").body

    assert rating_for(office.employee, RatingUse.AWARD, ISSUED) is None
    refusal = refused(
        "not_a_rating_of_record", lambda: rating_cited(made.subject, office.employee, on=ISSUED)
    )
    assert f"appraisal:{made.pk}" in refusal.message
    rating = start_rating(
        office.employee,
        cycle=office.cycle,
        actor=Actor(user=successor.user),
        on=SUBMITTED,
    )
    (evidence,) = [
        each
        for each in rating_file(rating, on=SUBMITTED).evidence
        if each.kind.startswith("Appraisal")
    ]
    assert (evidence.text, evidence.about) == (
        "Steady.",
        ("Cases: Exceeded Expectations suggested",),
    )


@pytest.mark.paragraph("9701.405(b)(6)", "9701.409(h)")
def test_an_appraisal_comes_to_be_owed_when_the_minimum_period_is_served(office: Office) -> None:
    change_supervisor(office, on=date(2006, 12, 1))
    row = recorded(office, starts=date(2006, 12, 1), on=date(2006, 12, 4))
    assert not row.appraisal_owed
    # Told on 16 October: day 90 is 13 January.
    assert ask_for_appraisals(date(2007, 1, 13)) == 0
    assert ask_for_appraisals(date(2007, 1, 14)) == 1
    assert ask_for_appraisals(date(2007, 1, 15)) == 0
    assert WorkItem.objects.filter(kind="prepare_appraisal", done_at=None).count() == 1


@pytest.mark.paragraph("9701.405(b)(6)")
def test_a_circumstance_is_hr_s_and_needs_a_rule_and_a_period(office: Office) -> None:
    refused("permission_denied", lambda: recorded(office, actor=office.actor("supervisor")))
    refused("invalid_range", lambda: recorded(office, ends=date(2007, 2, 1)))
    refused("outside_period", lambda: recorded(office, starts=date(1999, 1, 1)))
    refused("self_rating", lambda: recorded(office, appraiser=office.employee))
    system = office.cycle.system
    system.special_rules = {}
    system.save()
    refused("special_rule_missing", lambda: recorded(office))


@pytest.mark.paragraph("9701.409(h)")
@pytest.mark.parametrize(
    ("who", "on", "change", "code"),
    [
        ("reviewer", MARCH, {}, "not_rating_official"),
        ("employee", MARCH, {}, "own_record"),
        ("supervisor", date(2007, 1, 13), {"covers_to": date(2007, 1, 12)}, "min_period_not_met"),
        ("supervisor", MARCH, {"purpose": "award"}, "purpose_not_listed"),
        ("supervisor", MARCH, {"covers_to": date(2007, 3, 3)}, "future_date"),
    ],
)
def test_an_appraisal_is_refused(
    office: Office, who: str, on: date, change: dict[str, Any], code: str
) -> None:
    refused(
        code,
        lambda: prepare_appraisal(
            office.plan, content=replace(APPRAISED, **change), actor=office.actor(who), on=on
        ),
    )


@pytest.mark.paragraph("9701.409(h)")
def test_a_new_supervisor_appraises_after_a_few_days_once_90_are_served(office: Office) -> None:
    successor = change_supervisor(office)
    made = prepare_appraisal(
        office.plan, content=APPRAISED, actor=Actor(user=successor.user), on=MARCH
    )
    assert made.prepared_by == successor


ACTS: dict[str, Any] = {
    "write": lambda made, **how: write_appraisal(made, content=APPRAISED, **how),
    "sign": sign_appraisal,
    "give": give_appraisal,
}
AFTER = {("draft", "write"): "draft", ("draft", "sign"): "signed", ("signed", "give"): "given"}


@pytest.mark.paragraph("9701.409(h)")
@pytest.mark.parametrize("state", list(AppraisalState.values))
@pytest.mark.parametrize("act", sorted(ACTS))
def test_the_life_of_an_appraisal(office: Office, state: str, act: str) -> None:
    made = Appraisal.objects.create(
        employee=office.employee,
        plan=office.plan,
        state=state,
        purpose="detail",
        prepared_by=office.supervisor,
        covers_from=date(2007, 1, 2),
        covers_to=date(2007, 2, 2),
        progress="Steady.",
    )
    how: dict[str, Any] = {"on": MARCH, "version": made.version}
    for who, code in (("employee", "own_record"), ("hr", "not_rating_official")):
        refused(code, lambda who=who: ACTS[act](made, actor=office.actor(who), **how))
    how["actor"] = office.actor("supervisor")
    refused("stale_form", lambda: ACTS[act](made, **{**how, "version": made.version + 1}))
    if (state, act) in AFTER:
        assert ACTS[act](made, **how).state == AFTER[state, act]
    else:
        refused("invalid_transition", lambda: ACTS[act](made, **how))
        assert Appraisal.objects.get(pk=made.pk).state == state


@pytest.mark.paragraph("9701.409(e)", "9701.410(a)")
def test_ratings_travel_signed_with_their_pattern_and_come_in_read_only(office: Office) -> None:
    rating = office.issued()
    hr = office.actor("hr")
    sent = send_packet(office.employee, receiver="Treasury", actor=hr, on=ISSUED)
    (row,) = sent.content["ratings"]
    assert row["document"] == rating.subject
    assert "9701.409(e)" in row["line"]
    assert [each["code"] for each in sent.content["systems"]["DHS"]["levels"]] == [
        "AE",
        "EE",
        "ME",
        "U",
    ]
    envelope = {"packet": sent.content, "digest": sent.digest, "signature": sent.signature}
    data = json.dumps(envelope).encode()
    came = receive_packet(office.employee, data=data, actor=hr, on=ISSUED)
    assert (came.direction, came.content) == (PacketDirection.IN, sent.content)
    assert RatingOfRecord.objects.filter(employee=office.employee).count() == 1

    refused("already_done", lambda: receive_packet(office.employee, data=data, actor=hr, on=ISSUED))
    refused(
        "permission_denied",
        lambda: receive_packet(
            office.employee, data=data, actor=office.actor("supervisor"), on=ISSUED
        ),
    )
    forged = json.dumps({**envelope, "signature": "x"}).encode()
    refused(
        "packet_tampered",
        lambda: receive_packet(office.employee, data=forged, actor=hr, on=ISSUED),
    )
    other = make_employee("Okoye", given_name="Ana")
    make_assignment(other, office.employee.assignments.get().position)
    refused(
        "packet_of_another_person",
        lambda: receive_packet(other, data=data, actor=hr, on=ISSUED),
    )
    changed = json.loads(data)
    changed["packet"]["ratings"][0]["level"] = "AE"
    refused(
        "packet_tampered",
        lambda: receive_packet(
            office.employee, data=json.dumps(changed).encode(), actor=hr, on=ISSUED
        ),
    )


@pytest.mark.paragraph("9701.410(a)")
def test_the_paper_is_a_tagged_pdf_that_takes_names_as_text(office: Office) -> None:
    office.employee.family_name = 'Diaz #panic("markup") $x'
    office.employee.save()
    office.issued()
    sent = send_packet(office.employee, receiver="T", actor=office.actor("hr"), on=ISSUED)
    paper = packet_pdf(sent)
    assert paper.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in paper


@pytest.mark.paragraph("9701.410(a)")
def test_a_move_to_another_organization_asks_for_the_ratings_until_they_are_sent(
    office: Office,
) -> None:
    office.issued()
    moved = date(2007, 11, 1)
    held = office.employee.assignments.get()
    held.period = (held.period.lower, moved)
    held.save()
    there = make_organization()
    make_assignment(office.employee, make_position(there), starts=moved)
    assert ask_for_transfers(moved - timedelta(days=1)) == 0
    assert ask_for_transfers(moved) == 1
    item = WorkItem.objects.get(kind="ratings_not_transferred", done_at=None)
    assert (item.role, item.organization, item.url) == (
        Role.HR_SPECIALIST,
        there,
        reverse("performance:packets", args=[office.employee.pk]),
    )
    gaining = make_user()
    grant_role(gaining, Role.HR_SPECIALIST, organization=there)
    send_packet(office.employee, receiver="Here", actor=Actor(user=gaining), on=moved)
    assert not WorkItem.objects.filter(kind="ratings_not_transferred", done_at=None).exists()
    assert ask_for_transfers(moved + timedelta(days=1)) == 0


@pytest.mark.paragraph("9701.410(d)")
def test_who_begins_to_supervise_has_equal_opportunity_on_the_plan_and_is_rated_on_it(
    office: Office,
) -> None:
    make_supervision(office.employee, make_employee("Young"), starts=date(2007, 6, 1))
    assert expect_of_new_supervisors(date(2007, 6, 2)) == 1
    assert expect_of_new_supervisors(date(2007, 6, 3)) == 0
    item = Expectation.objects.get(plan=office.plan, competency="equal_opportunity")
    assert Notice.objects.filter(recipient=office.user("employee"), citation="9701.410(d)").exists()
    refused(
        "expectation_fixed",
        lambda: withdraw_expectation(
            office.plan,
            expectation=item.pk,
            reason="No",
            actor=office.actor("supervisor"),
            on=date(2007, 6, 4),
        ),
    )
    rating = office.start()
    levels = "AE EE ME EE ME ME EE EE ME ME"
    content = office.content(levels)
    how: dict[str, Any] = {
        "actor": office.actor("supervisor"),
        "on": SUBMITTED,
        "version": rating.version,
    }
    unrated = {
        **content.parts,
        item.pk: PartContent(not_assessed_reason="Too short"),
    }
    refused(
        "eeo_not_assessed",
        lambda: submit_rating(rating, content=replace(content, parts=unrated), **how),
    )
    assert submit_rating(rating, content=content, **how).state == "submitted"
