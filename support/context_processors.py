from django.conf import settings
from django.http import HttpRequest

from support.languages import current_language, other_language
from support.queries import help_lines


def site(request: HttpRequest) -> dict:
    """What every page shows around its content."""
    return {
        # A callable, so that the templates that show no help (admin, e-mail) do not read it.
        "help_lines": lambda: help_lines(current_language()),
        "other_language": other_language(request),
        "demo": settings.DEMO,
    }
