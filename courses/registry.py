"""The professions an offer may name, told by an app that knows them: courses and accounts do not know each other."""

from collections.abc import Callable

Choices = list[tuple[str, str]]

_offers: list[Callable[[], Choices]] = []


def offer_professions(choices: Callable[[], Choices]) -> None:
    """`choices` gives key and name of each profession in the active language."""
    _offers[:] = [choices]


def profession_choices() -> Choices:
    return [choice for offer in _offers for choice in offer()]
