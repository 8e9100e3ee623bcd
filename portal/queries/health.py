"""Whether the database and the broker answer, and when the daily sweep last ran."""

from __future__ import annotations

from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection

from casework.models import Sweep


@dataclass(frozen=True, slots=True)
class Health:
    """What /healthz says."""

    database: bool
    broker: bool
    last_sweep_on: str
    last_sweep_finished: str

    @property
    def well(self) -> bool:
        """Whether requests and jobs can be served."""
        return self.database and self.broker


def health() -> Health:
    """Ask both servers, each for at most two seconds."""
    try:
        last = Sweep.objects.exclude(finished_at=None).order_by("-id").first()
        database = True
    except DatabaseError:
        connection.close()
        last, database = None, False
    return Health(
        database=database,
        broker=_broker_answers(),
        last_sweep_on=last.on.isoformat() if last else "",
        last_sweep_finished=last.finished_at.isoformat() if last and last.finished_at else "",
    )


def _broker_answers() -> bool:
    try:
        with redis.Redis.from_url(
            settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2
        ) as broker:
            return bool(broker.ping())
    except redis.RedisError:
        return False
