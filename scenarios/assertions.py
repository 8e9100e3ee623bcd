"""Reading what a file expects."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from scenarios import vocabulary as words
from scenarios.document import Expectation
from scenarios.people import Declared
from scenarios.reading import Value

#: Form: keys that make it, further keys it may have.
FORMS: dict[str, tuple[set[str], set[str]]] = {
    "lump_sum": ({"employee", "date", "lump_sum"}, set()),
    "back_pay": ({"employee", "back_pay"}, set()),
    "refusal": ({"refused", "code"}, set()),
    "pool": ({"pool", "date"}, {"value", "paid", "left"}),
    "case": ({"case", "employee", "state"}, {"due"}),
    "rate": (
        {"employee", "on"},
        {"basic", "adjusted", "retained", "supplement_percent", "hourly", "band"},
    ),
}


class ExpectationReader:
    """Reads assertions about what the file declares; `events` is how many events it has."""

    def __init__(self, declared: Declared, *, events: int) -> None:
        self.declared = declared
        self.events = events

    def read(self, value: Value) -> Expectation:
        """One assertion, by its form."""
        entries = value.entries("an expectation")
        for form, keys in FORMS.items():
            if keys[0] <= set(entries):
                found = value.keys(required=sorted(keys[0]), optional=sorted(keys[1]))
                return Expectation(
                    form=form, line=value.line, values=self._expected(form, found, value)
                )
        raise value.fault(
            "expected one of the forms {employee, on, ...}, {employee, date, lump_sum}, "
            "{employee, back_pay}, {refused, code}, {pool, date, ...}, {case, employee, state}"
        )

    def _expected(self, form: str, found: dict[str, Value], value: Value) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, item in found.items():
            values[key] = self._expected_value(key, item)
        if form == "rate" and not set(values) - {"employee", "on"}:
            raise value.fault(
                "expected basic, adjusted, retained, supplement_percent, hourly, band"
            )
        if form == "refusal" and not 0 <= values["refused"] < self.events:
            raise found["refused"].fault(
                f"expected the place of an event, from 0 to {self.events - 1}"
            )
        if form == "pool" and not set(values) - {"pool", "date"}:
            raise value.fault("expected value, paid or left")
        return values

    def _expected_value(self, key: str, item: Value) -> Any:
        readers: dict[str, Callable[[], Any]] = {
            "employee": lambda: self.declared.known(item, self.declared.people, "employee"),
            "pool": lambda: self.declared.known(item, self.declared.pools, "pool"),
            "on": item.date,
            "date": item.date,
            "due": lambda: None if item.is_null else item.date(),
            "basic": lambda: item.whole("whole dollars"),
            "adjusted": lambda: item.whole("whole dollars"),
            "retained": item.truth,
            "band": lambda: self.declared.known(item, self.declared.bands, "band"),
            "refused": lambda: item.whole("the place of an event"),
            "code": lambda: item.text("a refusal's code"),
            "case": lambda: item.choice(words.CASES),
            "state": item.text,
            "value": lambda: None if item.is_null else item.number("dollars"),
        }
        return readers.get(key, lambda: _figure(item))()


def _figure(item: Value) -> Decimal:
    """A sum or a percent, written as a number or, as in the answer's JSON, as a text."""
    text = item.text("a number")
    try:
        number = Decimal(text.replace("_", ""))
    except ArithmeticError:
        raise item.fault(f"expected a number, found {text!r}") from None
    if not number.is_finite():
        raise item.fault(f"expected a number, found {text!r}")
    return number
