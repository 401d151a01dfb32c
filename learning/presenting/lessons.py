"""A lesson's blocks in one language, with the learner's answers to its checks."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import PurePosixPath
from typing import Any, NamedTuple, Protocol

from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import slugify

from courses.document import Block, Check, Document, Download, Figure, Lesson, Sort
from learning.presenting.words import say, show

Context = dict[str, Any]


class Answer(Protocol):
    """The `number`th answer to a check or sort: a CheckAnswer, or one that is only kept in memory."""

    @property
    def number(self) -> int: ...

    @property
    def chosen(self) -> Any: ...


class Unsent(NamedTuple):
    """Choices to show that were made but not kept, and the exercise (by block key) that has to be told why."""

    choices: QueryDict
    block: str = ""
    error: str = ""


# What was drawn before: by digest of the release, step, language, block and answer it never changes.
_drawn: dict[tuple, str] = {}
MOST_DRAWN = 10_000


def lesson(
    content: Document,
    digest: str,
    step: Lesson,
    answers: Mapping[str, Answer],
    locale: str,
    unsent: Unsent | None = None,
) -> Context:
    """The blocks, their contents and the summary as HTML. Without a digest nothing drawn is kept: a draft changes."""

    def block_html(block: Block) -> str:
        answer, typed = answers.get(block.key), unsent if is_exercise(block) else None
        given = (answer.number, repr(answer.chosen)) if answer else None
        key = (digest, step.key, locale, block.key, given)
        return _once(key if digest and not typed else None, lambda: _block(content, block, answer, locale, typed))

    return {
        "contents": _once((digest, step.key, locale) if digest else None, lambda: _contents(step, locale)),
        "blocks": [block_html(block) for block in step.blocks],
        "summary": show(step.summary, locale),
    }


def is_exercise(block: Block) -> bool:
    return isinstance(block, Check | Sort)


def _contents(step: Lesson, locale: str) -> str:
    headings = [(block.key, say(getattr(block, "heading", {}), locale)) for block in step.blocks]
    return render_to_string("learning/contents.html", {"headings": headings})


def _block(content: Document, block: Block, answer: Answer | None, locale: str, unsent: Unsent | None) -> str:
    return render_to_string("learning/block.html", _frame(content, block, answer, locale, unsent))


def _once(key: tuple | None, draw: Callable[[], str]) -> str:
    """Drawn once in a process; without a key, anew."""
    if key is None:
        return draw()
    if key not in _drawn:
        if len(_drawn) >= MOST_DRAWN:
            _drawn.clear()
        _drawn[key] = draw()
    return _drawn[key]


def _frame(content: Document, block: Block, answer: Answer | None, locale: str, unsent: Unsent | None) -> Context:
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


def _shape(block: Block, answer: Answer | None, locale: str) -> Context:
    if isinstance(block, Figure):
        return _figure(block, locale)
    if isinstance(block, Download):
        return _download(block, locale)
    if isinstance(block, Check):
        return check(block, answer, locale)
    if isinstance(block, Sort):
        return sort(block, answer, locale)
    return {"heading": say(getattr(block, "heading", {}), locale), "html": show(block.html, locale)}


def _figure(block: Figure, locale: str) -> Context:
    name = block.image[locale]
    width, height = block.size(locale)
    return {
        "src": reverse("courses:figure", args=[name.rsplit("/", 1)[-1]]),
        "width": width,
        "height": height,
        **{field: say(getattr(block, field), locale) for field in ("alt", "caption", "credit")},
    }


def _download(block: Download, locale: str) -> Context:
    title = say(block.title, locale)
    digest = PurePosixPath(block.file[locale]).stem
    return {
        "title": title,
        "url": reverse("courses:file", args=[digest, slugify(title) or "document"]),
        "bytes": block.bytes[locale],
    }


def check(block: Check, answer: Answer | None, locale: str) -> Context:
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


def sort(block: Sort, answer: Answer | None, locale: str) -> Context:
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
