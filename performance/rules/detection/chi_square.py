"""The lower tail of the chi-square distribution.

Floats: probabilities, never money. Series and continued fraction of the incomplete gamma function,
NIST Digital Library of Mathematical Functions 8.11.4 and 8.9.2.
"""

from __future__ import annotations

from math import exp, lgamma, log

_ENOUGH = 1e-15
_MOST_STEPS = 100_000
_TINY = 1e-300


def lower_tail(statistic: float, *, degrees: int) -> float:
    """The chance of a chi-square value of at most `statistic` with these degrees of freedom.

    Right to about twelve digits. Raises ValueError for a negative statistic or no degrees.
    """
    if statistic < 0 or degrees < 1:
        raise ValueError("chi-square needs a statistic of 0 or more and a degree of freedom")
    shape, at = degrees / 2, statistic / 2
    if at == 0:
        return 0.0
    front = exp(shape * log(at) - at - lgamma(shape))
    if at < shape + 1:
        return min(1.0, front * _series(shape, at))
    return max(0.0, 1.0 - front * _fraction(shape, at))


def _series(shape: float, at: float) -> float:
    term = total = 1 / shape
    for step in range(1, _MOST_STEPS):
        term *= at / (shape + step)
        total += term
        if term < total * _ENOUGH:
            break
    return total


def _fraction(shape: float, at: float) -> float:
    """Lentz's method."""
    b = at + 1 - shape
    c, d = 1 / _TINY, 1 / b
    value = d
    for step in range(1, _MOST_STEPS):
        a = -step * (step - shape)
        b += 2
        d = 1 / (a * d + b or _TINY)
        c = b + a / c or _TINY
        value *= c * d
        if abs(c * d - 1) < _ENOUGH:
            break
    return value
