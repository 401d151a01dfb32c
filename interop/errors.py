"""What the API refuses, always as {"code", "detail"} with the detail in the reader's language."""

from typing import Any

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest
from django.utils.functional import Promise
from django.utils.log import log_response
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

from learning import errors as learning

WORDS: dict[str, Promise] = {
    "invalid": _("Some of what you sent cannot be used; the fields say what."),
    "parse_error": _("What you sent is not valid JSON."),
    "unknown_setting": _("This module has no such professional setting."),
    "unknown_choice": _("This test has no such question, or the question no such option."),
    "unanswered": _("Some questions have no answer yet."),
    "not_finishable": _("This step is finished by doing it, not by saying so."),
    "not_authenticated": _("Please sign in, or send your access key."),
    "authentication_failed": _("This access key is not valid."),
    "permission_denied": _("This is not allowed. From a page, send its CSRF token in the X-CSRFToken header."),
    "not_open_yet": _("This step opens when the steps it waits for are finished."),
    "no_attempts_left": _("You have used every attempt at this test."),
    "not_found": _("There is nothing at this address, or it is not yours."),
    "method_not_allowed": _("This address does not take that kind of request."),
    "not_acceptable": _("This address does not answer in the format you ask for."),
    "not_open_for_enrolment": _("No edition of this module in this language takes new learners now."),
    "already_complete": _("You have completed this module, so this no longer changes."),
    "already_submitted": _("You have handed in this test, so its answers no longer change."),
    "edition_recalled": _(
        "Something in your edition of this module had to be put right, so this answer was not kept. Open the module "
        "on the site to go on."
    ),
    "unsupported_media_type": _("Please send JSON, with the content type application/json."),
    "throttled": _("Too many requests. Please wait as many seconds as the Retry-After header says."),
    "error": _("Something went wrong on our side. Please try again in a few minutes."),
}

REFUSALS: dict[type[learning.LearningError], tuple[int, str]] = {
    learning.UnknownSetting: (400, "unknown_setting"),
    learning.UnknownChoice: (400, "unknown_choice"),
    learning.Unanswered: (400, "unanswered"),
    learning.NotFinishable: (400, "not_finishable"),
    learning.NotOpenYet: (403, "not_open_yet"),
    learning.NoAttemptsLeft: (403, "no_attempts_left"),
    learning.NotOpenForEnrolment: (409, "not_open_for_enrolment"),
    learning.AlreadyComplete: (409, "already_complete"),
    learning.EditionRecalled: (409, "edition_recalled"),
}


class Refused(APIException):
    def __init__(self, status: int, code: str) -> None:
        super().__init__(WORDS[code], code)
        self.status_code = status


def answer(exc: Exception, context: dict[str, Any]) -> Response:
    """REST framework's exception handler."""
    if isinstance(exc, learning.LearningError):
        exc = Refused(*REFUSALS[type(exc)])
    if isinstance(exc, RecursionError | SuspiciousOperation):  # JSON that nests thousands of lists, or too many fields
        exc = ParseError()
    response = exception_handler(exc, context)
    if response is None:
        return _our_fault(exc, context["request"]._request)
    response.data = _body(exc)
    return response


def _our_fault(exc: Exception, request: HttpRequest) -> Response:
    """Reported as Django reports it, for whoever watches the log."""
    got_request_exception.send(sender=None, request=request)
    response = Response({"code": "error", "detail": str(WORDS["error"])}, status=500)
    log_response("Internal Server Error: %s", request.path, response=response, request=request, exception=exc)
    return response


def _body(exc: Exception) -> dict[str, Any]:
    code = _code(exc)
    body = {"code": code, "detail": str(WORDS[code])}
    return body | {"fields": _flat(exc.detail)} if isinstance(exc, ValidationError) else body


def _code(exc: Exception) -> str:
    if isinstance(exc, Http404):
        return "not_found"
    if isinstance(exc, PermissionDenied):
        return "permission_denied"
    return exc.detail.code if isinstance(exc, Refused) else exc.default_code


def _flat(detail: dict | list, name: str = "") -> dict[str, list[str]]:
    """Messages by the place they are about, nested ones with dots: {"chosen.0": […]}."""
    if isinstance(detail, dict):
        places = [_flat(inner, f"{name}.{key}" if name else str(key)) for key, inner in detail.items()]
        return {place: messages for found in places for place, messages in found.items()}
    return {name or "body": [str(message) for message in detail]}
