"""The packet in which ratings of record travel (5 CFR 9701.409(e), .410(a)): form and digest."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from jsonschema import Draft202012Validator

from performance.rules.appraisal import refuse_as_rating
from regulation.refusals import Refused

CITATION = "9701.410(a)"
FORMAT = "MaxHR rating packet 1"
OFFICIAL = "Official rating of record for any provision of title 5 (5 CFR 9701.409(e))"
#: Bytes; a packet is one person's ratings.
LARGEST = 1024 * 1024

_DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_TEXT = {"type": "string", "maxLength": 20_000}
_LINE = {"type": "string", "maxLength": 200}


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(properties),
        "additionalProperties": False,
    }


_LEVEL = _object(
    code=_LINE,
    title=_LINE,
    unacceptable={"type": "boolean"},
    fully_successful={"type": "boolean"},
)
_RATING = _object(
    document=_LINE,
    line=_LINE,
    kind={"enum": ["annual", "additional"]},
    system=_LINE,
    level=_LINE,
    period_start=_DAY,
    period_end=_DAY,
    issued_on=_DAY,
    superseded={"type": "boolean"},
)
_APPRAISAL = _object(
    document=_LINE, line=_LINE, purpose=_LINE, covers_from=_DAY, covers_to=_DAY, progress=_TEXT
)
SCHEMA = _object(
    format={"const": FORMAT},
    sent_at=_LINE,
    sent_by=_LINE,
    receiver=_LINE,
    employee=_object(number=_LINE, given_name=_LINE, family_name=_LINE),
    systems={
        "type": "object",
        "additionalProperties": _object(
            title=_LINE, levels={"type": "array", "items": _LEVEL, "minItems": 2, "maxItems": 12}
        ),
    },
    ratings={"type": "array", "items": _RATING, "maxItems": 200},
    appraisals={"type": "array", "items": _APPRAISAL, "maxItems": 200},
)
ENVELOPE = _object(packet=SCHEMA, digest=_LINE, signature=_LINE)
_VALIDATOR = Draft202012Validator(ENVELOPE)


def written(packet: Mapping[str, Any]) -> bytes:
    """The one way to write a packet down: keys sorted, no spaces, UTF-8."""
    return json.dumps(packet, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def digest_of(packet: Mapping[str, Any]) -> str:
    """SHA-256 of the packet as written, in hexadecimal."""
    return hashlib.sha256(written(packet)).hexdigest()


def opened(data: bytes) -> dict[str, Any]:
    """The envelope that a file holds: packet, digest and signature, of the right form.

    The signature is for the caller to check. Raises Refused packet_malformed, packet_tampered where
    the digest is another's, not_a_rating_of_record for an appraisal among the ratings.
    """
    if len(data) > LARGEST:
        raise _malformed("it is larger than 1 MB")
    try:
        envelope = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise _malformed("it is no JSON") from error
    error_found = next(iter(_VALIDATOR.iter_errors(envelope)), None)
    if error_found is not None:
        raise _malformed(f"“{error_found.json_path}” is not as it should be")
    packet: dict[str, Any] = envelope["packet"]
    for rating in packet["ratings"]:
        if not rating["document"].startswith("rating:"):
            raise refuse_as_rating(rating["document"])
        pattern = packet["systems"].get(rating["system"])
        if pattern is None or rating["level"] not in {row["code"] for row in pattern["levels"]}:
            raise _malformed(f"{rating['document']} has a level that its pattern does not")
    if digest_of(packet) != envelope["digest"]:
        raise tampered("its digest is another’s")
    return dict(envelope)


def check_person(packet: Mapping[str, Any], *, given_name: str, family_name: str) -> None:
    """Refuse the packet of somebody else: packet_of_another_person."""
    named = packet["employee"]
    ours = (given_name.casefold().strip(), family_name.casefold().strip())
    if (named["given_name"].casefold().strip(), named["family_name"].casefold().strip()) != ours:
        raise Refused(
            "packet_of_another_person",
            CITATION,
            f"The packet is of {named['given_name']} {named['family_name']}, not of "
            f"{given_name} {family_name}.",
        )


def tampered(why: str) -> Refused:
    """The refusal of a packet that is not as it was signed: packet_tampered."""
    return Refused(
        "packet_tampered",
        CITATION,
        f"The packet is not as it was signed: {why}. Ask the sender for another.",
    )


def _malformed(why: str) -> Refused:
    return Refused("packet_malformed", CITATION, f"The file is no rating packet: {why}.")
