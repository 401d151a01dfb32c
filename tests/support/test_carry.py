import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import Http404, HttpRequest, QueryDict
from django.utils.translation import override

from support.carry import LONGEST, SESSION_KEY, carried, carry

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> SessionStore:
    return SessionStore()


def visit(rf, session, path: str, posted: str | None = None) -> HttpRequest:
    if posted is None:
        request = rf.get(path)
    else:
        request = rf.post(path, posted, content_type="application/x-www-form-urlencoded")
    request.session = session
    return request


def switch(rf, session, posted: str, path: str = "/en/help/?page=2") -> str:
    with override("en"):
        return carry(visit(rf, session, path, posted), "es").url


def test_choices_arrive_on_the_same_page_in_the_other_language_once(rf, session):
    assert switch(rf, session, "csrfmiddlewaretoken=x&switch=es&q=a&q=b&note=%C3%B1") == "/es/help/?page=2"
    arrived = carried(visit(rf, session, "/es/help/"))
    assert arrived == QueryDict("q=a&q=b&note=ñ")
    assert carried(visit(rf, session, "/es/help/")) is None


@pytest.mark.parametrize("path", ["/en/help/", "/es/privacy/"])
def test_choices_show_up_on_no_other_page(path, rf, session):
    switch(rf, session, "q=a")
    assert carried(visit(rf, session, path)) is None
    assert carried(visit(rf, session, "/es/help/")) == QueryDict("q=a")


def test_post_does_not_use_up_what_was_carried(rf, session):
    switch(rf, session, "q=a")
    assert carried(visit(rf, session, "/es/help/", posted="q=b")) is None
    assert carried(visit(rf, session, "/es/help/")) == QueryDict("q=a")


def test_only_the_newest_form_is_kept(rf, session):
    switch(rf, session, "q=a")
    switch(rf, session, "q=b", path="/en/privacy/")
    assert carried(visit(rf, session, "/es/help/")) is None
    assert carried(visit(rf, session, "/es/privacy/")) == QueryDict("q=b")


@pytest.mark.parametrize("length, kept", [(LONGEST - 2, True), (LONGEST - 1, False)])
def test_choices_beyond_the_bound_stay_behind(length, kept, rf, session):
    assert switch(rf, session, "q=" + "a" * length) == "/es/help/?page=2"
    assert (SESSION_KEY in session) is kept


@pytest.mark.parametrize("language", ["fr", "", "//evil.example"])
def test_unknown_language_is_refused(language, rf, session):
    with pytest.raises(Http404):
        carry(visit(rf, session, "/en/help/", "q=a"), language)
    assert SESSION_KEY not in session


def test_switch_cannot_lead_to_another_site(rf, session):
    request = visit(rf, session, "/en/help/", "q=a")
    request.path = request.path_info = "//evil.example/en/help/"
    with override("en"):
        assert carry(request, "es").url == "/es/"
