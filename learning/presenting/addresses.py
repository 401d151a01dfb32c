"""Where the links of a learner's pages lead. A preview gives the same pages other addresses."""

from functools import lru_cache
from typing import Protocol

from django.urls import reverse
from django.utils.translation import get_language


class Addresses(Protocol):
    """Each takes the keys of the module and of the step; an empty address leaves out what would be sent there."""

    def module(self, module: str) -> str: ...
    def choose_setting(self, module: str) -> str: ...
    def path(self, module: str) -> str: ...
    def go_on(self, module: str) -> str: ...
    def change_setting(self, module: str) -> str: ...
    def certificate(self, module: str) -> str: ...
    def step(self, module: str, step: str) -> str: ...
    def seen(self, module: str, step: str) -> str: ...
    def again(self, module: str, step: str) -> str: ...
    def decision(self, module: str, step: str) -> str: ...
    def result(self, module: str, step: str, number: int) -> str: ...
    def try_again(self, module: str, step: str) -> str: ...
    def answer(self, attempt: int | None, place: int) -> str: ...


class OwnAddresses:
    """Those of a learner who is enrolled."""

    def module(self, module: str) -> str:
        return _address(get_language(), "learning:module", module)

    def choose_setting(self, module: str) -> str:
        return _address(get_language(), "learning:choose-setting", module)

    def path(self, module: str) -> str:
        return _address(get_language(), "learning:path", module)

    def go_on(self, module: str) -> str:
        return _address(get_language(), "learning:continue", module)

    def change_setting(self, module: str) -> str:
        return _address(get_language(), "learning:change-setting", module)

    def certificate(self, module: str) -> str:
        return _address(get_language(), "certificates:name", module)

    def step(self, module: str, step: str) -> str:
        return _address(get_language(), "learning:step", module, step)

    def seen(self, module: str, step: str) -> str:
        return _address(get_language(), "learning:seen", module, step)

    def again(self, module: str, step: str) -> str:
        return "?again"

    def decision(self, module: str, step: str) -> str:
        return ""  # to the page itself

    def result(self, module: str, step: str, number: int) -> str:
        return _address(get_language(), "learning:result", module, step, number)

    def try_again(self, module: str, step: str) -> str:
        return "../../"  # to the test's own page, from the result

    def answer(self, attempt: int | None, place: int) -> str:
        return reverse("interop:answer", args=[attempt, place])


@lru_cache(maxsize=4096)
def _address(language: str, name: str, *arguments: str | int) -> str:
    """Kept, since a page holds the addresses of the whole path. `language` is the active one."""
    return reverse(name, args=arguments)


OWN = OwnAddresses()
