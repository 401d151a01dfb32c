"""How the API describes itself at /api/schema/."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from django.utils.translation import override
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework.serializers import BaseSerializer

from courses.choices import LOCALES
from interop.errors import REFUSALS, WORDS
from interop.serializers import ErrorShape, InvalidShape

LANGUAGE = OpenApiParameter(
    "language", str, enum=LOCALES, description="The language of the answer; stronger than Accept-Language."
)
ACCEPT_LANGUAGE = OpenApiParameter(
    "Accept-Language", str, OpenApiParameter.HEADER, description="The reader's languages, as browsers send them."
)
STATUS = {
    "invalid": 400,
    "parse_error": 400,
    "not_authenticated": 401,
    "permission_denied": 403,
    "not_found": 404,
    "not_acceptable": 406,
    "already_submitted": 409,
    "unsupported_media_type": 415,
    "throttled": 429,
} | {code: status for status, code in REFUSALS.values()}
EVERYWHERE = ("not_acceptable", "throttled")
FIELDS = {"language": ["Choose one of: en, es."]}


class Schema(AutoSchema):
    def get_description(self) -> str:
        """None: a docstring explains the code, not the address."""
        return ""

    def get_override_parameters(self) -> list[OpenApiParameter]:
        return [LANGUAGE, ACCEPT_LANGUAGE]


def answers(
    shape: BaseSerializer | type[BaseSerializer], example: Any, *codes: str, statuses: tuple[int, ...] = (200,)
) -> dict[int, OpenApiResponse]:
    """The responses of an operation: the good ones, then every refusal with its example."""
    good = OpenApiResponse(shape, examples=[OpenApiExample("Example", example)])
    return dict.fromkeys(statuses, good) | dict(_refusals({*codes, *EVERYWHERE}))


def _refusals(codes: set[str]) -> Iterator[tuple[int, OpenApiResponse]]:
    ordered = sorted(codes, key=lambda code: (STATUS[code], code))
    for status, group in groupby(ordered, key=STATUS.__getitem__):
        found = list(group)
        yield (
            status,
            OpenApiResponse(
                InvalidShape if "invalid" in found else ErrorShape,
                description=" ".join(_english(code) for code in found),
                examples=[_example(code) for code in found],
            ),
        )


def _english(code: str) -> str:
    """Whoever's request loads this module first, the description has one language."""
    with override("en"):
        return str(WORDS[code])


def _example(code: str) -> OpenApiExample:
    body = {"code": code, "detail": _english(code)}
    return OpenApiExample(code, body | {"fields": FIELDS} if code == "invalid" else body)
