"""How pages write citations, sums and percentages."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from regulation.templatetags.regulation_tags import cents, citation, dollars, percent


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        (
            "9701.342(d)(3)",
            '<a class="citation" href="/regulation/9701.342(d)(3)/">5 CFR 9701.342(d)(3)</a>',
        ),
        (
            "5 CFR 9701.409(b)",
            '<a class="citation" href="/regulation/9701.409(b)/">5 CFR 9701.409(b)</a>',
        ),
        (
            "9701.324, .325(b)",
            '<a class="citation" href="/regulation/9701.324/">5 CFR 9701.324</a>, '
            '<a class="citation" href="/regulation/9701.325(b)/">.325(b)</a>',
        ),
        ("5 U.S.C. 5504(b)", '<span class="citation">5 U.S.C. 5504(b)</span>'),
        (
            "9701.312 & <b>",
            '<a class="citation" href="/regulation/9701.312/">5 CFR 9701.312</a> &amp; &lt;b&gt;',
        ),
    ],
)
def test_a_citation_links_to_what_the_paragraph_asks(text: str, written: str) -> None:
    found = citation(text)
    assert found == written
    assert isinstance(found, SafeString)


@pytest.mark.parametrize(
    ("amount", "whole", "exact"),
    [
        (0, "$0", "$0.00"),
        (61234, "$61,234", "$61,234.00"),
        (Decimal("1234.5"), "$1,235", "$1,234.50"),
        (Decimal("0.005"), "$0", "$0.01"),
        (Decimal("-12.34"), "−$12", "−$12.34"),
        (Fraction(1, 3), "$0", "$0.33"),
        ("2500000", "$2,500,000", "$2,500,000.00"),
        (None, "–", "–"),
        ("", "–", "–"),
        (1.5, "–", "–"),
        (True, "–", "–"),
    ],
)
def test_sums_are_written_in_dollars_and_in_cents(amount: object, whole: str, exact: str) -> None:
    assert dollars(amount) == whole
    assert cents(amount) == exact


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (Decimal("17.0600"), "17.06%"),
        (Decimal("33.9400"), "33.94%"),
        (Decimal(5), "5%"),
        (Decimal(100), "100%"),
        (Decimal("0.005"), "0.01%"),
        (0, "0%"),
        (None, "–"),
    ],
)
def test_a_percentage_drops_the_zeros_at_its_end(share: object, written: str) -> None:
    assert percent(share) == written


def test_a_percentage_can_have_more_places() -> None:
    assert percent(Decimal("1.23456"), 4) == "1.2346%"


def test_templates_load_them() -> None:
    text = "{% load regulation_tags %}{{ a|dollars }} {% citation b %}"
    written = Template(text).render(Context({"a": 1000, "b": "9701.312"}))
    assert written == ('$1,000 <a class="citation" href="/regulation/9701.312/">5 CFR 9701.312</a>')
