"""The one door to pay: every change of a rate and every lump sum is posted here (rules 1 to 3).

`post_many` refuses what breaks 5 CFR 9701.357 (R30) or 9701.312 (R10), and whatever is dated before
a step already posted. Ledger and projection are written together, in the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import Any, TypeAlias

from django.db import connection, transaction

from pay.models import PayAction
from pay.rules.encoding import RowEncoder, encode
from pay.rules.maximum_rate import check_basic
from pay.rules.pay_state import check_pay_state
from regulation import clock
from regulation.binary_rows import binary_rows
from regulation.refusals import Refused

#: Effective date and rank on that date (R39) of a step.
Place: TypeAlias = tuple[date, int]


# Not frozen, though nobody changes one: making a frozen one takes two to three times as long.
@dataclass(slots=True, kw_only=True)
class Posting:
    """One step of a person's pay as the rules made it, ready for the ledger.

    Rates are whole dollars a year, `lump_sum` and `amount` dollars and cents, percents percents.
    `inputs` are the arguments of the rule, which replay it (`pay.rules.explain`); the ledger
    encodes them.
    `minimum`, `maximum` and `cap` are those in force on `effective`, against which the door checks.
    Without a rate, as upon separation, every rate is None.
    """

    employee_id: int
    effective: date
    step: int
    kind: str
    rule: str
    citation: str
    inputs: Mapping[str, Any]
    basic_before: int | None
    basic_after: int | None
    rule_version: int = 1
    order_id: int | None = None
    run_id: int | None = None
    policy: Mapping[str, Any] = field(default_factory=dict)
    band_id: int | None = None
    uncapped: int | None = None
    adjusted: int | None = None
    supplement_kind: str = ""
    supplement_percent: Decimal = Decimal(0)
    supplement: int = 0
    retained: bool = False
    lump_sum: Decimal = Decimal(0)
    amount: Decimal | None = None
    below_minimum: bool = False
    actor_id: int | None = None
    authority: str = ""
    minimum: int | None = None
    maximum: int | None = None
    cap: int | None = None
    critical_pay: bool = False


_COLUMNS = (
    "id", "place", "recorded_at", "employee_id", "order_id", "run_id", "effective", "step", "kind",
    "rule", "rule_version", "citation", "inputs", "policy", "band_id", "basic_before",
    "basic_after", "uncapped", "adjusted", "supplement_kind", "supplement_percent", "supplement",
    "retained", "lump_sum", "amount", "below_minimum", "actor_id", "authority", "annuls",
)  # fmt: skip
_AS_POSTED = _COLUMNS[3:-1]
_BEFORE_JSON = attrgetter(*_AS_POSTED[: _AS_POSTED.index("inputs")])
_AFTER_JSON = attrgetter(*_AS_POSTED[_AS_POSTED.index("policy") + 1 :])
_COPY = f"COPY pay_payaction ({', '.join(_COLUMNS)}) FROM STDIN"

_PROJECTED = """
INSERT INTO pay_payrate (employee_id, starts, band_id, basic, uncapped, adjusted, supplement_kind,
                         supplement_percent, retained, below_minimum, action_id)
SELECT DISTINCT ON (employee_id, effective)
       employee_id, effective, band_id, basic_after, uncapped, adjusted, supplement_kind,
       supplement_percent, retained, below_minimum, id
  FROM pay_payaction AS a
 WHERE {which}
 ORDER BY employee_id, effective, step DESC, place DESC
ON CONFLICT (employee_id, starts) DO UPDATE
   SET (band_id, basic, uncapped, adjusted, supplement_kind, supplement_percent, retained,
        below_minimum, action_id)
     = (excluded.band_id, excluded.basic, excluded.uncapped, excluded.adjusted,
        excluded.supplement_kind, excluded.supplement_percent, excluded.retained,
        excluded.below_minimum, excluded.action_id)
"""
#: The last step of each date is the rate from that date on.
_PROJECT = _PROJECTED.format(which="id = ANY(%s)")
#: The same from what stands on record, corrections in place of what they correct.
_PROJECT_ANEW = _PROJECTED.format(
    which="""employee_id = %(employee)s AND effective >= %(since)s AND NOT annuls
   AND NOT EXISTS (SELECT FROM pay_payaction c WHERE c.corrects_id = a.id)"""
)
_FORGET = "DELETE FROM pay_payrate WHERE employee_id = %(employee)s AND starts >= %(since)s"

#: Who of these has a step posted after the one that is to be posted, or was just now: under a
#: person's lock whatever is older has a lesser place.
_POSTED_AFTER = """
SELECT new.employee_id, new.effective, later.effective
  FROM unnest(%(people)s::bigint[], %(effective)s::date[], %(steps)s::smallint[])
       AS new(employee_id, effective, step)
 CROSS JOIN LATERAL (SELECT effective FROM pay_payaction
                      WHERE employee_id = new.employee_id
                        AND (effective, step) > (new.effective, new.step)
                        AND place < %(before)s::bigint
                      ORDER BY effective DESC, step DESC, place DESC LIMIT 1) AS later
 LIMIT 1
"""

_LAST_POSTED = """
SELECT person.id, last.effective, last.step
  FROM unnest(%s::bigint[]) AS person(id)
 CROSS JOIN LATERAL (SELECT effective, step FROM pay_payaction
                      WHERE employee_id = person.id
                      ORDER BY effective DESC, step DESC, place DESC LIMIT 1) AS last
"""


def last_posted(employee_ids: Iterable[int]) -> dict[int, Place]:
    """Date and rank of each person's last posted step; one query, people without one left out."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_POSTED, [list(employee_ids)])
        return {employee_id: (effective, step) for employee_id, effective, step in cursor}


def post(posting: Posting) -> PayAction:
    """Post one step; see `post_many`."""
    (pk,) = post_many([posting])
    return PayAction.objects.get(pk=pk)


@transaction.atomic
def post_many(postings: Iterable[Posting], *, at_most: int | None = None) -> list[int]:
    """Write steps to ledger and projection, or refuse them all; the ids in the order given.

    5 CFR 9701.357(a), (b), 9701.312. The caller holds the locks of the people. With `at_most`, how
    many there can be, steps are written while the next are made, which must not ask the database.
    Refused: `below_band_minimum`, `above_band_maximum`, `above_executive_level`, and
    `earlier_than_posted` for a step dated before one already posted.
    """
    if at_most is None:
        postings = list(postings)
        at_most = len(postings)
    if not at_most:
        return []
    reserved = _reserve(at_most)
    first: list[tuple[int, date, int]] = []
    written = _copy(_checked(postings, first=first), ids=reserved)
    _refuse_after_later(first, before=reserved[0])
    ids = reserved[:written]
    with connection.cursor() as cursor:
        cursor.execute(_PROJECT, [ids])
    return ids


@dataclass(frozen=True, slots=True)
class Corrected:
    """A step as it should have been, and the row that it corrects; None where there was none.

    `annuls`: there should have been no such step; the posting says which, and its figures count for
    nothing.
    """

    posting: Posting
    corrects: PayAction | None
    annuls: bool = False


@transaction.atomic
def post_corrections(steps: Sequence[Corrected], *, employee_id: int, since: date) -> list[int]:
    """Add corrections of one person's steps, each on its own date, and project anew from `since`.

    Rule 3 of the design: no row is edited; a correction inherits the place of what it corrects. The
    caller holds the person's lock. Refused: what `check` refuses.
    """
    recorded_at = clock.now()
    ids = _reserve(len(steps))
    rows = []
    for pk, step in zip(ids, steps, strict=True):
        if not step.annuls:
            check(step.posting)
        place = step.corrects.place if step.corrects is not None else pk
        values = {name: getattr(step.posting, name) for name in _AS_POSTED}
        values["inputs"] = encode(step.posting.inputs)
        rows.append(
            PayAction(
                id=pk,
                place=place,
                recorded_at=recorded_at,
                corrects=step.corrects,
                annuls=step.annuls,
                **values,
            )
        )
    PayAction.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        # A date on which nothing stands any longer begins no rate.
        cursor.execute(_FORGET, {"employee": employee_id, "since": since})
        cursor.execute(_PROJECT_ANEW, {"employee": employee_id, "since": since})
    return ids


def check(posting: Posting) -> None:
    """Refuse a posting that leaves a rate outside the lawful states (R30) or over the cap (R10)."""
    if posting.basic_after is None:
        return
    if posting.minimum is None or posting.maximum is None or posting.cap is None:
        raise ValueError(f"{posting.kind}: a rate is posted with its band's range and the cap")
    check_pay_state(
        posting.basic_after,
        minimum=posting.minimum,
        maximum=posting.maximum,
        retained=posting.retained,
        denial_open=posting.below_minimum,
        critical_pay=posting.critical_pay,
    )
    check_basic(posting.basic_after, cap=posting.cap, critical_pay=posting.critical_pay)
    if posting.adjusted is None or posting.adjusted > max(posting.cap, posting.basic_after):
        raise Refused(
            "above_executive_level",
            "9701.312(a)",
            f"An adjusted rate of {posting.adjusted:,} is above the highest rate allowed, "
            f"{posting.cap:,}.",
        )


def _checked(
    postings: Iterable[Posting], *, first: list[tuple[int, date, int]]
) -> Iterator[Posting]:
    """The postings, each checked and none before another of a person; `first` takes each first."""
    last: dict[int, Place] = {}
    for posting in postings:
        check(posting)
        person, place = posting.employee_id, (posting.effective, posting.step)
        known = last.get(person)
        if known is None:
            first.append((person, *place))
        elif place < known:
            raise _too_late(posting.effective, known=known[0])
        last[person] = place
        yield posting


def _refuse_after_later(first: Sequence[tuple[int, date, int]], *, before: int) -> None:
    """Refuse a step dated before one that stands, of those that are older than this place."""
    if not first:
        return
    people, effective, steps = (list(each) for each in zip(*first, strict=True))
    later = binary_rows(
        _POSTED_AFTER,
        {"people": people, "effective": effective, "steps": steps, "before": before},
    )
    for _, effective_on, known in later:
        raise _too_late(effective_on, known=known)


def _too_late(effective: date, *, known: date) -> Refused:
    return Refused(
        "earlier_than_posted",
        "",
        f"Pay of {known} is posted already for this person, so nothing dated {effective} can come "
        "before it.",
    )


_RESERVE = """
SELECT array_agg(nextval(sequence.name))
  FROM (SELECT pg_get_serial_sequence('pay_payaction', 'id')::regclass AS name OFFSET 0)
       AS sequence,
       generate_series(1, %(count)s::integer)
"""


def _reserve(count: int) -> list[int]:
    [(ids,)] = binary_rows(_RESERVE, {"count": count})
    return list(ids)


def _copy(postings: Iterable[Posting], *, ids: Sequence[int]) -> int:
    """COPY, which sends rows while the next are made; how many. What many share is encoded once."""
    recorded_at = clock.now()
    encoder = RowEncoder()
    # With the policy itself, whose values so stay alive and keep their ids.
    policies: dict[tuple[Any, ...], tuple[Mapping[str, Any], str]] = {}
    written = 0
    free = iter(ids)
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for posting in postings:
            pk = next(free)
            policy = posting.policy
            key = (*policy, *map(id, policy.values()))
            known = policies.get(key)
            if known is None:
                known = policies[key] = (policy, encoder.text(policy))
            copy.write_row(
                (
                    *(pk, pk, recorded_at, *_BEFORE_JSON(posting)),
                    *(encoder.text(posting.inputs), known[1], *_AFTER_JSON(posting), False),
                )
            )
            written += 1
    return written
