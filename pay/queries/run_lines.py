"""Who gets what in a run: computed before it, afterwards as its chunks wrote it down."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from itertools import islice

from pay.models import ChunkState, PayoutLine, PayRun, RunChunk, RunException, RunKind, RunState
from pay.services.runs.outcomes import MARK_TITLES, Mark, Outcome
from pay.services.runs.payout_posting import outcome_of_exception, outcome_of_line
from pay.services.runs.preview import computation_of
from pay.services.runs.snapshot import read_only_snapshot
from regulation import clock
from workforce.models import Employee

EVERYTHING = "all"
LINES_A_PAGE = 50
#: People computed for one page at most; beyond them the page offers to go on.
MOST_COMPUTED = 6_000
SHARE = 250


@dataclass(frozen=True, slots=True)
class Line:
    """One outcome with the name of whom it is about."""

    outcome: Outcome
    number: str
    family_name: str
    given_name: str

    @property
    def titles(self) -> list[str]:
        """The marks in words."""
        return [MARK_TITLES[mark] for mark in self.outcome.marks]


@dataclass(frozen=True, slots=True)
class LinePage:
    """Some lines, and from where the next page goes on; empty at the end."""

    lines: list[Line]
    next: str


def page_of_lines(
    run: PayRun, *, mark: Mark | None = None, name: str = "", after: str = ""
) -> LinePage:
    """The lines after a place, of one mark or of all, of family names that begin with `name`.

    Refused: what keeps everybody from being computed, as `parameter_missing`.
    """
    wanted: Container[int] | None = None
    if name:
        found = Employee.objects.filter(family_name__istartswith=name)
        wanted = set(found.values_list("pk", flat=True))
    start = int(after) if after.isascii() and after.isdigit() and len(after) < 12 else 0
    outcomes: list[Outcome] = []
    last = ""
    stream = _outcomes(run, start=start, mark=mark)
    for place, outcome in stream:
        if mark in (None, *outcome.marks) and (wanted is None or outcome.employee_id in wanted):
            outcomes.append(outcome)
        full = len(outcomes) == LINES_A_PAGE
        if full or (_is_computed(run) and place - start >= MOST_COMPUTED):
            last = str(place) if next(stream, None) is not None else ""
            break
    return LinePage(lines=_named(outcomes), next=last)


def all_lines(run: PayRun) -> Iterator[Line]:
    """Every line of a run, in the order of the pages, some at a time."""
    stream = (outcome for _, outcome in _outcomes(run, start=0, mark=None))
    # The first share is computed here, so that a refusal comes before the answer has begun.
    share = list(islice(stream, SHARE))
    return _rest(share, stream)


def _rest(share: list[Outcome], stream: Iterator[Outcome]) -> Iterator[Line]:
    while share:
        yield from _named(share)
        share = list(islice(stream, SHARE))


def _is_computed(run: PayRun) -> bool:
    if run.state == RunState.APPROVED:
        return bool(run.kind != RunKind.PAYOUT)
    return run.state in (RunState.DRAFT, RunState.PREVIEWED, RunState.CANCELLED)


def _outcomes(run: PayRun, *, start: int, mark: Mark | None) -> Iterator[tuple[int, Outcome]]:
    """Outcomes after the first `start` of them, each with its place, counted from 1."""
    if _is_computed(run):
        return _computed(run, start=start, mark=mark)
    if run.state == RunState.APPROVED:
        return _certified(run, start=start)
    return _written(run, start=start)


def _computed(run: PayRun, *, start: int, mark: Mark | None) -> Iterator[tuple[int, Outcome]]:
    computation = computation_of(run, on=clock.today())
    ids = list(computation.employee_ids)
    rare = run.preview.get("ids", {}).get(mark) if mark else None
    if rare is not None:
        known = set(rare)
        ids = [pk for pk in ids if pk in known]
    place = start
    for share, people in computation.shares(ids[start:], size=SHARE):
        with read_only_snapshot():
            outcomes = computation.outcomes(share, people)
        for outcome in outcomes:
            place += 1
            yield place, outcome


def _certified(run: PayRun, *, start: int) -> Iterator[tuple[int, Outcome]]:
    """The frozen lines by pool, and after them whom the certification left alone."""
    lines = PayoutLine.objects.filter(run=run).select_related("pool")
    place = start
    for line in lines.order_by("pool__code", "employee_id")[start:].iterator(chunk_size=SHARE):
        place += 1
        yield place, outcome_of_line(line)
    alone = RunException.objects.filter(run=run).order_by("employee_id")
    for exception in alone[max(0, start - lines.count()) :]:
        place += 1
        yield place, outcome_of_exception(exception, group="")


def _written(run: PayRun, *, start: int) -> Iterator[tuple[int, Outcome]]:
    """As the chunks that are done wrote it down, chunk by chunk."""
    passed = 0
    done = RunChunk.objects.filter(run=run, state=ChunkState.DONE).order_by("ordinal")
    for pk, people in list(done.values_list("pk", "totals__people")):
        if passed + people <= start:
            passed += people
            continue
        rows = RunChunk.objects.values_list("totals__outcomes", flat=True).get(pk=pk)
        for place, row in enumerate(rows, start=passed + 1):
            if place > start:
                yield place, Outcome.from_json(row)
        passed += people


def _named(outcomes: list[Outcome]) -> list[Line]:
    people = {
        pk: names
        for pk, *names in Employee.objects.filter(
            pk__in=[outcome.employee_id for outcome in outcomes]
        ).values_list("pk", "number", "family_name", "given_name")
    }
    return [Line(outcome, *people[outcome.employee_id]) for outcome in outcomes]
