import re

from django import template
from django.template.defaultfilters import stringfilter
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

# The American Medical Association wants its mark in italics wherever it stands, in these words whatever the language.
_MARK = re.compile(r"\b(AMA\s+PRA\s+Category\s+1\s+Credit(?:s|\(s\))?)(?!\w)(\s?™)?", re.IGNORECASE)


@register.filter
@stringfilter
def trademarks(text: str) -> SafeString:
    """Plain text for a page, escaped, its registered marks set as their owners want them."""
    return mark_safe(_MARK.sub(_in_italics, escape(text)))  # noqa: S308


def _in_italics(mark: re.Match) -> str:
    words, sign = mark.groups()
    lifted = f'<span class="trademark">{sign}</span>' if sign else ""
    return f'<i lang="en">{words}{lifted}</i>'
