"""Reading an uploaded table line by line, with what is wrong told by its line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from io import StringIO
from typing import Any, TypeVar

from regulation.refusals import Refused

#: More faults than these tell nobody anything new.
MOST_FAULTS = 50
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its heading, what stands in it, and whether each line needs it."""

    name: str
    meaning: str
    needed: bool = False


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong on a line, counted from 1 with the headings."""

    line: int
    message: str


class FaultyFile(Refused):
    """A file that is refused whole, with what is wrong on each line."""

    def __init__(self, faults: Sequence[LineFault], *, citation: str) -> None:
        more = "" if len(faults) == 1 else f" (and {len(faults) - 1} more)"
        message = f"Line {faults[0].line}: {faults[0].message}{more}"
        super().__init__("file_refused", citation, message)
        self.faults = tuple(faults[:MOST_FAULTS])


class Fault(Exception):
    """What is wrong with one value."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table by its headings; each reader raises Fault for what it cannot read."""

    line: int
    values: dict[str, str]

    def text(self, name: str) -> str:
        """What stands in a column, without blanks around it."""
        return self.values.get(name, "").strip()

    def choice(self, name: str, choices: Sequence[str]) -> str:
        """One of some words, in any case."""
        found = self.text(name).upper()
        if found not in choices:
            raise Fault(f"{name} is one of {', '.join(choices)}, not “{self.text(name)[:20]}”.")
        return found

    def whole(self, name: str, *, least: int = 0) -> int | None:
        """A whole number, None where the column is empty; dollars may have commas and a sign."""
        text = self.text(name).replace(",", "").replace("$", "")
        if not text:
            return None
        if not text.isascii() or not text.isdigit() or len(text) > 9 or int(text) < least:
            raise Fault(f"{name} is a whole number of {least} or more, not “{text[:20]}”.")
        return int(text)

    def percent(self, name: str) -> Decimal | None:
        """A percentage such as 12.5, to four places, below 1,000."""
        text = self.text(name).rstrip("%")
        if not text:
            return None
        try:
            found = Decimal(text)
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or not 0 <= found < 1000 or found != round(found, 4):
            raise Fault(f"{name} is a percentage such as 12.5, not “{text[:20]}”.")
        return found

    def flag(self, name: str, *, otherwise: bool) -> bool:
        """Yes or no; `otherwise` where the column is empty."""
        text = self.text(name).lower()
        if not text:
            return otherwise
        if text not in ("yes", "no"):
            raise Fault(f"{name} is yes or no, not “{text[:20]}”.")
        return text == "yes"

    def day(self, name: str) -> date:
        """A date such as 2007-02-04."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise Fault(f"{name} is a date such as 2007-02-04.") from None


def read_table(
    text: str, *, columns: Sequence[Column], read: Callable[[Row], T], citation: str
) -> list[T]:
    """Every line as `read` makes it of it, or the whole file refused.

    Raises FaultyFile (`file_refused`) with each line that cannot be read.
    """
    found: list[T] = []
    faults: list[LineFault] = []
    for row in _rows(text, columns=columns, citation=citation):
        try:
            missing = [each.name for each in columns if each.needed and not row.text(each.name)]
            if missing:
                raise Fault(f"{', '.join(missing)} must not be empty.")
            found.append(read(row))
        except Fault as fault:
            faults.append(LineFault(row.line, str(fault)))
    if faults:
        raise FaultyFile(faults, citation=citation)
    if not found:
        raise FaultyFile([LineFault(1, "There is no line below the headings.")], citation=citation)
    return found


def _rows(text: str, *, columns: Sequence[Column], citation: str) -> Iterator[Row]:
    reader: Any = csv.DictReader(StringIO(text.replace("\x00", "")), skipinitialspace=True)
    known = {each.name for each in columns}
    needed = {each.name for each in columns if each.needed}
    try:
        headings = [(name or "").strip().lower() for name in reader.fieldnames or []]
        wrong = _wrong_headings(headings, known=known, needed=needed)
        if wrong:
            raise FaultyFile([LineFault(1, wrong)], citation=citation)
        reader.fieldnames = headings
        for values in reader:
            if None in values or None in values.values():
                message = f"There are not {len(headings)} values."
                raise FaultyFile([LineFault(reader.line_num, message)], citation=citation)
            yield Row(reader.line_num, values)
    except csv.Error as error:
        fault = LineFault(reader.line_num, f"This is no line of a table: {error}.")
        raise FaultyFile([fault], citation=citation) from None


def _wrong_headings(headings: Sequence[str], *, known: set[str], needed: set[str]) -> str:
    unknown = sorted(set(headings) - known)
    missing = sorted(needed - set(headings))
    if unknown:
        return f"No column is named {', '.join(repr(name[:30]) for name in unknown[:5])}."
    if missing:
        return f"The headings lack {', '.join(missing)}."
    if len(set(headings)) != len(headings):
        return "A heading stands twice."
    return ""
