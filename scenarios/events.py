"""Reading the events of a file, verb by verb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from governance.parameters import Parameter, parameter
from regulation.refusals import Refused
from scenarios import vocabulary as words
from scenarios.conversions import read_conversion
from scenarios.document import Event
from scenarios.pay_setting import READERS
from scenarios.people import EMPLOYEE_KEYS, Declared
from scenarios.reading import LONGEST_TEXT, Malformed, Value
from scenarios.reconsiderations import read_decision, read_request


def parameter_value(key: str, value: Value) -> Any:
    """A parameter's raw value, checked against the registry. Raises Malformed."""
    known, raw = _known(key, value), value.plain()
    try:
        if raw is not None:
            known.parse(raw)
    except Refused:
        raise value.fault(f"expected {known.allowed}, found {value.told}") from None
    return raw


def later_value(key: Value, value: Value) -> Any:
    """A raw value for a directive to come, of the parameter's kind. Raises Malformed.

    Whether it is one that the parameter may take, the directive's own service says.
    """
    known, raw = _known(key.text("a parameter"), key), value.plain()
    right = known.kind in _KINDS[type(raw)] if type(raw) in _KINDS else raw is None
    if not right:
        raise value.fault(f"expected {known.allowed}, found {value.told}")
    return raw


_NUMBERS = ("fraction", "whole number", "text or dollars")
_KINDS: dict[type, tuple[str, ...]] = {
    int: _NUMBERS,
    Decimal: _NUMBERS,
    bool: ("true or false",),
    str: ("text", "text or dollars"),
    list: ("list",),
    dict: ("mapping",),
}


def _known(key: str, value: Value) -> Parameter:
    try:
        return parameter(key)
    except Refused as refusal:
        raise value.fault(refusal.message) from None


class EventReader:
    """Reads events between two dates about what the file declares."""

    def __init__(
        self, declared: Declared, *, start: date, end: date, period_ends: tuple[int, int]
    ) -> None:
        self.declared = declared
        self.start = start
        self.end = end
        self.period_ends = period_ends

    def events(self, values: list[Value]) -> tuple[Event, ...]:
        """Every event, in the order of the file."""
        dated = []
        for place, value in enumerate(values):
            entries = value.entries("an event")
            for name in ("date", "do"):
                if name not in entries:
                    raise Malformed(f"{value.key}.{name}", value.line, "this key is required")
            verb = entries["do"].choice(words.VERBS)
            on = entries["date"].date()
            if not self.start <= on <= self.end:
                raise entries["date"].fault(f"expected a date from {self.start} to {self.end}")
            dated.append((place, value, verb, on))
        # Who is hired and what is proposed may stand later in the file than what refers to it.
        for _, value, verb, _ in dated:
            entries = value.entries()
            if verb in ("hire", "convert") and "employee" in entries:
                self._newcomer(entries["employee"])
            if verb == "propose_action" and "ref" in entries:
                self.declared.refs.add(entries["ref"].text())
            if verb == "request_reconsideration" and "ref" in entries:
                self.declared.requests.add(entries["ref"].text())
        return tuple(
            Event(
                place=place,
                on=on,
                verb=verb,
                line=value.line,
                arguments=self._read(value, verb, on),
            )
            for place, value, verb, on in dated
        )

    def _newcomer(self, value: Value) -> None:
        code = value.text("a new employee")
        if code in self.declared.people:
            raise value.fault(f"there is an employee {code!r} already")
        self.declared.people.add(code)

    def _read(self, value: Value, verb: str, on: date) -> dict[str, Any]:
        if verb in READERS:
            return READERS[verb](self.declared, value)
        read: Callable[[Value, date], dict[str, Any]] = getattr(self, f"_read_{verb}")
        return read(value, on)

    def _arguments(
        self, value: Value, required: tuple[str, ...] = (), optional: tuple[str, ...] = ()
    ) -> dict[str, Value]:
        return value.keys(required=("date", "do", *required), optional=optional)

    def _person(self, found: dict[str, Value]) -> str:
        return self.declared.known(found["employee"], self.declared.people, "employee")

    def _read_issue_rating(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("employee", "level", "period_end"), ("kind", "shown_by"))
        kind = found["kind"].choice(("annual", "additional")) if "kind" in found else "annual"
        return {
            "employee": self.declared.person(found),
            "level": found["level"].choice(words.LEVELS),
            "period_end": self._period_end(found["period_end"], annual=kind == "annual"),
            "kind": kind,
            "shown_by": found["shown_by"].date() if "shown_by" in found else on,
        }

    def _read_overturn_rating(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(
            value, ("employee", "period_end", "corrected_level"), ("reference", "decided")
        )
        return {
            "employee": self.declared.person(found),
            "period_end": self._period_end(found["period_end"], annual=False),
            "corrected_level": found["corrected_level"].choice(words.LEVELS),
            "reference": found["reference"].text("a reference", longest=LONGEST_TEXT)
            if "reference" in found
            else "",
            "decided": found["decided"].date() if "decided" in found else on,
        }

    def _period_end(self, value: Value, *, annual: bool) -> date:
        """The last day of one of the file's appraisal periods.

        An annual rating is for one of them; an additional one that names another day belongs to
        the period that ended before it.
        """
        on = value.date()
        month, day = self.period_ends
        if (on.month, on.day) == self.period_ends:
            return on
        if annual:
            raise value.fault(
                f"expected the last day of an appraisal period ({month:02}-{day:02}), found {on}"
            )
        return date(on.year if (on.month, on.day) > self.period_ends else on.year - 1, month, day)

    def _read_adjust_range(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("band", "minimum", "maximum"))
        return {
            "band": self.declared.known(found["band"], self.declared.bands, "band"),
            "minimum": found["minimum"].whole("whole dollars", least=1),
            "maximum": found["maximum"].whole("whole dollars", least=1),
        }

    def _read_adjust_supplement(self, value: Value, on: date) -> dict[str, Any]:
        kind = self._arguments(value, ("kind", "percent"), ("area", "category", "bands"))[
            "kind"
        ].choice(("locality", "special"))
        key = "area" if kind == "locality" else "category"
        found = self._arguments(value, ("kind", key, "percent"), ("bands",))
        return {
            "kind": kind,
            "key": found[key].text(),
            "bands": self.declared.bands_or_all(found),
            "percent": found["percent"].percent(),
        }

    def _read_set_parameter(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("key", "value"))
        return {
            "key": found["key"].text("a parameter"),
            "value": later_value(found["key"], found["value"]),
        }

    def _read_set_executive_schedule(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, (), ("II", "III", "certified"))
        if not {"II", "III", "certified"} & set(found):
            raise value.fault("expected II, III or certified")
        return {
            level: found[level].whole("whole dollars", least=1)
            for level in ("II", "III")
            if level in found
        } | ({"certified": found["certified"].truth()} if "certified" in found else {})

    def _read_pay_out(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("pool",), ("mode", "amount", "value", "since"))
        mode = found["mode"].choice(words.MODES) if "mode" in found else None
        if "amount" not in found:
            raise value.fault("expected amount, the pool's dollars")
        if mode in ("fixed_dollar", "fixed_percent") and "value" not in found:
            raise value.fault(f"expected value, the value of a point in mode {mode}")
        return {
            "pool": self.declared.known(found["pool"], self.declared.pools, "pool"),
            "mode": mode,
            "amount": found["amount"].number("dollars", least=0),
            "value": found["value"].number("the value of a point", least=0)
            if "value" in found
            else None,
            "since": found["since"].date() if "since" in found else None,
        }

    def _read_promote(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("employee", "to_band"), ("percent", "reason", "temporary"))
        return {
            "employee": self.declared.person(found),
            "to_band": self.declared.known(found["to_band"], self.declared.bands, "band"),
            "percent": found["percent"].percent() if "percent" in found else None,
            "reason": found["reason"].text("a reason", longest=LONGEST_TEXT)
            if "reason" in found
            else "",
            "temporary": "temporary" in found and found["temporary"].truth(),
        }

    def _read_reassign(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(
            value, ("employee",), ("band", "area", "category", "series", "reason")
        )
        if not {"band", "area", "category", "series"} & set(found):
            raise value.fault("expected any of band, area, category, series")
        return {
            "employee": self.declared.person(found),
            "band": self.declared.known(found["band"], self.declared.bands, "band")
            if "band" in found
            else None,
            "area": found["area"].text() if "area" in found else None,
            "category": found["category"].text() if "category" in found else None,
            "series": found["series"].series() if "series" in found else None,
            "reason": found["reason"].choice(words.REASSIGNMENT_REASONS)
            if "reason" in found
            else "management_directed",
        }

    def _read_propose_action(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(
            value,
            ("employee", "action"),
            ("delivered", "reply_by", "effective", "days", "crime", "ref"),
        )

        def optional_date(key: str) -> date | None:
            return found[key].date() if key in found else None

        return {
            "employee": self.declared.person(found),
            "action": found["action"].choice(words.ACTIONS),
            "delivered": optional_date("delivered") or on,
            "reply_by": optional_date("reply_by"),
            "effective": optional_date("effective"),
            "days": found["days"].whole("days", least=1) if "days" in found else None,
            "crime": "crime" in found and found["crime"].truth(),
            "ref": found["ref"].text() if "ref" in found else "",
        }

    def _read_withdraw_action(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("ref",))
        return {"ref": self.declared.known(found["ref"], self.declared.refs, "proposed action")}

    def _read_convert(self, value: Value, on: date) -> dict[str, Any]:
        return read_conversion(self.declared, value, on=on, start=self.start)

    def _read_request_reconsideration(self, value: Value, on: date) -> dict[str, Any]:
        return read_request(self.declared, value)

    def _read_decide_reconsideration(self, value: Value, on: date) -> dict[str, Any]:
        return read_decision(self.declared, value, on)

    def _read_hire(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(
            value,
            ("employee", "band", "basic"),
            (*EMPLOYEE_KEYS, "highest_previous_rate"),
        )
        code = found["employee"].text("a new employee")
        hired = found["hired"].date() if "hired" in found else on
        return {"employee": code, "draft": self.declared.draft(code, found, hired)}

    def _read_begin_absence(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("employee", "kind"))
        return {
            "employee": self.declared.person(found),
            "kind": found["kind"].choice(words.ABSENCES),
        }

    def _read_end_absence(self, value: Value, on: date) -> dict[str, Any]:
        found = self._arguments(value, ("employee",), ("kind",))
        return {
            "employee": self.declared.person(found),
            "kind": found["kind"].choice(words.ABSENCES) if "kind" in found else None,
        }

    def _read_separate(self, value: Value, on: date) -> dict[str, Any]:
        return {
            "employee": self.declared.person(self._arguments(value, ("employee",), ("reason",)))
        }
