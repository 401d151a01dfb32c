from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from interop import examples
from interop.errors import Refused
from interop.openapi import answers
from interop.serializers import AnswerForm, AnswerShape
from interop.views.base import OwnView
from learning.models import Attempt
from learning.services.attempts import save_answer
from support.languages import current_language


class Answer(OwnView):
    serializer_class = AnswerForm
    pagination_class = None

    @extend_schema(
        operation_id="save_answer",
        tags=["attempts"],
        summary="Keep what is chosen for one question of your test",
        description="As often as you like until the test is handed in. The answer does not tell whether it is right.",
        request=AnswerForm,
        responses=answers(
            AnswerShape,
            examples.ANSWER,
            "invalid",
            "parse_error",
            "unknown_choice",
            "not_authenticated",
            "permission_denied",
            "not_found",
            "already_submitted",
            "edition_recalled",
            "unsupported_media_type",
        ),
    )
    def put(self, request: Request, attempt: int, place: int) -> Response:
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        chosen = sorted(set(form.validated_data["chosen"]))
        try:
            saved = save_answer(attempt=attempt, place=place, chosen=chosen, locale=current_language(), by=request.user)
        except Attempt.DoesNotExist as error:
            raise Http404 from error
        if not saved:
            raise Refused(409, "already_submitted")
        return Response(AnswerShape({"place": place, "chosen": chosen}).data)
