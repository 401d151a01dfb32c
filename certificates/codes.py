"""Verification codes: 80 random bits as 16 letters, and a check letter. Pure.

The alphabet is a field of 32 elements, addition being exclusive or. Every place has its own non-zero weight and a code
is well formed when its weighted sum is zero; hence any one wrong letter and any two letters swapped are noticed.
"""

import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 17
_GROUPS = (4, 4, 4, 5)
_REDUCTION = 0b100101  # x⁵ + x² + 1, whose root generates all 31 non-zero elements
_SEPARATORS = str.maketrans("", "", " \t\r\n\u00a0-\u2010\u2011\u2012\u2013\u2014\u2212")


def _weights() -> tuple[int, ...]:
    weights = [1]
    while len(weights) < LENGTH:
        doubled = weights[-1] << 1
        weights.append(doubled ^ _REDUCTION if doubled & 32 else doubled)
    return tuple(reversed(weights))


_WEIGHTS = _weights()


def _times(a: int, b: int) -> int:
    product = 0
    while b:
        if b & 1:
            product ^= a
        a, b = a << 1, b >> 1
        if a & 32:
            a ^= _REDUCTION
    return product


def _sum(letters: str) -> int:
    total = 0
    for weight, letter in zip(_WEIGHTS, letters, strict=False):
        total ^= _times(weight, ALPHABET.index(letter))
    return total


def new() -> str:
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    # The last weight is 1, so the check letter is the sum of the others.
    return letters + ALPHABET[_sum(letters)]


def parse(text: str) -> str | None:
    """The code that somebody typed or pasted, with or without separators and capitals; None when it cannot be one."""
    letters = text.translate(_SEPARATORS).upper()
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET) or _sum(letters):
        return None
    return letters


def shown(code: str) -> str:
    """As people read it: XXXX-XXXX-XXXX-XXXXX."""
    starts = [sum(_GROUPS[:place]) for place in range(len(_GROUPS))]
    return "-".join(code[start : start + size] for start, size in zip(starts, _GROUPS, strict=True))
