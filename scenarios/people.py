"""The names that a file declares, and its employees."""

from __future__ import annotations

from collections.abc import Container
from datetime import date
from decimal import Decimal

from scenarios import vocabulary as words
from scenarios.document import BandDraft, EmployeeDraft
from scenarios.reading import Value

EMPLOYEE_KEYS = (
    "series",
    "area",
    "category",
    "pool",
    "hired",
    "retained",
    "ses",
    "coverage",
    "preference_eligible",
    "service",
    "initial_service_ends",
    "bargaining_unit",
)


class Declared:
    """What the file has declared so far; later parts refer to it by name."""

    def __init__(self) -> None:
        self.bands: dict[str, BandDraft] = {}
        self.pools: dict[str, dict[str, Decimal]] = {}
        self.people: set[str] = set()
        self.refs: set[str] = set()
        self.requests: set[str] = set()

    @staticmethod
    def known(value: Value, names: Container[str], what: str) -> str:
        """The name, if it is declared. Raises Malformed."""
        name = value.text(f"a {what}")
        if name not in names:
            raise value.fault(f"there is no {what} {name!r}")
        return name

    def person(self, found: dict[str, Value]) -> str:
        """The employee that an event or expectation names."""
        return self.known(found["employee"], self.people, "employee")

    def bands_or_all(self, found: dict[str, Value]) -> tuple[str, ...]:
        """The bands that a supplement is for; none means all. Raises Malformed."""
        if "bands" not in found:
            return ()
        value = found["bands"]
        if not isinstance(value.node.value, list):
            if value.text("a list of bands, or all") != "all":
                raise value.fault("expected a list of bands, or all")
            return ()
        bands = tuple(self.known(item, self.bands, "band") for item in value.items())
        if not bands:
            raise value.fault("expected a list of bands, or all")
        return bands

    def employee(self, code: str, value: Value, *, start: date) -> EmployeeDraft:
        """An employee who is there at the start."""
        found = value.keys(required=("band", "basic"), optional=EMPLOYEE_KEYS)
        hired = found["hired"].date() if "hired" in found else years_before(start, 10)
        return self.draft(code, found, hired)

    def draft(
        self, code: str, found: dict[str, Value], hired: date, *, converted: date | None = None
    ) -> EmployeeDraft:
        """The employee that the keys describe; from now on the name is known.

        Whoever is converted has no rate yet.
        """
        self.people.add(code)

        def text(key: str) -> str:
            return found[key].text() if key in found else ""

        def truth(key: str) -> bool:
            return key in found and found[key].truth()

        return EmployeeDraft(
            code=code,
            band=self.known(found["band"], self.bands, "band"),
            basic=found["basic"].whole("whole dollars", least=1) if converted is None else 0,
            hired=hired,
            converted=converted,
            line=found["band"].line,
            series=found["series"].series() if "series" in found else "",
            area=text("area"),
            category=text("category"),
            pool=self.known(found["pool"], self.pools, "pool") if "pool" in found else "",
            retained=truth("retained"),
            ses=truth("ses"),
            coverage=tuple(item.choice(words.SUBPARTS) for item in found["coverage"].items())
            if "coverage" in found
            else ("B", "C", "D", "F"),
            preference_eligible=truth("preference_eligible"),
            service=found["service"].choice(("competitive", "excepted"))
            if "service" in found
            else "competitive",
            initial_service_ends=found["initial_service_ends"].date()
            if "initial_service_ends" in found
            else None,
            bargaining_unit=truth("bargaining_unit"),
            highest_previous_rate=found["highest_previous_rate"].whole("whole dollars", least=1)
            if "highest_previous_rate" in found
            else None,
        )


def years_before(on: date, years: int) -> date:
    """The same day so many years earlier; of a leap day, the day before."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)
