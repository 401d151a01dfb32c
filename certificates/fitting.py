"""How large a name can be printed. Pure."""

import re

from certificates import coverage, faces

COLUMN = 462  # points
# The lines that a name may take at each size, largest first.
_SIZES = ((42, 1), (38, 1), (34, 1), (30, 1), (26, 2), (23, 2), (20, 3), (17, 4), (14, 6))
_SAFETY = 1.02


def size(name: str) -> int:
    used = coverage.of(name).used
    return next((size for size, most in _SIZES if lines(name, size, used) <= most), _SIZES[-1][0])


def lines(name: str, size: int, used: tuple[faces.Face, ...]) -> int:
    """Words are set one after the other, may part after a hyphen, and are broken only when longer than a line."""
    count, place = 1, 0.0
    for word in re.findall(r"[^\s-]*-|[^\s-]+|\s", name):
        long = sum(coverage.width(letter, used) for letter in word) * size * _SAFETY
        if place and place + long > COLUMN and not word.isspace():
            count, place = count + 1, 0.0
        count += int(long // COLUMN)
        place += long % COLUMN
    return count
