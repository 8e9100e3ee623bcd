"""Home: the inbox."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.access import access


@access(anyone=True)
def home(request: HttpRequest) -> HttpResponse:
    """What waits for the user."""
    return render(request, "portal/home.html")
