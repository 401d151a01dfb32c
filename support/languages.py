from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.http import escape_leading_slashes
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

OTHER = {"en": "es", "es": "en"}
# Marks for the direction of writing, unseen themselves: with them one text is shown as another.
TURNING = "[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"


def current_language() -> str:
    """The language of the page; English where none is active."""
    language = get_language()
    return language if language in OTHER else settings.LANGUAGE_CODE


def other_language(request: HttpRequest) -> dict[str, str]:
    """The other language, named in itself, with the address of this page in it."""
    code = OTHER[current_language()]
    with override(code):
        name = {"en": _("English"), "es": _("Spanish")}[code]
    return {"code": code, "name": name, "url": in_language(request, code)}


def in_language(request: HttpRequest, code: str) -> str:
    """This page's address in a language; that language's first page when the page has none."""
    here = escape_leading_slashes(request.get_full_path())  # or "//name/" would be taken for another site
    there = translate_url(here, code)
    return there if there != here else f"/{code}/"
