import pytest

from lms.cache import ForgivingRedisCache


@pytest.fixture
def out_of_reach() -> ForgivingRedisCache:
    return ForgivingRedisCache("redis://127.0.0.1:1", {"OPTIONS": {"socket_connect_timeout": 1}})


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
