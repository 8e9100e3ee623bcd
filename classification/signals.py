"""Facts of classification that upper apps hear of; receivers only write a promise."""

from __future__ import annotations

from django.dispatch import Signal

#: Sent inside the transaction with `decision`, where a classified position gets another decision.
position_reclassified = Signal()
