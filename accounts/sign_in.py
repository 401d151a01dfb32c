"""Sign-in by a mailed code: one way for those who have an account and those who do not yet.

Nothing looks for an account before the code is right, so neither an answer nor its timing can tell who has one.
"""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import EmailAddress, Login
from allauth.core.internal import ratelimit
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse

from accounts.codes import CodeProcess
from accounts.exceptions import NotInProgress, TooManyGuesses, TooManyRequests, WrongCode
from accounts.models import User
from support.carry import forget_unless_for


def begin(*, request: HttpRequest, email: str) -> None:
    email = email.lower()
    _count_request(request, email)
    CodeProcess.initiate(request=request, email=email)


def resend(*, request: HttpRequest) -> None:
    process = in_progress(request)
    if not process.can_resend:
        raise TooManyRequests
    _count_request(request, process.email)
    process.resend()


def in_progress(request: HttpRequest) -> CodeProcess:
    process = CodeProcess.resume(request)
    if process is None:
        raise NotInProgress
    return process


def confirm(*, request: HttpRequest, code: str, language: str, next_url: str) -> HttpResponse:
    """Sign in with the code, making the account if there is none; the answer leads to `next_url`."""
    process = in_progress(request)
    _check(process, code)
    process.abort()
    user = account_for(email=process.email, language=language)
    record_authentication(request, user, method="code", email=process.email)
    return enter(request=request, user=user, next_url=next_url)


def enter(*, request: HttpRequest, user: User, next_url: str) -> HttpResponse:
    forget_unless_for(request, next_url)
    return perform_login(request, Login(user=user, email=user.email, redirect_url=next_url))


def account_for(*, email: str, language: str) -> User:
    """Whoever has just shown that the address is theirs. What they read now is what they are written in from now on."""
    with transaction.atomic():
        user = _found_or_made(email, language)
        if user.language != language:
            user.language = language
            user.save(update_fields=["language"])
        _record_verified(user)
    return user


def _count_request(request: HttpRequest, email: str) -> None:
    if not ratelimit.consume(request, app="allauth.account", action="request_login_code", key=email):
        raise TooManyRequests


def _check(process: CodeProcess, code: str) -> None:
    if not process.may_guess():
        process.abort()
        raise TooManyGuesses
    if not process.accepts(code):
        raise WrongCode if process.record_invalid_attempt() else TooManyGuesses


def _found_or_made(email: str, language: str) -> User:
    found = User.objects.filter(email=email)
    if (user := found.first()) is not None:
        return user
    try:
        return User.objects.create_user(email, language=language)
    except IntegrityError:  # made in another tab a moment ago
        return found.get()


def _record_verified(user: User) -> None:
    address, _is_new = EmailAddress.objects.get_or_create(user=user, email=user.email)
    if not (address.verified and address.primary):
        address.set_verified()
        address.set_as_primary()
