"""Everybody's rate on two dates: as effective on one, as known on the other."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from accounts.access import access, user_of
from accounts.models import Organization, Role, User
from accounts.queries.roles import held_grants
from accounts.services.reads import log_export
from accounts.services.recusal import recusals_of
from classification.models import Band
from pay.forms.rates import RatesForm
from pay.models import PayPool
from pay.queries.history import SUPPLEMENTS
from pay.queries.rate_list import Asked, ListedRate, all_rates, page_of_rates
from pay.views.history import end_of
from regulation import clock

READERS = frozenset({Role.PAY_SPECIALIST, Role.HR_SPECIALIST, Role.AUDITOR})
#: Levels of the tree that a list of organizations offers; a table of thousands helps nobody.
OFFERED = 400


@access(readers=READERS)
@require_safe
def rates(request: HttpRequest) -> HttpResponse:
    """A page of rates, in the order of employee numbers."""
    user = user_of(request)
    form = _form(request, user)
    asked = _asked(form, user)
    context: dict[str, Any] = {"form": form, "asked": asked, "query": _query(form)}
    if asked is not None:
        after = request.GET.get("after", "").replace("\x00", "")[:24]
        context |= {"page": page_of_rates(asked, after=after), "after": after}
    context["supplements"] = SUPPLEMENTS
    template = "pay/rates/page.html"
    return render(request, template, context, status=200 if asked is not None else 422)


@access(readers=READERS)
@require_safe
def rates_csv(request: HttpRequest) -> HttpResponseBase:
    """The whole list as CSV; that it was taken is logged as a read."""
    user = user_of(request)
    form = _form(request, user)
    asked = _asked(form, user)
    if asked is None:
        return render(request, "pay/rates/page.html", {"form": form, "asked": None}, status=422)
    log_export(user, subject="list:rates", page=request.get_full_path())
    response = StreamingHttpResponse(
        _written(all_rates(asked)), content_type="text/csv; charset=utf-8"
    )
    name = f"rates-{asked.on}-known-{asked.known.date() if asked.known else clock.today()}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _form(request: HttpRequest, user: User) -> RatesForm:
    reach = _reach(user)
    found = Organization.objects.all()
    if reach is not None:
        scope = Organization.objects.none()
        for path in reach:
            scope = scope | Organization.objects.filter(path__startswith=path)
        found = scope
    offered = found.order_by(Length("path"), "path").values_list("path", "name")[:OFFERED]
    return RatesForm(
        request.GET,
        organizations=sorted(offered),
        bands=[(band.pk, str(band)) for band in Band.objects.select_related("cluster")],
        pools=list(PayPool.objects.values_list("pk", "title")),
    )


def _asked(form: RatesForm, user: User) -> Asked | None:
    """None where what was typed makes no sense."""
    if not form.is_valid():
        return None
    today, given = clock.today(), form.cleaned_data
    known = given["known"]
    return Asked(
        on=given["on"] or today,
        # What will be known is not known; from today on it is what is known now.
        known=end_of(known) if known is not None and known < today else None,
        organization=given["organization"],
        band=int(given["band"]) if given["band"] else None,
        pool=int(given["pool"]) if given["pool"] else None,
        reach=_reach(user),
        without=_recused_from(user),
    )


def _reach(user: User) -> tuple[str, ...] | None:
    """Paths over which the user holds a role that reads rates; None is the whole Department."""
    paths = []
    for grant in held_grants(user, on=clock.today()):
        if grant.role not in READERS:
            continue
        if grant.organization is None:
            return None
        paths.append(grant.organization.path)
    return tuple(sorted(set(paths)))


def _recused_from(user: User) -> tuple[int, ...]:
    found = recusals_of(user, on=clock.today())
    keys = (subject.partition(":") for subject in found)
    return tuple(sorted(int(key) for kind, _, key in keys if kind == "employee" and key.isdigit()))


def _query(form: RatesForm) -> str:
    """What was asked, to go on with on the next page and in the export."""
    return urlencode({name: value for name, value in form.data.items() if name in form.fields})


HEADINGS = (
    "number", "family name", "given name", "organization", "band", "pay pool", "since",
    "basic", "supplement", "supplement percent", "adjusted", "retained", "below minimum",
)  # fmt: skip


class _Echo:
    def write(self, row: str) -> str:
        return row


def _written(rows: Iterable[ListedRate]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(HEADINGS)
    for row in rows:
        yield writer.writerow(
            (
                *(_safe(row.number), _safe(row.family_name), _safe(row.given_name)),
                *(_safe(row.organization), _safe(row.band), _safe(row.pool), row.starts),
                *(row.basic, row.supplement_kind, row.supplement_percent, row.adjusted),
                *("yes" if flag else "no" for flag in (row.retained, row.below_minimum)),
            )
        )


def _safe(text: str) -> str:
    """A cell that a spreadsheet does not take for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
