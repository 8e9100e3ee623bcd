"""What a preview reads is one state of the database, and a chunk that fails keeps its error."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from casework.actor import Actor
from pay.models import ChunkState, PayAction, PayRun, RunChunk, RunState
from pay.services.runs import chunks, execution
from pay.services.runs.approval import approve_run
from pay.services.runs.drafting import draft_run
from pay.services.runs.posting import post_chunk
from pay.services.runs.preview import preview_run
from pay.services.runs.snapshot import read_only_snapshot
from tests.pay.runs.department import EFFECTIVE, ON, Department


def test_outside_any_transaction_the_snapshot_is_repeatable_and_read_only(
    fresh_database: str,
) -> None:
    with read_only_snapshot(), connection.cursor() as cursor:
        shown = []
        for setting in ("transaction_isolation", "transaction_read_only"):
            cursor.execute(f"SHOW {setting}")
            shown += cursor.fetchall()
    assert shown == [("repeatable read",), ("on",)]
    with connection.cursor() as cursor:
        cursor.execute("SHOW transaction_read_only")
        assert cursor.fetchall() == [("off",)]


def test_a_chunk_that_fails_is_told_and_tried_again_and_blocks_no_other(
    department: Department, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chunks, "PEOPLE_IN_A_CHUNK", 1)
    for number in range(3):
        department.hire(f"Me{number}", basic=50_000, level="ME")
    drafter = Actor(user=department.drafter)
    run = draft_run(department.range_plan(), title="Run", effective=EFFECTIVE, actor=drafter, on=ON)
    run = preview_run(run, actor=drafter, on=ON)
    run = approve_run(run, actor=Actor(user=department.approver), on=ON)
    execution.start_run(run, actor=drafter, on=ON)
    first, *others = RunChunk.objects.filter(run=run)

    def fail(chunk: RunChunk, *, on: object) -> dict[str, object]:
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as broken:
        broken.setattr(execution, "post_chunk", fail)
        with pytest.raises(RuntimeError):
            execution.run_chunk(first.pk, on=ON)
    assert all(execution.run_chunk(chunk.pk, on=ON) for chunk in others)
    assert execution.post_chunk is post_chunk  # type: ignore[attr-defined]
    client = Client()
    client.force_login(department.drafter, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("pay:run_progress", args=[run.pk])).content.decode()
    assert "2 of 3 chunks done" in page
    assert "the disk is full" in page
    assert not PayAction.objects.filter(run=run, employee_id__in=first.employee_ids).exists()
    execution.carry_on(on=ON)
    assert PayRun.objects.get(pk=run.pk).state == RunState.VERIFIED
    assert not RunChunk.objects.exclude(state=ChunkState.DONE).exists()
