"""What a performance system must say before it is put into force (5 CFR 9701.405(b), .409(a))."""

from __future__ import annotations

from collections.abc import Mapping

from regulation.refusals import Refused

#: 5 CFR 9701.405(b)(5), one clause of the directive each; one clause may serve several.
PROCEDURES: Mapping[str, str] = {
    "setting": "Setting expectations",
    "communicating": "Communicating expectations",
    "monitoring": "Monitoring performance",
    "feedback": "Giving feedback",
    "developing": "Developing performance",
    "rating": "Rating performance",
    "rewarding": "Rewarding performance",
}
#: Who may determine two levels outside Entry/Developmental (5 CFR 9701.103, .409(a)(3)).
DETERMINERS: Mapping[str, str] = {
    "secretary": "Secretary",
    "deputy_secretary": "Deputy Secretary",
    "under_secretary": "Under Secretary for Management",
    "chief_human_capital_officer": "Chief Human Capital Officer",
}
ENTRY_DEVELOPMENTAL = "entry_developmental"


def check_procedures(clauses: Mapping[str, str]) -> None:
    """Refuse a system whose directive leaves one of the seven headings without a clause.

    5 CFR 9701.405(b)(5). Raises Refused procedure_missing.
    """
    missing = [title for key, title in PROCEDURES.items() if not clauses.get(key, "").strip()]
    if missing:
        raise Refused(
            "procedure_missing",
            "9701.405(b)(5)",
            f"Name the directive’s clause for: {', '.join(missing)} (9701.405(b)(5)).",
        )


def check_minimum_period(days: int | None) -> None:
    """Refuse a system without a minimum period, in days: minimum_period_missing (.405(b)(3))."""
    if days is None or days < 1:
        raise Refused(
            "minimum_period_missing",
            "9701.405(b)(3)",
            "No directive in force gives the minimum period (9701.405(b)(3)).",
        )


def determination_of(*, text: str, determined_by: str) -> str:
    """The determination where one of the four officials made it; empty where none counts.

    5 CFR 9701.409(a)(3), 9701.103: it states the extraordinary circumstances. The head of a
    component is not enough.
    """
    return text.strip() if determined_by in DETERMINERS else ""
