"""What a run puts into the pay specialists' inbox."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from accounts.models import Role
from casework.services.work_items import finish_work_item, open_work_item
from pay.models import PayRun

APPROVE = "approve_run"
START = "start_run"
DOUBTFUL = "run_not_proved"
_TITLES = {
    APPROVE: "Approve “{}”, as another than its drafter",
    START: "Start “{}”",
    DOUBTFUL: "The totals of “{}” do not prove themselves",
}


def ask_for(run: PayRun, kind: str, *, on: date, citation: str) -> None:
    """Put the run's next step into the inbox, in place of what stood there."""
    done_with(run, on=on)
    open_work_item(
        run,
        kind=kind,
        title=_TITLES[kind].format(run.title)[:200],
        on=on,
        due_on=run.effective if kind != DOUBTFUL else None,
        url=reverse("pay:run", args=[run.pk]),
        citation=citation,
        role=Role.PAY_SPECIALIST,
    )


def done_with(run: PayRun, *, on: date) -> None:
    """Nothing of this run waits any longer."""
    for kind in _TITLES:
        finish_work_item(run, kind=kind, on=on)
