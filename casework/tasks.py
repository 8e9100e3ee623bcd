"""The daily sweep, and the e-mails of notices, under Celery beat."""

from __future__ import annotations

from celery import shared_task

from regulation import clock


@shared_task(name="casework.tasks.sweep")
def sweep() -> None:
    """Settle what lapsed before today; safe to run at any time and twice at once."""
    from casework.sweeps import run_daily

    run_daily(on=clock.today())


@shared_task(name="casework.tasks.send_notices")
def send_notices() -> None:
    """Send the notices that wait; after a commit, and by the beat for whatever was left."""
    from casework.services.notice_mail import send_waiting

    send_waiting(now=clock.now())


@shared_task(name="casework.tasks.gather_notices")
def gather_notices() -> None:
    """Send a day's or a week's notices in one mail to those who want them so."""
    from casework.services.notice_mail import send_gathered

    send_gathered(on=clock.today(), now=clock.now())
