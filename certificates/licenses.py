"""Which license numbers can be printed. Pure."""

import unicodedata
from enum import StrEnum

LONGEST = 40
# Far too long a number stays as it is: putting its letters in order could take for ever.
LONGEST_TYPED = 10 * LONGEST


class Problem(StrEnum):
    LONG = "long"
    LETTERS = "letters"


class LicenseRefused(ValueError):
    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def tidy(number: str) -> str:
    """As it will be printed: plain letters and digits, a hyphen for every dash, single spaces."""
    if len(number) > LONGEST_TYPED:
        return number
    plain = unicodedata.normalize("NFKC", number)
    return " ".join("".join("-" if unicodedata.category(letter) == "Pd" else letter for letter in plain).split())


def accepted(number: str) -> str:
    """The tidied number, or nothing where there is none; raises LicenseRefused.

    Boards number with A to Z, digits and signs of a keyboard. Anything else was pasted, or hides what is there.
    """
    number = tidy(number)
    if len(number) > LONGEST:
        raise LicenseRefused(Problem.LONG)
    if not (number.isascii() and number.isprintable()):
        raise LicenseRefused(Problem.LETTERS)
    return number
