"""How often one address may ask for codes."""

import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

ALLOWED = 30
PERIOD = 60


def wait(request: HttpRequest) -> int:
    """Counts the request; how many seconds its sender has to wait, 0 when they may go on."""
    now = int(time.time())
    key = f"certificates.verify:{address(request)}:{now // PERIOD}"
    cache.add(key, 0, timeout=2 * PERIOD)
    try:
        asked = cache.incr(key)
    except ValueError:  # the cache dropped the counter between the two calls
        return 0
    return PERIOD - now % PERIOD if asked > ALLOWED else 0


def address(request: HttpRequest) -> str:
    # Of a forwarded list only the last entry is our own proxy's; the others anybody may have written.
    if settings.SECURE_PROXY_SSL_HEADER and (forwarded := request.headers.get("X-Forwarded-For")):
        return forwarded.rpartition(",")[2].strip()
    return request.META.get("REMOTE_ADDR", "")
