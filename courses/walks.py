"""Where a practice case can be walked: how far its nodes are from the start, and what is wrong with each. Pure."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

Graph = Mapping[str, "Spot"]


class Spot(msgspec.Struct, frozen=True):
    """A node as a walk sees it: where its choices lead, in order, and whether the case may end here."""

    key: str
    to: tuple[str, ...] = ()
    ends: bool = False


class Walks(msgspec.Struct, frozen=True):
    """`levels` maps each node within reach to the most choices that lead there from the start, so that every choice
    goes on to a later level; where there is a loop, to the fewest. `faults` maps a node to its own.

    `shortest` and `longest` count the choices to an ending: None where none is within reach, and where a loop has no
    longest walk.
    """

    levels: dict[str, int]
    faults: dict[str, tuple[str, ...]]
    shortest: int | None
    longest: int | None


def graph_of(spots: Iterable[Spot]) -> dict[str, Spot]:
    return {spot.key: spot for spot in spots}


def reach(graph: Graph, keys: Iterable[str]) -> set[str]:
    """The keys, and every key that choices lead to from them."""
    return set(distances(graph, keys))


def distances(graph: Graph, keys: Iterable[str]) -> dict[str, int]:
    """How many choices away each key within reach is."""
    edge, far = set(keys), 0
    found = dict.fromkeys(edge, far)
    while edge:
        far += 1
        edge = {to for key in edge if key in graph for to in graph[key].to} - found.keys()
        found |= dict.fromkeys(edge, far)
    return found


def faults(graph: Graph, start: str) -> Iterator[tuple[str, str]]:
    """A node and what is wrong with it: unreachable, dead-end, ending-goes-on, loop, leads-nowhere."""
    reached = reach(graph, {start})
    for key, spot in graph.items():
        if key not in reached:
            yield key, "unreachable"
        if bool(spot.to) == spot.ends:
            yield key, "dead-end" if not spot.to else "ending-goes-on"
        elif _returns(graph, spot):
            yield key, "loop"
        if any(to not in graph for to in spot.to):
            yield key, "leads-nowhere"


def _returns(graph: Graph, spot: Spot) -> bool:
    return spot.key in reach(graph, spot.to)


def walks(graph: Graph, start: str) -> Walks:
    nearest = {key: far for key, far in distances(graph, {start}).items() if key in graph} if start in graph else {}
    found: dict[str, tuple[str, ...]] = {}
    for key, fault in faults(graph, start):
        found[key] = (*found.get(key, ()), fault)
    loops = any("loop" in found.get(key, ()) for key in nearest)
    levels = nearest if loops or not nearest else _farthest(graph, start)
    return Walks(
        levels=levels,
        faults=found,
        shortest=min((far for key, far in nearest.items() if graph[key].ends), default=None),
        longest=None if loops else max((far for key, far in levels.items() if graph[key].ends), default=None),
    )


def _farthest(graph: Graph, start: str) -> dict[str, int]:
    """Of a case without loops."""
    found = {start: 0}
    for key in reversed(_inside_out(graph, start)):
        for to in graph[key].to:
            if to in graph:
                found[to] = max(found.get(to, 0), found[key] + 1)
    return found


def _inside_out(graph: Graph, start: str) -> list[str]:
    """The nodes within reach, each after all that it leads to. Without recursion: a case may be a long one."""
    order: list[str] = []
    seen, stack = {start}, [(start, iter(graph[start].to))]
    while stack:
        key, onward = stack[-1]
        to = next((to for to in onward if to in graph and to not in seen), None)
        if to is None:
            order.append(key)
            stack.pop()
        else:
            seen.add(to)
            stack.append((to, iter(graph[to].to)))
    return order
