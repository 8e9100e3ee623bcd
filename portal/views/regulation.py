"""What each paragraph asks, and which code and tests answer it."""

from __future__ import annotations

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import access
from regulation.evidence import code_for, proofs_of
from regulation.index import covered, requirements_under, sections

SUBPARTS = {
    "A": "General provisions",
    "B": "Classification",
    "C": "Pay and pay administration",
    "D": "Performance management",
    "E": "Labor-management relations",
    "F": "Adverse actions",
    "G": "Appeals",
}


@access(public=True)
@require_safe
def regulation(request: HttpRequest) -> HttpResponse:
    """Every section, with how many of its requirements are proved."""
    rows = [
        {
            "section": section,
            "subpart": asked[0].subpart,
            "count": len(asked),
            "tested": sum(1 for row in asked if proofs_of(row)),
            "covered": sum(1 for row in asked if row.id in covered()),
        }
        for section, asked in sections().items()
    ]
    subparts = [
        {"letter": letter, "title": title, "rows": [r for r in rows if r["subpart"] == letter]}
        for letter, title in SUBPARTS.items()
    ]
    return render(request, "portal/regulation.html", {"subparts": subparts})


@access(public=True)
@require_safe
def paragraph(request: HttpRequest, paragraph: str) -> HttpResponse:
    """What a paragraph and those under it ask, and what answers it here."""
    if not re.fullmatch(r"9701\.\d{3}(?:\([A-Za-z0-9]{1,5}\))*", paragraph):
        raise Http404
    asked = requirements_under(paragraph)
    if not asked:
        raise Http404
    shown = [
        {
            "row": row,
            "code": code_for(row),
            "tests": proofs_of(row),
            "covered": row.id in covered(),
        }
        for row in asked
    ]
    section = paragraph[:8]
    context = {
        "paragraph": paragraph,
        "section": section,
        "above": paragraph[: paragraph.rindex("(")] if "(" in paragraph else "",
        "asked": shown,
        "exact": any(row.paragraph == paragraph for row in asked) or paragraph == section,
    }
    return render(request, "portal/paragraph.html", context)
