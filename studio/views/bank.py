from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import May
from courses.errors import NotOfThisModule
from courses.models import Module, Question
from courses.parts import PARTS
from courses.services import structure
from courses.services.bank import add_question, make_twin, move_in_form
from courses.services.copying import duplicate
from studio.access import studio_page
from studio.forms.bank import FilterForm, QuestionForm
from studio.frame import render
from studio.links import anchor_of, question_url
from studio.presenting.bank import archived, counts, ends, entries, listed
from studio.presenting.crosswalk import crosswalk

PER_PAGE = 50


@require_safe
@studio_page(May.READ_DRAFTS)
def bank(request: HttpRequest, module: Module) -> HttpResponse:
    form = FilterForm(module, request.GET)
    found = entries(module)
    picked = [entry for entry in found if entry.fits(form.filters)]
    page = Paginator(picked, PER_PAGE).get_page(request.GET.get("page"))
    last = ends(found)
    context = {
        "module": module,
        "filters": form,
        "query": form.filters.query,
        "counts": counts(found),
        "total": len(found),
        "page": page,
        "questions": [listed(module, entry, last) for entry in page],
        "archived": archived(module),
    }
    return render(request, "studio/bank.html", context, current="bank")


@require_http_methods(["GET", "HEAD", "POST"])
@studio_page(May.EDIT_DRAFTS)
def new_question(request: HttpRequest, module: Module) -> HttpResponse:
    chosen = {name: request.GET.get(name, "") for name in ("form", "objective")}
    form = QuestionForm(module, request.POST if request.method == "POST" else None, chosen)
    if request.method == "POST" and form.is_valid():
        question = add_question(module=module, values=form.values, options=form.options, by=request.user)
        messages.success(request, _("The question is in the bank."))
        return redirect(question_url(module, question))
    context = {"module": module, "form": form}
    return render(request, "studio/new_question.html", context, current="bank", status=422 if form.errors else 200)


@require_safe
@studio_page(May.READ_DRAFTS)
def crosswalk_page(request: HttpRequest, module: Module) -> HttpResponse:
    return render(request, "studio/crosswalk.html", {"module": module, **crosswalk(module)}, current="bank")


def _bank_url(module: Module, anchor: str) -> str:
    return f"{reverse('studio:bank', args=[module.key])}#{anchor}"


def _verb(verb: Callable[..., Question], done: Any, lands: Callable[[Module, Question], str]) -> Callable:
    @require_POST
    @studio_page(May.EDIT_DRAFTS)
    def page(request: HttpRequest, module: Module, row: int) -> HttpResponse:
        try:
            question = verb(request, row=_row(module, row), module=module, by=request.user)
        except NotOfThisModule as error:
            raise Http404 from error
        messages.success(request, done)
        return redirect(lands(module, question))

    return page


def _row(module: Module, row: int) -> int:
    """Questions inside lessons are not the bank's. Raises NotOfThisModule."""
    if not PARTS["question"].rows(module).filter(pk=row, block=None).exists():
        raise NotOfThisModule
    return row


def _move(request: HttpRequest, **arguments: Any) -> Question:
    return move_in_form(up=request.POST.get("to") == "up", **arguments)


def _in_list(module: Module, question: Question) -> str:
    return _bank_url(module, anchor_of("question", question.pk))


move = _verb(_move, gettext_lazy("Moved."), _in_list)
copy = _verb(
    lambda request, **arguments: duplicate(part="question", **arguments),
    gettext_lazy("Duplicated; this is the copy."),
    question_url,
)
twin = _verb(
    lambda request, **arguments: make_twin(**arguments),
    gettext_lazy("This is its twin in the other form. Reword it: it still reads the same."),
    question_url,
)
archive = _verb(
    lambda request, **arguments: structure.archive(part=PARTS["question"], **arguments),
    gettext_lazy("Archived. It can be restored from the list of what is archived."),
    lambda module, question: _bank_url(module, "archived"),
)
restore = _verb(
    lambda request, **arguments: structure.restore(part=PARTS["question"], **arguments),
    gettext_lazy("Restored."),
    _in_list,
)

_AT = "modules/<slug:module>/questions"
urlpatterns = [
    path(f"{_AT}/", bank, name="bank"),
    path("modules/<slug:module>/new-question/", new_question, name="new-question"),
    path(f"{_AT}/crosswalk/", crosswalk_page, name="crosswalk"),
    path(f"{_AT}/<int:row>/move/", move, name="question-move"),
    path(f"{_AT}/<int:row>/duplicate/", copy, name="question-duplicate"),
    path(f"{_AT}/<int:row>/twin/", twin, name="question-twin"),
    path(f"{_AT}/<int:row>/archive/", archive, name="question-archive"),
    path(f"{_AT}/<int:row>/restore/", restore, name="question-restore"),
]
