"""The closing survey in one language."""

from collections.abc import Mapping
from typing import Any

from courses.document import Survey
from learning.presenting.words import say, show

Context = dict[str, Any]


def survey(step: Survey, given: Mapping[str, str], locale: str) -> Context:
    return {
        "intro": show(step.intro, locale),
        "items": [
            {
                "key": item.key,
                "id": f"survey-{item.key}",
                "kind": item.kind,
                "prompt": say(item.prompt, locale),
                "low": say(item.low, locale),
                "high": say(item.high, locale),
                "value": given.get(item.key, ""),
                "options": [
                    {
                        "key": option.key,
                        "text": say(option.text, locale),
                        "checked": option.key == given.get(item.key),
                    }
                    for option in item.options
                ],
            }
            for item in step.items
        ],
    }
