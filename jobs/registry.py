"""What each kind of job does: apps register their handlers in AppConfig.ready."""

from collections.abc import Callable
from dataclasses import dataclass

Handler = Callable[[dict], None]


@dataclass(frozen=True)
class Kind:
    name: str
    handler: Handler
    lease_seconds: int
    max_attempts: int
    daily: bool
    is_atomic: bool


_kinds: dict[str, Kind] = {}


def register(
    name: str,
    handler: Handler,
    *,
    lease_seconds: int = 300,
    max_attempts: int = 8,
    daily: bool = False,
    is_atomic: bool = False,
) -> None:
    """A handler is given the payload, outside any transaction, and may be called again after a crash.

    One that `is_atomic` does nothing but write rows: they are kept with the end of the job or not at all, so once.
    What is `daily` is ordered by the sweep, with an empty payload.
    The lease must outlast the longest run: a job whose lease has expired is given to somebody else.
    """
    if name in _kinds and _kinds[name].handler is not handler:
        raise ValueError(f"two handlers for jobs of the kind {name!r}")
    _kinds[name] = Kind(name, handler, lease_seconds, max_attempts, daily, is_atomic)


def get(name: str) -> Kind:
    return _kinds[name]


def names() -> list[str]:
    return list(_kinds)


def daily() -> list[str]:
    return [name for name, kind in _kinds.items() if kind.daily]
