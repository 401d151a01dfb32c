from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from certificates import limits


class VerificationThrottle(BaseThrottle):
    """Shares its count with the verification page: changing doors does not give more guesses."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        self.seconds = limits.wait(request)
        return not self.seconds

    def wait(self) -> int:
        return self.seconds
