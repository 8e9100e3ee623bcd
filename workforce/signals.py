"""Facts of the workforce that upper apps hear of; receivers only write a promise."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction with `employee`, `position` and `on`, the first day on which the
#: employee no longer holds the position of record.
position_left = Signal()
