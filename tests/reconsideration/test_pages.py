"""The pages: who may open them, what they show, and what they do."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Recusal, Role, User
from casework.models import Document
from casework.services.documents import Upload
from reconsideration.models import Forum, Request, RequestState
from reconsideration.queries.requests import dhs_queue
from reconsideration.services.take_up import take_up
from tests.factories import grant_role, make_employee, make_position
from tests.reconsideration.conftest import TODAY, Scene
from workforce.services.place import place

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_today")]

PDF = Upload(name="duties.pdf", media_type="application/pdf", data=b"%PDF-1.7 duties")


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def url(name: str, *args: int) -> str:
    return reverse(f"reconsideration:{name}", args=args)


def post(client: Client, address: str, **data: object) -> Any:
    return client.post(address, {"form_key": str(uuid4()), **data})


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.paragraph("9701.221(a)#2")
def test_the_incumbent_reads_the_description_and_what_stands_behind_it(scene: Scene) -> None:
    page = text_of(client_of(scene.user).get(url("my_position")))
    for words in (
        scene.position.description,
        "Casey Classifier",
        "Full Performance work of the cluster.",
        "Like work and like careers.",
        "1811 Series 1811",
        "Ask for reconsideration",
    ):
        assert words in page


@pytest.mark.paragraph("9701.221(a)#2")
def test_somebody_without_a_record_has_no_position_page(scene: Scene) -> None:
    assert client_of(scene.users["opm"]).get(url("my_position")).status_code == 403
    assert client_of(scene.users["hr"]).get(url("file")).status_code == 403


def test_an_employee_without_a_position_is_told_what_will_be_there(scene: Scene) -> None:
    user = make_employee().user
    assert user is not None
    client = client_of(user)
    assert "You have no position of record today" in text_of(client.get(url("my_position")))
    assert "nothing to reconsider" in text_of(client.get(url("file")))


def test_filing_leads_to_the_request_with_its_document(scene: Scene) -> None:
    client = client_of(scene.user)
    response = post(
        client,
        url("file"),
        to="DHS",
        issues=["band", "series"],
        argument="Harder work.",
        documents=[SimpleUploadedFile("duties.pdf", b"%PDF-1.7 x", "application/pdf")],
    )
    request = Request.objects.get()
    assert response["Location"] == url("request", request.pk)
    page = text_of(client.get(response["Location"]))
    for words in ("Your request was filed", "duties.pdf", "Harder work.", "Request filed"):
        assert words in page


def test_the_same_form_sent_twice_files_once(scene: Scene) -> None:
    client = client_of(scene.user)
    data = {"form_key": str(uuid4()), "to": "DHS", "issues": ["band"], "argument": "Harder."}
    first, second = (client.post(url("file"), data) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert Request.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "status", "said"),
    [
        ({"issues": []}, 422, "Choose at least one of the four."),
        ({"argument": ""}, 422, "Say in your own words"),
        ({"issues": ["title"], "argument": "Kept words"}, 422, "not one of the available choices"),
        ({"to": "MSPB", "argument": "Kept words"}, 422, "not one of the available choices"),
    ],
)
def test_a_form_that_lacks_something_keeps_what_was_typed_and_writes_nothing(
    scene: Scene, data: dict[str, object], status: int, said: str
) -> None:
    sent = {"to": "DHS", "issues": ["band"], "argument": "Kept words"} | data
    response = post(client_of(scene.user), url("file"), **sent)
    assert response.status_code == status
    page = text_of(response)
    assert said in page
    if sent["argument"]:
        assert "Kept words" in page
    assert not Request.objects.exists()


def test_a_refused_filing_answers_409_and_keeps_what_was_typed(scene: Scene) -> None:
    scene.file()
    response = post(
        client_of(scene.user),
        url("file"),
        to="OPM",
        issues=["band"],
        argument="Kept words",
        documents=[SimpleUploadedFile("duties.pdf", b"%PDF-1.7 x", "application/pdf")],
    )
    assert response.status_code == 409
    page = text_of(response)
    assert 'data-code="duplicate_open"' in page
    assert "Kept words" in page
    assert "Choose your files again" in page
    assert Request.objects.count() == 1
    assert not Document.objects.exists()


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(scene: Scene) -> None:
    response = post(
        client_of(scene.user),
        url("file"),
        to="DHS",
        issues=["band"],
        argument="Kept words",
        documents=[SimpleUploadedFile("duties.pdf", b"<script>", "application/pdf")],
    )
    assert response.status_code == 422
    assert "is not a PDF" in text_of(response)
    assert not Request.objects.exists()


def test_a_file_over_five_megabytes_is_refused_by_name(scene: Scene) -> None:
    big = SimpleUploadedFile("big.txt", b"x" * (5 * 1024 * 1024 + 1), "text/plain")
    response = post(
        client_of(scene.user),
        url("file"),
        to="DHS",
        issues=["band"],
        argument="Kept words",
        documents=[big],
    )
    assert response.status_code == 422
    assert "“big.txt” is larger than 5 MB" in text_of(response)


PARTS = [
    "employee", "hr", "classifier", "hr_elsewhere", "opm", "auditor", "pay", "nobody", "stranger",
]  # fmt: skip


def user_named(scene: Scene, part: str) -> User:
    if part == "employee":
        return scene.user
    if part == "classifier":
        return scene.classifier
    if part == "stranger":
        user = make_employee().user
        assert user is not None
        return user
    return scene.users[part]


@pytest.mark.parametrize("part", PARTS)
def test_only_those_of_the_case_open_it_or_save_its_documents(scene: Scene, part: str) -> None:
    own = scene.file(documents=[PDF])
    with_opm = scene.file(Forum.OPM, issues=["series"], documents=[PDF])
    client = client_of(user_named(scene, part))
    parties = {"employee", "hr", "classifier"}
    for request, readers, savers in (
        (own, parties | {"auditor"}, parties),
        (with_opm, parties | {"auditor", "opm"}, parties | {"opm"}),
    ):
        document = Document.objects.get(subject=request.subject)
        page = client.get(url("request", request.pk))
        file = client.get(url("document", request.pk, document.pk))
        assert page.status_code == (200 if part in readers else 403)
        assert file.status_code == (200 if part in savers else 403)


def test_a_document_is_saved_and_never_shown(scene: Scene) -> None:
    request = scene.file(documents=[Upload('x";\r\n.txt', "text/plain", b"<script>")])
    document = Document.objects.get()
    response = client_of(scene.user).get(url("document", request.pk, document.pk))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "\r" not in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content == b"<script>"


def test_a_document_of_another_case_is_not_found_under_ones_own(scene: Scene) -> None:
    first = scene.file(documents=[PDF])
    document = Document.objects.get()
    second = scene.file(issues=["series"])
    client = client_of(scene.user)
    assert client.get(url("document", first.pk, document.pk)).status_code == 200
    assert client.get(url("document", second.pk, document.pk)).status_code == 404


@pytest.mark.parametrize(
    ("name", "state", "may"),
    [
        ("to_opm", RequestState.DHS_DECIDED, {"employee"}),
        ("cancel", RequestState.FILED_DHS, {"employee"}),
        ("take_up", RequestState.FILED_DHS, {"hr"}),
        ("decide", RequestState.UNDER_DHS_REVIEW, {"hr"}),
        ("opm_take_up", RequestState.FILED_OPM, {"opm"}),
        ("opm_decide", RequestState.UNDER_OPM_REVIEW, {"opm"}),
    ],
)
@pytest.mark.parametrize("part", PARTS)
def test_a_post_of_somebody_else_changes_nothing(
    scene: Scene, part: str, name: str, state: str, may: set[str]
) -> None:
    request = scene.request_in(state)
    response = post(
        client_of(user_named(scene, part)),
        url(name, request.pk),
        argument="Mine.",
        outcome="sustained",
        reason="Mine.",
        version=request.version,
    )
    kept = Request.objects.get(pk=request.pk)
    if part in may:
        assert response.status_code == 302
        assert kept.state != state
    else:
        assert response.status_code == 403
        assert kept.state == state


def test_a_recused_specialist_stays_outside(scene: Scene) -> None:
    request = scene.file()
    Recusal.objects.create(
        user=scene.users["hr"],
        subject=scene.employee.subject,
        reason="A relative.",
        starts=TODAY,
    )
    client = client_of(scene.users["hr"])
    assert client.get(url("request", request.pk)).status_code == 403
    assert post(client, url("take_up", request.pk)).status_code == 403


def test_a_specialist_does_not_meet_the_own_request_in_the_queue(scene: Scene) -> None:
    request = scene.file()
    grant_role(scene.user, Role.HR_SPECIALIST)
    client = client_of(scene.user)
    assert "Alice Shaw" not in text_of(client.get(url("queue"))).partition("<main")[2]
    assert client.get(url("decide", request.pk)).status_code == 403


@pytest.mark.paragraph("9701.222(c)#2", "9701.222(d)")
@pytest.mark.parametrize(
    ("state", "words"),
    [
        (RequestState.FILED_DHS, "takes up the request"),
        (RequestState.DHS_DECIDED, "final, with no further review or appeal, unless you ask OPM"),
        (RequestState.OPM_DECIDED, "not subject to further review or appeal"),
        (RequestState.CANCELLED, "You withdrew the request"),
        (RequestState.MOOT, "You no longer hold the position"),
    ],
)
def test_the_page_says_what_comes_next_and_how_final_it_is(
    scene: Scene, state: str, words: str
) -> None:
    request = scene.request_in(state)
    assert words in text_of(client_of(scene.user).get(url("request", request.pk)))


def test_a_stale_determination_shows_what_is_saved_and_what_was_typed(scene: Scene) -> None:
    request = take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    client = client_of(scene.users["hr"])
    first = post(
        client,
        url("decide", request.pk),
        outcome="sustained",
        reason="The first reasons.",
        version=request.version,
    )
    assert first.status_code == 302
    second = post(
        client,
        url("decide", request.pk),
        outcome="sustained",
        reason="The second reasons.",
        version=request.version,
    )
    assert second.status_code == 409
    page = text_of(second)
    assert 'data-code="stale_form"' in page
    assert "The first reasons." in page
    assert "The second reasons." in page
    assert Request.objects.get().dhs_reason == "The first reasons."


def test_a_determination_form_refuses_what_is_not_on_its_lists(scene: Scene) -> None:
    request = take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    response = post(
        client_of(scene.users["hr"]),
        url("decide", request.pk),
        outcome="changed",
        band="999999",
        effective="not a date",
        reason="Kept words",
        version=request.version,
    )
    assert response.status_code == 422
    page = text_of(response)
    assert "Choose a band of the list." in page
    assert "Kept words" in page


def test_the_one_who_classified_is_told_why_he_cannot_decide(scene: Scene) -> None:
    request = scene.file()
    page = text_of(client_of(scene.classifier).get(url("decide", request.pk)))
    assert "You made the decision that is contested." in page
    assert "Take it up</button>" not in page


def test_who_left_the_position_is_closed_as_moot_with_a_reason(scene: Scene) -> None:
    request = scene.file()
    scene.employee.assignments.update(position=make_position(scene.office))
    client = client_of(scene.users["hr"])
    assert "no longer holds this position" in text_of(client.get(url("request", request.pk)))
    refused = post(client, url("moot", request.pk), reason=" ", version=request.version)
    assert refused.status_code == 422
    done = post(client, url("moot", request.pk), reason="Left.", version=request.version)
    assert done.status_code == 302
    assert Request.objects.get().state == RequestState.MOOT


def test_hr_of_the_position_still_has_the_request_of_somebody_who_moved_away(scene: Scene) -> None:
    request = take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    elsewhere = scene.users["hr_elsewhere"].grants.get().organization
    assert elsewhere is not None
    place(scene.employee, make_position(elsewhere), effective=TODAY, area="")
    ours, theirs = (client_of(scene.users[name]) for name in ("hr", "hr_elsewhere"))
    for name in ("request", "decide"):
        assert ours.get(url(name, request.pk)).status_code == 200
        assert theirs.get(url(name, request.pk)).status_code == 403
    refused = post(theirs, url("moot", request.pk), reason="Left.", version=request.version)
    assert refused.status_code == 403
    assert "harder" not in text_of(refused)
    done = post(ours, url("moot", request.pk), reason="Left.", version=request.version)
    assert done["Location"] == url("request", request.pk)


def test_opm_sees_nothing_of_a_request_that_did_not_come_to_it(scene: Scene) -> None:
    scene.request_in(RequestState.FILED_OPM)
    with_dhs = scene.file(issues=["series"])
    client = client_of(scene.users["opm"])
    pages = [client.get(url(name, with_dhs.pk)) for name in ("request", "opm_decide")]
    pages += [
        post(client, url(name, with_dhs.pk), reason="x", version=with_dhs.version)
        for name in ("opm_take_up", "opm_decide", "moot")
    ]
    assert [page.status_code for page in pages] == [403] * 5
    assert not any("The work is harder." in text_of(page) for page in pages)


def test_an_unmapped_move_is_said_on_the_page_and_offered_to_hr(scene: Scene) -> None:
    request = take_up(scene.file(), actor=scene.actor("hr"), on=TODAY)
    client = client_of(scene.users["hr"])
    post(
        client,
        url("decide", request.pk),
        outcome="changed",
        series=scene.other_series.pk,
        band=scene.other_full.pk,
        effective=TODAY.isoformat(),
        reason="Another cluster.",
        version=request.version,
    )
    page = text_of(client.get(url("request", request.pk)))
    assert "Pay of Alice Shaw after reconsideration" in page
    assert "It is settled, go on" in page
    own = text_of(client_of(scene.user).get(url("request", request.pk)))
    assert "Pay of Alice Shaw after reconsideration" in own
    assert "It is settled, go on" not in own


def many(scene: Scene, count: int) -> None:
    """Requests of many employees, each filed a day after the one before."""
    for number in range(count):
        employee = make_employee(f"Zed{number:02}", user=False)
        position = make_position(scene.office, series=scene.series, band=scene.full)
        Request.objects.create(
            employee=employee,
            position=position,
            contested=position.decisions.get(),
            issues=["band"],
            filed_on=date(2025, 1, 1) + timedelta(days=number // 2),
            opm_filed_on=date(2025, 1, 1) + timedelta(days=number // 2),
            state=RequestState.FILED_DHS,
        )


def test_the_queue_shows_the_oldest_first_with_its_age_and_goes_on_by_key(scene: Scene) -> None:
    many(scene, 30)
    client = client_of(scene.users["hr"])
    page = text_of(client.get(url("queue")))
    assert "30 requests" in page
    assert "61 days" in page
    assert page.index("Zed00") < page.index("Zed24")
    assert "Zed25" not in page
    after = page.partition("after=")[2].partition('"')[0]
    following = text_of(client.get(url("queue"), {"after": after}))
    assert [f"Zed{n:02}" in following for n in (24, 25, 29)] == [False, True, True]


def test_the_queue_is_searched_and_filtered(scene: Scene) -> None:
    many(scene, 3)
    scene.request_in(RequestState.DHS_DECIDED)
    client = client_of(scene.users["hr"])
    found = text_of(client.get(url("queue"), {"find": "zed02"}))
    assert "Zed02" in found
    assert "Zed01" not in found
    assert "Alice Shaw" in text_of(client.get(url("queue"), {"state": "dhs_decided"}))
    assert "Alice Shaw" in text_of(client.get(url("queue"), {"state": "all"}))
    assert "No request like that" in text_of(client.get(url("queue"), {"find": "nobody"}))
    for odd in ({"state": "x"}, {"after": "x.y"}, {"find": "x" * 99}):
        assert client.get(url("queue"), odd).status_code == 200


def test_a_queue_holds_only_the_organizations_of_the_specialist(scene: Scene) -> None:
    many(scene, 1)
    page = text_of(client_of(scene.users["hr_elsewhere"]).get(url("queue")))
    assert "Zed00" not in page
    assert "Nothing waits here" in page
    for part in ("employee", "opm", "auditor", "pay"):
        assert client_of(user_named(scene, part)).get(url("queue")).status_code == 403
    for part in ("employee", "hr", "auditor", "pay"):
        assert client_of(user_named(scene, part)).get(url("opm_queue")).status_code == 403


def test_opms_queue_holds_what_came_to_opm(scene: Scene) -> None:
    scene.file()
    client = client_of(scene.users["opm"])
    assert "Nothing waits here" in text_of(client.get(url("opm_queue")))
    scene.file(Forum.OPM, issues=["series"])
    assert "Alice Shaw" in text_of(client.get(url("opm_queue")))


def test_a_queue_is_three_queries_however_long_it_is(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    many(scene, 23)
    with django_assert_num_queries(3):
        queue = dhs_queue(scene.users["hr"], on=TODAY)
        assert str(queue.rows[0].request.employee) == "Robin Zed00"
        assert {row.request.contested.band.cluster.title for row in queue.rows} == {
            "Law enforcement"
        }
