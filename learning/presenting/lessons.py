"""A lesson's blocks in one language, with the learner's answers to its checks."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from courses.document import Block, Check, Document, Figure, Lesson, Sort
from courses.models import Release
from learning.models import CheckAnswer
from learning.presenting.words import say, show

Context = dict[str, Any]


class Unsent(NamedTuple):
    """Choices to show that were made but not kept, and the exercise (by block key) that has to be told why."""

    choices: QueryDict
    block: str = ""
    error: str = ""


# What was drawn before: by release, step, language, block and answer it never changes.
_drawn: dict[tuple, str] = {}
MOST_DRAWN = 10_000


def lesson(
    release: Release, step: Lesson, answers: Mapping[str, CheckAnswer], locale: str, unsent: Unsent | None = None
) -> Context:
    """The blocks, their contents and the summary as HTML."""
    return {
        "contents": _once((release.digest, step.key, locale), lambda: _contents(step, locale)),
        "blocks": [
            _block(release, step, block, answers.get(block.key), locale, unsent if is_exercise(block) else None)
            for block in step.blocks
        ],
        "summary": show(step.summary, locale),
    }


def is_exercise(block: Block) -> bool:
    return isinstance(block, Check | Sort)


def _contents(step: Lesson, locale: str) -> str:
    headings = [(block.key, say(getattr(block, "heading", {}), locale)) for block in step.blocks]
    return render_to_string("learning/contents.html", {"headings": headings})


def _block(
    release: Release, step: Lesson, block: Block, answer: CheckAnswer | None, locale: str, unsent: Unsent | None
) -> str:
    def draw() -> str:
        return render_to_string("learning/block.html", _frame(release.content, block, answer, locale, unsent))

    given = (answer.number, repr(answer.chosen)) if answer else None
    return draw() if unsent else _once((release.digest, step.key, locale, block.key, given), draw)


def _once(key: tuple, draw: Callable[[], str]) -> str:
    """Drawn once in a process."""
    if key not in _drawn:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = draw()
    return _drawn[key]


def _frame(content: Document, block: Block, answer: CheckAnswer | None, locale: str, unsent: Unsent | None) -> Context:
    framed = {
        "key": block.key,
        "template": f"learning/blocks/{type(block).__struct_config__.tag}.html",
        "sources": sources(content, block.sources, locale),
        **_shape(block, answer, locale),
    }
    if unsent:
        _fill_in(framed, unsent.choices)
        framed["error"] = unsent.error if unsent.block == block.key else ""
    return {"block": framed}


def _fill_in(exercise: Context, choices: QueryDict) -> None:
    picked = choices.getlist(f"{exercise['key']}.choice")
    for option in exercise.get("options", ()):
        option["checked"] = option["key"] in picked
    for place, item in enumerate(exercise.get("items", ()), start=1):
        item["chosen"] = choices.get(f"{exercise['key']}.item-{place}", "")


def sources(content: Document, keys: Sequence[str], locale: str) -> list[Context]:
    return [
        {"citation": show(source.citation, locale), "url": source.url, "checked_on": source.checked_on}
        for source in content.cited(tuple(keys))
    ]


def _shape(block: Block, answer: CheckAnswer | None, locale: str) -> Context:
    if isinstance(block, Figure):
        return _figure(block, locale)
    if isinstance(block, Check):
        return check(block, answer, locale)
    if isinstance(block, Sort):
        return sort(block, answer, locale)
    return {"heading": say(getattr(block, "heading", {}), locale), "html": show(block.html, locale)}


def _figure(block: Figure, locale: str) -> Context:
    name = block.image[locale]
    return {
        "src": reverse("courses:figure", args=[name.rsplit("/", 1)[-1]]),
        "width": block.width,
        "height": block.height,
        **{field: say(getattr(block, field), locale) for field in ("alt", "caption", "credit")},
    }


def check(block: Check, answer: CheckAnswer | None, locale: str) -> Context:
    """Feedback appears only for what was chosen: the other options keep their secret for another try."""
    chosen = set(answer.chosen) if answer else set()
    return {
        "stem": say(block.stem, locale),
        "multiple": block.multiple,
        "number": answer.number + 1 if answer else 1,
        "answered": answer is not None,
        "options": [
            {
                "key": str(place),
                "text": say(option.text, locale),
                "checked": option.key in chosen,
                "feedback": say(option.feedback, locale) if option.key in chosen else "",
                "right": option.correct if option.key in chosen else False,
            }
            for place, option in enumerate(shown_order(block.key, block.options), start=1)
        ],
    }


def sort(block: Sort, answer: CheckAnswer | None, locale: str) -> Context:
    chosen = answer.chosen if answer else {}
    return {
        "stem": say(block.stem, locale),
        "number": answer.number + 1 if answer else 1,
        "answered": answer is not None,
        "categories": [
            {"key": str(place), "text": say(category.text, locale)}
            for place, category in enumerate(block.categories, start=1)
        ],
        "items": [
            {
                "text": say(item.text, locale),
                "chosen": _category_place(block, chosen.get(item.key)),
                "feedback": say(item.feedback, locale) if item.key in chosen else "",
                "right": chosen.get(item.key) == item.category,
            }
            for item in shown_order(block.key, block.items)
        ],
    }


def _category_place(block: Sort, key: str | None) -> str:
    return next((str(place) for place, category in enumerate(block.categories, 1) if category.key == key), "")


def shown_order(seed: str, things: Sequence[Any]) -> list[Any]:
    """Shuffled, but always the same way: an author's habit of writing the right one first gives nothing away."""
    return sorted(things, key=lambda thing: sha256(f"{seed}/{thing.key}".encode()).digest())
