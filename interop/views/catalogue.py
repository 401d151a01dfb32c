from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from courses.models import Release
from courses.queries import catalogue, current_release
from interop import examples, presenting
from interop.openapi import answers
from interop.serializers import ModuleCardShape, ModuleShape, PathShape
from interop.views.base import PublicView
from learning.presenting.catalogue import card
from support.languages import current_language


class Modules(PublicView):
    serializer_class = ModuleCardShape

    @extend_schema(
        operation_id="list_modules",
        tags=["modules"],
        summary="The modules open to new learners in a language",
        responses=answers(ModuleCardShape(many=True), examples.MODULE_CARD, "invalid", "not_found"),
    )
    def get(self, request: Request) -> Response:
        language = current_language()
        page = self.paginate_queryset(catalogue(language))
        shown = self.get_serializer([card(release.content, language) for release in page], many=True)
        return self.get_paginated_response(shown.data)


class Module(PublicView):
    serializer_class = ModuleShape
    pagination_class = None

    @extend_schema(
        operation_id="read_module",
        tags=["modules"],
        summary="What a module covers, for whom, and its rules",
        responses=answers(ModuleShape, examples.MODULE, "invalid", "not_found"),
    )
    def get(self, request: Request, module: str) -> Response:
        language = current_language()
        return Response(self.get_serializer(presenting.module(_release(module, language), language)).data)


class Path(PublicView):
    serializer_class = PathShape
    pagination_class = None

    @extend_schema(
        operation_id="read_path",
        tags=["modules"],
        summary="The steps of a professional setting, in order",
        responses=answers(PathShape, examples.PATH, "invalid", "not_found"),
    )
    def get(self, request: Request, module: str, setting: str) -> Response:
        language = current_language()
        release = _release(module, language)
        if release.content.setting(setting) is None:
            raise Http404
        return Response(self.get_serializer(presenting.steps_for(release, setting, language)).data)


def _release(module: str, language: str) -> Release:
    release = current_release(module, language)
    if release is None:
        raise Http404
    return release
