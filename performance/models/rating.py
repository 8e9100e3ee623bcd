"""The rating of record (5 CFR 9701.404 "Rating of record", .409)."""

from __future__ import annotations

from django.db import models
from django_fsm import FSMField, transition

from workforce.models import EmployeeCase


class RatingState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "With the reviewing official"
    APPROVED = "approved", "Approved, not yet issued"
    ISSUED = "issued", "Issued, final"
    SUPERSEDED = "superseded", "Superseded"
    CANCELLED = "cancelled", "Cancelled"
    CANCELLED_REMANDED = "cancelled_remanded", "Cancelled, to be rated again"


#: What is not in force and never counts; whoever rates may rate the period again.
VOID = (RatingState.CANCELLED, RatingState.CANCELLED_REMANDED)


class RatingKind(models.TextChoices):
    ANNUAL = "annual", "Annual"
    ADDITIONAL = "additional", "Additional"


class AdditionalPurpose(models.TextChoices):
    """Why an additional rating is prepared (5 CFR 9701.404 "Rating of record" (2), .409(b))."""

    NONE = "", "Not an additional rating"
    SUBSTANTIAL_CHANGE = "substantial_change", "Substantial change in performance"
    PAY_DETERMINATION = "pay_determination", "Supports a pay determination"


class Acknowledgement(models.TextChoices):
    NONE = "", "Not yet"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    REFUSED = "refused", "Refused to acknowledge"


class RatingOfRecord(EmployeeCase):
    """One rating of one employee for one appraisal period, from draft to issued."""

    subject_kind = "rating"

    cycle = models.ForeignKey("performance.Cycle", on_delete=models.PROTECT, related_name="ratings")
    kind = models.CharField(max_length=12, choices=RatingKind.choices, default=RatingKind.ANNUAL)
    state = FSMField(
        max_length=20, choices=RatingState.choices, default=RatingState.DRAFT, protected=True
    )
    rater = models.ForeignKey(
        "workforce.Employee",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ratings_given",
    )
    reviewer = models.ForeignKey(
        "workforce.Employee",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="ratings_reviewed",
    )
    #: The level in force; before issue, the one proposed so far.
    level = models.ForeignKey(
        "performance.RatingLevel", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    #: What the rating official sent, kept when the reviewing official changed it.
    rater_level = models.ForeignKey(
        "performance.RatingLevel", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    level_reason = models.TextField(
        blank=True, help_text="Why the level is not the one that the parts add up to."
    )
    reviewer_reason = models.TextField(blank=True)
    #: The day from which the rating official's days for a reply run; none while nothing is changed.
    level_changed_on = models.DateField(null=True, blank=True)
    #: What the rating official answered to the change, or that he has nothing to add.
    rater_reply = models.TextField(blank=True)
    rater_replied_on = models.DateField(null=True, blank=True)
    narrative = models.TextField(blank=True)
    #: Additional ratings: what changed since the standing rating was issued, and by when it showed.
    standing = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="superseded_by"
    )
    purpose = models.CharField(
        max_length=20,
        choices=AdditionalPurpose.choices,
        default=AdditionalPurpose.NONE,
        blank=True,
    )
    #: The pay determination that an additional rating supports.
    pay_case = models.CharField(max_length=60, blank=True)
    change_described = models.TextField(blank=True)
    evidence_dated = models.DateField(null=True, blank=True)
    shown_by = models.DateField(
        null=True, blank=True, help_text="Date by which the performance was shown."
    )
    #: Why HR let it go without an interim review.
    interim_exception = models.TextField(blank=True)
    absence_is_no_factor = models.BooleanField(default=False)
    rater_signed_at = models.DateTimeField(null=True, blank=True)
    reviewer_signed_at = models.DateTimeField(null=True, blank=True)
    issued_on = models.DateField(null=True, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    delivery = models.CharField(max_length=60, blank=True)
    acknowledgement = models.CharField(
        max_length=12,
        choices=Acknowledgement.choices,
        default=Acknowledgement.NONE,
        blank=True,
    )
    acknowledged_on = models.DateField(null=True, blank=True)
    refusal_witness = models.CharField(max_length=160, blank=True)
    #: Ratings above fully successful: whether an award was considered, and why (405(c)(3)).
    award_considered = models.BooleanField(null=True, blank=True)
    award_note = models.TextField(blank=True)
    #: The award or decision on which a final rating was cancelled.
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reference = models.CharField(max_length=160, blank=True)
    #: "web", or where a final rating was taken over from ("history", "lab").
    source = models.CharField(max_length=24, default="web")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["employee", "cycle"],
                condition=models.Q(kind="annual")
                & ~models.Q(state__in=["cancelled", "cancelled_remanded"]),
                name="one_annual_rating_of_a_cycle",
            ),
            models.UniqueConstraint(
                fields=["employee"],
                condition=models.Q(kind="additional", state__in=["draft", "submitted", "approved"]),
                name="one_open_additional_rating",
            ),
            models.CheckConstraint(
                condition=~models.Q(rater=models.F("employee")), name="nobody_rates_himself"
            ),
            models.CheckConstraint(
                condition=models.Q(reviewer=None) | ~models.Q(reviewer=models.F("rater")),
                name="reviewer_is_not_rater",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="issued")
                | models.Q(issued_on__isnull=False, level__isnull=False),
                name="issued_rating_has_level_and_date",
            ),
        ]
        indexes = [models.Index(fields=["employee", "issued_on"])]

    @property
    def is_additional(self) -> bool:
        """Whether it is an additional rating of record."""
        return self.kind == RatingKind.ADDITIONAL

    def __str__(self) -> str:
        return f"rating of record of {self.employee}, {self.cycle}"

    @transition(field=state, source=RatingState.DRAFT, target=RatingState.DRAFT)
    def edit(self) -> None:
        """The rating official goes on writing."""

    @transition(field=state, source=RatingState.DRAFT, target=RatingState.SUBMITTED)
    def submit(self, *, at: object) -> None:
        """The rating official signs and sends it to the reviewing official."""
        self.rater_signed_at = at  # type: ignore[assignment]
        self.rater_level = self.level

    @transition(field=state, source=RatingState.SUBMITTED, target=RatingState.DRAFT)
    def send_back(self) -> None:
        """The reviewing official returns it; the rating official signs again later."""
        self.rater_signed_at = None
        self.level, self.rater_level = self.rater_level, None
        self.reviewer_reason = ""
        self._offer_reply(since=None)

    @transition(
        field=state,
        source=[RatingState.SUBMITTED, RatingState.APPROVED],
        target=RatingState.DRAFT,
    )
    def hand_over(self) -> None:
        """Another rating official takes it on; what was signed was signed for another's rating."""
        self.rater_signed_at = self.reviewer_signed_at = None
        self.level, self.rater_level = self.rater_level, None
        self.reviewer_reason = ""
        self._offer_reply(since=None)

    @transition(field=state, source=RatingState.SUBMITTED, target=RatingState.SUBMITTED)
    def change_level(self, *, level: object, reason: str, on: object) -> None:
        """The reviewing official changes the level; the rating official's stays on record."""
        self.level = level  # type: ignore[assignment]
        self.reviewer_reason = reason
        self._offer_reply(since=on if self.level_id != self.rater_level_id else None)

    def _offer_reply(self, *, since: object) -> None:
        """What was answered to an earlier change is in the history, not an answer to this one."""
        self.level_changed_on = since  # type: ignore[assignment]
        self.rater_reply, self.rater_replied_on = "", None

    @transition(field=state, source=RatingState.SUBMITTED, target=RatingState.SUBMITTED)
    def reply_to_change(self, *, text: str, on: object) -> None:
        """The rating official answers the change; an empty text is that he has nothing to add."""
        self.rater_reply = text
        self.rater_replied_on = on  # type: ignore[assignment]

    @transition(field=state, source=RatingState.SUBMITTED, target=RatingState.APPROVED)
    def approve(self, *, at: object) -> None:
        """The reviewing official signs."""
        self.reviewer_signed_at = at  # type: ignore[assignment]

    @transition(field=state, source=RatingState.APPROVED, target=RatingState.ISSUED)
    def issue(self, *, on: object, at: object, delivery: str) -> None:
        """Given to the employee; final from then on (5 CFR 9701.409(c))."""
        self.issued_on = on  # type: ignore[assignment]
        self.issued_at = at  # type: ignore[assignment]
        self.delivery = delivery

    @transition(field=state, source=RatingState.DRAFT, target=RatingState.ISSUED)
    def take_over(self, *, on: object, at: object) -> None:
        """A rating that became final elsewhere is put on record (an import, the lab)."""
        self.issued_on = on  # type: ignore[assignment]
        self.issued_at = at  # type: ignore[assignment]

    @transition(field=state, source=RatingState.ISSUED, target=RatingState.ISSUED)
    def record_acknowledgement(self, *, how: str, on: object, witness: str = "") -> None:
        """The employee acknowledged or refused; nothing else changes."""
        self.acknowledgement = how
        self.acknowledged_on = on  # type: ignore[assignment]
        self.refusal_witness = witness

    @transition(field=state, source=RatingState.ISSUED, target=RatingState.SUPERSEDED)
    def supersede(self) -> None:
        """An additional rating of record took its place."""

    @transition(field=state, source=RatingState.SUPERSEDED, target=RatingState.ISSUED)
    def stand_again(self) -> None:
        """The additional rating that took its place was cancelled."""

    @transition(
        field=state,
        source=[RatingState.APPROVED, RatingState.ISSUED, RatingState.SUPERSEDED],
        target=None,
    )
    def note_award(self, *, considered: bool, note: str) -> None:
        """Whether an award was considered; it changes nothing of the rating."""
        self.award_considered = considered
        self.award_note = note

    @transition(
        field=state,
        source=[RatingState.ISSUED, RatingState.SUPERSEDED],
        target=RatingState.CANCELLED,
    )
    def cancel(self, *, reference: str, on: object) -> None:
        """A decision found that it must not stand."""
        self._void(reference, on)

    @transition(
        field=state,
        source=[RatingState.ISSUED, RatingState.SUPERSEDED],
        target=RatingState.CANCELLED_REMANDED,
    )
    def remand(self, *, reference: str, on: object) -> None:
        """A decision found that it must not stand and that the employee is rated again."""
        self._void(reference, on)

    def _void(self, reference: str, on: object) -> None:
        self.cancel_reference = reference
        self.cancelled_on = on  # type: ignore[assignment]

    @transition(field=state, source=[RatingState.ISSUED, RatingState.SUPERSEDED], target=None)
    def correct(self, *, level: object) -> None:
        """A decision found the level wrong; what it was stays in the history."""
        self.level = level  # type: ignore[assignment]


class RatingElement(models.Model):
    """The level and its basis for one goal or competency."""

    rating = models.ForeignKey(
        "performance.RatingOfRecord", on_delete=models.CASCADE, related_name="elements"
    )
    expectation = models.ForeignKey("performance.Expectation", on_delete=models.PROTECT)
    level = models.ForeignKey(
        "performance.RatingLevel", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    basis = models.TextField(blank=True)
    #: Date of the earliest work that the level rests on.
    work_dated = models.DateField(null=True, blank=True)
    not_assessed_reason = models.CharField(max_length=200, blank=True)
    #: What is on record that the level rests on: "feedback:12", "interim_review:3".
    evidence = models.JSONField(blank=True, default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rating", "expectation"], name="one_level_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.expectation}: {self.level or 'open'}"
