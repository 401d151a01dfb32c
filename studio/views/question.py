from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from accounts.permissions import May, rights_of
from courses.models import Module
from studio.access import studio_page
from studio.frame import render
from studio.presenting.editor import question_item
from studio.presenting.editor_rows import bank_question
from studio.presenting.question import about
from studio.presenting.surroundings import Surroundings
from studio.views.editor import shown


@require_safe
@studio_page(May.READ_DRAFTS)
def question(request: HttpRequest, module: Module, question: str) -> HttpResponse:
    """A question of the bank with its choices, and what is amiss with it."""
    row = bank_question(module, question)
    if row is None:
        raise Http404
    item = question_item(row)
    context = {
        "module": module,
        "question": row,
        "item": shown(item, Surroundings(module, rights_of(request.user), item.rows())),
        "render_url": reverse("studio:render", args=[module.key]),
        **about(module, row),
    }
    return render(request, "studio/question.html", context, current="bank")


urlpatterns = [path("modules/<slug:module>/questions/<slug:question>/", question, name="question")]
