"""Loading former rates from a file: what a conversion starts from (5 CFR 9701.373)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from accounts.models import Organization
from casework.actor import Actor
from casework.services.history import record
from pay.models import FormerRate, FormerSystem, PayAction, PayRun, RunKind, RunState
from pay.rules.buy_in import WAITING_DAYS
from pay.services.runs.permissions import refuse_strangers
from pay.uploads import Column, Fault, FaultyFile, LineFault, Row, read_table
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Assignment, AssignmentKind, Employee

CITATION = "9701.373(a)"
COLUMNS = (
    Column("number", "The employee’s number", needed=True),
    Column("system", "GS, FWS, SL, ST or SES", needed=True),
    Column("basic", "Basic pay in the position of record, whole dollars a year", needed=True),
    Column("locality_percent", "Locality pay in percent, such as 12.5; or else a special rate"),
    Column("special_rate", "A special rate of 5 U.S.C. 5305, whole dollars a year"),
    Column("step", "The step held, 1 to 15"),
    Column("next_step", "Basic pay at the next step, whole dollars a year"),
    Column("days_served", "Days creditable toward the next step"),
    Column("retained", "yes on a retained grade or retained pay"),
    Column("acceptable", "no where competence is not acceptable; yes if empty"),
    Column("law_enforcement", "yes for a law enforcement officer of 5 U.S.C. 5541(3)"),
    Column("temporary_total", "The total on a temporary promotion, which ends before conversion"),
    Column(
        "same_day",
        "The former system’s actions of the day, each with the total after it: "
        "“promotion=54600; duty_station=57000”. Without a total it is not processed yet.",
    ),
)
MOST_STEPS = 15


@transaction.atomic
def load_former_rates(text: str, *, converts_on: date, actor: Actor, on: date) -> int:
    """Put the former rates of a file on record for a day of conversion; how many.

    5 CFR 9701.373(a), (c)-(e). A rate already there is replaced, until its person is converted.
    The whole file or nothing: FaultyFile (`file_refused`) tells the lines. Refused `run_locked`
    while an approved conversion of that day rests on the rates, `not_authorized` for others than
    pay specialists over everybody in it.
    """
    rates = read_table(text, columns=COLUMNS, read=_rate, citation=CITATION)
    _refuse_locked(converts_on)
    _find_people(rates, converts_on=converts_on, actor=actor)
    refuse_strangers(actor, organizations=_organizations(rates, on=converts_on), on=on)
    now = clock.now()
    for _, rate in rates:
        rate.converts_on = converts_on
        rate.loaded_at = now
    fields = [field.name for field in FormerRate._meta.concrete_fields if not field.primary_key]
    FormerRate.objects.bulk_create(
        [rate for _, rate in rates],
        update_conflicts=True,
        unique_fields=["employee", "converts_on"],
        update_fields=[name for name in fields if name not in ("employee", "converts_on")],
        batch_size=2_000,
    )
    record(
        f"former_rates:{converts_on.isoformat()}",
        act="load_former_rates",
        actor=actor,
        on=on,
        citation=CITATION,
        detail={"people": len(rates)},
    )
    return len(rates)


def _rate(row: Row) -> tuple[Row, FormerRate]:
    rate = FormerRate(
        system=row.choice("system", FormerSystem.values),
        basic=row.whole("basic", least=1) or 0,
        locality_percent=row.percent("locality_percent"),
        special_rate=row.whole("special_rate", least=1),
        step=row.whole("step", least=1),
        next_step=row.whole("next_step", least=1),
        days_served=row.whole("days_served") or 0,
        retained=row.flag("retained", otherwise=False),
        acceptable=row.flag("acceptable", otherwise=True),
        law_enforcement=row.flag("law_enforcement", otherwise=False),
        temporary_total=row.whole("temporary_total", least=1),
        same_day=_same_day(row),
    )
    _refuse_contradiction(rate)
    return row, rate


def _refuse_contradiction(rate: FormerRate) -> None:
    if rate.locality_percent is None and rate.special_rate is None:
        raise Fault("locality_percent or special_rate must be given; 0 where there is none.")
    if rate.step is None and (rate.next_step is not None or rate.days_served):
        raise Fault("next_step and days_served are read by step, which is empty.")
    if rate.step is not None and rate.step > MOST_STEPS:
        raise Fault(f"step is at most {MOST_STEPS}.")
    if rate.next_step is not None and rate.next_step <= rate.basic:
        raise Fault("next_step is above basic.")
    if rate.step is not None and rate.system not in WAITING_DAYS:
        raise Fault(f"{rate.system} has no steps.")
    if rate.law_enforcement and rate.system != FormerSystem.GS:
        raise Fault("law_enforcement is said of the General Schedule (9701.372(b)).")


def _same_day(row: Row) -> list[list[object]]:
    found: list[list[object]] = []
    for part in filter(None, (each.strip() for each in row.text("same_day").split(";"))):
        kind, _, figure = part.partition("=")
        total = Row(row.line, {"same_day": figure}).whole("same_day", least=1)
        if not kind.strip() or len(kind) > 40:
            raise Fault("same_day names each action before its total: promotion=54600.")
        found.append([kind.strip(), total])
    return found


def _refuse_locked(converts_on: date) -> None:
    """What two people approved is carried out on the figures that they saw."""
    locked = PayRun.objects.select_for_update().filter(
        kind=RunKind.CONVERSION,
        effective=converts_on,
        state__in=(RunState.APPROVED, RunState.RUNNING),
    )
    for run in locked:
        message = f"“{run.title}” is approved on the rates as they are."
        raise Refused("run_locked", CITATION, message)


def _find_people(
    rates: Sequence[tuple[Row, FormerRate]], *, converts_on: date, actor: Actor
) -> None:
    numbers = [row.text("number") for row, _ in rates]
    people = {person.number: person for person in Employee.objects.filter(number__in=numbers)}
    paid = set(
        PayAction.objects.filter(
            employee__number__in=numbers, kind="conversion", corrects=None
        ).values_list("employee_id", flat=True)
    )
    seen: dict[str, int] = {}
    faults = []
    for row, rate in rates:
        number = row.text("number")
        person = people.get(number)
        if person is None:
            faults.append(LineFault(row.line, f"There is no employee “{number[:24]}”."))
        elif number in seen:
            message = f"{number} stands on line {seen[number]} already."
            faults.append(LineFault(row.line, message))
        elif person.pk in paid:
            faults.append(LineFault(row.line, f"{number} is converted already."))
        elif actor.user is not None and person.user_id == actor.user.pk:
            faults.append(LineFault(row.line, "Nobody acts on his own pay."))
        else:
            rate.employee = person
        seen.setdefault(number, row.line)
    if faults:
        raise FaultyFile(faults, citation=CITATION)


def _organizations(
    rates: Sequence[tuple[Row, FormerRate]], *, on: date
) -> list[Organization | None]:
    """Where the people are placed; the whole Department where somebody is placed nowhere."""
    held = Assignment.objects.filter(
        employee_id__in=[rate.employee_id for _, rate in rates],
        kind=AssignmentKind.PERMANENT,
        period__contains=on,
    )
    places = dict(held.values_list("employee_id", "position__organization_id"))
    found: list[Organization | None] = list(Organization.objects.filter(pk__in=places.values()))
    return found if len(places) == len(rates) else [*found, None]
