"""A refusal: its code, the paragraph behind it and what to do, the same wherever it is met."""

from __future__ import annotations

from regulation.refusal_codes import CODES


class Refused(Exception):
    """An act that the rules do not allow; nothing was changed.

    `code` is a key of `regulation.refusal_codes.CODES`; `citation` a paragraph such as
    "9701.342(c)(3)" (empty where only good practice asks); `message` a sentence for a person.
    """

    def __init__(self, code: str, citation: str, message: str) -> None:
        if code not in CODES:
            raise KeyError(f"{code} is not a registered refusal code")
        super().__init__(message)
        self.code = code
        self.citation = citation
        self.message = message

    def __str__(self) -> str:
        return f"{self.message} ({self.citation})" if self.citation else self.message

    @property
    def http_status(self) -> int:
        """403 where the person may not, 409 where the state of things has moved on, else 422."""
        return CODES[self.code].status
