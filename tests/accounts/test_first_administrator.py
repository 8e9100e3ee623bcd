"""`manage.py first_administrator`."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.management.commands.first_administrator import VARIABLE
from accounts.models import Role, RoleGrant, User
from tests import factories

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


def _run(username: str = "root", *, password: str = PASSWORD) -> str:
    out = StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, password)
        call_command("first_administrator", username, "--password-from-env", stdout=out)
    return out.getvalue()


def test_the_first_administrator_is_made_with_the_role() -> None:
    assert "root administers from today" in _run()
    user = User.objects.get(username="root")
    assert user.check_password(PASSWORD)
    grant = RoleGrant.objects.get(user=user)
    assert (grant.role, grant.organization) == (Role.ADMINISTRATOR, None)


@pytest.mark.parametrize(
    ("username", "password", "message"),
    [
        ("root", "short", "too short"),
        ("root", "", "is empty or not set"),
        ("two words", PASSWORD, "valid username"),
        ("taken", PASSWORD, "There is a user named taken"),
        ("TAKEN", PASSWORD, "There is a user named TAKEN"),
    ],
)
def test_what_will_not_do_is_said_and_nobody_is_made(
    username: str, password: str, message: str
) -> None:
    factories.make_user("taken")
    with pytest.raises(CommandError, match=message) as refused:
        _run(username, password=password)
    assert refused.value.returncode == 2
    assert User.objects.count() == 1
    assert not RoleGrant.objects.exists()


def test_a_second_first_administrator_is_refused() -> None:
    _run()
    with pytest.raises(CommandError, match="There is an administrator already"):
        _run("second")
    assert not User.objects.filter(username="second").exists()


def test_without_a_terminal_it_says_how_to_give_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdin", StringIO(""))
    with pytest.raises(CommandError, match=VARIABLE):
        call_command("first_administrator", "root")


def test_two_different_passwords_make_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([PASSWORD, "something else"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda _: next(answers))
    with pytest.raises(CommandError, match="differ"):
        call_command("first_administrator", "root")
