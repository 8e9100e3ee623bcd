"""Every parameter with its value in force on a date, and every value it ever had."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from governance.models import Directive, PolicyValue
from governance.models.directive import ISSUED
from governance.parameters import PARAMETERS, SUBJECTS, Parameter
from governance.parameters.encoding import as_typed


@dataclass(frozen=True, slots=True)
class Held:
    """One value of a parameter from a date on; `value` None takes the parameter away."""

    value: Any
    starts: date
    directive: Directive

    @property
    def told(self) -> str:
        """The value in words."""
        return as_told(self.value)


@dataclass(frozen=True, slots=True)
class Shown:
    """A parameter, its value in force (None where no directive carries it), and all its values."""

    known: Parameter
    subject: str
    held: Held | None
    history: tuple[Held, ...]

    @property
    def default(self) -> str:
        """What the first directive carries, in words."""
        return as_told(self.known.default)

    @property
    def in_force(self) -> bool:
        """Whether there is a value to compute with."""
        return self.held is not None and self.held.value is not None


@dataclass(frozen=True, slots=True)
class Comparison:
    """One value of a directive beside what it replaces."""

    known: Parameter | None
    key: str
    before: str
    after: str
    typed: str

    @property
    def changed(self) -> bool:
        """Whether it is another value than before."""
        return self.before != self.after


def as_told(value: Any) -> str:
    """A stored value as a page says it."""
    if value is None:
        return "none"
    return as_typed(value).replace("\n", "; ")


def parameters_on(on: date, *, text: str = "") -> list[Shown]:
    """The registry subject by subject, with what holds on a date; one query.

    With `text`, those whose key, meaning, value or paragraph has it.
    """
    values = _values(list(PARAMETERS))
    wanted = text.casefold().strip()
    return [
        shown
        for subject, known_ones in SUBJECTS.items()
        for shown in (
            _shown(known, subject=subject, values=values[known.key], on=on) for known in known_ones
        )
        if not wanted or wanted in _searched(shown)
    ]


def compared(directive: Directive) -> list[Comparison]:
    """The values of a directive, each beside the one that it replaces; two queries.

    Of a draft, what it would replace if it were issued as it is.
    """
    proposed: Mapping[str, Any] = directive.proposed
    if directive.issued:
        proposed = dict(directive.values.values_list("key", "value"))
    values = _values(list(proposed))
    return [
        Comparison(
            known=PARAMETERS.get(key),
            key=key,
            before=_before(values[key], directive=directive),
            after=as_told(value),
            typed=as_typed(value),
        )
        for key, value in sorted(proposed.items(), key=lambda pair: _place(pair[0]))
    ]


def _values(keys: list[str]) -> dict[str, list[Held]]:
    """All issued values of some parameters, the oldest first."""
    found: dict[str, list[Held]] = defaultdict(list)
    rows = (
        PolicyValue.objects.filter(key__in=keys, directive__state__in=ISSUED)
        .select_related("directive")
        .order_by("key", "starts", "id")
    )
    for row in rows:
        found[row.key].append(Held(value=row.value, starts=row.starts, directive=row.directive))
    return found


def _shown(known: Parameter, *, subject: str, values: list[Held], on: date) -> Shown:
    started = [held for held in values if held.starts <= on]
    return Shown(
        known=known,
        subject=subject,
        held=started[-1] if started else None,
        history=tuple(reversed(values)),
    )


def _before(values: list[Held], *, directive: Directive) -> str:
    last = None
    for held in values:
        if held.directive == directive or held.starts > directive.effective:
            break
        last = held
    return as_told(last.value) if last is not None else "not carried"


def _place(key: str) -> int:
    return list(PARAMETERS).index(key) if key in PARAMETERS else len(PARAMETERS)


def _searched(shown: Shown) -> str:
    return " ".join(_words(shown)).casefold()


def _words(shown: Shown) -> Iterator[str]:
    yield from (shown.known.key, shown.known.meaning, shown.known.citation, shown.subject)
    if shown.held is not None:
        yield shown.held.told
        yield shown.held.directive.number
