"""How often one address may ask for codes."""

import ipaddress
import time

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

ALLOWED = 30
PERIOD = 60
NETWORK = 64  # bits: the smallest network of IPv6 that is given to anybody


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
    """Who is counted: one address, or a network of IPv6, whose owner has as many addresses as there are codes."""
    # Of a forwarded list only the last entry is our own proxy's; the others anybody may have written.
    if settings.SECURE_PROXY_SSL_HEADER and (forwarded := request.headers.get("X-Forwarded-For")):
        return _counted(forwarded.rpartition(",")[2].strip())
    return _counted(request.META.get("REMOTE_ADDR", ""))


def _counted(text: str) -> str:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return text
    if found.version == 4:
        return text
    return str(found.ipv4_mapped or ipaddress.ip_network((int(found), NETWORK), strict=False))
