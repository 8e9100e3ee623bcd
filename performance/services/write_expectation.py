"""Writing an expectation into a plan, before it is communicated (5 CFR 9701.406(c))."""

from __future__ import annotations

from datetime import date

from casework.actor import Actor
from performance.models import Expectation, ExpectationState, Plan
from performance.rules.equal_opportunity import refuse_touching
from performance.rules.expectation import ExpectationContent
from performance.services.plan_act import act_on_plan, refuse_ended
from performance.services.plan_content import check_content, columns_of
from regulation.refusals import Refused


def write_expectation(
    plan: Plan,
    *,
    content: ExpectationContent,
    actor: Actor,
    on: date,
    version: int | None = None,
    expectation: int | None = None,
    replaces: int | None = None,
) -> Expectation:
    """Add a draft expectation, or write one anew that is still a draft.

    5 CFR 9701.406(c), (d)#2. `expectation` is the id of the draft to be written anew, `replaces`
    that of a communicated one whose place it is to take: what was communicated is never edited.
    Raises Refused: what `check_content` and `act_on_plan` refuse, `expectation_fixed` for one that
    was communicated, `already_done` where its replacement is already being written,
    `record_locked` after the period.
    """
    found: list[Expectation] = []

    def write(fresh: Plan) -> None:
        fresh.write()
        refuse_ended(fresh, on=on)
        check_content(content, plan=fresh, on=on)
        if expectation is None:
            found.append(_added(fresh, content=content, replaces=replaces))
            return
        row = draft_of(fresh, expectation)
        for name, value in columns_of(content).items():
            setattr(row, name, value)
        row.save()
        found.append(row)

    act_on_plan(
        plan,
        name="write_expectation",
        do=write,
        actor=actor,
        on=on,
        version=version,
        citation="9701.406(c)",
        detail={"title": content.title, "form": content.form},
    )
    return found[0]


def draft_of(plan: Plan, pk: int) -> Expectation:
    """A draft of the plan. Raises Refused `expectation_fixed` or `invalid_input`."""
    row = Expectation.objects.filter(plan=plan, pk=pk).first()
    if row is None:
        raise Refused("invalid_input", "9701.406", "This plan holds no such expectation.")
    if row.state != ExpectationState.DRAFT:
        raise Refused(
            "expectation_fixed",
            "9701.406(b)",
            f"“{row.title}” was communicated on {row.communicated_on}. Replace it by another; what "
            "was communicated stays as it was.",
        )
    return row


def standing_of(plan: Plan, pk: int) -> Expectation:
    """A communicated expectation of the plan that still stands. Raises Refused `invalid_input`."""
    row = Expectation.objects.filter(plan=plan, pk=pk, state=ExpectationState.COMMUNICATED).first()
    if row is None:
        raise Refused("invalid_input", "9701.406", "No such expectation stands in this plan.")
    return row


def _added(plan: Plan, *, content: ExpectationContent, replaces: int | None) -> Expectation:
    old = standing_of(plan, replaces) if replaces is not None else None
    refuse_touching(old.competency if old is not None else "")
    if old is not None and Expectation.objects.filter(replaces=old).exists():
        raise Refused(
            "already_done", "9701.406", f"A replacement of “{old.title}” is already being written."
        )
    last = Expectation.objects.filter(plan=plan).order_by("-order").first()
    order = old.order if old is not None else (last.order + 1 if last else 1)
    return Expectation.objects.create(plan=plan, replaces=old, order=order, **columns_of(content))
