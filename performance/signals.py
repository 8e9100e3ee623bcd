"""The facts that the apps above hear of; receivers only write a promise, inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

#: A rating of record became final; sent once a rating with `rating` (a RatingOfRecord).
rating_issued = Signal()
