"""Making the first administrator."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Role, RoleGrant, User
from accounts.queries.roles import administrators
from regulation.refusals import Refused


def make_first_administrator(
    username: str, *, password: str, full_name: str = "", email: str = "", on: date
) -> User:
    """A user with the administrator's role over the whole Department from a date.

    Raises Refused already_done where somebody administers already or the name is taken, and
    invalid_input where name, address or password will not do.
    """
    with transaction.atomic():
        if administrators(on=on).exists():
            raise Refused(
                "already_done",
                "",
                "There is an administrator already, who grants roles under /admin/.",
            )
        if User.objects.filter(username__iexact=username).exists():
            raise Refused("already_done", "", f"There is a user named {username} already.")
        user = User(username=username, full_name=full_name, email=email)
        try:
            user.clean_fields(exclude=["password"])
            validate_password(password, user)
        except ValidationError as error:
            raise Refused("invalid_input", "", " ".join(error.messages)) from error
        user.set_password(password)
        user.save()
        RoleGrant.objects.create(user=user, role=Role.ADMINISTRATOR, starts=on)
    return user
