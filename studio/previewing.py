"""How a page of a learner is drawn in a preview: in the learner's language, under a bar in the reader's.

A phone is a frame of the same page, so that its media queries are real; only that page may be framed, and only by us.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps

from csp.constants import SELF
from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render as django_render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from accounts.permissions import May
from courses.document import Step
from courses.models import Module
from studio.access import studio_page
from studio.forms.preview import PreviewForm
from studio.frame import render
from studio.presenting.completing import complete
from studio.presenting.preview import PHONE, PreviewLearner
from studio.presenting.preview_links import notes
from studio.presenting.previewed import Drawn, Preview, Visitor, notice
from support.languages import OTHER, current_language

LONGEST_TYPED = 1500  # what may be carried in an address
MOST_WALKED = 100
NOT_TYPED = ("csrfmiddlewaretoken", "switch")


PreviewView = Callable[..., Drawn | str]


def preview_page(view: PreviewView) -> Callable[..., HttpResponse]:
    """Calls `view(preview, …)` in the learner's language; it answers with a page, or the address it leads on to."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @studio_page(May.READ_DRAFTS)
    @wraps(view)
    def page(request: HttpRequest, module: Module, **keys) -> HttpResponse:
        form = PreviewForm(request.GET, module)
        if not form.is_valid():
            raise Http404  # an address that says something unknown leads nowhere
        preview = begin(request, form)
        if preview.choices.device == PHONE and not preview.choices.framed:
            return _phone(request, module, preview)
        with override(preview.locale):
            switch = request.POST.get("switch")
            drawn = _switched(request, preview, switch) if switch else view(preview, **keys)
        if isinstance(drawn, str):
            return HttpResponseRedirect(drawn)
        response = _drawn(request, module, preview, drawn)
        return _framed(response) if preview.choices.framed else response

    return page


def begin(request: HttpRequest, form: PreviewForm) -> Preview:
    """`form` is valid."""
    walk = tuple(key for key in request.GET.get("walk", "").split(".") if key)
    typed = request.GET.get("typed", "")
    choices = replace(form.choices, framed="framed" in request.GET, walk=walk[:MOST_WALKED])
    content, lacks_words = form.edition.content, False
    if form.edition.is_draft:
        with override(choices.language):
            content, lacks_words = complete(content, choices.language, _("⚠ This text is missing"))
    return Preview(
        edition=form.edition,
        said=[form.named(name) for name in ("source", "setting", "language", "progress")],
        learner=PreviewLearner(content, choices),
        lacks_words=lacks_words,
        posted=request.POST if request.method == "POST" else None,
        typed=QueryDict(typed if len(typed) <= LONGEST_TYPED else ""),
        interface=current_language(),
    )


def step_or_404(preview: Preview, key: str) -> Step:
    step = preview.learner.content.step(key)
    if step is None:
        raise Http404
    return step


def _switched(request: HttpRequest, preview: Preview, language: str) -> Drawn | str:
    """The same page in the learner's other language, with what was chosen on it."""
    if language not in preview.learner.content.locales:
        return notice(preview, _("This edition does not exist in this language."))
    typed = request.POST.copy()
    for name in NOT_TYPED:
        typed.pop(name, None)
    return _in_language(request, language, typed=typed.urlencode()[: LONGEST_TYPED + 1])


def _in_language(request: HttpRequest, language: str, **changes: str) -> str:
    asked = request.GET.copy()
    for name, value in {"language": language, **changes}.items():
        asked[name] = value
    return f"{request.path}?{asked.urlencode()}"


def _drawn(request: HttpRequest, module: Module, preview: Preview, drawn: Drawn) -> HttpResponse:
    bar = "" if preview.choices.framed else _bar(request, module, preview, drawn.step)
    with override(preview.locale):
        around = {
            "preview_bar": bar,
            "other_language": _other_language(request, preview),
            # Nothing of whoever is looking: neither the name nor the messages that wait for another page.
            "user": Visitor(),
            "messages": (),
        }
        return django_render(request, drawn.page.template, drawn.page.context | around, status=drawn.status)


def _other_language(request: HttpRequest, preview: Preview) -> dict[str, str]:
    code = OTHER[preview.locale]
    with override(code):
        name = {"en": _("English"), "es": _("Spanish")}[code]
    exists = code in preview.learner.content.locales
    return {"code": code, "name": name, "url": _in_language(request, code) if exists else ""}


def _bar(request: HttpRequest, module: Module, preview: Preview, step: Step | None) -> str:
    return render_to_string("studio/preview_bar.html", _said(module, preview, step), request)


def _said(module: Module, preview: Preview, step: Step | None) -> dict:
    """What is previewed, in words."""
    edition = preview.edition
    # The draft as it stands: in the learner's copy what is missing has been filled.
    own = edition.content.step(step.key) if step else None
    return {
        "module": module,
        "said": preview.said,
        "lacks_words": preview.lacks_words,
        "notes": list(notes(edition.content, preview.choices.setting, own)) if edition.is_draft else [],
        "query": replace(preview.choices, framed=False, walk=()).query(),
    }


@csp_replace({"frame-src": [SELF]})
def _phone(request: HttpRequest, module: Module, preview: Preview) -> HttpResponse:
    asked = request.GET.copy()
    asked["framed"] = "1"
    step = preview.learner.content.step(request.resolver_match.kwargs.get("step", ""))
    context = _said(module, preview, step) | {"frame_url": f"{request.path}?{asked.urlencode()}"}
    return render(request, "studio/preview_phone.html", context, current="preview")


@xframe_options_sameorigin
@csp_replace({"frame-ancestors": [SELF]})
def _framed(response: HttpResponse) -> HttpResponse:
    return response
