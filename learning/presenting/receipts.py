"""What a change of path would keep, add and no longer need, before anybody confirms it."""

from typing import Any

from courses.paths import Path, minutes, receipt
from learning.models import Enrolment
from learning.presenting.words import say
from learning.progress import Progress


def receipt_in_words(enrolment: Enrolment, after: Path, locale: str) -> dict[str, Any]:
    """Titles of steps; one that has none in this language goes by its title in another, with its language."""
    difference, finished = receipt(enrolment.progress.path, after), enrolment.facts.finished

    def titles(steps: Path) -> list[dict]:
        return [{**_title(step.title, locale), "done": step.key in finished} for step in steps]

    return {
        "kept": titles(difference.kept),
        "added": titles(difference.added),
        "dropped": titles(difference.dropped),
        "minutes_left": minutes(Progress(after, finished).missing),
    }


def _title(words: dict[str, str], locale: str) -> dict[str, str]:
    """An edition that is left may lack the language of the page."""
    if title := say(words, locale):
        return {"title": title}
    return next(({"title": title, "lang": other} for other, title in words.items()), {"title": ""})
