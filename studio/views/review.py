from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from accounts.permissions import May
from courses.choices import LOCALES
from courses.errors import StaleDraft
from courses.models import Module, Release
from courses.readiness import Draft
from courses.services.releases import NotPublishable, publish
from courses.services.reviewing import ask_for_review, set_sign_offs, sign_off
from studio.access import StudioView, studio_page
from studio.forms.review import AskedForm, AskForm, PublishForm, SignForm
from studio.frame import render
from studio.presenting.issues import issues_in_words
from studio.presenting.releases import releases_of
from studio.presenting.review import changes, languages, sign_offs, state_in_words

Sent = Callable[[HttpRequest, Module, Any], HttpResponse]


@require_safe
@studio_page(May.READ_DRAFTS)
def page(request: HttpRequest, module: Module) -> HttpResponse:
    return _answer(request, module)


def _answer(request: HttpRequest, module: Module, *, status: int = 200, **sent: Form) -> HttpResponse:
    """`sent` holds a form that has to be mended, by its name on the page."""
    draft = Draft(module)
    in_languages = languages(draft)
    issues = issues_in_words(draft, draft.issues(LOCALES))
    context: dict[str, Any] = {
        "module": module,
        "state": state_in_words(draft),
        "languages": in_languages,
        "publishable": any(language["publishable"] for language in in_languages),
        "issues": issues,
        "reasons": sum(len(group["rows"]) for group in issues),
        "changes": changes(draft),
        "sign_offs": sign_offs(draft),
        "releases": releases_of(module),
        "ask": AskForm(prefix="ask"),
        "asked": AskedForm(prefix="asked", initial={"kinds": module.sign_offs}),
        "sign": SignForm(prefix="sign", initial={"digest": draft.digest}),
        "publish": PublishForm(prefix="publish", initial=_publishing(draft, in_languages)),
        "form": next(iter(sent.values()), None),
        **sent,
    }
    return render(request, "studio/review.html", context, current="review", status=status)


def _publishing(draft: Draft, in_languages: list[dict]) -> dict[str, Any]:
    return {
        "locales": [language["locale"] for language in in_languages if language["publishable"]],
        "digest": draft.digest,
        "latest": max((release.number for release in draft.releases.values()), default=0),
    }


def _form(name: str, kind: type[Form]) -> Callable[[Sent], StudioView]:
    """A view that is given one form of the page, by its name there, once it is sent as it should be.

    A draft that has changed since the page was shown is told, and what was typed stays.
    """

    def decorate(view: Sent) -> StudioView:
        @wraps(view)
        def sent(request: HttpRequest, module: Module) -> HttpResponse:
            form = kind(request.POST, prefix=name)
            if not form.is_valid():
                return _answer(request, module, status=422, **{name: form})
            try:
                return view(request, module, form)
            except StaleDraft:
                return _changed_meanwhile(request, module, name, form)

        return sent

    return decorate


@require_POST
@studio_page(May.EDIT_DRAFTS, May.PUBLISH)
@_form("ask", AskForm)
def ask(request: HttpRequest, module: Module, form: AskForm) -> HttpResponse:
    ask_for_review(module=module, note=form.cleaned_data["note"], by=request.user)
    messages.success(request, _("The draft is in review as it stands now."))
    return redirect(_url(module))


@require_POST
@studio_page(May.EDIT_DRAFTS, May.PUBLISH)
@_form("asked", AskedForm)
def set_asked(request: HttpRequest, module: Module, form: AskedForm) -> HttpResponse:
    set_sign_offs(module=module, kinds=form.cleaned_data["kinds"], by=request.user)
    messages.success(request, _("Whose approval the module asks for is saved."))
    return redirect(f"{_url(module)}#sign-offs")


@require_POST
@studio_page(May.SIGN_OFF)
@_form("sign", SignForm)
def sign(request: HttpRequest, module: Module, form: SignForm) -> HttpResponse:
    given = form.cleaned_data
    sign_off(
        module=module,
        kind=given["kind"],
        approved=form.approved,
        note=given["note"],
        digest=given["digest"],
        by=request.user,
    )
    messages.success(request, _("Your word on this draft is recorded, with your name."))
    return redirect(f"{_url(module)}#sign-offs")


@require_POST
@studio_page(May.PUBLISH)
@_form("publish", PublishForm)
def publish_draft(request: HttpRequest, module: Module, form: PublishForm) -> HttpResponse:
    given = form.cleaned_data
    try:
        release = publish(
            module=module, by=request.user, locales=given["locales"], note=given["note"], seen=given["digest"]
        )
    except NotPublishable as refusal:
        form.add_error("locales", _not_ready(len(refusal.issues)))
        return _answer(request, module, publish=form, status=422)
    _tell(request, release, given["latest"])
    return redirect("studio:release", module.key, release.number)


def _not_ready(reasons: int) -> str:
    return ngettext(
        "This cannot be published yet: %(reasons)d reason is listed on this page.",
        "This cannot be published yet: %(reasons)d reasons are listed on this page.",
        reasons,
    ) % {"reasons": reasons}


def _tell(request: HttpRequest, release: Release, latest: int) -> None:
    """Of two people who publish one draft at once both are told that it is published."""
    if release.number > latest:
        messages.success(request, _("Edition %(edition)d is published.") % {"edition": release.number})
    else:
        text = _("Nothing has changed since edition %(edition)d, so no new edition was made.")
        messages.info(request, text % {"edition": release.number})


def _changed_meanwhile(request: HttpRequest, module: Module, name: str, form: Form) -> HttpResponse:
    """What is sent next is about the draft as this page shows it."""
    form.data = form.data.copy()
    form.data[form.add_prefix("digest")] = Draft(module).digest
    form.add_error(
        None, _("The draft was changed since you opened this page. Look at what is new, then send it again.")
    )
    return _answer(request, module, status=409, **{name: form})


def _url(module: Module) -> str:
    return reverse("studio:review", args=[module.key])


urlpatterns = [
    path("modules/<slug:module>/review/", page, name="review"),
    path("modules/<slug:module>/review/ask/", ask, name="ask-for-review"),
    path("modules/<slug:module>/review/sign-offs/", set_asked, name="set-sign-offs"),
    path("modules/<slug:module>/review/sign/", sign, name="sign-off"),
    path("modules/<slug:module>/review/publish/", publish_draft, name="publish"),
]
