"""Reading YAML with its lines, so that every fault is named by key, line and what was expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

#: No figure of pay, name or date of a scenario needs more; the program's tables hold no more.
MOST = 999_999_999
LONGEST_NAME, LONGEST_TEXT = 40, 200
YEARS = range(1920, 2200)
#: More values than any scenario of people needs; a file that unfolds to more is refused.
MOST_VALUES = 500_000
#: The same loader by libyaml, where it is there; both know every value's line.
LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
WHOLE = re.compile(r"[-+]?[0-9][0-9_]*$")
NUMBER = re.compile(r"[-+]?([0-9][0-9_]*(\.[0-9_]*)?|\.[0-9][0-9_]*)$")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}$")
#: As YAML 1.1 has them.
TRUE = {f(word) for word in ("true", "yes", "on") for f in (str.lower, str.capitalize, str.upper)}
FALSE = {f(word) for word in ("false", "no", "off") for f in (str.lower, str.capitalize, str.upper)}


class Malformed(Exception):
    """The file is not a scenario; `key` and `line` say where, `expected` what belongs there."""

    def __init__(self, key: str, line: int, expected: str) -> None:
        super().__init__(f"line {line}: {key}: {expected}")
        self.key = key
        self.line = line
        self.expected = expected


class Value:
    """One value of the file, with its key path and its line."""

    def __init__(self, node: yaml.Node, key: str, loader: yaml.SafeLoader) -> None:
        self.node = node
        self.key = key
        self._loader = loader

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def fault(self, expected: str) -> Malformed:
        """The refusal of this value."""
        return Malformed(self.key, self.line, expected)

    @property
    def is_null(self) -> bool:
        return isinstance(self.node, yaml.ScalarNode) and self.node.tag.endswith(":null")

    def _scalar(self, expected: str) -> str:
        if not isinstance(self.node, yaml.ScalarNode) or self.is_null:
            raise self.fault(f"expected {expected}")
        return str(self.node.value)

    def _plain(self, expected: str) -> str:
        """A scalar that was not written in quotes."""
        text = self._scalar(expected)
        if isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"'):
            raise self.fault(f"expected {expected}, not a text in quotes")
        return text

    def text(self, expected: str = "a text", *, longest: int = LONGEST_NAME) -> str:
        text = self._scalar(expected)
        if not text.strip():
            raise self.fault(f"expected {expected}, found nothing")
        if len(text) > longest or "\0" in text:
            raise self.fault(f"expected {expected} of at most {longest} characters")
        return text

    def whole(self, expected: str = "a whole number", *, least: int | None = None) -> int:
        text = self._plain(expected)
        if not WHOLE.match(text):
            raise self.fault(f"expected {expected}, found {text!r}")
        number = int(self._bounded(text, expected))
        if least is not None and number < least:
            raise self.fault(f"expected {expected}, at least {least}, found {number}")
        return number

    def number(self, expected: str = "a number", *, least: int | None = None) -> Decimal:
        text = self._plain(expected)
        if not NUMBER.match(text):
            raise self.fault(f"expected {expected}, found {text!r}")
        number = self._bounded(text, expected)
        if least is not None and number < least:
            raise self.fault(f"expected {expected}, at least {least}, found {number}")
        return number

    def percent(self) -> Decimal:
        """A percent such as 12.5, to four places."""
        percent = self.number("a percent", least=0)
        if percent >= 1000 or percent != percent.quantize(Decimal("0.0001")):
            raise self.fault("expected a percent under 1000, to four decimal places")
        return percent

    def series(self) -> str:
        """An occupational series, such as 0083."""
        return self.text("a series", longest=4)

    def _bounded(self, text: str, expected: str) -> Decimal:
        number = Decimal(text.replace("_", ""))
        if abs(number) > MOST or len(text) > 40:
            raise self.fault(f"expected {expected}, at most {MOST}")
        return number

    def date(self, expected: str = "a date (YYYY-MM-DD)") -> date:
        text = self._scalar(expected)
        if not ISO_DATE.match(text):
            raise self.fault(f"expected {expected}, found {text!r}")
        try:
            found = date.fromisoformat(text)
        except ValueError:
            raise self.fault(f"expected {expected}; there is no {text}") from None
        if found.year not in YEARS:
            raise self.fault(f"expected {expected} from {YEARS.start} to {YEARS.stop - 1}")
        return found

    def truth(self) -> bool:
        text = self._plain("true or false")
        if text in TRUE:
            return True
        if text in FALSE:
            return False
        raise self.fault(f"expected true or false, found {text!r}")

    def choice(self, choices: Sequence[str]) -> str:
        expected = "one of " + ", ".join(choices)
        text = self._scalar(expected)
        if text not in choices:
            raise self.fault(f"expected {expected}, found {text!r}")
        return text

    def items(self, expected: str = "a list") -> list[Value]:
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault(f"expected {expected}")
        return [
            Value(child, f"{self.key}[{place}]", self._loader)
            for place, child in enumerate(self.node.value)
        ]

    def entries(self, expected: str = "a mapping") -> dict[str, Value]:
        """Every key with its value; a key given twice is refused."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(f"expected {expected}")
        try:
            self._loader.flatten_mapping(self.node)
        except yaml.YAMLError as error:
            problem = getattr(error, "problem", None) or "this cannot be merged"
            raise self.fault(f"expected {expected}: {problem}") from None
        found: dict[str, Value] = {}
        for key_node, value_node in self.node.value:
            line = int(key_node.start_mark.line) + 1
            if not isinstance(key_node, yaml.ScalarNode):
                raise Malformed(self.key, line, "expected a plain key")
            name = str(key_node.value)
            if not name.strip() or len(name) > LONGEST_NAME or "\0" in name:
                raise Malformed(
                    self.key, line, f"expected a key of at most {LONGEST_NAME} characters"
                )
            path = f"{self.key}.{name}" if self.key else name
            if name in found:
                raise Malformed(path, line, "this key stands here twice")
            found[name] = Value(value_node, path, self._loader)
        return found

    def keys(
        self, *, required: Sequence[str] = (), optional: Sequence[str] = ()
    ) -> dict[str, Value]:
        """The entries of a mapping with known keys; nulls of optional keys count as absent."""
        found = self.entries("a mapping with " + ", ".join((*required, *optional)))
        for name, value in found.items():
            if name not in required and name not in optional:
                raise Malformed(
                    value.key,
                    value.line,
                    "unknown key; expected " + ", ".join((*required, *optional)),
                )
        for name in required:
            if name not in found:
                raise Malformed(
                    f"{self.key}.{name}" if self.key else name, self.line, "this key is required"
                )
        return {
            name: value for name, value in found.items() if name in required or not value.is_null
        }

    @property
    def told(self) -> str:
        """What stands in the file, for a message."""
        if isinstance(self.node, yaml.ScalarNode):
            return repr(str(self.node.value))
        return "a list" if isinstance(self.node, yaml.SequenceNode) else "a mapping"

    def plain(self) -> Any:
        """The value as Python knows it, for a parameter of whatever kind; numbers as Decimal."""
        if self.is_null:
            return None
        if isinstance(self.node, yaml.SequenceNode):
            return [item.plain() for item in self.items()]
        if isinstance(self.node, yaml.MappingNode):
            return {name: value.plain() for name, value in self.entries().items()}
        if isinstance(self.node, yaml.ScalarNode) and self.node.style in ("'", '"'):
            return str(self.node.value)
        text = str(self.node.value)
        if text in TRUE:
            return True
        if text in FALSE:
            return False
        if WHOLE.match(text):
            return int(self._bounded(text, "a number"))
        if NUMBER.match(text):
            return self._bounded(text, "a number")
        return text


def read(text: str) -> Value:
    """The top of a YAML document. Raises Malformed where it is none, or unfolds without end."""
    try:
        loader = LOADER(text)
        node = loader.get_single_node()
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "this is not YAML"
        raise Malformed(
            "file", (mark.line + 1) if mark else 1, f"expected YAML: {problem}"
        ) from None
    except RecursionError:
        raise Malformed("file", 1, "nested too deeply") from None
    if node is None:
        raise Malformed("file", 1, "expected a scenario, found nothing")
    _refuse_endless(node)
    return Value(node, "", loader)


def _refuse_endless(top: yaml.Node) -> None:
    """Aliases can make a small file unfold without end; count what it unfolds to."""
    count = 0
    walk: list[Iterator[yaml.Node]] = [iter([top])]
    path: list[int] = []
    while walk:
        child = next(walk[-1], None)
        if child is None:
            walk.pop()
            if path:
                path.pop()
            continue
        count += 1
        if count > MOST_VALUES or id(child) in path or len(path) > 60:
            raise Malformed(
                "file", int(child.start_mark.line) + 1, "nested or repeated without end"
            )
        path.append(id(child))
        walk.append(iter(_children(child)))


def _children(node: yaml.Node) -> list[yaml.Node]:
    if isinstance(node, yaml.SequenceNode):
        return list(node.value)
    if isinstance(node, yaml.MappingNode):
        return [part for pair in node.value for part in pair]
    return []
