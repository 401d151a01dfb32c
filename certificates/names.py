"""Which names can be printed. Pure."""

import unicodedata
from enum import StrEnum

from certificates import coverage

SHORTEST = 2
LONGEST = 120
# Even with decomposed letters a name is shorter. Putting a million accents in order would take a quarter of an hour.
LONGEST_TYPED = 10 * LONGEST
# Control, format (overrides of the writing direction among them), surrogate, private and unassigned.
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_MARKS = {"Mn", "Me"}
# Letters and marks that Unicode draws as nothing: a name of these alone would leave the line empty.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0") | {chr(code) for code in range(0xFE00, 0xFE10)}
# Marks of one letter, such as accents: Burmese has five, two in one place suffice everywhere. More would be drawn over
# what stands above and below the name.
_MOST_MARKS, _MOST_IN_ONE_PLACE = 5, 2


class Problem(StrEnum):
    SHORT = "short"
    LONG = "long"
    INVISIBLE = "invisible"
    NO_LETTER = "no-letter"
    UNPRINTABLE = "unprintable"


class NameRefused(ValueError):
    """`letters` are those that cannot be printed, each once, as typed."""

    def __init__(self, problem: Problem, letters: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.letters = letters


def tidy(name: str) -> str:
    """The name exactly as it will be printed: composed letters, single spaces. Far too long a one stays as it is."""
    if len(name) > LONGEST_TYPED:
        return name
    return " ".join(unicodedata.normalize("NFC", name).split())


def accepted(name: str) -> str:
    """The tidied name; raises NameRefused where it cannot stand on a certificate."""
    name = tidy(name)
    if len(name) < SHORTEST:
        raise NameRefused(Problem.SHORT)
    if len(name) > LONGEST:
        raise NameRefused(Problem.LONG)
    if any(_is_invisible(letter) for letter in name):
        raise NameRefused(Problem.INVISIBLE)
    if not any(unicodedata.category(letter).startswith("L") for letter in name):
        raise NameRefused(Problem.NO_LETTER)
    if letters := _piled_up(name) or coverage.of(name).missing:
        raise NameRefused(Problem.UNPRINTABLE, letters)
    return name


def _is_invisible(letter: str) -> bool:
    # Persian and several Indic scripts spell names with the joiners.
    return letter in _BLANK or (letter not in coverage.JOINERS and unicodedata.category(letter) in _INVISIBLE)


def _piled_up(name: str) -> str:
    """The marks beyond those that a letter can bear, each once."""
    pile: list[str | int] = []
    excess: dict[str, None] = {}
    for letter in unicodedata.normalize("NFD", name):
        if unicodedata.category(letter) in _MARKS:
            pile.append(unicodedata.combining(letter) or letter)
            if len(pile) > _MOST_MARKS or pile.count(pile[-1]) > _MOST_IN_ONE_PLACE:
                excess[letter] = None
        elif letter not in coverage.JOINERS:
            pile = []
    return "".join(excess)
