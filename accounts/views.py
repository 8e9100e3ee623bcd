"""Logging in and out, passwords, and keeping a session alive."""

from __future__ import annotations

from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_GET, require_POST

from accounts import forms
from accounts.access import access

login = access(public=True)(
    auth_views.LoginView.as_view(
        template_name="accounts/login.html",
        authentication_form=forms.LogInForm,
        redirect_authenticated_user=True,
    )
)

logout = access(public=True)(require_POST(auth_views.LogoutView.as_view()))

password_change = access(anyone=True)(
    auth_views.PasswordChangeView.as_view(
        template_name="accounts/password_change.html",
        form_class=forms.PasswordChangeForm,
        success_url=reverse_lazy("accounts:password_reset_complete"),
    )
)

password_reset = access(public=True)(
    auth_views.PasswordResetView.as_view(
        template_name="accounts/password_reset.html",
        email_template_name="accounts/password_reset_mail.txt",
        subject_template_name="accounts/password_reset_subject.txt",
        form_class=forms.PasswordResetForm,
        success_url=reverse_lazy("accounts:password_reset_done"),
    )
)

password_reset_sent = access(public=True)(
    auth_views.PasswordResetDoneView.as_view(template_name="accounts/password_sent.html")
)

password_reset_confirm = access(public=True)(
    auth_views.PasswordResetConfirmView.as_view(
        template_name="accounts/password_new.html",
        form_class=forms.SetPasswordForm,
        success_url=reverse_lazy("accounts:password_reset_complete"),
    )
)

password_set = access(public=True)(
    auth_views.PasswordResetCompleteView.as_view(template_name="accounts/password_set.html")
)


@access(anyone=True)
@require_GET
def session(request: HttpRequest) -> HttpResponse:
    """Renew the session; the page asks when somebody says he is still there."""
    request.session.modified = True
    return HttpResponse(status=204)
