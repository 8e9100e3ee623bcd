"""A cancelled rating that had withheld an increase: HR decides what is owed, pay does not guess.

5 CFR 9701.323 (preamble): only a rating that was wrong is paid back from its own date, and a
cancellation does not say whether it was.
"""

from __future__ import annotations

from datetime import date

from accounts.models import Role
from casework.services.notices import notify
from casework.services.work_items import open_work_item
from pay.models import DenialState, DeniedIncrease
from pay.queries.addressees import addressees_of
from pay.services.denials import CANCELLED_ITEM, address_of
from performance.models import RatingOfRecord

CITATION = "9701.323"
_ENDED = (DenialState.RELEASED, DenialState.CLOSED)


def ask_what_is_owed(rating: RatingOfRecord, *, on: date) -> list[DeniedIncrease]:
    """Ask HR to decide on each increase that a rating, now cancelled, withheld.

    5 CFR 9701.323 (preamble), 5 U.S.C. 5596. Nothing is recomputed by it. The item ends with the
    case; of a case that ended before, HR is notified. Nothing is asked where the rating had been
    corrected upward, because the correction paid already.
    """
    if rating.level is None or not rating.level.unacceptable:
        return []
    withheld = DeniedIncrease.objects.filter(rating=rating).select_related("employee")
    cases = list(withheld.order_by("adjusted_on", "id"))
    for case in cases:
        people = addressees_of(case.employee, on=on)
        title = (
            f"The rating that withheld the increase of {case.employee} on {case.adjusted_on} was "
            "cancelled: decide whether it is owed from that day"
        )
        if case.state in _ENDED:
            for user in people.hr:
                notify(
                    user,
                    title=title,
                    on=on,
                    subject=case.subject,
                    citation=CITATION,
                    url=address_of(case),
                )
            continue
        open_work_item(
            case,
            kind=CANCELLED_ITEM,
            title=title,
            on=on,
            url=address_of(case),
            citation=CITATION,
            role=Role.HR_SPECIALIST,
            organization=people.organization,
        )
    return cases
