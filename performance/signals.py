"""The facts that the apps above hear of; receivers only write a promise, inside the transaction."""

from __future__ import annotations

from django.dispatch import Signal

#: A rating of record became final; sent once a rating with `rating` (a RatingOfRecord). What it
#: brings is an improvement, from its issue on (5 CFR 9701.324, 9701.325(a)(1)).
rating_issued = Signal()

#: A final rating turned out wrong and was corrected, back to the day it counted from; sent once a
#: correction with `rating`, `level_before`, `reference`, `decided`, `actor` and `on`. What a
#: receiver refuses undoes it.
rating_corrected = Signal()

#: A final rating was cancelled, or cancelled to be given again; no rating counts from it any more,
#: as of any date. Sent once a cancellation with `rating`, `reference`, `decided`, `actor` and `on`.
rating_cancelled = Signal()
