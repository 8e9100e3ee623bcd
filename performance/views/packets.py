"""Rating packets, out and in (5 CFR 9701.410(a)); HR only, and every look is logged."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.access import access
from casework.web import actor_of, carry_out
from performance.forms import cleaned
from performance.models import PacketDirection, RatingPacket
from performance.packet_paper import packet_pdf
from performance.rules.packet import LARGEST
from performance.services.receive_packet import receive_packet
from performance.services.send_packet import send_packet
from performance.special_forms import PacketFileForm, ReceiverForm
from performance.views.subjects import named_employee
from regulation import clock
from regulation.refusals import Refused
from workforce.models import Employee


def packet_or_404(pk: int) -> RatingPacket:
    """The packet with its employee."""
    return get_object_or_404(RatingPacket.objects.select_related("employee__user"), pk=pk)


def packet_employee(request: HttpRequest, pk: int) -> Employee:
    """The employee whose ratings it holds."""
    return packet_or_404(pk).employee


@require_safe
@access(relations={"hr"}, subject=named_employee)
def packets(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent and received for one employee."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, refusal: Refused | None = None) -> HttpResponse:
    employee = named_employee(request, pk)
    context = {
        "employee": employee,
        "packets": RatingPacket.objects.filter(employee=employee).select_related("recorded_by"),
        "typed": request.POST if refusal else {},
        "refusal": refusal,
    }
    return render(request, "performance/packets.html", context)


@require_POST
@access(relations={"hr"}, subject=named_employee)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign a packet for another organization."""
    employee = named_employee(request, pk)

    def act() -> str:
        made = send_packet(
            employee,
            actor=actor_of(request),
            on=clock.today(),
            **cleaned(ReceiverForm(request.POST)),
        )
        return reverse("performance:packet", args=[made.pk])

    return carry_out(request, act=act, again=lambda refusal: _page(request, pk, refusal))


@require_POST
@access(relations={"hr"}, subject=named_employee)
def receive(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a packet in."""
    employee = named_employee(request, pk)

    def act() -> str:
        file = cleaned(PacketFileForm(request.POST, request.FILES))["packet"]
        made = receive_packet(
            employee, data=file.read(LARGEST + 1), actor=actor_of(request), on=clock.today()
        )
        return reverse("performance:packet", args=[made.pk])

    return carry_out(request, act=act, again=lambda refusal: _page(request, pk, refusal))


@require_safe
@access(relations={"hr"}, subject=packet_employee)
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read a packet: its ratings with their own pattern of levels."""
    found = packet_or_404(pk)
    context = {
        "packet": found,
        "employee": found.employee,
        "content": found.content,
        "ratings": [_rating(found.content, row) for row in found.content["ratings"]],
        "received": found.direction == PacketDirection.IN,
    }
    return render(request, "performance/packet.html", context)


@require_safe
@access(relations={"hr"}, subject=packet_employee)
def packet_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The signed file."""
    found = packet_or_404(pk)
    envelope = {"packet": found.content, "digest": found.digest, "signature": found.signature}
    return _download(
        json.dumps(envelope, ensure_ascii=False, indent=1).encode(),
        kind="application/json",
        name=f"ratings-{found.pk}.json",
    )


@require_safe
@access(relations={"hr"}, subject=packet_employee)
def packet_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The same on paper."""
    found = packet_or_404(pk)
    return _download(packet_pdf(found), kind="application/pdf", name=f"ratings-{found.pk}.pdf")


def _rating(content: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    system = content["systems"][row["system"]]
    level = next(each for each in system["levels"] if each["code"] == row["level"])
    return {**row, "level_title": level["title"], "pattern": system}


def _download(data: bytes, *, kind: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        headers={
            "Content-Type": kind,
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
