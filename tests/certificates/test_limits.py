import pytest

from certificates import limits


@pytest.fixture
def clock(monkeypatch):
    """Seconds since a full minute."""
    now = [0]
    monkeypatch.setattr(limits.time, "time", lambda: 1_000_020.0 + now[0])
    return now


def ask(rf, count: int, address: str = "192.0.2.1") -> list[int]:
    return [limits.wait(rf.get("/", REMOTE_ADDR=address)) for _ in range(count)]


def test_thirty_a_minute_are_allowed(rf, clock):
    assert ask(rf, 30) == [0] * 30


def test_the_next_waits_for_the_minute_to_end(rf, clock):
    ask(rf, 30)
    clock[0] = 45
    assert ask(rf, 1) == [15]


def test_a_new_minute_begins_anew(rf, clock):
    ask(rf, 31)
    clock[0] = 60
    assert ask(rf, 1) == [0]


def test_addresses_are_counted_apart(rf, clock):
    ask(rf, 31)
    assert ask(rf, 1, "192.0.2.2") == [0]


@pytest.mark.parametrize(
    "behind_proxy, address", [(None, "10.0.0.1"), (("HTTP_X_FORWARDED_PROTO", "https"), "198.51.100.7")]
)
def test_forwarded_address_counts_only_behind_a_proxy(rf, settings, behind_proxy, address):
    settings.SECURE_PROXY_SSL_HEADER = behind_proxy
    request = rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"x-forwarded-for": "203.0.113.9, 198.51.100.7"})
    assert limits.address(request) == address


def test_counter_that_the_cache_dropped_stops_nobody(rf, monkeypatch):
    monkeypatch.setattr(limits.cache, "add", lambda *_args, **_options: True)
    assert ask(rf, 1) == [0]
