"""The facts that the apps above hear of; receivers only write a promise, inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

#: A rating of record became final; sent once a rating with `rating` (a RatingOfRecord).
rating_issued = Signal()

#: A final rating turned out wrong and was corrected; sent once a correction with `rating`,
#: `level_before`, `reference`, `decided`, `actor` and `on`. What a receiver refuses undoes it.
rating_corrected = Signal()
