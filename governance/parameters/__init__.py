"""The registry of policy parameters: what the Department may decide by directive (rule 4).

A default here is what the first directive carries. It is never a fallback: a computation that finds
no value in force stops and names the parameter. One module a subject.
"""

from __future__ import annotations

from governance.parameters.classification import CLASSIFICATION
from governance.parameters.committee import COMMITTEE
from governance.parameters.market import MARKET
from governance.parameters.parameter import Parameter
from governance.parameters.pay_setting import PAY_SETTING
from governance.parameters.payouts import PAYOUTS
from governance.parameters.performance import PERFORMANCE
from governance.parameters.proration import PRORATION
from regulation.refusals import Refused

#: Subject by subject, as pages show them.
SUBJECTS: dict[str, tuple[Parameter, ...]] = {
    "Range and supplement adjustments": MARKET,
    "Pay pools and payouts": PAYOUTS,
    "Proration": PRORATION,
    "Pay setting": PAY_SETTING,
    "Classification and reconsideration": CLASSIFICATION,
    "Performance": PERFORMANCE,
    "Compensation Committee": COMMITTEE,
}

PARAMETERS: dict[str, Parameter] = {
    known.key: known for subject in SUBJECTS.values() for known in subject
}


def parameter(key: str) -> Parameter:
    """The registered parameter. Raises Refused invalid_parameter for an unknown key."""
    try:
        return PARAMETERS[key]
    except KeyError:
        raise Refused("invalid_parameter", "", f"There is no parameter “{key}”.") from None


__all__ = ["PARAMETERS", "SUBJECTS", "Parameter", "parameter"]
