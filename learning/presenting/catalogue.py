"""Modules before anyone begins."""

from typing import Any

from courses.document import Document
from courses.paths import minutes, path
from learning.presenting.words import say, show

Context = dict[str, Any]


def card(content: Document, locale: str) -> Context:
    return {
        "key": content.key,
        "title": say(content.title, locale),
        "summary": say(content.summary, locale),
        "minutes": _typical_minutes(content),
    }


def module(content: Document, number: int, locale: str) -> Context:
    """`number` is the release's."""
    texts = ("audience", "authors", "provider", "credit")
    return {
        **card(content, locale),
        **{name: say(getattr(content, name), locale) for name in texts},
        "description": show(content.description, locale),
        "objectives": [{"accent": _accent(o.key), "text": say(o.text, locale)} for o in content.objectives],
        "settings": settings(content, locale),
        "number": number,
        "pass_mark": content.pass_mark,
        "attempts_allowed": content.attempts_allowed,
        "released_on": content.released_on,
        "review_on": content.review_on,
        "terminates_on": content.terminates_on,
    }


def settings(content: Document, locale: str, chosen: str = "") -> list[Context]:
    return [
        {
            "key": setting.key,
            "id": f"setting-{setting.key}",
            "icon": setting.icon,
            "name": say(setting.name, locale),
            "places": say(setting.places, locale),
            "checked": setting.key == chosen,
            "steps": len(path(content, setting.key)),
            "minutes": minutes(path(content, setting.key)),
        }
        for setting in content.settings
    ]


def _typical_minutes(content: Document) -> int:
    """The longest path of any setting: an honest promise is one that holds for everyone."""
    return max(minutes(path(content, setting.key)) for setting in content.settings)


def _accent(objective: str) -> str:
    return objective if objective in {"stop", "observe", "ask", "respond"} else "neutral"
