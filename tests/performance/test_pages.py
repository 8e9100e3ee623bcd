"""The pages of ratings, as a browser sends and gets them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import ReadLog, Role, User
from casework.models import Document
from performance.models import InterimReview, Plan, RatingElement, RatingOfRecord
from performance.queries.team import team_rows
from performance.services.name_officials import name_officials
from performance.services.save_draft import save_draft
from regulation.clock import at_noon, use_clock
from tests.factories import grant_role, make_employee, make_supervision
from tests.performance.office import END, ISSUED, TOLD, Office, make_office, put_in_team
from workforce.models import Absence, Employee, Supervision

pytestmark = pytest.mark.django_db

TODAY = date(2007, 10, 2)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with use_clock(at_noon(TODAY)):
        yield


@pytest.fixture
def office() -> Office:
    return make_office()


#: One handler for every client: loading the middleware anew takes longer than a page.
HANDLER = Client().handler


def browser(user: User | None) -> Client:
    client = Client()
    client.handler = HANDLER
    assert user is not None
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def get(user: User | None, name: str, *args: int, **query: Any) -> HttpResponse:
    response: HttpResponse = browser(user).get(reverse(f"performance:{name}", args=args), query)  # type: ignore[assignment]
    return response


def post(user: User | None, name: str, *args: int, **data: Any) -> HttpResponse:
    body = {"form_key": str(uuid4()), **data}
    response: HttpResponse = browser(user).post(reverse(f"performance:{name}", args=args), body)  # type: ignore[assignment]
    return response


def text(response: HttpResponse) -> str:
    return response.content.decode()


def form(office: Office, rating: RatingOfRecord, **fields: Any) -> dict[str, Any]:
    """The whole form as the page of a draft sends it."""
    data: dict[str, Any] = {
        "version": RatingOfRecord.objects.get(pk=rating.pk).version,
        "level": "EE",
        "narrative": "A good year.",
    }
    for pk, part in office.content().parts.items():
        data[f"part-{pk}-level"] = part.level
        data[f"part-{pk}-basis"] = part.basis
        data[f"part-{pk}-not_assessed_reason"] = ""
        data[f"part-{pk}-work_dated"] = ""
    return {**data, **fields}


def test_a_rating_goes_from_my_team_to_the_employee_through_the_pages(office: Office) -> None:
    supervisor, reviewer = office.user("supervisor"), office.user("reviewer")
    page = text(get(supervisor, "team"))
    assert "Ana Diaz" in page
    assert "350 of 90" in page
    started = post(supervisor, "start", office.employee.pk, cycle=office.cycle.pk)
    rating = RatingOfRecord.objects.get()
    assert started["Location"] == reverse("performance:rate", args=[rating.pk])
    assert "Statement of Cases" in text(get(supervisor, "rate", rating.pk))

    sent = post(supervisor, "rate", rating.pk, **form(office, rating, do="send"))
    assert sent.status_code == 302
    assert "Ana Diaz" in text(get(reviewer, "review_queue"))
    assert "Basis of Cases" in text(get(reviewer, "review", rating.pk))

    version = RatingOfRecord.objects.get().version
    post(reviewer, "review", rating.pk, do="approve", version=version)
    version = RatingOfRecord.objects.get().version
    assert get(supervisor, "issue", rating.pk).status_code == 200
    post(supervisor, "issue", rating.pk, delivery="In person, with a copy", version=version)

    page = text(get(office.user("employee"), "rating", rating.pk))
    assert "Signing acknowledges receipt only" in page
    assert "Exceeded Expectations" in page
    post(office.user("employee"), "acknowledge", rating.pk)
    rating = RatingOfRecord.objects.get()
    assert (rating.state, rating.acknowledgement) == ("issued", "acknowledged")
    assert "Exceeded Expectations" in text(get(office.user("employee"), "mine"))


def test_the_same_form_sent_twice_acts_once(office: Office) -> None:
    supervisor = office.user("supervisor")
    key = str(uuid4())
    for _ in range(2):
        answer = post(supervisor, "start", office.employee.pk, cycle=office.cycle.pk, form_key=key)
        assert answer.status_code == 302
    assert RatingOfRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"narrative": ""}, 422, "Still missing: the narrative"),
        ({"level": "U"}, 422, "Summary Unacceptable needs at least one expectation not met"),
        ({"level": "MS"}, 422, "is no level"),
        ({"level": "AE"}, 422, "the parts propose Exceeded Expectations"),
        ({"version": "x"}, 422, "Enter a whole number"),
        ({"version": ""}, 422, "This field is required"),
        ({"evidence_dated": "31/31"}, 422, "Enter a valid date"),
    ],
)
def test_a_refused_form_says_why_and_keeps_what_was_typed(
    office: Office, fields: dict[str, Any], status: int, said: str
) -> None:
    rating = office.start()
    data = form(office, rating, do="send", **fields)
    answer = post(office.user("supervisor"), "rate", rating.pk, **data)
    assert answer.status_code == status
    assert said in text(answer)
    if "valid date" not in said and "Null" not in said and "version" not in fields:
        assert "Basis of Partners" in text(answer)
    assert RatingOfRecord.objects.get().state == "draft"
    assert not RatingElement.objects.exists()


def test_a_stale_form_shows_both_versions_and_overwrites_nothing(office: Office) -> None:
    rating = office.start()
    save_draft(
        rating,
        content=office.content(narrative="Written in the other window"),
        actor=office.actor("supervisor"),
        on=TODAY,
        version=1,
    )
    data = form(office, rating, do="send", version=1, narrative="Written in this window")
    answer = post(office.user("supervisor"), "rate", rating.pk, **data)
    assert answer.status_code == 409
    assert "Written in the other window" in text(answer)
    assert "Written in this window" in text(answer)
    assert RatingOfRecord.objects.get().narrative == "Written in the other window"


def test_a_draft_saves_itself_and_answers_with_its_new_version(office: Office) -> None:
    rating = office.start()
    data = form(office, rating, narrative="Half a sent")
    answer = post(office.user("supervisor"), "autosave", rating.pk, **data)
    assert (answer.status_code, answer["X-Version"]) == (200, "2")
    assert "Saved at" in text(answer)
    assert RatingOfRecord.objects.get().narrative == "Half a sent"
    stale = post(office.user("supervisor"), "autosave", rating.pk, **{**data, "narrative": "New"})
    assert stale.status_code == 409
    assert "X-Version" not in stale
    assert "Half a sent" in text(stale)
    assert "New" in text(stale)


def test_a_script_without_a_session_is_told_so_and_not_led_to_the_log_in(office: Office) -> None:
    rating = office.start()
    answer = Client().post(
        reverse("performance:autosave", args=[rating.pk]),
        form(office, rating),
        headers={"HX-Request": "true"},
    )
    assert answer.status_code == 401


def test_the_sum_is_greyed_where_one_failure_decides(office: Office) -> None:
    rating = office.start()
    save_draft(
        rating,
        content=office.content("AE EE ME EE ME U EE EE ME"),
        actor=office.actor("supervisor"),
        on=TODAY,
        version=1,
    )
    page = text(get(office.user("supervisor"), "score", rating.pk))
    assert "is-decided" in page
    assert "3.85" in page
    assert "illustrative value, not from the directive" in page


def test_the_worked_example_is_shown_with_its_arithmetic(office: Office) -> None:
    rating = office.start()
    save_draft(
        rating,
        content=office.content(),
        actor=office.actor("supervisor"),
        on=TODAY,
        version=1,
    )
    page = text(get(office.user("supervisor"), "rate", rating.pk))
    for figure in ("4.30", "3.50", "3.98", "60%", "40%"):
        assert figure in page
    assert "is-decided" not in page


def visible(office: Office, rating: RatingOfRecord) -> dict[str, int]:
    """The status of the rating's page for everybody."""
    line, auditor, stranger = make_employee(), make_employee(), make_employee()
    make_supervision(line, office.reviewer)
    assert auditor.user is not None
    grant_role(auditor.user, Role.AUDITOR)
    users = {
        "employee": office.user("employee"),
        "supervisor": office.user("supervisor"),
        "reviewer": office.user("reviewer"),
        "hr": office.hr,
        "line": line.user,
        "auditor": auditor.user,
        "stranger": stranger.user,
    }
    return {name: get(user, "rating", rating.pk).status_code for name, user in users.items()}


def test_a_draft_is_the_rating_officials_alone_and_hr_reads_it_on_the_record(
    office: Office,
) -> None:
    assert visible(office, office.start()) == {
        "employee": 403,
        "supervisor": 200,
        "reviewer": 403,
        "hr": 200,
        "line": 403,
        "auditor": 403,
        "stranger": 403,
    }
    assert ReadLog.objects.filter(user=office.hr, subject=f"employee:{office.employee.pk}").exists()


def test_a_rating_that_was_sent_is_open_to_its_reviewing_official_too(office: Office) -> None:
    found = visible(office, office.submit(office.start(), on=TODAY))
    assert [name for name, status in found.items() if status == 200] == [
        "supervisor",
        "reviewer",
        "hr",
    ]


def test_an_issued_rating_is_open_to_the_employee_the_line_hr_and_auditors(
    office: Office,
) -> None:
    found = visible(office, office.issued())
    assert [name for name, status in found.items() if status == 403] == ["stranger"]


def test_hr_of_another_organization_does_not_read_it(office: Office) -> None:
    from tests.factories import make_organization

    other = make_employee().user
    assert other is not None
    grant_role(other, Role.HR_SPECIALIST, organization=make_organization())
    assert get(other, "rating", office.start().pk).status_code == 403


WRITERS = {
    "start": "supervisor",
    "additional": "supervisor",
    "rate": "supervisor",
    "autosave": "supervisor",
    "score": "supervisor",
    "review": "reviewer",
    "issue": "supervisor",
    "acknowledge": "employee",
    "refusal": "supervisor",
    "officials": "hr",
    "interim_exception": "hr",
}


@pytest.mark.paragraph("9701.405(c)(1)")
@pytest.mark.parametrize("name", sorted(WRITERS))
def test_nobody_else_opens_or_sends_the_form_of_an_act(office: Office, name: str) -> None:
    rating = office.start()
    key = office.employee.pk if name in ("start", "additional") else rating.pk
    stranger = make_employee()
    other_supervisor = make_employee()
    make_supervision(other_supervisor, stranger)
    others: dict[str, User | None] = {
        who: office.user(who) for who in ("employee", "supervisor", "reviewer", "hr")
    }
    others |= {"stranger": stranger.user, "other supervisor": other_supervisor.user}
    for who, user in others.items():
        if who == WRITERS[name]:
            continue
        if name != "score":
            assert post(user, name, key, version=1, do="approve").status_code == 403, who
        if name not in ("start", "autosave", "acknowledge"):
            assert get(user, name, key).status_code == 403, who
    assert RatingOfRecord.objects.get().version == 1


def test_the_reviewing_official_of_one_rating_does_not_act_on_another_of_the_person(
    office: Office,
) -> None:
    first = office.issued()
    second = RatingOfRecord.objects.create(
        employee=office.employee,
        cycle=office.cycle,
        kind="additional",
        state="submitted",
        rater=office.supervisor,
        reviewer=make_employee(),
        level=first.level,
    )
    answer = post(office.user("reviewer"), "review", second.pk, do="approve", version=1)
    assert answer.status_code == 403
    assert RatingOfRecord.objects.get(pk=second.pk).state == "submitted"


def test_hidden_fields_of_another_persons_plan_are_refused(office: Office) -> None:
    other = make_employee()
    foreign = put_in_team(other, supervisor=office.supervisor, cycle=office.cycle)
    pk = foreign.expectations.first()
    assert pk is not None
    rating = office.start()
    data = form(office, rating, do="save", **{f"part-{pk.pk}-level": "AE"})
    answer = post(office.user("supervisor"), "rate", rating.pk, **data)
    assert answer.status_code == 422
    assert "was not communicated" in text(answer)
    assert not RatingElement.objects.exists()


@pytest.mark.parametrize("field", ["state", "rater", "employee", "issued_on", "quota", "kind"])
def test_fields_that_no_form_has_change_nothing(office: Office, field: str) -> None:
    rating = office.start()
    before = RatingOfRecord.objects.values("state", "rater", "employee", "issued_on", "kind").get()
    data = form(office, rating, do="save", **{field: "1"})
    assert post(office.user("supervisor"), "rate", rating.pk, **data).status_code == 302
    after = RatingOfRecord.objects.values("state", "rater", "employee", "issued_on", "kind").get()
    assert after == before


def test_an_issued_rating_cannot_be_edited_and_says_when_it_was_issued(office: Office) -> None:
    rating = office.issued()
    answer = post(office.user("supervisor"), "rate", rating.pk, **form(office, rating, do="save"))
    assert answer.status_code == 409
    assert "Issued 2007-10-01; it cannot be edited." in text(answer)
    assert get(office.user("supervisor"), "rate", rating.pk).status_code == 302


def test_issuing_before_both_signed_is_refused_on_the_page(office: Office) -> None:
    rating = office.start()
    answer = post(office.user("supervisor"), "issue", rating.pk, delivery="In person", version=1)
    assert answer.status_code == 422
    assert "Missing: signature of the rating official" in text(answer)


def test_a_return_that_names_a_number_comes_back_with_the_text(office: Office) -> None:
    rating = office.submit(office.start(), on=TODAY)
    answer = post(
        office.user("reviewer"),
        "review",
        rating.pk,
        do="return",
        reason="other",
        text="only two AE allowed",
        version=rating.version,
    )
    assert answer.status_code == 422
    assert "Ratings may not be changed to meet a number or percentage" in text(answer)
    assert "only two AE allowed" in text(answer)


@pytest.mark.paragraph("9701.409(d)")
def test_no_field_for_a_quota_exists_on_any_form_or_model(office: Office) -> None:
    rating = office.submit(office.start(), on=TODAY)
    for user, name in (("supervisor", "rate"), ("reviewer", "review")):
        page = text(get(office.user(user), name, rating.pk)).lower()
        assert "quota" not in page
        assert "distribution" not in page
    fields = {
        field.name
        for model in RatingOfRecord._meta.apps.get_app_config("performance").get_models()
        for field in model._meta.get_fields()
    }
    assert not [name for name in fields if any(w in name for w in ("quota", "cap", "limit"))]


def test_hr_names_a_reviewing_official_by_number(office: Office) -> None:
    rating = office.start()
    other = make_employee()
    data = {"rater": office.supervisor.number, "reason": "Moved", "version": 1}
    page = post(office.hr, "officials", rating.pk, **data, reviewer="none such")
    assert page.status_code == 422
    assert "There is no employee with the number" in text(page)
    post(office.hr, "officials", rating.pk, **data, reviewer=other.number)
    assert RatingOfRecord.objects.get().reviewer == other


def test_an_additional_rating_is_begun_on_its_page(office: Office) -> None:
    office.issued()
    supervisor = office.user("supervisor")
    assert "Standing rating" in text(get(supervisor, "additional", office.employee.pk))
    data = {"purpose": "substantial_change", "change_described": "The port was lost."}
    refused = post(
        supervisor, "additional", office.employee.pk, **data, evidence_dated=ISSUED.isoformat()
    )
    assert refused.status_code == 422
    assert "Describe the change since 2007-10-01" in text(refused)
    assert "The port was lost." in text(refused)
    begun = post(supervisor, "additional", office.employee.pk, **data, evidence_dated="2007-10-02")
    assert begun.status_code == 302
    assert RatingOfRecord.objects.filter(kind="additional").count() == 1


def test_a_person_without_an_employee_record_has_no_team(office: Office) -> None:
    from tests.factories import make_user

    assert get(make_user(), "team").status_code == 403


def grow(office: Office, size: int) -> None:
    """People in the team, some with absences and ratings."""
    for _ in range(size):
        person = make_employee()
        put_in_team(person, supervisor=office.supervisor, cycle=office.cycle)
        Absence.objects.create(
            employee=person,
            kind="leave_without_pay",
            period=(date(2007, 3, 1), date(2007, 3, 9)),
        )
        Office.start(Office(**{**vars(office), "employee": person}))


def test_my_team_asks_the_same_few_queries_whatever_its_size(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    from performance.queries.team import cycle_shown, cycles, team_rows

    def page() -> int:
        known = cycles()
        cycle = cycle_shown(known, chosen="", on=TODAY)
        assert cycle is not None
        return len(team_rows(office.supervisor, cycle=cycle, on=TODAY))

    grow(office, 2)
    with django_assert_max_num_queries(6):
        assert page() == 3
    grow(office, 12)
    with django_assert_max_num_queries(6):
        assert page() == 15


def test_the_whole_page_of_a_large_team_asks_no_more_than_that_of_a_small_one(
    office: Office, django_assert_num_queries: Any
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browser(office.user("supervisor"))
    client.get(reverse("performance:team"))
    with CaptureQueriesContext(connection) as small:
        client.get(reverse("performance:team"))
    grow(office, 10)
    with django_assert_num_queries(len(small)):
        client.get(reverse("performance:team"))


def test_the_team_shows_the_period_that_was_chosen(office: Office) -> None:
    from performance.services.cycles import ensure_cycle

    following = ensure_cycle(date(2008, 9, 30))
    page = text(get(office.user("supervisor"), "team", cycle=following.pk))
    assert "Not communicated" in page
    assert "Not ratable" not in page


def test_one_who_moved_away_stays_listed_while_a_rating_is_owed(office: Office) -> None:
    office.start()
    Supervision.objects.filter(employee=office.employee).update(
        period=(date(2000, 1, 3), date(2007, 10, 1))
    )
    assert "Ana Diaz" in text(get(office.user("supervisor"), "team"))
    assert Employee.objects.filter(supervises__employee=office.employee).exists()


def form_of(office: Office, rating: RatingOfRecord, **fields: str) -> dict[str, str]:
    """The whole form of a rating, ready to be sent."""
    data = {"version": str(rating.version), "level": "EE", "narrative": "A good year."}
    for pk, part in office.content().parts.items():
        data |= {f"part-{pk}-level": part.level, f"part-{pk}-basis": part.basis}
    return {**data, **fields}


def test_sending_goes_on_to_the_next_person_whose_form_is_begun_by_it(office: Office) -> None:
    other = make_employee("Zimmer", given_name="Uwe")
    put_in_team(other, supervisor=office.supervisor, cycle=office.cycle)
    rating = office.start(on=TODAY)
    page = get(office.supervisor.user, "rate", rating.pk)
    assert "Sign, send and go on to Uwe Zimmer" in page.content.decode()
    answer = post(
        office.supervisor.user,
        "rate",
        rating.pk,
        **form_of(office, rating, do="send_and_go_on"),
    )
    begun = RatingOfRecord.objects.get(employee=other)
    assert answer["Location"] == reverse("performance:rate", args=[begun.pk])
    assert RatingOfRecord.objects.get(pk=rating.pk).state == "submitted"


def test_the_last_of_the_team_leads_back_to_the_team(office: Office) -> None:
    rating = office.start(on=TODAY)
    answer = post(
        office.supervisor.user, "rate", rating.pk, **form_of(office, rating, do="send_and_go_on")
    )
    assert answer["Location"] == f"{reverse('performance:team')}?cycle={office.cycle.pk}"


def test_a_next_person_who_cannot_be_begun_undoes_nothing(office: Office) -> None:
    other = make_employee("Zimmer", given_name="Uwe")
    put_in_team(other, supervisor=office.supervisor, cycle=office.cycle)
    Employee.objects.filter(pk=other.pk).update(coverage_category="nobody's")
    rating = office.start(on=TODAY)
    answer = post(
        office.supervisor.user, "rate", rating.pk, **form_of(office, rating, do="send_and_go_on")
    )
    assert answer["Location"] == f"{reverse('performance:team')}?cycle={office.cycle.pk}"
    assert RatingOfRecord.objects.get().state == "submitted"


def test_a_sent_rating_leads_its_rating_official_to_the_next_step_and_nobody_else(
    office: Office,
) -> None:
    other = make_employee("Zimmer", given_name="Uwe")
    put_in_team(other, supervisor=office.supervisor, cycle=office.cycle)
    sent = office.submit(office.start(on=TODAY), on=TODAY)
    page = get(office.supervisor.user, "rating", sent.pk).content.decode()
    assert "Next: rate Uwe Zimmer" in page
    assert "Next:" not in get(office.reviewer.user, "rating", sent.pk).content.decode()
    post(office.supervisor.user, "start", other.pk, cycle=str(office.cycle.pk))
    begun = RatingOfRecord.objects.get(employee=other)
    page = get(office.supervisor.user, "rating", sent.pk).content.decode()
    assert reverse("performance:rate", args=[begun.pk]) in page


@pytest.mark.paragraph("9701.409(c)#2")
@pytest.mark.parametrize("page", ["rate", "autosave", "review"])
def test_a_form_open_since_before_the_issue_is_told_that_the_rating_is_final(
    office: Office, page: str
) -> None:
    rating = office.start(on=TODAY)
    open_form = form_of(office, rating, do="approve" if page == "review" else "send")
    office.issue(office.approve(office.submit(rating, on=TODAY), on=TODAY), on=TODAY)
    who = office.reviewer if page == "review" else office.supervisor
    answer = post(who.user, page, rating.pk, **open_form)
    assert answer.status_code == 409
    assert "Issued 2007-10-02; it cannot be edited." in answer.content.decode()


@pytest.mark.parametrize(
    ("told", "reviewed", "today", "due"),
    [
        (None, True, END, "Communicate expectations"),
        (None, True, TODAY, "Not ratable: no expectation was communicated in the period"),
        (TOLD, False, END, "Hold an interim review"),
        (TOLD, False, TODAY, "start the rating and ask HR for an exception"),
        (TOLD, True, TODAY, "Prepare the rating"),
        (date(2007, 7, 4), True, TODAY, "Not ratable: the period ends before 90 days are served"),
    ],
)
def test_the_team_says_only_what_can_still_be_done(
    office: Office, told: date | None, reviewed: bool, today: date, due: str
) -> None:
    Plan.objects.update(communicated_on=told)
    if not reviewed:
        InterimReview.objects.all().delete()
    (row,) = team_rows(office.supervisor, cycle=office.cycle, on=today)
    assert due in row.due


def test_what_hr_gave_to_another_rating_official_is_not_due_of_the_supervisor(
    office: Office,
) -> None:
    rating = office.start(on=TODAY)
    name_officials(
        rating,
        rater=make_employee("Okafor"),
        reviewer=office.reviewer,
        reason="On detail",
        actor=office.actor("hr"),
        on=TODAY,
        version=rating.version,
    )
    (row,) = team_rows(office.supervisor, cycle=office.cycle, on=TODAY)
    assert (row.due, row.due_on) == ("With another rating official", None)
    assert [act.name for act in row.acts] == ["plan", "year"]


def test_evidence_of_an_additional_rating_is_kept_and_read_by_those_who_read_the_rating(
    office: Office,
) -> None:
    office.issued()
    kept = SimpleUploadedFile("May%.pdf", b"%PDF-1.7 May", content_type="application/pdf")
    form = {
        "purpose": "substantial_change",
        "change_described": "Two ports were reopened.",
        "evidence_dated": "2007-10-02",
    }
    post(office.supervisor.user, "additional", office.employee.pk, **form, documents=kept)
    rating = RatingOfRecord.objects.get(kind="additional")
    document = Document.objects.get(subject=rating.subject)
    link = reverse("performance:evidence", args=[rating.pk, document.pk])
    assert link in get(office.supervisor.user, "rate", rating.pk).content.decode()
    answer = get(office.supervisor.user, "evidence", rating.pk, document.pk)
    assert answer.content == b"%PDF-1.7 May"
    assert answer["Content-Disposition"] == 'attachment; filename="May_.pdf"'
    assert get(office.reviewer.user, "evidence", rating.pk, document.pk).status_code == 403
    assert get(office.employee.user, "evidence", rating.pk, document.pk).status_code == 403
    other = RatingOfRecord.objects.get(kind="annual")
    assert get(office.supervisor.user, "evidence", other.pk, document.pk).status_code == 404


def test_a_file_that_is_refused_begins_no_additional_rating(office: Office) -> None:
    office.issued()
    kept = SimpleUploadedFile("run.exe", b"MZ", content_type="application/octet-stream")
    form = {
        "purpose": "substantial_change",
        "change_described": "Two ports were reopened.",
        "evidence_dated": "2007-10-02",
    }
    page = post(office.supervisor.user, "additional", office.employee.pk, **form, documents=kept)
    assert page.status_code == 422
    assert "is not a PDF, PNG, JPEG or text file" in page.content.decode()
    assert "Two ports were reopened." in page.content.decode()
    assert "Choose your files again" in page.content.decode()
    assert not RatingOfRecord.objects.filter(kind="additional").exists()
