import socket
import time
from collections.abc import Iterator

import pytest

from lms.cache import ForgivingRedisCache, breaker


@pytest.fixture
def out_of_reach() -> Iterator[ForgivingRedisCache]:
    breaker.reset()
    yield ForgivingRedisCache("redis://127.0.0.1:1", {"OPTIONS": {"socket_connect_timeout": 1}})
    breaker.reset()


@pytest.fixture
def mute() -> Iterator[ForgivingRedisCache]:
    """Its port accepts, and nobody answers."""
    breaker.reset()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield ForgivingRedisCache(f"redis://127.0.0.1:{port}", {"OPTIONS": {"socket_timeout": 0.2}})
    breaker.reset()


def test_cache_out_of_reach_is_empty(out_of_reach):
    assert out_of_reach.get("key") is None
    assert out_of_reach.get("key", []) == []
    assert out_of_reach.get_many(["key"]) == {}
    assert out_of_reach.has_key("key") is False


def test_cache_out_of_reach_takes_writes_and_keeps_nothing(out_of_reach):
    assert out_of_reach.set("key", 1) is None
    assert out_of_reach.add("key", 1) is True
    assert out_of_reach.incr("key") == 1
    assert out_of_reach.delete("key") is False
    assert out_of_reach.get("key") is None


def test_mute_cache_is_waited_for_once(mute):
    started = time.monotonic()
    assert [mute.get("key", "default") for _ in range(20)] == ["default"] * 20
    assert 0.2 <= time.monotonic() - started < 1
