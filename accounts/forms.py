"""The forms of logging in and of passwords, in the dress of the U.S. Web Design System."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import forms as auth_forms


class _UswdsInputs(forms.BaseForm):
    """Gives every text input the USWDS class."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("class", "usa-input")


class LogInForm(_UswdsInputs, auth_forms.AuthenticationForm):
    """User name and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = "User name"

    error_messages = {
        "invalid_login": "The user name or the password is not right. Both are case-sensitive.",
        "inactive": "This account is closed. Ask an administrator.",
    }


class PasswordChangeForm(_UswdsInputs, auth_forms.PasswordChangeForm):
    """The old password, and the new one twice."""


class PasswordResetForm(_UswdsInputs, auth_forms.PasswordResetForm):
    """The e-mail address that the link goes to."""


class SetPasswordForm(_UswdsInputs, auth_forms.SetPasswordForm):  # type: ignore[type-arg]
    """The new password twice."""
