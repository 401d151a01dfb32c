"""What the fields of a form say; choices made by their places are in `presenting/places.py`."""

from collections.abc import Mapping

from courses.document import Survey


def survey_answers(survey: Survey, post: Mapping[str, str]) -> dict[str, str]:
    return {item.key: _plain(post.get(item.key, "")) for item in survey.items}


def _plain(text: str) -> str:
    """A line break counts as one letter, as in the browser; PostgreSQL keeps no NUL."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()
