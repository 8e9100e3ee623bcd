"""The pages of conversions: former rates line by line, the run, and the ledger of its batch."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from pay.models import FormerRate, PayRun, RunState
from pay.services.former_rates import COLUMNS
from pay.services.runs import execution
from regulation.clock import at_noon, use_clock
from tests.pay.runs.converting import CATEGORY, LINKAGE, Converting, make_converting
from tests.pay.runs.department import EFFECTIVE, ON

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _january_2007() -> Iterator[None]:
    with use_clock(at_noon(ON)):
        yield


@pytest.fixture
def converting(db: None) -> Converting:
    return make_converting()


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def upload(client: Client, text: str | bytes) -> HttpResponse:
    data = text.encode() if isinstance(text, str) else text
    return client.post(  # type: ignore[return-value]
        reverse("pay:former_rates"),
        {
            "form_key": str(uuid4()),
            "converts_on": EFFECTIVE.isoformat(),
            "file": SimpleUploadedFile("rates.csv", data, content_type="text/csv"),
        },
    )


def act(client: Client, run: PayRun, name: str) -> HttpResponse:
    version = PayRun.objects.values_list("version", flat=True).get(pk=run.pk)
    return client.post(  # type: ignore[return-value]
        reverse(f"pay:run_{name}", args=[run.pk]),
        {"form_key": str(uuid4()), "version": str(version)},
    )


def plan_fields(**changed: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "title": "Conversion of January",
        "effective": EFFECTIVE.isoformat(),
        "categories": CATEGORY,
        "organizations": "",
        "linkage": LINKAGE,
        **changed,
    }


def test_a_conversion_is_drafted_previewed_approved_by_another_run_and_proved_on_its_pages(
    converting: Converting,
) -> None:
    paid, alone = converting.wait("Doe"), converting.wait("Roe")
    drafter = client_of(converting.department.drafter)
    approver = client_of(converting.department.approver)
    answer = upload(drafter, f"number,system,basic,locality_percent\n{paid.number},GS,55000,12.5\n")
    assert answer.status_code == 302
    saved = drafter.post(reverse("pay:new_conversion"), plan_fields())
    run = PayRun.objects.get()
    page = reverse("pay:run", args=[run.pk])
    assert saved.headers["Location"] == page
    assert act(drafter, run, "preview").status_code == 302
    shown = drafter.get(page).content.decode()
    assert "61,875" in shown
    assert LINKAGE in shown
    assert act(drafter, run, "approve").status_code == 403
    assert act(approver, run, "approve").status_code == 302
    assert act(drafter, run, "start").status_code == 302
    execution.carry_on(on=ON)
    assert PayRun.objects.get().state == RunState.VERIFIED
    shown = drafter.get(page).content.decode()
    assert "prove themselves" in shown
    assert "People whose total fell" in shown
    lines = drafter.get(reverse("pay:run_lines", args=[run.pk])).content.decode()
    assert "Doe" in lines
    assert "No former rate" in lines
    retained = drafter.get(reverse("pay:run_lines", args=[run.pk]), {"show": "retained"})
    assert "Nobody here" in retained.content.decode()
    ledger = drafter.get(reverse("pay:conversion_ledger", args=[run.pk])).content.decode()
    assert "No pay was lost" in ledger
    assert ledger.count("61,875") == 4
    assert alone.number in ledger


def test_the_ledger_as_a_table_has_everybody_and_the_exceptions(converting: Converting) -> None:
    paid, alone = converting.wait("=Formula"), converting.wait()
    converting.load(f"{paid.number},GS,55000,12.5")
    run = converting.run()
    reader = client_of(converting.department.approver)
    answer = reader.get(reverse("pay:conversion_ledger_csv", args=[run.pk]))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.DictReader(StringIO(text)))
    assert [row["number"] for row in rows] == [paid.number, alone.number]
    assert (rows[0]["former total"], rows[0]["total"], rows[0]["difference"]) == (
        *("61875", "61875"),
        "0",
    )
    assert rows[0]["family name"] == "'=Formula"
    assert rows[1]["exception"] == "record_incomplete"


def test_the_ledger_goes_on_from_page_to_page(converting: Converting) -> None:
    people = [converting.wait() for _ in range(53)]
    converting.load(*(f"{each.number},GS,55000,12.5" for each in people))
    run = converting.run()
    reader = client_of(converting.department.approver)
    address = reverse("pay:conversion_ledger", args=[run.pk])
    first = reader.get(address).content.decode()
    assert f"?after={people[49].number}" in first
    assert people[50].number not in first
    second = reader.get(address, {"after": people[49].number}).content.decode()
    assert all(each.number in second for each in people[50:])
    assert "?after=" not in second


def test_a_conversion_not_started_has_an_empty_ledger_and_other_runs_have_none(
    converting: Converting,
) -> None:
    run = converting.draft()
    reader = client_of(converting.department.approver)
    page = reader.get(reverse("pay:conversion_ledger", args=[run.pk])).content.decode()
    assert "Nobody of this batch is converted yet" in page
    PayRun.objects.filter(pk=run.pk).update(kind="payout")
    assert reader.get(reverse("pay:conversion_ledger", args=[run.pk])).status_code == 404


def test_a_plan_comes_back_as_typed_when_it_is_changed(converting: Converting) -> None:
    run = converting.draft()
    drafter = client_of(converting.department.drafter)
    address = reverse("pay:run_change", args=[run.pk])
    assert LINKAGE in drafter.get(address).content.decode()
    version = str(PayRun.objects.get(pk=run.pk).version)
    refused = drafter.post(address, plan_fields(version=version, organizations="NOWHERE"))
    assert refused.status_code == 422
    assert 'data-code="invalid_input"' in refused.content.decode()
    assert "NOWHERE" in refused.content.decode()
    saved = drafter.post(address, plan_fields(version=version, linkage="By grade."))
    assert saved.status_code == 302
    assert PayRun.objects.get(pk=run.pk).plan["linkage"] == "By grade."


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("X,GS,50000,12.5", "There is no employee “X”"),
        ("{number},XX,50000,12.5", "system is one of GS, FWS, SL, ST, SES"),
        ("{number},GS,fifty,12.5", "basic is a whole number of 1 or more, not “fifty”"),
        ("{number},GS,0,12.5", "basic is a whole number of 1 or more"),
        ("{number},GS,,12.5", "basic must not be empty"),
        ("{number},GS,50000,", "locality_percent or special_rate must be given"),
        ("{number},GS,50000,-1", "locality_percent is a percentage"),
        ("{number},GS,50000,NaN", "locality_percent is a percentage"),
        ("{number},GS,50000,12.5,5,49999", "next_step is above basic"),
        ("{number},GS,50000,12.5,,51600", "step, which is empty"),
        ("{number},GS,50000,12.5,16,51600", "step is at most 15"),
        ("{number},SES,150000,0,1,", "SES has no steps"),
        ("{number},FWS,50000,0,,,yes", "law_enforcement is said of the General Schedule"),
        ("{number},GS,50000,0,,,maybe", "law_enforcement is yes or no"),
        ("{number},GS,50000,0,,,,promotion=x", "same_day is a whole number"),
        ("{number},GS,50000,0,,,,=54600", "same_day names each action"),
        ("{number},GS,50000,0,,,,a,b", "There are not 8 values"),
    ],
)
def test_what_is_wrong_in_a_table_is_said_by_its_line_and_nothing_is_kept(
    converting: Converting, line: str, said: str
) -> None:
    good, bad = converting.wait(), converting.wait()
    given = "number,system,basic,locality_percent,step,next_step,law_enforcement,same_day"
    names = given.split(",")
    typed = line.format(number=bad.number)
    if typed.count(",") < len(names) - 1:
        typed += "," * (len(names) - 1 - typed.count(","))
    text = "\n".join([",".join(names), f"{good.number},GS,50000,12.5,,,,", typed])
    answer = upload(client_of(converting.department.drafter), text)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'data-code="file_refused"' in page
    assert said in page
    assert 'data-label="Line">3<' in page
    assert not FormerRate.objects.exists()


def test_every_faulty_line_is_told_at_once(converting: Converting) -> None:
    twice = converting.wait()
    lines = [f"{twice.number},GS,50000,0", f"{twice.number},GS,51000,0", "Y,GS,50000,0"]
    answer = upload(
        client_of(converting.department.drafter),
        "\n".join(["number,system,basic,locality_percent", *lines]),
    )
    page = answer.content.decode()
    assert f"{twice.number} stands on line 2 already" in page
    assert "There is no employee “Y”" in page


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The submitted file is empty"),
        ("number,system,basic\n", "There is no line below the headings"),
        ("number,basic\nX,1", "The headings lack system"),
        ("number,system,basic,colour\nX,GS,1,red", "No column is named"),
        ("number,system,basic,basic\nX,GS,1,1", "A heading stands twice"),
        (b"\xff\xfe\x00", "not text in UTF-8"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(
    converting: Converting, text: str | bytes, said: str
) -> None:
    answer = upload(client_of(converting.department.drafter), text)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_the_table_to_fill_in_has_every_column_and_reads_back_but_for_its_people(
    converting: Converting,
) -> None:
    client = client_of(converting.department.drafter)
    text = client.get(reverse("pay:former_rates_template")).content.decode()
    assert next(csv.reader(StringIO(text))) == [column.name for column in COLUMNS]
    people = [converting.wait() for _ in range(3)]
    for number, person in enumerate(people, start=1):
        text = text.replace(f"E0000{number}", person.number)
    assert upload(client, text).status_code == 302
    assert FormerRate.objects.filter(converts_on=EFFECTIVE).count() == 3
    page = client.get(reverse("pay:former_rates")).content.decode()
    assert "Jan 7, 2007" in page


def test_nobody_loads_his_own_former_rate(converting: Converting) -> None:
    own = converting.wait()
    own.user = converting.department.drafter
    own.save(update_fields=["user"])
    answer = upload(
        client_of(converting.department.drafter),
        f"number,system,basic,locality_percent\n{own.number},GS,50000,0",
    )
    assert "Nobody acts on his own pay" in answer.content.decode()
    assert not FormerRate.objects.exists()
