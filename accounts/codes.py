import secrets
import time

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.core.internal import ratelimit
from allauth.core.internal.cryptokit import normalize_user_code
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

SESSION_KEY = "sign_in"


class CodeProcess(AbstractCodeVerificationProcess):
    """allauth's code process for an address, whether or not it belongs to an account.

    allauth's own sends strangers another letter, so that they must sign up elsewhere; here one form serves everybody.
    """

    def __init__(self, request: HttpRequest, state: dict) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=state,
        )

    @classmethod
    def initiate(cls, *, request: HttpRequest, email: str) -> "CodeProcess":
        process = cls(request, cls.initial_state(user=None, email=email))
        process.send()
        return process

    @classmethod
    def resume(cls, request: HttpRequest) -> "CodeProcess | None":
        state = request.session.get(SESSION_KEY)
        return cls(request, state).abort_if_invalid() if state else None

    @property
    def email(self) -> str:
        return self.state["email"]

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(app_settings.LOGIN_BY_CODE_MAX_RESEND_COUNT)

    def send(self) -> None:
        code = get_adapter().generate_login_code()
        # Whoever reads the session's row must not be able to sign in with it.
        self.state["code"] = digest(code)
        self.state["at"] = time.time()
        get_adapter().send_mail("emails/sign_in_code", self.email, {"code": code, "minutes": self.timeout // 60})
        self.persist()

    def resend(self) -> None:
        self.record_resend()
        self.send()

    def may_guess(self) -> bool:
        """Counted in the cache as well: guesses sent at once would all read the session before any had written it."""
        limit = {"guess": f"{self.max_attempts}/{self.timeout}s/key"}
        return bool(
            ratelimit.consume(self.request, app="accounts", action="guess", key=self.code, config=limit, limit_get=True)
        )

    def accepts(self, code: str) -> bool:
        return secrets.compare_digest(self.code, digest(code))

    def persist(self) -> None:
        self.request.session[SESSION_KEY] = self.state

    def abort(self) -> None:
        self.request.session.pop(SESSION_KEY, None)


def digest(code: str) -> str:
    return salted_hmac("accounts.codes", normalize_user_code(code), algorithm="sha256").hexdigest()
