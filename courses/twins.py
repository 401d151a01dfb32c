"""The two languages of a question are twins: the same choices, the same right ones, the same numbers. Pure.

Options, the mark that one is right and what a question counts are stored once for both languages and cannot differ.
What can differ: a choice that one language lacks, choices that read the same, numbers, and how long a text is.
"""

import re

from courses.document import Check, Document, Lesson, Question, Sort, Words

Place = tuple[str, ...]

# Spanish takes about a fifth more room than English; far beyond that, one language says something else.
MOST_TIMES_LONGER = 1.8
SHORT = 40  # characters; of short texts the share says nothing


def asked(document: Document) -> list[tuple[Place, Question | Check]]:
    """Every question with choices: those of the bank, and the checks inside lessons; with the place of each."""
    return [
        *(((question.key,), question) for question in document.questions),
        *((place, block) for place, block in exercises(document) if isinstance(block, Check)),
    ]


def exercises(document: Document) -> list[tuple[Place, Check | Sort]]:
    return [
        ((step.key, block.key), block)
        for step in document.steps
        if isinstance(step, Lesson)
        for block in step.blocks
        if isinstance(block, Check | Sort)
    ]


def same_choices(question: Question | Check) -> list[str]:
    """The languages in which two choices read the same."""
    locales = sorted({locale for option in question.options for locale in option.text})
    texts = {locale: [_plain(option.text.get(locale, option.key)) for option in question.options] for locale in locales}
    return [locale for locale in locales if len(set(texts[locale])) < len(texts[locale])]


def _plain(text: str) -> str:
    return " ".join(text.casefold().split()).rstrip(".")


def numbers_differ(words: Words) -> bool:
    """An age or a share that differs makes one language's question easier."""
    return len({_numbers(text) for text in words.values()}) > 1


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(sorted(re.sub(r"[.,\s]", "", number) for number in re.findall(r"\d[\d.,\u00a0\u202f]*", text)))


def lengths_differ(words: Words) -> bool:
    """Worth a second look, and no reason not to publish."""
    lengths = sorted(len(text) for text in words.values())
    return len(lengths) > 1 and lengths[-1] > SHORT and lengths[-1] > lengths[0] * MOST_TIMES_LONGER
