"""How notices reach a person besides the inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from accounts.access import access, user_of
from casework.models import MailRhythm, NoticePreference
from casework.services.prefer_notices import prefer_notices
from casework.web import actor_of, carry_out
from regulation.refusals import Refused


@access(anyone=True)
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Choose between an e-mail a notice, and one a day or a week."""
    user = user_of(request)

    def act() -> str:
        who = actor_of(request).user
        if who is not None:
            prefer_notices(who, rhythm=request.POST.get("rhythm", ""))
        return f"{reverse('portal:preferences')}?saved=1"

    def page(refused: Refused | None = None) -> HttpResponse:
        wish = NoticePreference.objects.filter(user=user).first()
        context = {
            "rhythms": MailRhythm.choices,
            "chosen": wish.rhythm if wish else MailRhythm.AT_ONCE.value,
            "address": user.email,
            "saved": "saved" in request.GET and refused is None,
            "refusal": refused,
        }
        return render(request, "portal/preferences.html", context)

    return carry_out(request, act=act, again=page) if request.method == "POST" else page()
