"""The Celery application and its static beat schedule."""

from __future__ import annotations

from celery import Celery
from celery.schedules import crontab

app = Celery("maxhr")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # Just after a deadline's last day has ended at 23:59:59 in America/New_York, and again through
    # the day: the sweep is idempotent, so an outage is caught up as soon as anything runs.
    "daily-sweep": {"task": "casework.tasks.sweep", "schedule": crontab(minute="5")},
    "send-left-notices": {"task": "casework.tasks.send_notices", "schedule": 60.0},
    # One mail a person and day, or week, whenever the first of these runs finds it due.
    "gather-notices": {"task": "casework.tasks.gather_notices", "schedule": crontab(minute="30")},
    "verify-the-pay-ledger": {
        "task": "pay.tasks.verify_ledger",
        "schedule": crontab(hour="2", minute="40"),
    },
    "pick-up-left-runs": {"task": "pay.tasks.pick_up_runs", "schedule": 60.0},
    "pick-up-clock-moves": {"task": "demonstration.tasks.pick_up_moves", "schedule": 30.0},
}
