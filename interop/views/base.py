from typing import Any

from django.http import HttpResponse
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.translation import activate
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from courses.choices import LOCALES


class LanguageView(GenericAPIView):
    """Speaks the language of `?language=`, else what the cookie or Accept-Language asks for."""

    http_method_names = tuple(name for name in GenericAPIView.http_method_names if name != "options")

    def initial(self, request: Request, *args, **kwargs) -> None:
        language = request.query_params.get("language")
        if language in LOCALES:
            activate(language)
        super().initial(request, *args, **kwargs)
        if language is not None and language not in LOCALES:
            raise ValidationError(
                {"language": [_("Choose one of: %(languages)s.") % {"languages": ", ".join(LOCALES)}]}
            )

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class PublicView(LanguageView):
    """The same for everybody: it does not even look who asks."""

    authentication_classes = ()
    permission_classes = (AllowAny,)


class FreshView(LanguageView):
    """What it says holds now; no cache keeps it."""

    def finalize_response(self, request: Request, response: HttpResponse, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().finalize_response(request, response, *args, **kwargs)
        add_never_cache_headers(response)
        return response


class OwnView(FreshView):
    """For the signed-in learner only."""


@extend_schema(exclude=True)
class Nowhere(PublicView):
    """Whatever is asked at an address that does not exist, the answer is JSON too."""

    def initial(self, request: Request, *args, **kwargs) -> None:
        super().initial(request, *args, **kwargs)
        raise NotFound
