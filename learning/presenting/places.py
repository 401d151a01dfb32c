"""What was chosen, from the places of a page, counted from 1 as shown; keys stay on the server."""

from collections.abc import Sequence

from django.http import QueryDict

from courses.document import Case, Check, Sort
from learning.errors import UnknownChoice
from learning.presenting.lessons import shown_order
from support.numbers import whole


def positive(text: str) -> int:
    """Raises UnknownChoice for anything but a number from 1."""
    if number := whole(text, 4):
        return number
    raise UnknownChoice


def pick(things: Sequence, place: str):
    """The thing shown at a place. Raises UnknownChoice."""
    number = positive(place)
    if number > len(things):
        raise UnknownChoice
    return things[number - 1]


def check_choices(block: Check, post: QueryDict) -> list[str]:
    shown = shown_order(block.key, block.options)
    return sorted({pick(shown, place).key for place in post.getlist(f"{block.key}.choice")})


def sort_choices(block: Sort, post: QueryDict) -> dict[str, str]:
    """Item key → category key, for the items that were given one."""
    shown = enumerate(shown_order(block.key, block.items), start=1)
    places = {item.key: post.get(f"{block.key}.item-{place}") for place, item in shown}
    return {key: pick(block.categories, place).key for key, place in places.items() if place}


def case_choice(case: Case, node: str, place: str) -> str:
    found = case.node(node)
    if found is None:
        raise UnknownChoice
    return pick(found.choices, place).key


def test_choices(post: QueryDict, total: int) -> dict[int, list[int]]:
    """Place of the question → places of the options; a question without a choice is left as it was saved."""
    chosen = {place: [positive(value) for value in post.getlist(f"q{place}")] for place in range(1, total + 1)}
    return {place: picks for place, picks in chosen.items() if picks}
