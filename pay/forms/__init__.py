"""The forms of pay, by subject."""

from pay.forms.fields import Cents, Dollars
from pay.forms.payout_run import MODE_TITLES, PayoutRunForm, PoolRow
from pay.forms.range_run import BandRow, RangeRunForm, rise
from pay.forms.runs import CancelForm, RunForm

__all__ = [
    "MODE_TITLES",
    "BandRow",
    "CancelForm",
    "Cents",
    "Dollars",
    "PayoutRunForm",
    "PoolRow",
    "RangeRunForm",
    "RunForm",
    "rise",
]
