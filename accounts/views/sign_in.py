from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from accounts import sign_in as flow
from accounts.demo import PEOPLE
from accounts.exceptions import NotInProgress, SignInRefused, TooManyGuesses, TooManyRequests, WrongCode
from accounts.forms import CodeForm, EmailForm
from accounts.next_page import destination, redirect_keeping_next, wanted


@never_cache
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(destination(request, get_language()))
    form, status = EmailForm(request.POST or None), 200
    if form.is_valid():
        try:
            flow.begin(request=request, email=form.cleaned_data["email"])
            return redirect_keeping_next(request, "accounts:code")
        except TooManyRequests as refusal:
            form.add_error(None, explain(refusal))
            status = 429
    page = {"form": form, "next": wanted(request), "people": PEOPLE}
    return render(request, "accounts/sign_in.html", page, status=status)


@never_cache
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(destination(request, get_language()))
    form = CodeForm(request.POST or None)
    try:
        process = flow.in_progress(request)
        if form.is_valid():
            return _confirm(request, form.cleaned_data["code"])
    except WrongCode as refusal:
        form.add_error("code", explain(refusal))
    except SignInRefused as refusal:
        return start_again(request, refusal)
    page = {"form": form, "next": wanted(request), "email": process.email, "can_resend": process.can_resend}
    return render(request, "accounts/code.html", page)


def _confirm(request: HttpRequest, code: str) -> HttpResponse:
    language = get_language()
    return flow.confirm(request=request, code=code, language=language, next_url=destination(request, language))


@require_POST
def resend(request: HttpRequest) -> HttpResponse:
    try:
        flow.resend(request=request)
        messages.success(request, _("We have sent you a new code. The one before no longer works."))
    except TooManyRequests as refusal:
        messages.warning(request, explain(refusal))
    except NotInProgress as refusal:
        return start_again(request, refusal)
    return redirect_keeping_next(request, "accounts:code")


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    messages.success(request, _("You are signed out. Your progress is kept."))
    return redirect("accounts:sign-in")


def start_again(request: HttpRequest, refusal: SignInRefused) -> HttpResponse:
    messages.warning(request, explain(refusal))
    return redirect_keeping_next(request, "accounts:sign-in")


def explain(refusal: SignInRefused) -> str:
    return {
        TooManyRequests: _("Several codes were asked for in a short time. Please wait a few minutes, then try again."),
        NotInProgress: _("That code is no longer valid. Enter your e-mail address and we will send you a new one."),
        WrongCode: _("That code does not match. Please check it, and use the one from the newest e-mail."),
        TooManyGuesses: _("The code did not match several times, so it is no longer valid. Let us send you a new one."),
    }[type(refusal)]
