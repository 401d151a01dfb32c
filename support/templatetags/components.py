from functools import lru_cache

from django import template
from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()


@register.simple_tag
def component(template_name: str, **arguments) -> SafeString:
    """`{% include … with … only %}` for arguments that are values: the same ones are rendered once in a process.

    Not for what people typed, which would only fill the memory.
    """
    render = _render if settings.DEBUG else _kept
    return render(template_name, get_language(), **arguments)


def _render(template_name: str, language: str | None, /, **arguments) -> SafeString:
    return get_template(template_name).template.render(Context(arguments))


# Typed, since a plain text and a safe one are equal and are not written alike.
_kept = lru_cache(maxsize=4096, typed=True)(_render)
