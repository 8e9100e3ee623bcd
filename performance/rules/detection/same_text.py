"""Narratives copied from one employee's rating to another's.

The measure: of the runs of three words that either text has, the share that both have (Jaccard),
names of the employee taken out, case and punctuation left aside. Four of five is a copy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from performance.rules.detection.facts import SUPERVISOR, Detector, Fact, Figures, Flag, Group

COPIED = Fraction(4, 5)
RUN = 3
#: Shorter texts resemble each other by chance.
LEAST_WORDS = 8
#: Of more ratings than this, only texts that are alike word for word are found.
MOST_COMPARED = 200
_WORD = re.compile(r"[^\W_]+")


def words_of(fact: Fact) -> tuple[str, ...]:
    """The words of a narrative, lower case, without the employee's names."""
    names = {word for name in fact.names for word in _WORD.findall(name.lower())}
    return tuple(word for word in _WORD.findall(fact.text.lower()) if word not in names)


def similarity(one: Sequence[str], other: Sequence[str]) -> Fraction:
    """The share of runs of three words that two texts have in common, from 0 to 1."""
    return _alike(_runs(one), _runs(other))


def _runs(words: Sequence[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def _alike(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> Fraction:
    either = one | other
    return Fraction(len(one & other), len(either)) if either else Fraction(0)


def copied(facts: Iterable[Fact], *, word_for_word: bool = False) -> tuple[int, ...]:
    """Ratings whose narrative is that of another employee."""
    texts: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for fact in facts:
        words = words_of(fact)
        if len(words) >= LEAST_WORDS:
            texts[words].append(fact.rating)
    found = {rating for ratings in texts.values() if len(ratings) > 1 for rating in ratings}
    if not word_for_word:
        runs = [(_runs(words), ratings) for words, ratings in texts.items()]
        for (one, of_one), (other, of_other) in combinations(runs, 2):
            if _alike(one, other) >= COPIED:
                found.update(of_one, of_other)
    return tuple(sorted(found))


def same_text(group: Group) -> list[Flag]:
    """Copied narratives: nearly the same within a team, word for word in a larger group."""
    exactly = group.kind != SUPERVISOR or len(group.facts) > MOST_COMPARED
    found = copied(group.facts, word_for_word=exactly)
    if not found:
        return []
    figures: Figures = {"copied": len(found), "people": len(group.facts)}
    return [Flag(Detector.SAME_TEXT, group.kind, group.key, figures, found)]
