"""The professional settings a profile may name, offered by an app that knows them: accounts knows no other app."""

from collections.abc import Callable

Choices = list[tuple[str, str]]

_offers: list[Callable[[], Choices]] = []


def offer_settings(choices: Callable[[], Choices]) -> None:
    """`choices` gives key and name of each setting in the active language."""
    _offers[:] = [choices]


def setting_choices() -> Choices:
    return [choice for offer in _offers for choice in offer()]
