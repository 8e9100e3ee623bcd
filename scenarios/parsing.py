"""From the values of a file to a `Scenario`; every fault is Malformed, by key and line."""

from __future__ import annotations

from datetime import date

from regulation.pay_periods import STANDARD_ANCHOR
from scenarios import vocabulary as words
from scenarios.assertions import ExpectationReader
from scenarios.document import (
    BandDraft,
    ClusterDraft,
    Scenario,
    SupplementDraft,
)
from scenarios.events import EventReader, parameter_value
from scenarios.people import Declared
from scenarios.reading import LONGEST_TEXT, Value, read

TOP_REQUIRED = ("start", "end")
TOP_OPTIONAL = (
    "title",
    "pay_periods",
    "parameters",
    "executive_schedule",
    "clusters",
    "movements",
    "supplements",
    "appraisal_period",
    "pools",
    "employees",
    "events",
    "expect",
)


def parse(text: str) -> Scenario:
    """The scenario that a file's text describes. Raises Malformed."""
    return Parser(read(text)).scenario()


class Parser:
    """Reads one file from its top; what is declared first is known to what comes later."""

    def __init__(self, top: Value) -> None:
        self.top = top
        self.keys = top.keys(required=TOP_REQUIRED, optional=TOP_OPTIONAL)
        self.declared = Declared()
        self.clusters: list[ClusterDraft] = []
        self.start = self.keys["start"].date()
        self.end = self.keys["end"].date()
        if self.end < self.start:
            raise self.keys["end"].fault(f"expected a date on or after start ({self.start})")

    def scenario(self) -> Scenario:
        """The whole file."""
        self._read_clusters()
        supplements = self._supplements()
        movements = self._movements()
        self._read_pools()
        employees = tuple(
            self.declared.employee(code, value, start=self.start)
            for code, value in (self._mapping("employees")).items()
        )
        schedule, certified = self._executive_schedule()
        period_ends = self._period_ends()
        events = EventReader(
            self.declared, start=self.start, end=self.end, period_ends=period_ends
        ).events(self._list("events"))
        expectations = ExpectationReader(self.declared, events=len(events))
        return Scenario(
            title=self.keys["title"].text("one line", longest=LONGEST_TEXT)
            if "title" in self.keys
            else "",
            start=self.start,
            end=self.end,
            anchor=self._anchor(),
            parameters={
                key: parameter_value(key, value)
                for key, value in self._mapping("parameters").items()
            },
            executive_schedule=schedule,
            executive_certified=certified,
            clusters=tuple(self.clusters),
            bands=self.declared.bands,
            movements=movements,
            supplements=supplements,
            period_ends=period_ends,
            pools=self.declared.pools,
            employees=employees,
            events=events,
            expectations=tuple(expectations.read(item) for item in self._list("expect")),
        )

    # -- the top-level keys

    def _list(self, key: str) -> list[Value]:
        return self.keys[key].items() if key in self.keys else []

    def _mapping(self, key: str) -> dict[str, Value]:
        return self.keys[key].entries() if key in self.keys else {}

    def _anchor(self) -> date:
        if "pay_periods" not in self.keys:
            return STANDARD_ANCHOR
        value = self.keys["pay_periods"].keys(required=("anchor",))["anchor"]
        anchor = value.date()
        if anchor.isoweekday() != 7:
            raise value.fault("expected a Sunday, on which a pay period begins")
        return anchor

    def _period_ends(self) -> tuple[int, int]:
        if "appraisal_period" not in self.keys:
            return (9, 30)
        value = self.keys["appraisal_period"].keys(required=("ends",))["ends"]
        month, _, day = value.text("month and day (MM-DD)").partition("-")
        try:
            # A common year, so that 02-29 is refused: an appraisal period ends every year.
            ends = date(2007, int(month), int(day))
        except ValueError:
            raise value.fault("expected month and day (MM-DD)") from None
        return (ends.month, ends.day)

    def _executive_schedule(self) -> tuple[dict[str, int], bool]:
        if "executive_schedule" not in self.keys:
            return {}, False
        found = self.keys["executive_schedule"].keys(optional=("II", "III", "certified"))
        levels: dict[str, int] = {
            level: found[level].whole("whole dollars", least=1)
            for level in ("II", "III")
            if level in found
        }
        return levels, "certified" in found and found["certified"].truth()

    def _read_clusters(self) -> None:
        for code, value in self._mapping("clusters").items():
            found = value.keys(required=("bands",), optional=("title", "series"))
            series = (
                tuple(item.series() for item in found["series"].items())
                if "series" in found
                else ()
            )
            title = (
                found["title"].text("a title", longest=LONGEST_TEXT) if "title" in found else code
            )
            self.clusters.append(ClusterDraft(code=code, title=title, series=series))
            for rank, (band, draft) in enumerate(found["bands"].entries().items(), start=1):
                if band in self.declared.bands:
                    raise draft.fault("this band stands in another cluster already")
                self.declared.bands[band] = self._band(band, code, rank, draft)

    def _band(self, code: str, cluster: str, rank: int, value: Value) -> BandDraft:
        found = value.keys(required=("level", "range"))
        limits = found["range"].items("[minimum, maximum] in whole dollars")
        if len(limits) != 2:
            raise found["range"].fault("expected [minimum, maximum] in whole dollars")
        minimum, maximum = (limit.whole("whole dollars", least=1) for limit in limits)
        if minimum >= maximum:
            raise found["range"].fault("expected a minimum below the maximum")
        return BandDraft(
            code=code,
            cluster=cluster,
            level=found["level"].choice(words.BAND_LEVELS),
            minimum=minimum,
            maximum=maximum,
            rank=rank,
        )

    def _supplements(self) -> tuple[SupplementDraft, ...]:
        drafts: list[SupplementDraft] = []
        known: set[tuple[str, str, str]] = set()
        for value in self._list("supplements"):
            draft = self._supplement(value)
            for band in draft.bands or ("",):
                if (draft.kind, draft.key, band) in known:
                    raise value.fault(f"{draft.key} has a percent for these bands already")
                known.add((draft.kind, draft.key, band))
            drafts.append(draft)
        return tuple(drafts)

    def _movements(self) -> tuple[tuple[str, str, str], ...]:
        found: dict[tuple[str, str], str] = {}
        for value in self._list("movements"):
            origin, target, direction = self._movement(value)
            if (origin, target) in found:
                raise value.fault(f"{origin} to {target} has a direction already")
            found[origin, target] = direction
        return tuple((*bands, direction) for bands, direction in found.items())

    def _supplement(self, value: Value) -> SupplementDraft:
        kind = value.keys(required=("kind", "percent"), optional=("area", "category", "bands"))[
            "kind"
        ].choice(("locality", "special"))
        name = "area" if kind == "locality" else "category"
        found = value.keys(required=("kind", name, "percent"), optional=("bands",))
        return SupplementDraft(
            kind=kind,
            key=found[name].text(),
            bands=self.declared.bands_or_all(found),
            percent=found["percent"].percent(),
        )

    def _movement(self, value: Value) -> tuple[str, str, str]:
        found = value.keys(required=("from", "to", "direction"))
        return (
            self.declared.known(found["from"], self.declared.bands, "band"),
            self.declared.known(found["to"], self.declared.bands, "band"),
            found["direction"].choice(("up", "down", "lateral")),
        )

    def _read_pools(self) -> None:
        for code, value in self._mapping("pools").items():
            points = value.keys(required=("points",))["points"].entries("points by level")
            for level, worth in points.items():
                if level not in words.LEVELS:
                    raise worth.fault("expected levels " + ", ".join(words.LEVELS))
            self.declared.pools[code] = {
                level: worth.number("points") for level, worth in points.items()
            }
