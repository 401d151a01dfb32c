"""In what order the rows of a draft stand when it says what a package says."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from courses.packages.entries import Entry, Path
from courses.packages.rows import OWNERS, Rows


class Order(NamedTuple):
    """Path → position, and the rows that have not been moved among those that stood there."""

    positions: dict[Path, int]
    unmoved: set[Path]


def order_of(entries: Sequence[Entry], rows: Rows) -> Order:
    groups: dict[Any, list[Entry]] = defaultdict(list)
    for entry in entries:
        if not entry.archived and entry.part != "module":
            groups[tuple(entry.owners.items())].append(entry)
    order = Order({}, set())
    for group in groups.values():
        _number(group, rows, order)
    return order


def _number(group: list[Entry], rows: Rows, order: Order) -> None:
    known = rows.by_path[group[0].part]
    standing = [entry for entry in group if entry.path in known and _stands(entry, rows)]
    standing.sort(key=lambda entry: (known[entry.path].position, known[entry.path].pk))
    paths = [entry.path for entry in interleaved(group, standing)]
    stood = [entry.path for entry in standing]
    still = [path for path in paths if path in set(stood)]
    order.unmoved.update(path for path, other in zip(still, stood, strict=True) if path == other)
    # Rows in the right order keep their numbers, so that nothing is written.
    numbers = [known[path].position for path in stood]
    if len(paths) > len(stood) or paths != stood or not all(one < other for one, other in pairwise(numbers)):
        numbers = list(range(1, len(paths) + 1))
    order.positions.update(zip(paths, numbers, strict=True))


def _stands(entry: Entry, rows: Rows) -> bool:
    row = rows.by_path[entry.part][entry.path]
    owner = rows.owner(entry.part, row)
    here = rows.paths[OWNERS[entry.part].part][owner.pk] if owner else ()
    return not row.archived and here == next(iter(entry.owners.values()), ())


def interleaved(group: list[Entry], standing: list[Entry]) -> list[Entry]:
    """A package says in what order questions stand in each bank file, not how the files mix: that stays as it is."""
    found = {entry.path for entry in standing}
    slots = [*standing, *(entry for entry in group if entry.path not in found)]
    of_group: dict[str, list[Entry]] = defaultdict(list)
    for entry in reversed(group):
        of_group[entry.group].append(entry)
    return [of_group[slot.group].pop() for slot in slots]
