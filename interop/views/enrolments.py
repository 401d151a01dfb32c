from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from interop import examples, presenting
from interop.openapi import answers
from interop.serializers import EnrolForm, EnrolmentShape, ProgressShape
from interop.views.base import OwnView
from learning.models import Enrolment
from learning.queries import current_enrolment, enrolments_of
from learning.services.enrolments import enrol
from support.languages import current_language


class Enrolments(OwnView):
    serializer_class = EnrolmentShape

    @extend_schema(
        operation_id="list_enrolments",
        tags=["enrolments"],
        summary="Your enrolments, the latest first",
        responses=answers(EnrolmentShape(many=True), examples.ENROLMENT, "invalid", "not_authenticated", "not_found"),
    )
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(enrolments_of(request.user).order_by("-started_at", "-id"))
        shown = self.get_serializer([_facts(enrolment, request) for enrolment in page], many=True)
        return self.get_paginated_response(shown.data)

    @extend_schema(
        operation_id="enrol",
        tags=["enrolments"],
        summary="Begin a module, or return the enrolment that is there",
        description="201 when it begins, 200 when there was one already; that one keeps its setting.",
        request=EnrolForm,
        responses=answers(
            ProgressShape,
            examples.PROGRESS,
            "invalid",
            "parse_error",
            "unknown_setting",
            "not_authenticated",
            "permission_denied",
            "not_open_for_enrolment",
            "unsupported_media_type",
            statuses=(200, 201),
        ),
    )
    def post(self, request: Request) -> Response:
        form = EnrolForm(data=request.data)
        form.is_valid(raise_exception=True)
        module, setting = form.validated_data["module"], form.validated_data["setting"]
        before = current_enrolment(request.user, module)
        enrolment = enrol(
            user=request.user, module_key=module, setting=setting, locale=current_language(), by=request.user
        )
        status = 200 if enrolment == before else 201
        return Response(ProgressShape(_facts(enrolment, request)).data, status=status)


class Progress(OwnView):
    serializer_class = ProgressShape
    pagination_class = None

    @extend_schema(
        operation_id="read_progress",
        tags=["enrolments"],
        summary="Where you stand in a module, and what is missing",
        responses=answers(ProgressShape, examples.PROGRESS, "invalid", "not_authenticated", "not_found"),
    )
    def get(self, request: Request, module: str) -> Response:
        enrolment = current_enrolment(request.user, module)
        if enrolment is None:
            raise Http404
        return Response(self.get_serializer(_facts(enrolment, request)).data)


def _facts(enrolment: Enrolment, request: Request) -> presenting.Facts:
    return presenting.enrolment(enrolment, current_language(), request)
