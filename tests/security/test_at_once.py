"""Only PostgreSQL lets two clicks in at once; with SQLite they wait in line, and this passes for that reason."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from rest_framework.authtoken.models import Token

from accounts.models import RoleGrant
from accounts.services import make_token
from courses.models import Module, Setting, Term
from tests import factories as people
from tests.courses import factories
from tests.courses.packages import package
from tests.security.conftest import signed_in


@pytest.mark.django_db(transaction=True)
def test_two_keys_made_at_once_leave_one(learner):
    start = Barrier(4)

    def make(_click: int) -> str:
        start.wait(timeout=5)
        try:
            return make_token(user=learner, by=learner).key
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        keys = list(pool.map(make, range(4)))
    assert Token.objects.get(user=learner).key in keys


def at_once(calls: list[Callable[[], HttpResponse]]) -> list[int]:
    start = Barrier(len(calls))

    def answer(call: Callable[[], HttpResponse]) -> int:
        start.wait(timeout=5)
        try:
            return call().status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(answer, calls))


@pytest.fixture
def authors(transactional_db, tmp_path, settings) -> list:
    settings.MEDIA_ROOT = tmp_path / "media"
    factories.draft(tmp_path / "content")
    somebody = [people.user(f"author{number}@example.org") for number in range(3)]
    RoleGrant.objects.bulk_create(RoleGrant(user=person, role="author") for person in somebody)
    return [signed_in(person) for person in somebody]


@pytest.mark.parametrize(
    "page, data, model, keys",
    [
        ("new-module/", {"title_en": "Dental", "settings": "clinic"}, Module, {"dental", "dental-2", "dental-3"}),
        ("shared/setting/add/", {"new-setting-name_en": "Dental"}, Setting, {"dental", "dental-2", "dental-3"}),
        ("shared/term/add/", {"new-term-name_en": "Dental"}, Term, {"dental", "dental-2", "dental-3"}),
    ],
)
def test_entries_of_one_name_made_at_once_get_a_key_each(page, data, model, keys, authors):
    answers = at_once([lambda client=client: client.post(f"/en/studio/{page}", data) for client in authors])
    assert answers == [302] * 3
    assert set(model.objects.filter(key__startswith="dental").values_list("key", flat=True)) == keys


def test_new_module_accepted_by_several_at_once_is_made_once(authors, tmp_path):
    files = {name.replace("basics/", "other/"): value for name, value in factories.content().items()}
    files["other/module.yaml"]["key"] = "other"
    data, new, calls = package(tmp_path / "sent", files, "other"), "/en/studio/packages/", []
    for client in authors:
        page = client.get(client.post(new, {"file": SimpleUploadedFile("other.zip", data)})["Location"])
        button = {"accept": page.context["token"], "base": page.context["base"]}
        calls.append(lambda client=client, button=button: client.post(new, button))
    assert at_once(calls) == [302] * 3
    assert sorted(Module.objects.values_list("key", flat=True)) == ["basics", "other"]
