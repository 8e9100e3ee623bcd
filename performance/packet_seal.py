"""The seal of a rating packet: an HMAC with a key that both ends hold (5 CFR 9701.410(a))."""

from __future__ import annotations

from django.conf import settings
from django.core.signing import BadSignature, Signer

from performance.rules.packet import tampered


def sealed(digest: str) -> str:
    """The signature of a digest."""
    return _signer().signature(digest)


def check_seal(digest: str, signature: str) -> None:
    """Refuse a signature that no key of ours made: packet_tampered."""
    try:
        _signer().unsign(f"{digest}:{signature}")
    except BadSignature as error:
        raise tampered("the signature is not of a key that this Department holds") from error


def _signer() -> Signer:
    return Signer(
        key=getattr(settings, "RATING_PACKET_KEY", None) or settings.SECRET_KEY,
        fallback_keys=list(settings.SECRET_KEY_FALLBACKS),
        salt="rating packet",
        sep=":",
    )
