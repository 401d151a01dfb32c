import re

from django.utils.translation import gettext, override, pgettext

OTHER = {"en": "es", "es": "en"}


class Words:
    """What the interface calls things in one language: the labels by which a person finds them."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.other = OTHER[language]

    def __call__(self, message: str, context: str = "", **values: object) -> str:
        with override(self.language):
            text = pgettext(context, message) if context else gettext(message)
        return text % values if values else text

    def link(self, sentence: str) -> str:
        """The words of the link in a sentence."""
        return re.search(r"<a [^>]*>(.*?)</a>", self(sentence)).group(1)

    @property
    def other_name(self) -> str:
        """The other language, named in itself: what the switch says."""
        return {"en": "English", "es": "Español"}[self.other]
