"""Requests for reconsideration in a scenario: their two verbs, and their cases in the answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from casework.models import WorkItem
from classification.models import Band, OccupationalCluster, OccupationalSeries
from classification.queries.decisions import decisions_of
from reconsideration.models import Forum, Outcome, Request
from reconsideration.services.decide import decide, decide_at_opm
from reconsideration.services.file_request import file_request
from reconsideration.services.follow_pay import PAY_SYSTEM, TO_SETTLE
from reconsideration.services.take_up import take_up, take_up_at_opm
from regulation.refusals import Refused
from scenarios.build import LAB, World, make_series
from scenarios.document import Event
from scenarios.people import Declared
from scenarios.reading import Malformed, Value

CHANGES = ("cluster", "series", "band", "effective")
REASON = "As the scenario states."


def read_request(declared: Declared, value: Value) -> dict[str, Any]:
    """The arguments of `request_reconsideration`; which issues are reviewable the rules say."""
    found = value.keys(required=("date", "do", "employee", "to", "issues"), optional=("ref",))
    return {
        "employee": declared.person(found),
        "to": found["to"].choice(Forum.values),
        "issues": [
            item.text("an issue") for item in found["issues"].items("a list of what is contested")
        ],
        "ref": found["ref"].text() if "ref" in found else "",
    }


def read_decision(declared: Declared, value: Value, on: date) -> dict[str, Any]:
    """The arguments of `decide_reconsideration`; a change counts from the event's date at least."""
    found = value.keys(required=("date", "do", "ref", "by", "outcome"), optional=CHANGES)
    outcome = found["outcome"].choice((Outcome.SUSTAINED.value, Outcome.CHANGED.value))
    for key in CHANGES:
        if outcome == Outcome.SUSTAINED and key in found:
            raise Malformed(found[key].key, found[key].line, "only outcome changed has this key")
    clusters = {band.cluster for band in declared.bands.values()}
    return {
        "ref": declared.known(found["ref"], declared.requests, "request for reconsideration"),
        "by": found["by"].choice(Forum.values),
        "outcome": outcome,
        "cluster": declared.known(found["cluster"], clusters, "cluster")
        if "cluster" in found
        else None,
        "series": found["series"].series() if "series" in found else None,
        "band": declared.known(found["band"], declared.bands, "band") if "band" in found else None,
        "effective": found["effective"].date() if "effective" in found else on,
    }


def request_reconsideration(event: Event, world: World) -> None:
    """File the request as the employee does."""
    given = event.arguments
    filed = file_request(
        world.person(given["employee"], on=event.on),
        to=Forum(given["to"]),
        issues=given["issues"],
        ref=given["ref"],
        actor=LAB,
        on=event.on,
    )
    if given["ref"]:
        world.refs[given["ref"]] = filed


def decide_reconsideration(event: Event, world: World) -> None:
    """Take the request up and decide it, by the Department or by OPM."""
    given = event.arguments
    filed = world.refs.get(given["ref"])
    if not isinstance(filed, Request):
        raise Refused("invalid_transition", "9701.222(b)", "The request was never filed.")
    at_opm = given["by"] == Forum.OPM
    begin, finish = (take_up_at_opm, decide_at_opm) if at_opm else (take_up, decide)
    finish(
        begin(Request.objects.get(pk=filed.pk), actor=LAB, on=event.on),
        outcome=given["outcome"],
        reason=REASON,
        actor=LAB,
        on=event.on,
        **_change(filed, given, world),
    )


def _change(filed: Request, given: dict[str, Any], world: World) -> dict[str, Any]:
    """What a changed outcome sets; what the file leaves open stays, or follows its new cluster."""
    if given["outcome"] == Outcome.SUSTAINED:
        return {}
    standing = decisions_of(filed.position).first() or filed.contested
    cluster = (
        OccupationalCluster.objects.get(code=given["cluster"])
        if given["cluster"] is not None
        else None
    )
    band = world.bands[given["band"]] if given["band"] is not None else None
    if band is None and cluster is not None and cluster != standing.band.cluster:
        band = _same_level(standing.band, cluster=cluster)
    series: OccupationalSeries | None = None
    if given["series"] is not None:
        series = make_series(given["series"], band or standing.band)
    elif band is not None and band.cluster_id != standing.series.cluster_id:
        series = make_series("", band)
    return {"cluster": cluster, "band": band, "series": series, "effective": given["effective"]}


def _same_level(band: Band, *, cluster: OccupationalCluster) -> Band | None:
    """The band of another cluster that has the same level, if there is just one."""
    found = list(Band.objects.filter(cluster=cluster, level=band.level)[:2])
    return found[0] if len(found) == 1 else None


def left_to_people(world: World) -> list[dict[str, Any]]:
    """Pay that could not follow a determination, and waits for a person."""
    waiting = WorkItem.objects.filter(kind__in=(TO_SETTLE, PAY_SYSTEM), done_at=None)
    return [
        {
            "event": None,
            "employee": world.codes[item.employee_key],
            "date": item.opened_on.isoformat(),
            "code": "needs_decision",
            "citation": item.citation,
            "message": item.title,
        }
        for item in waiting.order_by("id")
    ]


def reconsideration_cases(world: World) -> list[dict[str, Any]]:
    """Every request as it stands, in the order of filing."""
    return [
        {
            "kind": "reconsideration",
            "employee": world.codes[request.employee_id],
            "opened": request.filed_on.isoformat(),
            "due": None,
            "state": request.state,
            "closed": request.closed_on.isoformat() if request.closed_on else None,
            "citation": "9701.222(a)",
        }
        for request in Request.objects.order_by("id")
    ]
