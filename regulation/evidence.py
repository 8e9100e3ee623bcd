"""Which code and which tests answer a paragraph, read from the source itself.

Code answers a paragraph by citing it in a docstring, a comment or a refusal; a test by the mark
`@pytest.mark.paragraph("9701.342(d)(3)#1")` on itself, its class, its module or one of its cases.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from regulation.citations import citations_in, holds
from regulation.index import Requirement

ROOT = Path(__file__).parent.parent
PACKAGES = (
    "accounts",
    "adverse_actions",
    "casework",
    "classification",
    "governance",
    "pay",
    "performance",
    "portal",
    "reconsideration",
    "regulation",
    "scenarios",
    "workforce",
)
#: These cite paragraphs only to show how a citation is written.
EXAMPLES = {"citations.py", "evidence.py", "index.py", "refusals.py", "regulation_tags.py"}
_TEXTS = {tokenize.COMMENT, tokenize.STRING}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One function, class or module: `path` under the checkout, the line, and its name."""

    path: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.name}".rstrip()


@dataclass(frozen=True, slots=True, order=True)
class CitedIn:
    """A paragraph, or a term it defines, cited at a place."""

    place: Place
    paragraph: str
    term: str


@cache
def code_citations() -> tuple[CitedIn, ...]:
    """Every citation in the code of the apps, migrations left out."""
    found: set[CitedIn] = set()
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts and path.name not in EXAMPLES:
                found.update(_cited_in(path))
    return tuple(sorted(found))


@cache
def marked_tests() -> dict[str, tuple[Place, ...]]:
    """The tests that mark each id, in the order of their files."""
    marks: dict[str, list[Place]] = {}
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for identifier, place in marks_in(path.read_text(encoding="utf-8"), path=_short(path)):
            marks.setdefault(identifier, []).append(place)
    return {identifier: tuple(dict.fromkeys(places)) for identifier, places in marks.items()}


def code_for(requirement: Requirement) -> list[Place]:
    """Where the code cites a requirement's paragraph, or one under it, or its defined term."""
    return list(
        dict.fromkeys(
            cited.place for cited in code_citations() if _answers(cited, requirement=requirement)
        )
    )


def proofs_of(requirement: Requirement) -> tuple[Place, ...]:
    """The tests that mark a requirement."""
    return marked_tests().get(requirement.id, ())


def _answers(cited: CitedIn, *, requirement: Requirement) -> bool:
    if requirement.term:
        defined = requirement.term.rstrip("0123456789").rstrip("-")
        return cited.paragraph == requirement.section and cited.term == defined
    return holds(requirement.paragraph, cited.paragraph) and not cited.term


def _short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _cited_in(path: Path) -> Iterator[CitedIn]:
    source = path.read_text(encoding="utf-8")
    if "9701." not in source:
        return
    named = sorted(_definitions(ast.parse(source)))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in _TEXTS:
            continue
        for citation in citations_in(token.string):
            line = token.start[0] + token.string[: citation.start].count("\n")
            name = next(
                (name for first, last, name in reversed(named) if first <= line <= last), ""
            )
            yield CitedIn(
                place=Place(_short(path), line, name),
                paragraph=citation.paragraph,
                term=citation.term,
            )


def _definitions(tree: ast.AST, inside: str = "") -> Iterator[tuple[int, int, str]]:
    """First line, last line and name of each function and class, the outer before the inner."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            name = f"{inside}{node.name}"
            yield node.lineno, node.end_lineno or node.lineno, name
            yield from _definitions(node, f"{name}.")
        else:
            yield from _definitions(node, inside)


def marks_in(source: str, *, path: str) -> Iterator[tuple[str, Place]]:
    """Each id marked in a test file, with the test, class or module that carries the mark.

    A mark inside the cases of a parametrized test, or in a variable that holds such cases, counts
    for the definition around it.
    """
    tree = ast.parse(source)
    named = sorted(
        (min([line, *_decorated(node)]), last, name)
        for (line, last, name), node in _with_nodes(tree)
    )
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and _is_mark(call.func)):
            continue
        name = next(
            (name for first, last, name in reversed(named) if first <= call.lineno <= last), ""
        )
        for argument in call.args:
            if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                yield argument.value, Place(path, call.lineno, name)


def _with_nodes(tree: ast.AST) -> Iterator[tuple[tuple[int, int, str], ast.AST]]:
    nodes = {
        node.lineno: node
        for node in ast.walk(tree)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))
    }
    for definition in _definitions(tree):
        yield definition, nodes[definition[0]]


def _decorated(node: ast.AST) -> list[int]:
    return [decorator.lineno for decorator in getattr(node, "decorator_list", [])]


def _is_mark(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and function.attr == "paragraph"
        and isinstance(function.value, ast.Attribute)
        and function.value.attr == "mark"
    )
