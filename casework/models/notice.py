"""What a person was told, with its date and paragraph."""

from __future__ import annotations

from django.db import models


class MailState(models.TextChoices):
    """How far the e-mail of a notice is; the inbox has the notice at once whatever this says."""

    WAITING = "waiting", "To be sent"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not accepted after many tries"
    NONE = "none", "No e-mail"


class Notice(models.Model):
    """A message in somebody's inbox; written with the act, sent by e-mail after its commit.

    The row is the promise of the e-mail: what no worker was told of is picked up later.
    """

    recipient = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    citation = models.CharField(max_length=60, blank=True)
    url = models.CharField(max_length=200, blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    email_state = models.CharField(
        max_length=8, choices=MailState.choices, default=MailState.WAITING
    )
    emailed_at = models.DateTimeField(null=True, blank=True)
    email_attempts = models.PositiveSmallIntegerField(default=0)
    #: What the mail server answered last, where it did not take the mail.
    email_error = models.CharField(max_length=300, blank=True)
    #: Not to be tried again before.
    email_not_before = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["recipient", "-id"]),
            models.Index(
                fields=["recipient", "id"],
                condition=models.Q(email_state="waiting"),
                name="notices_to_be_mailed",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MailRhythm(models.TextChoices):
    """When notices are sent by e-mail."""

    AT_ONCE = "at_once", "At once, one e-mail a notice"
    DAILY = "daily", "Once a day, in one e-mail"
    WEEKLY = "weekly", "On Mondays, in one e-mail"


class NoticePreference(models.Model):
    """How a person wants notices by e-mail; without a row, at once."""

    user = models.OneToOneField(
        "accounts.User", on_delete=models.CASCADE, related_name="notice_preference"
    )
    rhythm = models.CharField(max_length=8, choices=MailRhythm.choices, default=MailRhythm.AT_ONCE)
    #: The last day for which notices were gathered, so that none is gathered twice.
    gathered_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user}: {self.get_rhythm_display()}"
