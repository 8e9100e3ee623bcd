"""The order of the apps, where import-linter cannot see it: names in strings."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).parent.parent


def _order() -> list[str]:
    """The layers as import-linter holds them, from the top down."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = project["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(c["layers"] for c in contracts if c["type"] == "layers")
    return layers


ORDER = _order()
APPS = [name for name in ORDER if name != "launcher"]

#: Templates that frame the pages of every app stand above them all, as the settings do.
FRAME = {"base.html": "config", "_partials": "portal", "errors": "portal"}


def reaches_up(lower: str, upper: str) -> bool:
    """Whether a name of `upper` in `lower` goes against the order."""
    return upper in ORDER and ORDER.index(upper) < ORDER.index(lower)


def _sources(app: str) -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted((ROOT / app).rglob("*.py")):
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def _called(node: ast.AST, *names: str) -> str | None:
    """The first literal argument of a call of one of the names, else None."""
    if not isinstance(node, ast.Call) or not node.args:
        return None
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    first = node.args[0]
    if name in names and isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return None


def _line(node: ast.AST) -> int:
    return getattr(node, "lineno", 0)


def test_every_app_that_is_installed_stands_in_the_order() -> None:
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == ROOT}
    assert ours == set(APPS)
    assert ours <= set(settings.INSTALLED_APPS)


@pytest.mark.parametrize("app", APPS)
def test_no_foreign_key_reaches_up(app: str) -> None:
    up = [
        f"{model.__name__}.{field.name} -> {field.related_model._meta.label}"
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and isinstance(field.related_model, type)
        and reaches_up(app, field.related_model._meta.app_label)
    ]
    assert up == []


@pytest.mark.parametrize("app", APPS)
def test_no_model_or_module_above_is_fetched_by_its_name(app: str) -> None:
    names = ("get_model", "import_module", "import_string", "get_app_config")
    up = [
        f"{path.relative_to(ROOT)}:{_line(node)} {name}"
        for path, tree in _sources(app)
        for node in ast.walk(tree)
        if (name := _called(node, *names)) and reaches_up(app, name.partition(".")[0])
    ]
    assert up == []


@pytest.mark.parametrize("app", APPS)
def test_no_migration_depends_on_an_app_above(app: str) -> None:
    try:
        package = importlib.import_module(f"{app}.migrations")
    except ModuleNotFoundError:
        return
    up = []
    for module in pkgutil.iter_modules(package.__path__):
        migration = importlib.import_module(f"{app}.migrations.{module.name}").Migration
        needed = [*migration.dependencies, *migration.run_before]
        up += [f"{module.name} -> {other}" for other, _ in needed if reaches_up(app, other)]
    assert up == []


@pytest.mark.parametrize("app", APPS)
def test_no_code_names_a_page_of_an_app_above(app: str) -> None:
    names = ("reverse", "reverse_lazy", "redirect", "resolve_url")
    up = [
        f"{path.relative_to(ROOT)}:{_line(node)} {name}"
        for path, tree in _sources(app)
        for node in ast.walk(tree)
        if (name := _called(node, *names))
        and ":" in name
        and reaches_up(app, name.partition(":")[0])
    ]
    assert up == []


def _templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


def _libraries() -> dict[str, str]:
    """The app of each library of template tags."""
    return {
        path.stem: app for app in APPS for path in (ROOT / app / "templatetags").glob("[a-z]*.py")
    }


def named_in_template(text: str, *, libraries: dict[str, str]) -> Iterator[str]:
    """The apps whose pages, templates or tags a template names."""
    yield from re.findall(r"{%\s*url\s+['\"]([a-z_]+):", text)
    yield from re.findall(r"{%\s*(?:include|extends)\s+['\"]([a-z_]+)/", text)
    for loaded in re.findall(r"{%\s*load\s+([^%]+?)\s*%}", text):
        for library in loaded.split(" from ")[-1].split():
            if library in libraries:
                yield libraries[library]


def test_no_template_names_a_page_a_part_or_a_tag_of_an_app_above() -> None:
    libraries = _libraries()
    up = []
    for path in _templates():
        top = path.relative_to(ROOT / "templates").parts[0]
        app = FRAME.get(top, top)
        assert app in APPS, f"templates/{top} belongs to no app"
        found = named_in_template(path.read_text(encoding="utf-8"), libraries=libraries)
        up += [f"{path.relative_to(ROOT)} -> {name}" for name in found if reaches_up(app, name)]
    assert up == []


def test_the_check_of_templates_sees_urls_parts_and_tags() -> None:
    text = (
        "{% load static regulation_tags %}{% load x from casework_forms %}"
        "{% url 'pay:mine' %}{% include \"portal/_due.html\" %}"
    )
    libraries = {"regulation_tags": "regulation", "casework_forms": "casework"}
    assert sorted(named_in_template(text, libraries=libraries)) == [
        "casework",
        "pay",
        "portal",
        "regulation",
    ]


def test_the_order_is_seen_to_be_broken_upwards_only() -> None:
    assert reaches_up("casework", "pay")
    assert not reaches_up("pay", "casework")
    assert not reaches_up("pay", "pay")
    assert not reaches_up("pay", "admin")
