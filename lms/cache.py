import logging
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from jobs.nudge import Breaker

logger = logging.getLogger(__name__)

# For the whole process: a Redis that accepts and never answers must cost its two seconds once, not at every question.
breaker = Breaker()
_NOTHING = object()


def _forgiving(name: str, answer: Any):
    method = getattr(RedisCache, name)

    @wraps(method)
    def call(self, *args, **kwargs):
        if breaker.is_open:
            return answer
        try:
            return method(self, *args, **kwargs)
        except RedisError as error:
            breaker.trip()
            logger.warning("The cache is out of reach: %s", error)
            return answer

    return call


class ForgivingRedisCache(RedisCache):
    """Redis out of reach is an empty cache, not a broken page. Rate limits count nothing meanwhile; the log says so."""

    add = _forgiving("add", True)
    set = _forgiving("set", None)
    touch = _forgiving("touch", False)
    delete = _forgiving("delete", False)
    has_key = _forgiving("has_key", False)
    incr = _forgiving("incr", 1)
    get_many = _forgiving("get_many", {})
    set_many = _forgiving("set_many", [])
    delete_many = _forgiving("delete_many", None)
    _get = _forgiving("get", _NOTHING)

    def get(self, key, default=None, version=None):
        found = self._get(key, default, version)
        return default if found is _NOTHING else found
