from governance.models.coordination import Coordination, CoordinationState
from governance.models.coverage import Coverage
from governance.models.directive import Directive, DirectiveState
from governance.models.policy_value import PolicyValue

__all__ = [
    "Coordination",
    "CoordinationState",
    "Coverage",
    "Directive",
    "DirectiveState",
    "PolicyValue",
]
