from __future__ import annotations

import os

import psycopg
import pytest
from psycopg import conninfo

from launcher import environment, servers
from launcher.problems import Lacking


def test_addresses_set_by_hand_win(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {
        "OWNER_DATABASE_URL": "postgresql://owner@db.example/maxhr",
        "DATABASE_URL": "postgresql://runtime@db.example/maxhr",
        "REDIS_URL": "redis://queue.example/0",
    }
    for name, value in wanted.items():
        monkeypatch.setenv(name, value)
    with servers.session() as variables:
        assert variables == wanted


def test_database_without_its_owner_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://runtime@db.example/maxhr")
    monkeypatch.delenv("OWNER_DATABASE_URL", raising=False)
    with pytest.raises(Lacking, match="OWNER_DATABASE_URL"):
        environment.require_owner()


def test_secret_key_means_production_and_its_absence_the_demonstration(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.delenv("MAXHR_SECRET_KEY", raising=False)
    assert environment.settings_module() == "config.settings.demo"
    monkeypatch.setenv("MAXHR_SECRET_KEY", "long and random")
    assert environment.settings_module() == "config.settings.production"


def test_runtime_role_may_not_make_tables() -> None:
    with (
        psycopg.connect(os.environ["DATABASE_URL"]) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TABLE own (id int)")


def test_owner_may_act_as_the_runtime_role_so_that_it_can_drop_clones_in_use() -> None:
    runtime = conninfo.conninfo_to_dict(os.environ["DATABASE_URL"])["user"]
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"]) as connection:
        row = connection.execute("SELECT pg_has_role(%s, 'MEMBER')", [runtime]).fetchone()
    assert row == (True,)
