"""Runs of many people's pay, from draft to verified (rule 7)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from casework.models import Case


class RunKind(models.TextChoices):
    RANGE_ADJUSTMENT = "range_adjustment", "Rate range adjustment"
    SUPPLEMENT_ADJUSTMENT = "supplement_adjustment", "Supplement adjustment"
    PAYOUT = "payout", "Performance payout"
    CONVERSION = "conversion", "Conversion"


class RunState(models.TextChoices):
    DRAFT = "draft", "Draft"
    PREVIEWED = "previewed", "Previewed"
    APPROVED = "approved", "Approved"
    RUNNING = "running", "Running"
    DONE = "done", "Done"
    VERIFIED = "verified", "Verified"
    CANCELLED = "cancelled", "Cancelled"


class PayRun(Case):
    """One run: what it is to do (`plan`), what the preview showed, and who approved it."""

    subject_kind = "run"

    kind = models.CharField(max_length=24, choices=RunKind.choices)
    title = models.CharField(max_length=160)
    effective = models.DateField()
    #: Range adjustment: {"ranges": {BAND: [minimum, maximum]}}.
    #: Supplement adjustment: {"kind", "key", "percent", "bands"}.
    #: Payout: {"period_end", "mode", "since", "pools": {POOL: {"amount", "value"}}}.
    #: Conversion: {"categories", "organizations", "linkage"}.
    plan = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    totals = models.JSONField(default=dict)
    #: Fingerprint of what the preview was made from; another one at approval means: preview again.
    fingerprint = models.CharField(max_length=64, blank=True)
    state = FSMField(
        max_length=12, choices=RunState.choices, default=RunState.DRAFT, protected=True
    )
    drafted_by = models.ForeignKey(
        "accounts.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_by = models.ForeignKey(
        "accounts.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approved_by=None)
                | ~models.Q(approved_by=models.F("drafted_by")),
                name="run_approver_is_another_person",
            )
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title

    @transition(field=state, source=[RunState.DRAFT, RunState.PREVIEWED], target=RunState.PREVIEWED)
    def record_preview(self, *, preview: dict[str, object], fingerprint: str) -> None:
        """The preview was computed on the workforce as it is."""
        self.preview = preview
        self.fingerprint = fingerprint

    @transition(field=state, source=RunState.PREVIEWED, target=RunState.DRAFT)
    def reopen(self) -> None:
        """The plan is changed; the preview no longer stands."""
        self.preview = {}
        self.fingerprint = ""

    @transition(field=state, source=RunState.PREVIEWED, target=RunState.APPROVED)
    def approve(self, *, by: object) -> None:
        """A second person approves what the preview showed."""
        self.approved_by = by  # type: ignore[assignment]

    @transition(field=state, source=RunState.APPROVED, target=RunState.RUNNING)
    def start(self) -> None:
        """Its chunks are written and may be claimed."""

    @transition(field=state, source=RunState.RUNNING, target=RunState.DONE)
    def finish(self, *, at: object, totals: dict[str, object]) -> None:
        """Every chunk is done."""
        self.finished_at = at  # type: ignore[assignment]
        self.totals = totals

    @transition(field=state, source=RunState.DONE, target=RunState.VERIFIED)
    def verify(self) -> None:
        """The totals proved themselves against the ledger."""

    @transition(
        field=state,
        source=[RunState.DRAFT, RunState.PREVIEWED, RunState.APPROVED],
        target=RunState.CANCELLED,
    )
    def cancel(self) -> None:
        """Given up before anything was paid."""


class ChunkState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"


class RunChunk(models.Model):
    """A share of a run, claimed with SKIP LOCKED and done in one commit; it has no running mark."""

    run = models.ForeignKey("pay.PayRun", on_delete=models.CASCADE, related_name="chunks")
    ordinal = models.PositiveIntegerField()
    pool = models.ForeignKey("pay.PayPool", null=True, on_delete=models.PROTECT)
    employee_ids = models.JSONField(default=list)
    state = models.CharField(max_length=8, choices=ChunkState.choices, default=ChunkState.WAITING)
    done_at = models.DateTimeField(null=True, blank=True)
    totals = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "ordinal"], name="one_chunk_of_an_ordinal")
        ]
        ordering = ["run", "ordinal"]

    def __str__(self) -> str:
        return f"chunk {self.ordinal} of run {self.run_id}"


class RunException(models.Model):
    """A person whom the run left alone, and why; a human settles it."""

    run = models.ForeignKey("pay.PayRun", on_delete=models.CASCADE, related_name="exceptions")
    employee = models.ForeignKey("workforce.Employee", on_delete=models.PROTECT)
    code = models.CharField(max_length=40)
    message = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "employee"], name="one_exception_of_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.employee_id}: {self.code}"
