"""A rating packet as a tagged PDF (5 CFR 9701.410(a)); the JSON file is what is checked."""

from __future__ import annotations

import json
from pathlib import Path

import typst
from django.conf import settings

from performance.models import RatingPacket

_TEMPLATE = Path("templates") / "performance" / "paper" / "packet.typ"


def packet_pdf(packet: RatingPacket) -> bytes:
    """The packet on paper, PDF/UA-1; its content goes in as data and is never read as markup."""
    made = typst.Compiler(
        (Path(settings.BASE_DIR) / _TEMPLATE).read_bytes(),
        ignore_system_fonts=True,
        sys_inputs={
            "packet": json.dumps(packet.content),
            "seal": json.dumps({"digest": packet.digest, "signature": packet.signature}),
        },
    ).compile(format="pdf", pdf_standards=["ua-1"], timestamp=int(packet.recorded_at.timestamp()))
    if not isinstance(made, bytes):
        raise TypeError("one document was asked for")
    return made
