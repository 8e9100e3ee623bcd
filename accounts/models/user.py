"""The person who logs in; what he may do comes from grants and relations, never from a flag."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A log-in. An employee's record points here; an OPM reviewer has a log-in and no record."""

    full_name = models.CharField(max_length=160, blank=True)

    def __str__(self) -> str:
        return self.full_name or self.username
